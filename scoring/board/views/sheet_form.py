"""What the format's sheet template needs to draw a turn's sheet, on the tablet and beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from scoring.board.reading.facts import format_of, parts_of
from scoring.board.reading.matches import sides_of
from scoring.board.reading.not_performing import speakers_out
from scoring.board.snapshots.judging import DrawnSheet, EntryName, Judged
from scoring.store import Turn


def judged_of(turn: Turn) -> Judged:
    """The format's key, the parts, their rubrics, what totals are made of, all settings: as the rulebook has them.

    With the speakers who are `away`, by part: nobody marks them.
    """
    event, parts = turn.round.event, parts_of(turn)
    kind = format_of(event)
    away = speakers_out(turn)
    rubrics = {part: kind.rubric(event.settings, part) for part in (*parts, *away) if part in _scored(turn)}
    sums = kind.sums_of(event.settings)
    return {
        "format": kind.key,
        "subject": kind.subject,
        "settings": event.settings,
        "parts": parts,
        "rubrics": rubrics,
        "sums": sums,
        "away": away,
    }


def _scored(turn: Turn) -> tuple[str, ...]:
    """What gets a score of its own, whoever is away."""
    event = turn.round.event
    return format_of(event).parts(event.settings)


def drawn_sheet(turn: Turn, typed: Mapping[str, str]) -> DrawnSheet:
    """The turn and a sheet's totals in the shape of a tablet's snapshot, for templates that draw a sheet elsewhere."""
    event = turn.round.event
    kind = format_of(event)
    total = kind.running_total(event.settings, parts_of(turn), typed)
    totals = {part: str(points) for part, points in kind.running_totals(event.settings, typed).items()}
    return {
        "turn": {"id": turn.id, "number": turn.alias, "sides": sides_of(turn)},
        "sheet": {"typed": dict(typed), "total": None if total is None else str(total), "totals": totals},
    }


def entry_names(turn: Turn) -> dict[str, EntryName]:
    """What each entry of a turn's sheet is called, in both languages, by its field."""
    event, parts = turn.round.event, _scored(turn)
    kind = format_of(event)
    names = cast(dict[str, EntryName], dict(kind.entry_names(event.settings)))
    for part in parts:
        behind = f"{part}." if part else ""
        for criterion in kind.rubric(event.settings, part).criteria:
            names.setdefault(f"{behind}{criterion.key}", {"zh": criterion.zh, "en": criterion.en, "part": part})
    return names
