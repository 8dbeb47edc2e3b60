"""The rest of a rehearsal in one press, so that the end is seen without every turn being played.

What can be released is released. Nobody performs in what is left: of a match one side, so that the bracket fills.
A review is decoded first, as its codes hide samples only.
"""

from __future__ import annotations

from scoring.actions.find import contest_of
from scoring.actions.preparing.rehearsing import held_of
from scoring.actions.registry import _l, logged, verb
from scoring.actions.running.not_performing import put_out
from scoring.actions.running.releases import release
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.releasing import why_not_released
from scoring.board.reading.not_performing import who_may_be_out
from scoring.extensions import db
from scoring.rules.not_performing import ABSENT, TURN
from scoring.store import Contestant, Event, NotPerforming, Turn
from scoring.store.contests import RELEASED
from scoring.store.model import now


@verb(done=_l("The rest is skipped. After the newest score the hall shows the end, unless its ranking stands still."))
@logged("setup", _l("skipped the rest of the rehearsal"))
def skip_rest(actor: Actor, contest_id: int) -> None:
    """Bring the rehearsal of the contest to its end: what is marked is released, the rest is not held.

    Raises Refused: contest_unknown, no_rehearsal.
    """
    copy = contest_of(held_of(contest_id).contest_id)
    record(copy, actor, "skip_rest")
    for event in copy.events:
        _decode(event, actor)
        while left := _left(event):
            for turn in left:
                _be_over(turn, actor)


def _decode(event: Event, actor: Actor) -> None:
    if event.coding is not None and event.coding.decoded_at is None:
        event.coding.decoded_at, event.coding.decoded_by = now(), actor.label
        db.session.flush()


def _left(event: Event) -> list[Turn]:
    """The turns that are not over, in their order; the end of some makes others, as in a knockout."""
    db.session.flush()
    return [turn for played in event.rounds for turn in played.turns if turn.state != RELEASED]


def _be_over(turn: Turn, actor: Actor) -> None:
    if why_not_released(turn) is None:
        release(actor, turn.id)
        return
    who = db.session.get_one(Contestant, who_may_be_out(turn)[0]["id"])
    decision = NotPerforming(contestant=who, event_id=turn.round.event_id, turn=turn, kind=ABSENT, reach=TURN)
    decision.reason = decision.decided_by = decision.actor = actor.label
    put_out(actor, decision)
