"""Whether a public score was corrected after its release, with the figure before and after."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.board.reading.freeze import Until, holds
from scoring.board.snapshots.scores import Corrected
from scoring.rules.formats.base import Outcome
from scoring.store import Contestant, Release, Turn


def corrected_part(turn: Turn, part: str, until: Until = None) -> Corrected | None:
    """What was announced of a part before its corrections and what stands since; None where nothing was corrected."""
    released = _chain(turn, until)
    if len(released) < 2 or released[0].announced.get(part) == released[-1].announced.get(part):
        return None
    return {"old": _final(released[0], part), "new": _final(released[-1], part)}


def recounted_part(turn: Turn, part: str, outcome: Outcome | None, until: Until = None) -> Corrected | None:
    """What was announced of a part and what a newer version of the rules makes of it; None where that is the same."""
    released, score = _chain(turn, until), outcome.scores.get(part) if outcome else None
    old = _final(released[0], part) if released else None
    return {"old": old, "new": str(score.final)} if old and score and old != str(score.final) else None


def corrected_score(turn: Turn, contestant: Contestant, until: Until = None) -> str | None:
    """What was announced of a contestant before a correction took the score away; None where nothing was."""
    released = _chain(turn, until)
    parts = [one.part for one in turn.appearances if one.contestant_id == contestant.id]
    first, last = (released[0].announced, released[-1].announced) if released else ({}, {})
    gone = [part for part in parts if part in first and part not in last]
    return _final(released[0], gone[0]) if gone else None


def corrected_side(turn: Turn, side: str, until: Until = None) -> str | None:
    """The figure that a match's side had before its corrections; None where it is the same."""
    released = _chain(turn, until)
    figures = [str(release.verdict["sides"][side]["precise"]) for release in released if "sides" in release.verdict]
    return figures[0] if figures and figures[0] != figures[-1] else None


def _chain(turn: Turn, until: Until) -> Sequence[Release]:
    """The release of the score and those of its corrections, as far as they are public."""
    stand = [one for one in turn.releases if holds(one, until)]
    own = max((place for place, one in enumerate(stand) if one.correction_id is None), default=0)
    return stand[own:]


def _final(release: Release, part: str) -> str | None:
    explanation = release.announced.get(part)
    return None if explanation is None else str(explanation["final"])
