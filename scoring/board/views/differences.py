"""The chief's view of the benches: each file by its code, where its inspectors differ, what is settled, which caps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.board.conditions.releasing import release_waits_for
from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import sheets_of
from scoring.board.reading.heading import contest_of
from scoring.board.reading.look import named_event
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.checking import Differences, DisputeLine, FileWithDifferences, FoundCount, Seen, Settled
from scoring.board.snapshots.shared import Trouble
from scoring.board.views.benches import rules_of_benches
from scoring.rules.agreement import Dispute
from scoring.rules.formats.base import Benches
from scoring.rules.inspection import Found
from scoring.rules.refusal import Refused
from scoring.store.contests import RELEASED


def differences(contest_id: int, event: int | None = None) -> Differences:
    """The chief's snapshot: files in the order of their codes, a file's lines only once both inspectors have submitted.

    Raises LookupError, Refused(no_benches).
    """
    core = core_of(contest_id, event)
    rules = rules_of_benches(core)
    coded = sorted((state for state in core.turns if state.turn.code), key=lambda state: state.turn.code)
    files = [_file(core, rules, state) for state in coded]
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "event": named_event(core.event),
        "caps": [{"kind": cap.key, "zh": cap.zh, "en": cap.en} for cap in rules.caps(core.event.settings)],
        "open": sum(file["open"] for file in files),
        "files": files,
    }


def _file(core: Core, rules: Benches, state: TurnState) -> FileWithDifferences:
    turn, complete = state.turn, state.submitted == state.panel
    found, problem = _disputes(core, rules, state) if complete else ((), None)
    return {
        "turn": turn.id,
        "code": turn.code,
        "complete": complete,
        "problem": problem,
        "waits_for": release_waits_for(turn, core.newest) if complete else None,
        "released": turn.state == RELEASED,
        "open": sum(dispute.settled is None for dispute in found),
        "submitted": state.submitted,
        "panel": state.panel,
        "disputes": [_dispute(dispute) for dispute in found],
        "caps": turn.facts.get("caps", []),
    }


def _disputes(core: Core, rules: Benches, state: TurnState) -> tuple[tuple[Dispute, ...], Trouble | None]:
    """The file's differences, or why there can be none, such as an inspector too few."""
    turn = state.turn
    try:
        return rules.disputes(core.event.settings, sheets_of(turn, core.newest), turn.facts), None
    except Refused as refused:
        problem = refused.problems[0]
        return (), {"code": problem.code, "figures": dict(problem.figures)}


def _dispute(dispute: Dispute) -> DisputeLine:
    return {
        "line": dispute.line,
        "item": {"zh": dispute.item.zh, "en": dispute.item.en, "maximum": str(dispute.item.maximum)},
        "defect": {"zh": dispute.defect.zh, "en": dispute.defect.en, "points": str(dispute.defect.points)},
        "kind": dispute.kind,
        "found": [{"seat": seat, **_found(found)} for seat, found in dispute.found.items()],
        "settled": _settled(dispute.settled),
    }


def _found(found: Found) -> FoundCount:
    seen: list[Seen] = [{"page": one.page, "note": one.note, "photo": one.photo} for one in found.occurrences]
    return {"count": found.count, "seen": seen}


def _settled(settled: Mapping[str, Any] | None) -> Settled | None:
    return {"count": settled["count"], "reason": settled["reason"]} if settled else None
