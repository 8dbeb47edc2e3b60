"""What a correction puts in the place of points that came off a released score or went on it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from scoring.actions.running.listed import found_in_list
from scoring.actions.transaction import Actor, coming
from scoring.board.reading.facts import parts_of
from scoring.extensions import db
from scoring.rules.figures import plain, read_decimal
from scoring.rules.formats.common import decimals_in
from scoring.rules.listed import ON
from scoring.rules.refusal import Refused
from scoring.store import Correction, Penalty, Turn
from scoring.store.model import now

OVERTIME, LISTED = "overtime", "listed"


def held_of(turn: Turn, part: str, kind: str) -> Penalty | None:
    """What of this kind counts for the part now; None for nothing."""
    wanted = (kind, part, None)
    return next((one for one in turn.penalties if (one.kind, one.part, one.withdrawn_at) == wanted), None)


def listed_changes(turn: Turn, part: str, kind: str, typed: str) -> dict[str, list[str]]:
    """The points of something of the list before and after, by "listed.<kind>"; 0 is for nothing.

    Raises Refused: unknown_ruling, unknown_part, correction_empty, and what the list refuses about the points.
    """
    found, held = found_in_list(turn, kind), held_of(turn, part, kind)
    if part not in found.parts(parts_of(turn)):
        raise Refused.because("unknown_part", "part")
    after = Decimal(0) if _is_none(typed) else found.entered(typed, decimals_in(turn.round.event.settings))
    changes = [held.points if held else "0", plain(after)]
    if changes[0] == changes[1]:
        raise Refused.because("correction_empty")
    return {f"{LISTED}.{kind}": changes}


def _is_none(typed: str) -> bool:
    try:
        return read_decimal(typed) == 0
    except ValueError:
        return False


def apply_points(actor: Actor, correction: Correction) -> None:
    """Store the corrected overtime, or what stands in the list; Refused(correction_outdated) if it is another now."""
    turn, part, kind = correction.turn, correction.part, correction.typed.get(LISTED, OVERTIME)
    held = held_of(turn, part, kind)
    before, points = correction.changes["points" if kind == OVERTIME else f"{LISTED}.{kind}"]
    if (held.points if held else "0") != before:
        raise Refused.because("correction_outdated", number=turn.number)
    revision = coming(turn.contest)
    if held:
        held.withdrawn_at, held.withdrawn_revision = now(), revision
    if Decimal(points):
        about: dict[str, Any] = {"reason": correction.reason, "actor": actor.label, "revision": revision}
        if kind == OVERTIME:
            about["seconds"] = int(correction.changes["seconds"][1])
        else:
            about["adds"] = found_in_list(turn, kind).effect == ON
        db.session.add(Penalty(turn=turn, part=part, kind=kind, points=points, **about))
