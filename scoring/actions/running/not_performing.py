"""Whoever does not perform (缺席, 弃权, 取消资格, 退赛): it is decided with a reason, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect, or_, select

from scoring.actions import registry
from scoring.actions.find import turn_of_open_contest
from scoring.actions.registry import (
    DECISION,
    EVERYWHERE,
    REASON,
    RULING,
    _l,
    logged,
    of_id,
    text,
    text_if_any,
    typed,
    verb,
)
from scoring.actions.review.documents import author_in, event_of_documents
from scoring.actions.running.holding import let_in, turns_of
from scoring.actions.running.next_round import go_on_without, hold, settle
from scoring.actions.running.releases import UNDO_WITHIN, state_before
from scoring.actions.running.unfilling import unfill
from scoring.actions.said import stated
from scoring.actions.setting_up.entry_list import remove_turn
from scoring.actions.transaction import Actor, coming, record
from scoring.board.conditions.releasing import check_back, check_out
from scoring.board.reading.core import public_turns
from scoring.board.reading.freeze import release_in_force
from scoring.board.reading.look import event_asked
from scoring.board.reading.not_performing import appearing_in, out_of_event, who_may_be_out
from scoring.board.reading.unplaced import unplaced_of
from scoring.extensions import db
from scoring.rules.not_performing import ABSENT, CONTEST, EVENT, PERFORMED, TURN, reach_of
from scoring.rules.refusal import Refused
from scoring.store import Appearance, Contestant, Event, NotPerforming, Release, Turn
from scoring.store.contests import PERFORMING, RELEASED, WAITING
from scoring.store.model import is_storable, now
from scoring.store.sheets import RETURNED, SUBMITTED
from scoring.store.steady import steady

LONGEST_NAME = 60


@verb(
    (registry.TURN, text("kind"), REASON, text("decided_by"), of_id("contestant", optional=True), text_if_any("reach")),
    roles=RULING,
    done=_l("It is recorded who does not perform. Everything else goes on."),
    heard=True,
)
def record_not_performing(
    actor: Actor, turn_id: int, kind: str, reason: str, decided_by: str, contestant_id: int = 0, reach: str = ""
) -> None:
    """Decide that a contestant does not perform in the turn and, as far as the `reach` goes, in what is left.

    It is done before, during or after the turn, as long as its score is not released. Nobody gets marks or a rank by
    it; of a match the other side is the winner. `contestant_id` says who where several appear in the turn.
    Raises Refused: turn_unknown, contest_not_open, rehearsal_on, not_performing_unknown, reach_unknown, reason_missing,
    decided_by_missing, field_too_long, not_performing_coded (nobody may know whose work it is),
    not_performing_who, not_performing_twice, not_performing_released (something of theirs is released: a correction),
    made_called and the like (see check_nothing_made). Source: domain page 1, not performing.
    """
    turn = turn_of_open_contest(turn_id)
    far = reach_of(kind, reach)
    who_decided = said_by(decided_by)
    reason = stated(reason)
    check_out(turn)
    one = appearing(turn, contestant_id)
    if one.id not in {who["id"] for who in who_may_be_out(turn)}:
        raise Refused.because("not_performing_twice", number=one.number)
    if shown := _released_of(one, turn, far):
        raise Refused.because("not_performing_released", number=one.number, turns=", ".join(shown))
    decision = NotPerforming(
        contestant=one, event_id=turn.round.event_id, turn=turn, kind=kind, reach=far, reason=reason
    )
    decision.decided_by, decision.actor = who_decided, actor.label
    put_out(actor, decision)


@verb(
    (of_id("contestant"), typed("kind"), typed("reason"), typed("decided_by")),
    done=_l("It is recorded that the contestant is out of this event."),
)
def record_author(actor: Actor, contest_id: int, contestant_id: int, kind: str, reason: str, decided_by: str) -> None:
    """Decide by name that an author is out of the review.

    While the documents are coded it takes effect at the decoding: nobody learns from it whose document is which.
    Raises Refused: contest_unknown, no_documents_here, contestant_unknown, not_performing_unknown, decided_by_missing,
    field_too_long, reason_missing, not_performing_twice, not_performing_released, document_is_there (who has handed
    something in is not absent).
    """
    event = event_of_documents(contest_id)
    author = author_in(event, contestant_id)
    reach_of(kind)
    who_decided = said_by(decided_by)
    reason = stated(reason)
    if author.id in out_of_event(event):
        raise Refused.because("not_performing_twice", number=author.number)
    if kind == ABSENT and author.document is not None:
        raise Refused.because("document_is_there", number=author.number)
    if shown := [turn.number for turn in turns_within(author, event, EVENT) if turn.state == RELEASED]:
        raise Refused.because("not_performing_released", number=author.number, turns=", ".join(shown))
    _put_out_of(event, author, actor, kind, reason, who_decided)


@verb(
    (of_id("contestant"), text("kind"), REASON, text("decided_by"), registry.EVENT),
    roles=RULING,
    done=_l("It is recorded who does not perform. Everything else goes on."),
    heard=True,
)
def record_unplaced(
    actor: Actor, contest_id: int, contestant_id: int, kind: str, reason: str, decided_by: str, event: int | None = None
) -> None:
    """Decide that somebody who waits for a match plays none: the event goes on without them.

    Raises Refused: contest_unknown, event_unknown, contestant_unknown_here (who does not wait), not_performing_unknown,
    decided_by_missing, field_too_long, reason_missing.
    """
    asked = event_asked(contest_id, event)
    one = next((waits for waits in unplaced_of(asked).waiting if waits.id == contestant_id), None)
    if one is None:
        raise Refused.because("contestant_unknown_here")
    reach_of(kind)
    who_decided = said_by(decided_by)
    reason = stated(reason)
    _put_out_of(asked, one, actor, kind, reason, who_decided)


def _put_out_of(event: Event, who: Contestant, actor: Actor, kind: str, reason: str, decided_by: str) -> None:
    """Decide it for the whole event, of somebody who has no turn there or none that may be told."""
    decision = NotPerforming(contestant=who, event_id=event.id, kind=kind, reach=EVENT, reason=reason)
    decision.decided_by, decision.actor = decided_by, actor.label
    put_out(actor, decision)


@verb((of_id("decision"), typed("reason")), done=_l("It is taken back; the contestant takes part again."))
def take_author_back(actor: Actor, contest_id: int, decision_id: int, reason: str) -> None:
    """Take a decision about an author of the review back; raises Refused as `withdraw_not_performing` does."""
    decision = db.session.get(NotPerforming, decision_id)
    if decision is None or decision.contestant.contest_id != contest_id:
        raise Refused.because("not_performing_gone")
    withdraw_not_performing(actor, decision_id, reason)


def said_by(raw: str) -> str:
    """Who decided, in words; Refused(decided_by_missing, field_too_long)."""
    text = raw.strip()
    if not text or not is_storable(text):
        raise Refused.because("decided_by_missing", "decided_by")
    if len(text) > LONGEST_NAME:
        raise Refused.because("field_too_long", "decided_by", most=LONGEST_NAME)
    return text


def appearing(turn: Turn, contestant_id: int) -> Contestant:
    """Who of those in the turn is meant: the contestant, a side of the match, or a speaker of a team."""
    found = {one.id: one for one in appearing_in(turn)}
    if not contestant_id and len(found) == 1:
        return next(iter(found.values()))
    if contestant_id not in found:
        raise Refused.because("not_performing_who", "contestant", number=turn.number)
    return found[contestant_id]


def _released_of(one: Contestant, turn: Turn, reach: str) -> list[str]:
    """The numbers of the turns in reach in which something of theirs is released: nobody takes that away silently."""
    wanted = [turn, *turns_within(one, turn.round.event, reach)]
    return list(dict.fromkeys(other.number for other in wanted if other.state == RELEASED and not other.not_held))


def turns_within(one: Contestant, event: Event, reach: str) -> list[Turn]:
    """The turns in reach in which they, or speakers of their team, appear; of one turn's reach none."""
    if reach == TURN:
        return []
    theirs = select(Appearance.turn_id).join(Contestant, Contestant.id == Appearance.contestant_id)
    theirs = theirs.where(or_(Contestant.id == one.id, Contestant.team_id == one.id))
    turns = db.session.scalars(select(Turn).where(Turn.id.in_(theirs)).order_by(Turn.id))
    return [turn for turn in turns if reach == CONTEST or turn.round.event_id == event.id]


