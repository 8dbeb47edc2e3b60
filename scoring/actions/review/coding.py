"""Coding and decoding: a seeded draw hides whose document is which, a witnessed step tells it after the last sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.actions.registry import EVERYWHERE, _l, logged, typed, verb
from scoring.actions.review.documents import event_of_documents, turns_of_documents
from scoring.actions.running.next_round import hold
from scoring.actions.running.seals import break_seal
from scoring.actions.transaction import Actor, record
from scoring.board.reading.facts import outcome_of
from scoring.board.reading.not_performing import out_of_event
from scoring.board.views.review import late_authors
from scoring.extensions import db
from scoring.rules.draw import draw
from scoring.rules.refusal import Refused
from scoring.store import Coding, Contestant, Event, Penalty, Recusal, Turn
from scoring.store.contests import WAITING
from scoring.store.documents import CLEARED
from scoring.store.ledger import name_behind
from scoring.store.model import now
from scoring.store.people import CODER, SUPERVISOR

PURPOSE = "codes"
LONGEST_WITNESS = 60


@verb(
    (typed("seed"), typed("witness"), typed("reason")),
    roles=(CODER,),
    done=_l("The documents are coded. Only this page tells whose they are."),
)
@logged("review", _l("drew the blind codes, seal %(seal)s, typed %(typed)s, witnessed by %(witness)s%(how)s"))
def code_documents(actor: Actor, contest_id: int, seed: str = "", witness: str = "", reason: str = "") -> None:
    """Draw which document lies behind which code, and put each behind the turn of its code.

    The turns keep their ids and positions, and the contestants change places among them: neither an address nor an
    order tells afterwards whose document it is. What was recorded about a contestant (recusals, penalties) goes along.
    The audit entry holds the seal and what was typed; the sealed seed and the seed are told with the decoding.
    Raises Refused: contest_unknown, no_documents_here, coded_already, contest_begun, documents_missing,
    documents_not_cleared, and what `break_seal` refuses.
    Source: domain page 2D, 匿名编号.
    """
    event = event_of_documents(contest_id)
    if event.coding is not None:
        raise Refused.because("coded_already")
    turns = turns_of_documents(event)
    _check_ready(turns)
    lots = break_seal(actor, event, seed, witness, reason)
    seed, sealed_seed = lots.pop("seed"), lots.pop("sealed_seed")
    _forget_relations(turns)
    authors = {turn.appearances[0].contestant.number: turn.appearances[0].contestant for turn in turns}
    drawn = [authors[number] for number in draw(seed, PURPOSE, list(authors))]
    digits = max(2, len(str(len(turns))))
    for place, turn in enumerate(turns, 1):
        turn.code = f"A{place:0{digits}d}"
    put_behind(turns, drawn)
    lots["witness"] = lots["witness"][:LONGEST_WITNESS]
    about = {"seed": seed, "sealed_seed": sealed_seed, "witness": lots["witness"], "actor": actor.label}
    db.session.add(Coding(event=event, **about))
    record(event.contest, actor, "code_documents", seats_of_event(event), documents=len(turns), **lots)


def _check_ready(turns: Sequence[Turn]) -> None:
    if any(turn.state != WAITING for turn in turns):
        raise Refused.because("contest_begun")
    missing = [turn.number for turn in turns if turn.appearances[0].contestant.document is None]
    if missing:
        raise Refused.because("documents_missing", numbers=", ".join(missing))
    check_cleared([turn.appearances[0].contestant for turn in turns])


def check_cleared(authors: Sequence[Contestant]) -> None:
    """Refused(documents_not_cleared): one that was opened later than the others would be known by it."""
    waiting = [one.number for one in authors if one.document is not None and one.document.state != CLEARED]
    if waiting:
        raise Refused.because("documents_not_cleared", numbers=", ".join(waiting))


def _forget_relations(turns: Sequence[Turn]) -> None:
    """What follows from relations is worked out anew behind the codes; what was recorded by hand goes along."""
    for recusal in [one for turn in turns for one in turn.recused.values() if one.relation]:
        recusal.withdrawn_at = now()


def put_behind(turns: Sequence[Turn], drawn: Sequence[Contestant]) -> None:
    """The drawn contestants behind the turns, in order, each with what was recorded about it."""
    places = dict(zip((author.id for author in drawn), turns, strict=True))
    about: list[Recusal | Penalty] = []
    for turn in turns:
        about += [*turn.recusals, *turn.penalties]
    moves = [(fact, places[fact.turn.appearances[0].contestant_id]) for fact in about]
    for turn, author in zip(turns, drawn, strict=True):
        turn.appearances[0].contestant = author
    for fact, turn in moves:
        fact.turn = turn
    db.session.flush()


@verb(roles=(SUPERVISOR,), done=_l("You have signed. The coding officer can decode now."))
@logged("review", _l("signed for the decoding"))
def witness_decoding(actor: Actor, contest_id: int) -> None:
    """The supervisor signs, with an own account, that the documents may be decoded: every sheet is in and settled.

    Raises Refused: contest_unknown, no_documents_here, not_coded, decoded_already, witnessed_already,
    late_documents_wait, documents_not_open, reviews_unsettled (neither which nor how many: the coding officer knows).
    Source: domain page 2D, 解码, and 3, 监督员.
    """
    event = event_of_documents(contest_id)
    coding = coding_in_force(event)
    if coding.witnessed_at is not None:
        raise Refused.because("witnessed_already", witness=coding.decode_witness)
    _check_all_coded(event)
    turns = turns_of_documents(event)
    if _unsettled(turns):
        raise Refused.because("reviews_unsettled")
    coding.witnessed_at, coding.decode_witness = now(), _name_of(actor)
    record(event.contest, actor, "witness_decoding", witness=coding.decode_witness)


@verb(roles=(CODER,), done=_l("The documents are decoded. The results can be released now."))
@logged(
    "review",
    _l("decoded the documents; the codes were drawn with the seed %(seed)s from sealed %(sealed_seed)s"),
    EVERYWHERE,
)
def decode(actor: Actor, contest_id: int) -> None:
    """Tell whose documents they are, once every sheet is in, every dispute is settled, and the supervisor has signed.

    Raises Refused: contest_unknown, no_documents_here, not_coded, decoded_already, late_documents_wait,
    documents_not_open, reviews_open (says the codes), decoding_not_witnessed, witness_is_actor.
    Source: domain page 2D, 解码, after the last sheet.
    """
    event = event_of_documents(contest_id)
    coding = coding_in_force(event)
    turns = turns_of_documents(event)
    _check_all_coded(event)
    _check_settled(turns)
    if coding.witnessed_at is None:
        raise Refused.because("decoding_not_witnessed")
    if _name_of(actor) == coding.decode_witness:
        raise Refused.because("witness_is_actor")
    coding.decoded_at, coding.decoded_by = now(), actor.label
    table = {turn.code: turn.appearances[0].contestant.number for turn in turns}
    told: dict[str, Any] = {"witness": coding.decode_witness, "seed": coding.seed, "table": table}
    told |= {"sealed_seed": coding.sealed_seed} if coding.sealed_seed else {}
    _put_out(event, turns)
    record(event.contest, actor, "decode", seats_of_event(event), **told)


def _put_out(event: Event, turns: Sequence[Turn]) -> None:
    """What was decided about authors by their names takes effect on their documents."""
    out = out_of_event(event)
    for turn in turns:
        author = turn.appearances[0].contestant_id
        if author in out:
            hold(out[author], turn)


def _name_of(actor: Actor) -> str:
    """The account's name, as it signs."""
    return name_behind(actor.label)[:LONGEST_WITNESS]


