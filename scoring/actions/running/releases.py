"""Releasing a score: from here on the audience may see it; and taking a wrong press back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from scoring.actions.find import turn_of
from scoring.actions.registry import EVERYWHERE, REASON, RULING, TURN, _l, logged, text, verb
from scoring.actions.running.next_round import fill_next
from scoring.actions.running.unfilling import unfill
from scoring.actions.said import stated
from scoring.actions.transaction import Actor, coming, record
from scoring.board.conditions.releasing import to_release
from scoring.board.conditions.retraction import check_undo_release
from scoring.board.reading.facts import format_of
from scoring.board.reading.matches import publication_of
from scoring.extensions import db
from scoring.rules.numbers import same_number
from scoring.rules.refusal import Refused
from scoring.store import Release, Turn
from scoring.store.contests import MARKING, PERFORMING, RELEASED
from scoring.store.model import now
from scoring.store.steady import steady

#: A press by mistake is noticed at once; what is found later is a correction, with a request and an approval.
UNDO_WITHIN = timedelta(minutes=10)


@verb(TURN, roles=RULING, done=_l("The score of no. %(number)s is released."), heard=True)
@logged(
    "results",
    _l("released the score of no. %(turn)s"),
    EVERYWHERE,
    held_back=_l("approved the score of no. %(turn)s, to become public later"),
)
def release(actor: Actor, turn_id: int) -> None:
    """Publish the score of a turn whose sheets are all in, keeping the figures as they are announced.

    Raises Refused turn_unknown, and as the board's `to_release` does. The next round of a knockout fills itself here.
    """
    turn = turn_of(turn_id)
    outcome = to_release(turn)
    announced = {part: score.explanation.to_data() for part, score in outcome.scores.items()}
    turn.state = RELEASED
    about = {"verdict": dict(outcome.verdict), "actor": actor.label, "revision": coming(turn.contest)}
    db.session.add(Release(turn=turn, announced=announced, **about))
    db.session.flush()
    fill_next(turn)
    told: dict[str, Any] = {"turn": turn.id, "number": turn.number, "way": publication_of(turn.round)}
    record(turn.contest, actor, "release", **told, announced=announced)


@verb(
    (TURN, REASON, text("confirmation")),
    roles=RULING,
    done=_l("The release of no. %(number)s is taken back; every screen shows so."),
    heard=True,
)
@logged(
    "results",
    _l("took the release of no. %(turn)s back"),
    EVERYWHERE,
    held_back=_l("took the approval of the score of no. %(turn)s back"),
)
def undo_release(actor: Actor, turn_id: int, reason: str, confirmation: str) -> None:
    """Take a score back that was released by a wrong press; the release stays on record as taken back.

    `confirmation` is the turn's number, typed. Only within ten minutes, and while nothing rests on the release: no
    later one, and no match of the next round that anybody has gone on with; one that only filled itself is taken
    away again. Everything else is a correction.
    Raises Refused: turn_unknown, turn_not_released, turn_not_held, reason_missing, confirmation_wrong, undo_too_late,
    undo_corrected, undo_frozen, undo_not_newest, made_called and the like (see check_nothing_made).
    """
    turn = turn_of(turn_id)
    check_undo_release(turn)
    reason = stated(reason)
    if not same_number(confirmation, turn.number):
        raise Refused.because("confirmation_wrong", "confirmation", expected=turn.number)
    if steady() - turn.releases[-1].steady > UNDO_WITHIN:
        raise Refused.because("undo_too_late", number=turn.number)
    unfill(turn)
    turn.releases[-1].withdrawn_at, turn.releases[-1].withdrawn_revision = now(), coming(turn.contest)
    turn.state = state_before(turn)
    told: dict[str, Any] = {"turn": turn.id, "number": turn.number, "way": publication_of(turn.round)}
    record(turn.contest, actor, "undo_release", **told, reason=reason)


def state_before(turn: Turn) -> str:
    """A turn that is still the one called goes on where it was, as does work at a bench; else it is open for sheets."""
    at_work = not turn.code if format_of(turn.round.event).coded else turn.room.current_turn is turn
    return PERFORMING if at_work else MARKING
