"""Promotion as the desk sees it: each stage with its rule, who would go on or does, and what changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.board.conditions.promotion import (
    UNDRAWN,
    basis_of,
    begun,
    lots_drawn,
    proposal,
    since_confirmed,
    source_of,
)
from scoring.board.conditions.seals import seal_at_desk
from scoring.board.reading.core import core_of
from scoring.board.reading.heading import contest_of
from scoring.board.reading.look import named_event
from scoring.board.reading.not_performing import ground_of, out_of_event
from scoring.board.reading.ranked import Placed
from scoring.board.reading.stages import can_be_source, can_be_stage, rule_of
from scoring.board.snapshots.promotion import AskedAnew, PromotionLine, PromotionPage, Stage
from scoring.board.snapshots.shared import Numbered
from scoring.rules.figures import plain
from scoring.rules.promotion import Promoted, StageRule
from scoring.rules.refusal import Problem, Refused
from scoring.store import Event, NotPerforming


def promotion(contest_id: int, event: int | None = None) -> PromotionPage:
    """Every event of the contest with its stage; raises LookupError."""
    core = core_of(contest_id, event)
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "event": named_event(core.event),
        "events": [named_event(one) for one in core.contest.events if can_be_stage(one)],
        "sources": [named_event(one) for one in core.contest.events if can_be_source(one)],
        "stages": [_stage(one, rule) for one in core.contest.events if (rule := rule_of(one))],
    }


def _stage(event: Event, rule: StageRule) -> Stage:
    source = source_of(event, rule)
    confirmed, proposed = event.stage.get("confirmed"), event.stage.get("proposed")
    held: dict[str, Any] | None = confirmed or proposed
    found, problem = (None, None) if confirmed else _proposal(event)
    going = set(held["goes"]) if held else _clear(found)
    now = basis_of(source)
    undrawn = found is not None and bool(found.drawn) and lots_drawn(event, now) is None
    out = out_of_event(event)
    moved = set(confirmed.get("moved", ())) if confirmed else set()
    return {
        **named_event(event),
        "source": named_event(source.event),
        "take": rule.take,
        "value": plain(rule.value),
        "last": rule.last,
        "state": "confirmed" if confirmed else "proposed" if proposed else "open",
        "problem": None if held else problem,
        "begun": begun(event),
        "by": held["by"] if held else "",
        "basis": held["basis"] if held else now,
        "changed": not confirmed and held is not None and held["basis"] != now,
        "since": _since(event) if confirmed else None,
        "going": len(going),
        "lots": seal_at_desk(event) if undrawn else None,
        "lines": [_line(one, going, moved, out) for one in source.ranked],
    }


def _proposal(event: Event) -> tuple[Promoted | None, Problem | None]:
    """Who would go on now, before any lots, or what keeps it from being said."""
    try:
        return proposal(event, UNDRAWN)[0], None
    except Refused as refused:
        return None, refused.problems[0]


def _clear(found: Promoted | None) -> set[int]:
    """Who goes on whatever the lots say."""
    return {int(key) for key in found.goes if key not in found.drawn} if found else set()


def _since(event: Event) -> AskedAnew:
    found = since_confirmed(event)
    known = {one.id: one for one in event.contest.contestants}

    def named(ids: Sequence[int]) -> list[Numbered]:
        return [{"id": key, "number": known[key].number, "name": known[key].name} for key in ids]

    return {
        "basis": found.basis,
        "free": found.free,
        "twice": found.twice,
        "changed": found.changed,
        "may_leave": named(found.may_leave),
        "come": named(found.come),
        "leave": named(found.leave),
    }


def _line(placed: Placed, going: set[int], moved: set[int], out: Mapping[int | None, NotPerforming]) -> PromotionLine:
    one = placed.contestant
    return {
        "contestant": one.id,
        "rank": placed.ranked.rank,
        "number": one.number,
        "name": one.name,
        "office": one.office,
        "score": placed.ranked.shown_precise,
        "goes": one.id in going,
        "out": ground_of(out[one.id].kind) if one.id in out else None,
        "moved": one.id in moved,
    }