def _check_all_coded(event: Event) -> None:
    """Refused(late_documents_wait) while a document that came late has no code: it would be left out silently."""
    waiting = [author.number for author in late_authors(event) if author.document is not None]
    if waiting:
        raise Refused.because("late_documents_wait", numbers=", ".join(waiting))


def _check_settled(turns: Sequence[Turn]) -> None:
    if unsettled := _unsettled(turns):
        raise Refused.because("reviews_open", codes=", ".join(unsettled))


def _unsettled(turns: Sequence[Turn]) -> list[str]:
    """The codes whose sheets are missing or disputed; Refused(documents_not_open) where one waits to be opened."""
    waiting = [turn.code for turn in turns if turn.state == WAITING]
    if waiting:
        raise Refused.because("documents_not_open", codes=", ".join(waiting))
    return [turn.code for turn in turns if not _is_settled(turn)]


def coding_in_force(event: Event) -> Coding:
    """The coding that hides whose documents they are; Refused: not_coded, decoded_already."""
    if event.coding is None:
        raise Refused.because("not_coded")
    if event.coding.decoded_at is not None:
        raise Refused.because("decoded_already")
    return event.coding


def _is_settled(turn: Turn) -> bool:
    """Whether the document has a result: every sheet is in, or it is void."""
    try:
        outcome_of(turn)
    except Refused:
        return False
    return True


def seats_of_event(event: Event) -> list[int]:
    """The ids of all seats of the event's rooms."""
    return [seat.id for room in event.rooms for seat in room.seats]
