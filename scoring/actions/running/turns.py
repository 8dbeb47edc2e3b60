"""Calling turns: who appears now."""

from __future__ import annotations

from scoring.actions.find import turn_of
from scoring.actions.preparing.relations import recuse_related
from scoring.actions.registry import EVERYWHERE, TURN, _l, flag, logged, verb
from scoring.actions.transaction import Actor, coming, record
from scoring.board.conditions.releasing import check_call, check_undo_call
from scoring.store.contests import MARKING, PERFORMING, WAITING


@verb((TURN, flag("leave_open")), done=_l("No. %(number)s is called."), heard=True)
@logged("course", _l("called no. %(turn)s"), EVERYWHERE)
def call(actor: Actor, turn_id: int, leave_open: bool = False) -> None:
    """Call a waiting turn into its room.

    The turn that was called before must be complete, or the organizer says `leave_open`: then the judges who
    still owe its sheet can go on with it beside the new one.
    Raises Refused turn_unknown, and as the board's `check_call` does.
    """
    turn = turn_of(turn_id)
    check_call(turn, leave_open)
    before = turn.room.current_turn
    if before is not None and before.state == PERFORMING:
        before.state = MARKING
    recuse_related(actor, [turn])
    turn.begin(PERFORMING, coming(turn.contest))
    turn.room.current_turn = turn
    record(turn.contest, actor, "call", turn=turn.id, number=turn.number)


@verb(TURN, done=_l("The call of no. %(number)s is taken back; it waits again."), heard=True)
@logged("course", _l("took the call of no. %(turn)s back"), EVERYWHERE)
def undo_call(actor: Actor, turn_id: int) -> None:
    """Send a turn that was called by mistake back to waiting; drafts are kept, a sheet that was submitted forbids it.

    Raises Refused: turn_unknown, and as the board's `check_undo_call` does.
    """
    turn = turn_of(turn_id)
    check_undo_call(turn)
    turn.state, turn.called_revision, turn.called_steady, turn.closed_at = WAITING, None, None, None
    turn.room.current_turn = None
    record(turn.contest, actor, "undo_call", turn=turn.id, number=turn.number)