@logged(
    "results",
    _l("recorded that no. %(contestant)s does not perform (%(kind_named)s), as decided by %(decided_by)s"),
    EVERYWHERE,
    name="record_not_performing",
)
def put_out(actor: Actor, decision: NotPerforming) -> None:
    """Let the decision hold in its turn and, by its reach, in all that are not released; record it."""
    decision.revision = coming(decision.contestant.contest)
    db.session.add(decision)
    db.session.flush()
    one, turn = decision.contestant, decision.turn
    reached = [turn] if turn else []
    if decision.reach != TURN:
        others = turns_within(one, db.session.get_one(Event, decision.event_id), decision.reach)
        reached += [other for other in others if other is not turn and other.state != RELEASED and not other.hidden]
    for other in reached:
        hold(decision, other)
    for event in one.contest.events:
        go_on_without(event)
    record(one.contest, actor, "record_not_performing", **about(decision, reached))


def about(decision: NotPerforming, turns: Iterable[Turn]) -> dict[str, Any]:
    """What the log says of a decision: in which turn, who, of which kind, why, by whom, and where it holds."""
    turn = decision.turn
    return {
        "turn": turn.id if turn else None,
        "number": turn.alias if turn else decision.contestant.number,
        "decision": decision.id,
        "contestant": decision.contestant.number,
        "kind": decision.kind,
        "reach": decision.reach,
        "reason": decision.reason,
        "decided_by": decision.decided_by,
        "turns": [other.alias for other in turns],
    }


