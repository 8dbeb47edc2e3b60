"""What is entered by the list of penalties and bonuses: put down by whom the list lets, confirmed by another."""

from __future__ import annotations

from typing import Any

from scoring.actions.find import turn_of
from scoring.actions.registry import PENALTY, REASON, TURN, _l, logged, text, text_if_any, verb
from scoring.actions.said import stated
from scoring.actions.transaction import Actor, coming, record
from scoring.board.conditions.releasing import check_open, check_unreleased
from scoring.board.reading.facts import parts_of, penalties_shown
from scoring.extensions import db
from scoring.rules.figures import plain
from scoring.rules.formats.common import decimals_in
from scoring.rules.listed import ANYBODY, CHIEF, NOBODY, ON, Listed, listed_in
from scoring.rules.refusal import Refused
from scoring.store import Penalty, Turn
from scoring.store.people import CHECKER, ORGANIZER, TALLIER, TIMEKEEPER, acts_as
from scoring.store.people import CHIEF as CHIEF_JUDGE

#: Who may open the page of the list: what each may do there the list says itself.
LISTING = (ORGANIZER, CHIEF_JUDGE, TIMEKEEPER, TALLIER, CHECKER)


@verb(
    (TURN, text("kind"), text_if_any("part"), text_if_any("points"), REASON),
    roles=LISTING,
    done=_l("Entered. What somebody else has to confirm counts only then."),
)
@logged(
    "results",
    _l("added to no. %(turn)s by the list: %(listed_named)s, %(points)s points"),
    ("desk", "clocks"),
    off=("adds", _l("took off no. %(turn)s by the list: %(listed_named)s, %(points)s points")),
)
def enter_listed(actor: Actor, turn_id: int, kind: str, part: str, points: str, reason: str) -> None:
    """Enter a penalty or bonus of the event's list; `points` says which of a range, "" where they are fixed.

    Raises Refused: turn_unknown, listed_while_coded, turn_released, turn_not_held, turn_not_open, unknown_ruling,
    listed_not_yours (figures who may), unknown_part, listed_twice, reason_missing, and what the list refuses about the
    points. Source: domain page 1, bonus and conduct.
    """
    turn = turn_of(turn_id)
    _check_not_coded(turn)
    check_open(turn)
    found = found_in_list(turn, kind)
    if part not in found.parts(parts_of(turn)):
        raise Refused.because("unknown_part", "part")
    said = stated(reason)
    taken = put_down(actor, turn, found, part, points, said)
    about: dict[str, Any] = {"kind": kind, "listed": {"zh": found.zh, "en": found.en}, "points": taken.points}
    about |= {"turn": turn.id, "part": part, "adds": taken.adds, "confirms": taken.confirms, "reason": said}
    record(turn.contest, actor, "enter_listed", **about)


def found_in_list(turn: Turn, kind: str) -> Listed:
    """What the event's list has under this key; Refused(unknown_ruling)."""
    found = next((one for one in listed_in(turn.round.event.settings) if one.key == kind), None)
    if found is None:
        raise Refused.because("unknown_ruling", "kind", kind=kind[:40])
    return found


def put_down(actor: Actor, turn: Turn, found: Listed, part: str, points: str, reason: str) -> Penalty:
    """Store it for the turn's part: proposed where the list wants somebody else to confirm it.

    Raises Refused listed_not_yours, listed_twice (figures number), and what the list refuses about the points.
    """
    if found.enters != ANYBODY and not acts_as(actor.role, (found.enters, ORGANIZER)):
        raise Refused.because("listed_not_yours", "kind", who=found.enters)
    if any((one.kind, one.part, one.withdrawn_at) == (found.key, part, None) for one in turn.penalties):
        raise Refused.because("listed_twice", "kind", number=turn.alias)
    worth = found.entered(points, decimals_in(turn.round.event.settings))
    about: dict[str, Any] = {"adds": found.effect == ON, "confirms": "" if found.confirms == NOBODY else found.confirms}
    about |= {"reason": reason, "actor": actor.label, "revision": coming(turn.contest)}
    taken = Penalty(turn=turn, part=part, kind=found.key, points=plain(worth), **about)
    db.session.add(taken)
    return taken


@verb(PENALTY, roles=LISTING, done=_l("Confirmed: it counts from now on."))
@logged("results", _l("confirmed what was entered for no. %(turn)s by the list: %(points)s points"), ("desk", "clocks"))
def confirm_penalty(actor: Actor, penalty_id: int) -> None:
    """Confirm what somebody else has entered by the list: from now on it counts.

    Raises Refused: penalty_unknown, listed_while_coded, turn_released, turn_not_held, penalty_confirmed, penalty_own,
    penalty_of_chief. Source: domain page 1, bonus and conduct; who confirms [D].
    """
    penalty = db.session.get(Penalty, penalty_id)
    if penalty is None or penalty not in penalties_shown(penalty.turn):
        raise Refused.because("penalty_unknown")
    turn = penalty.turn
    _check_not_coded(turn)
    check_unreleased(turn)
    if not penalty.is_proposed:
        raise Refused.because("penalty_confirmed", number=turn.number)
    if penalty.actor == actor.label:
        raise Refused.because("penalty_own", number=turn.number)
    if penalty.confirms == CHIEF and not acts_as(actor.role, (CHIEF_JUDGE,)):
        raise Refused.because("penalty_of_chief", number=turn.number)
    penalty.confirmed_by, penalty.confirmed_revision = actor.label, coming(turn.contest)
    record(turn.contest, actor, "confirm_penalty", turn=turn.id, penalty=penalty.id, points=penalty.points)


def _check_not_coded(turn: Turn) -> None:
    """Refuse while nobody may know whose work it is: what is done by the list is done to a person then."""
    if turn.hidden:
        raise Refused.because("listed_while_coded", number=turn.alias)
