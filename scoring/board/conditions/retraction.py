"""Whether anything rests on a release already, so that it cannot be taken back as a wrong press."""

from __future__ import annotations

from sqlalchemy import select

from scoring.board.reading.stages import stages_resting_on
from scoring.rules.bracket import next_key
from scoring.rules.not_performing import VERDICT
from scoring.rules.refusal import Refused, problems_of
from scoring.store import Release, Round, Turn
from scoring.store.contests import RELEASED, WAITING
from scoring.store.model import session_of
from scoring.store.sheets import RETURNED, SUBMITTED


def check_undo_release(turn: Turn) -> None:
    """Refuse to take the release of a turn back where there is none, or something rests on it.

    Raises Refused: turn_not_released, turn_not_held, undo_corrected, undo_frozen (the audience's board stands still),
    undo_not_newest, stage_confirmed (people have gone on to another event by it), and as `check_nothing_made` does.
    """
    if turn.state != RELEASED or not turn.releases or turn.hidden:
        raise Refused.because("turn_not_released", number=turn.number)
    if turn.not_held:
        raise Refused.because("turn_not_held", number=turn.number)
    release, screen = turn.releases[-1], turn.contest.hall_screen
    if release.correction_id is not None:
        raise Refused.because("undo_corrected", number=turn.number)
    if screen is not None and screen.frozen_at is not None:
        raise Refused.because("undo_frozen", number=turn.number)
    if _is_followed(turn, release):
        raise Refused.because("undo_not_newest", number=turn.number)
    if stages_resting_on(turn.round.event):
        raise Refused.because("stage_confirmed")
    check_nothing_made(turn)


def may_undo_release(turn: Turn) -> bool:
    """Whether the release could be taken back as a wrong press, as long as it is fresh."""
    return not problems_of(lambda: check_undo_release(turn))


def _is_followed(turn: Turn, release: Release) -> bool:
    """Whether another score of the event was released after it."""
    session = session_of(turn)
    same_event = select(Turn.id).join(Round).where(Round.event_id == turn.round.event_id)
    newer = select(Release).where(
        Release.turn_id.in_(same_event), Release.id > release.id, Release.withdrawn_at.is_(None)
    )
    return any(VERDICT not in other.verdict for other in session.scalars(newer))


def made_of(turn: Turn) -> list[Turn]:
    """The matches that filled themselves from the turn's end: on its way through the bracket, and in later rounds."""
    played = turn.round
    ahead: list[str] = []
    key = next_key(turn.pairing.get("key", "")) if "seeds" in played.plan else ""
    while key and len(ahead) < len(played.plan["seeds"]):  # a bracket has fewer rounds than seeds
        ahead.append(key)
        key = next_key(key)
    filled = [other for other in played.turns if other is not turn and other.pairing.get("key") in ahead]
    return filled + [other for later in rounds_after(played) for other in later.turns]


def rounds_after(played: Round) -> list[Round]:
    """The rounds that come after it."""
    return [other for other in played.event.rounds if other.position > played.position]


def built_on(turn: Turn) -> str:
    """The number of a match made of the turn's end that people have drawn or gone on with since; "" for none.

    A correction takes no drawn match away: its sides were drawn before witnesses, and everybody knows them.
    """
    return next((made.number for made in made_of(turn) if made.pairing.get("seed") or is_gone_on(made)), "")


def check_nothing_made(turn: Turn) -> None:
    """Refuse where people have gone on with a match that was made of the turn's end; says what to take back first.

    A match that has only filled itself goes away with what it was made of, with its recusals, the draw of its sides and
    whatever a judge has begun to type since a call that was taken back.
    Raises Refused: made_called, made_marked (a sheet came in: it stands), made_ruled, made_clock.
    """
    for made in made_of(turn):
        if code := is_gone_on(made):
            raise Refused.because(code, number=turn.number, match=made.number)


def is_gone_on(turn: Turn) -> str:
    """What people have done with a match that is in the way of taking it away; "" for nothing."""
    if any(decision.turn_id == turn.id for decision in turn.out.values()):
        return "made_ruled"
    if any(sheet.newest.state in (SUBMITTED, RETURNED) for sheet in turn.sheets):
        return "made_marked"
    if turn.state != WAITING and not turn.not_held:
        return "made_called"
    return "made_clock" if any(clock.running_since is not None for clock in turn.clocks) else ""