@verb((DECISION, REASON), roles=RULING, done=_l("It is taken back. That it was recorded stays on record."), heard=True)
@logged("results", _l("took back that no. %(contestant)s does not perform (%(kind_named)s)"), EVERYWHERE)
def withdraw_not_performing(actor: Actor, decision_id: int, reason: str) -> None:
    """Take a decision back that was wrong: its turns stand as they stood before, for as long as nothing rests on it.

    Raises Refused: not_performing_gone, reason_missing, undo_corrected, back_released, made_called and the like,
    not_performing_checked (the spot check is drawn), not_performing_sealed (documents were decoded since),
    undo_publication.
    """
    decision = db.session.get(NotPerforming, decision_id)
    if decision is None or decision.withdrawn_at is not None:
        raise Refused.because("not_performing_gone")
    reason = stated(reason)
    turns = turns_of(decision)
    check_back(decision)
    events = decision.contestant.contest.events
    seen, ids = _public(events), {turn.id for turn in turns}
    decision.withdrawn_at, decision.withdrawn_revision = now(), coming(decision.contestant.contest)
    let_in(decision)
    told = about(decision, turns) | {"reason": reason}
    for turn in turns:
        go_on(turn)
    if seen - _public(events) - ids and steady() - decision.steady > UNDO_WITHIN:
        raise Refused.because("undo_publication", number=decision.contestant.number)
    record(decision.contestant.contest, actor, "withdraw_not_performing", **told)


def _public(events: Iterable[Event]) -> set[int]:
    """What is public in these events."""
    return {turn_id for event in events for turn_id in public_turns(event)}


def go_on(turn: Turn) -> None:
    """The turn as it stood before it was settled; where somebody else is out of it, it is settled by that alone."""
    if turn.state != RELEASED or inspect(turn).deleted or inspect(turn).detached:
        return
    if turn.not_held:
        settle(next(iter(turn.out.values())), turn)
        return
    unfill(turn)
    if _is_passed_over(turn):
        remove_turn(turn)  # the documents are coded without it: it is taken in as a late one
        return
    release = release_in_force(turn)
    if release is not None:
        release.withdrawn_at, release.withdrawn_revision = now(), coming(turn.contest)
    turn.state = _state_of(turn, release)


def _is_passed_over(turn: Turn) -> bool:
    """Whether the documents were coded while this one was out."""
    return turn.round.event.coding is not None and not turn.code


def _state_of(turn: Turn, settled: Release | None) -> str:
    """Where the turn goes on; one that was left before anybody had marked it waits to be called again."""
    if not turn.begun:
        return WAITING
    before = state_before(turn)
    if before == PERFORMING or (settled and settled.verdict.get(PERFORMED)) or _is_marked(turn):
        return before
    turn.called_revision, turn.called_steady, turn.closed_at = None, None, None
    return WAITING


def _is_marked(turn: Turn) -> bool:
    return any(sheet.newest.state in (SUBMITTED, RETURNED) for sheet in turn.sheets)
