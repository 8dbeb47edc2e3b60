"""The offices of a contest: how each may be written, and which ways of writing nobody has told apart yet."""

from __future__ import annotations

from sqlalchemy import select

from scoring.extensions import db
from scoring.rules.offices import DEPARTMENT, OFFICE, Offices, names_own
from scoring.store import Contest, Office, OfficeAnswer
from scoring.store.contests import RELEASED

Pair = tuple[str, str]


def answers_of(contest: Contest) -> list[OfficeAnswer]:
    """What was answered about ways of writing offices, in force, the oldest first."""
    in_force = OfficeAnswer.withdrawn_at.is_(None)
    wanted = select(OfficeAnswer).where(OfficeAnswer.contest_id == contest.id, in_force).order_by(OfficeAnswer.id)
    return list(db.session.scalars(wanted))


def listed_offices(contest: Contest) -> list[Office]:
    """The list of offices, by name."""
    return list(db.session.scalars(select(Office).where(Office.contest_id == contest.id).order_by(Office.name)))


def offices_of(contest: Contest) -> Offices:
    """The one answer to which names mean one office in this contest."""
    answers = answers_of(contest)
    return Offices.of(
        [(one.name, one.short) for one in listed_offices(contest)],
        [(one.one, one.other) for one in answers if one.same],
        [(one.one, one.other) for one in answers if not one.same],
    )


def names_of_offices(contest: Contest) -> set[str]:
    """Every way in which an office is written here, each office also by its fullest name."""
    called = offices_of(contest).called(_written(contest))
    return {*called, *called.values()}


def _written(contest: Contest) -> list[str]:
    """As the people and the list have them; with the office that holds the contest where somebody is of 本院."""
    names = [*_of_contestants(contest), *_of_judges(contest), *(one.name for one in listed_offices(contest))]
    return [*names, contest.office] if contest.office and any(map(names_own, names)) else names


def unclear_offices(contest: Contest) -> list[Pair]:
    """Ways of writing that look like one office, of contestants, judges and the list, that nobody was asked about.

    Whoever writes 本院 most likely means the office that holds the contest: that pair comes first, even where nobody
    else is of that office.
    """
    offices, written = offices_of(contest), _written(contest)
    own = {name for name in written if names_own(name)}
    host = offices.key(contest.office)
    return sorted(
        offices.likely_pairs(written), key=lambda pair: not (own & set(pair) and host in map(offices.key, pair))
    )


def unclear_recusals(contest: Contest) -> list[Pair]:
    """Those of them that decide whether a judge is recused: one is a judge's office, the other a contestant's."""
    if not {OFFICE, DEPARTMENT} & set(contest.recusal_levels):
        return []
    offices = offices_of(contest)
    judges, people = (
        {offices.key(name) for name in names} for names in (_of_judges(contest), _of_contestants(contest))
    )
    return [pair for pair in unclear_offices(contest) if _across({offices.key(one) for one in pair}, judges, people)]


def offices_to_ask(contest_id: int) -> list[Pair]:
    """The pairs of `unclear_recusals` of a contest that counts on an answer: none once every turn is released."""
    contest = db.session.get_one(Contest, contest_id)
    turns = [turn for event in contest.events for played in event.rounds for turn in played.turns]
    is_over = bool(turns) and all(turn.state == RELEASED for turn in turns)
    return [] if is_over else unclear_recusals(contest)


def _across(pair: set[str], judges: set[str], people: set[str]) -> bool:
    return any(one in judges and other in people for one in pair for other in pair if one != other)


def _of_contestants(contest: Contest) -> list[str]:
    return [one.office for one in contest.contestants if one.office]


def _of_judges(contest: Contest) -> list[str]:
    return [seat.office for event in contest.events for room in event.rooms for seat in room.seats if seat.office]
