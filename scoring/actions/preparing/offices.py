"""Whether two ways of writing an office mean one office: answered once, kept as its other names, applied everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.actions.find import contest_of
from scoring.actions.preparing.relations import apply_relations
from scoring.actions.registry import _l, logged, of_id, verb
from scoring.actions.transaction import Actor, record
from scoring.board.reading.offices import answers_of, names_of_offices, offices_of
from scoring.extensions import db
from scoring.rules.offices import contradicted
from scoring.rules.refusal import Refused
from scoring.store import Contest, OfficeAnswer
from scoring.store.model import now


@dataclass(frozen=True)
class Answer:
    """Two names as they are written in the contest, and whether they mean one office."""

    one: str
    other: str
    same: bool


@verb(done=_l("Kept, and applied to every turn that waits."))
@logged("panel", _l("said which names mean one office"))
def answer_offices(actor: Actor, contest_id: int, answers: Sequence[Answer]) -> None:
    """Record which names mean one office and which do not; recusals of turns that wait follow from it at once.

    Raises Refused: contest_unknown, offices_unanswered, office_not_written, offices_one_already,
    offices_contradict (one, other): what was answered makes two offices one that somebody called different.
    """
    contest = contest_of(contest_id)
    if not answers:
        raise Refused.because("offices_unanswered")
    _check(contest, answers)
    for one in answers:
        told = {"one": one.one, "other": one.other, "same": one.same, "actor": actor.label}
        db.session.add(OfficeAnswer(contest_id=contest.id, **told))
    db.session.flush()
    different = [(one.one, one.other) for one in answers_of(contest) if not one.same]
    for first, other in contradicted(offices_of(contest), different):
        raise Refused.because("offices_contradict", one=first, other=other)
    record(contest, actor, "answer_offices", answers=[vars(one) for one in answers])
    apply_relations(actor, contest)


def _check(contest: Contest, answers: Sequence[Answer]) -> None:
    offices, written = offices_of(contest), names_of_offices(contest)
    for one in answers:
        if not {one.one, one.other} <= written:
            raise Refused.because("office_not_written")
        if offices.key(one.one) == offices.key(one.other):
            raise Refused.because("offices_one_already", one=one.one, other=one.other)


@verb(of_id("answer"), done=_l("The answer is taken back. The question is asked again."))
@logged("panel", _l("took an answer about the names of an office back"))
def withdraw_office_answer(actor: Actor, contest_id: int, answer_id: int) -> None:
    """Take an answer back; the question is asked again. Raises Refused: contest_unknown, office_answer_gone."""
    contest = contest_of(contest_id)
    answer = next((one for one in answers_of(contest) if one.id == answer_id), None)
    if answer is None:
        raise Refused.because("office_answer_gone")
    answer.withdrawn_at = now()
    record(contest, actor, "withdraw_office_answer", one=answer.one, other=answer.other, same=answer.same)
    apply_relations(actor, contest)
