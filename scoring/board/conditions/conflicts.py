"""The conflicts of a contest: which judges may not mark whom, what became of each, and which panels get too small."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from scoring.board.reading.facts import format_of
from scoring.board.reading.offices import answers_of, offices_of, unclear_offices
from scoring.board.snapshots.people import (
    ConflictShown,
    OfficeSaid,
    Person,
    Relations,
    RelationShown,
    SeatInRoom,
    SmallGroup,
    SmallPanel,
    TooLate,
)
from scoring.board.snapshots.shared import Titles
from scoring.extensions import db
from scoring.rules.conflicts import DECLARED, RELATIONS, Conflict, conflicts
from scoring.rules.formats.common import panel_of, reviewers_of
from scoring.rules.grouping import asked_of
from scoring.rules.judge_groups import Group
from scoring.rules.offices import Belonging
from scoring.rules.panel_rules import SHARE
from scoring.store import (
    Appearance,
    Assignment,
    Contest,
    Contestant,
    Event,
    OfficeAnswer,
    Relation,
    Round,
    Seat,
    Turn,
    Waiver,
)
from scoring.store.contests import RELEASED, TEAM, WAITING


@dataclass(frozen=True)
class Found:
    """One ground on which a seat's judge may not mark a contestant; `waiver` is the decision against it."""

    seat: Seat
    contestant: Contestant
    ground: str
    relation: Relation | None = None
    waiver: Waiver | None = None


Index = dict[int, list[Found]]


def judge_of(seat: Seat) -> str:
    """The name under which relations and waivers know who sits there; the seat itself where nobody named it."""
    return seat.name or f"#{seat.id}"


def seats_of_panels(contest: Contest) -> list[Seat]:
    """All seats of the contest's rooms, the reserves too."""
    return [seat for event in contest.events for room in event.rooms for seat in room.judges]


def conflicts_of(contest: Contest, only: Collection[int] | None = None) -> tuple[Found, ...]:
    """Every conflict between the contest's judges and contestants, or `only` these contestants (ids)."""
    seats = {str(seat.id): seat for seat in seats_of_panels(contest)}
    people = {str(one.id): one for one in contest.contestants if only is None or one.id in only}
    declared = _declared(contest, seats.values(), people)
    found = conflicts(
        [_belonging(key, seat) for key, seat in seats.items()],
        [_belonging(key, one) for key, one in people.items()],
        list(declared),
        contest.recusal_levels,
        offices_of(contest),
    )
    waivers = _waivers(contest)
    return tuple(
        Found(
            (seat := seats[one.judge]),
            (contestant := people[one.contestant]),
            one.ground,
            declared.get(one),
            waivers.get((judge_of(seat), contestant.id, one.ground)),
        )
        for one in found
    )


def _belonging(key: str, one: Seat | Contestant) -> Belonging:
    return Belonging(key, one.office, one.department)


def _declared(contest: Contest, seats: Collection[Seat], people: Collection[str]) -> dict[Conflict, Relation]:
    in_force = select(Relation).where(Relation.contest_id == contest.id, Relation.withdrawn_at.is_(None))
    return {
        Conflict(str(seat.id), str(relation.contestant_id), relation.ground): relation
        for relation in db.session.scalars(in_force)
        for seat in seats
        if seat.name == relation.judge and str(relation.contestant_id) in people
    }


def relation_of(contest: Contest, judge: str, contestant_id: int, ground: str) -> Relation | None:
    """The declared relation in force, if there is one."""
    return db.session.scalar(
        select(Relation).where(
            Relation.contest_id == contest.id,
            Relation.judge == judge,
            Relation.contestant_id == contestant_id,
            Relation.ground == ground,
            Relation.withdrawn_at.is_(None),
        )
    )


def _waivers(contest: Contest) -> dict[tuple[str, int, str], Waiver]:
    in_force = select(Waiver).where(Waiver.contest_id == contest.id, Waiver.withdrawn_at.is_(None))
    return {(one.judge, one.contestant_id, one.ground): one for one in db.session.scalars(in_force)}


def turns_to_judge(contest: Contest) -> list[Turn]:
    """All turns of the contest in order, with what their conflicts depend on, in a few queries."""
    wanted = (
        select(Turn)
        .join(Round)
        .join(Event)
        .where(Event.contest_id == contest.id)
        .order_by(Event.position, Round.position, Turn.position)
        .options(
            selectinload(Turn.appearances).joinedload(Appearance.contestant),
            selectinload(Turn.recusals),
            selectinload(Turn.assignments).joinedload(Assignment.seat),
        )
    )
    return list(db.session.scalars(wanted))


def people_of(turn: Turn) -> set[int]:
    """Everybody who appears in the turn: the contestants, their teams, and all members of those."""
    shown = {appearance.contestant_id for appearance in turn.appearances}
    if all(one.contestant.team_id is None and one.contestant.kind != TEAM for one in turn.appearances):
        return shown
    teams = {appearance.contestant.team_id or appearance.contestant_id for appearance in turn.appearances}
    members = {one.id for one in turn.contest.contestants if one.team_id in teams}
    return shown | teams | members


def judges_of(turn: Turn) -> list[Seat]:
    """Whom the turn's conflicts recuse: its panel, or every seat of the event where its panel is yet to be chosen."""
    event = turn.round.event
    return [seat for room in event.rooms for seat in room.seats] if format_of(event).coded else turn.panel


def by_contestant(found: Sequence[Found]) -> Index:
    """The conflicts in force, by the contestant's id."""
    index: Index = defaultdict(list)
    for one in found:
        if not one.waiver:
            index[one.contestant.id].append(one)
    return index


def grounds_of(turn: Turn, index: Index) -> dict[int, Found]:
    """The closest conflict in force of each of the turn's judges, by seat id."""
    related = [one for key in people_of(turn) for one in index.get(key, ())]
    if not related:
        return {}
    judges, levels = {seat.id for seat in judges_of(turn)}, _levels(turn)
    mine = [one for one in related if one.ground in levels and one.seat.id in judges]
    closest: dict[int, Found] = {}
    for one in sorted(mine, key=lambda one: RELATIONS.index(one.ground)):
        closest.setdefault(one.seat.id, one)
    return closest


def _levels(turn: Turn) -> tuple[str, ...]:
    """The grounds that count in the turn's event: where reviewers are assigned, the event says which belongings do."""
    reviewers = reviewers_of(turn.round.event.settings)
    return (*DECLARED, *reviewers.avoid) if reviewers else RELATIONS


def relations(contest_id: int) -> Relations:
    """All that the page of relations shows; raises LookupError."""
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise LookupError(contest_id)
    found = conflicts_of(contest)
    index = by_contestant(found)
    turns = turns_to_judge(contest)
    called = [(turn, people_of(turn)) for turn in turns if turn.state != WAITING and not turn.hidden]
    kept = select(Relation).where(Relation.contest_id == contest.id, Relation.withdrawn_at.is_(None))
    seated = {seat.name for seat in seats_of_panels(contest)}
    return {
        "levels": list(contest.recusal_levels),
        "conflicts": [_conflict(one, called) for one in found],
        "relations": [_relation(one, seated) for one in db.session.scalars(kept.order_by(Relation.id))],
        "seats": [_seat(seat) for seat in seats_of_panels(contest)],
        "contestants": [_person(one) for one in contest.contestants],
        "small": [small for turn in turns if turn.state == WAITING for small in _small(turn, index)],
        "unclear": unclear_offices(contest),
        "answers": [_answer(one) for one in answers_of(contest)],
        "unknown": sum(not (seat.name and seat.office) for seat in seats_of_panels(contest)),
    }


def _seat(seat: Seat) -> SeatInRoom:
    room = seat.room
    several = len(room.event.rooms) > 1 or len(room.event.contest.events) > 1
    return {
        "id": seat.id,
        "number": seat.number,
        "name": seat.name,
        "reserve": seat.reserve,
        "room": {"zh": room.name_zh, "en": room.name_en} if several else None,
    }


def _person(one: Contestant) -> Person:
    return {"id": one.id, "number": one.number, "name": one.name, "office": one.office}


def _answer(one: OfficeAnswer) -> OfficeSaid:
    return {"id": one.id, "one": one.one, "other": one.other, "same": one.same, "actor": one.actor}


def _relation(one: Relation, seated: Collection[str]) -> RelationShown:
    return {
        "id": one.id,
        "judge": one.judge,
        "ground": one.ground,
        "note": one.note,
        "contestant": _person(one.contestant),
        "seated": one.judge in seated,
    }


def _conflict(one: Found, called: Sequence[tuple[Turn, set[int]]]) -> ConflictShown:
    waiver = one.waiver
    return {
        "seat": _seat(one.seat),
        "contestant": _person(one.contestant),
        "ground": one.ground,
        "note": one.relation.note if one.relation else "",
        "waiver": {"id": waiver.id, "reason": waiver.reason, "actor": waiver.actor} if waiver else None,
        "late": [] if waiver else _late(one, called),
    }


def _late(one: Found, called: Sequence[tuple[Turn, set[int]]]) -> list[TooLate]:
    """The called turns that the judge marks in spite of the conflict, because it was recorded too late."""
    return [
        {"number": turn.alias, "released": turn.state == RELEASED}
        for turn, people in called
        if one.contestant.id in people and one.seat in turn.panel and one.seat.id not in turn.recused
    ]


def _small(turn: Turn, index: Index) -> Iterator[SmallPanel]:
    """What the conflicts leave of a waiting turn's panel or groups that is too small for a score, or for dropping."""
    number = "" if format_of(turn.round.event).coded else turn.number
    judges = judges_of(turn)
    away = {*grounds_of(turn, index), *turn.recused}
    for group, least, trimmed in _asked(turn.round.event):
        here = [seat for seat in judges if group is None or group.has(str(seat.number))]
        free = sum(seat.id not in away for seat in here)
        if free < least or free < trimmed <= len(here):
            small = SmallPanel(number=number, free=free, least=least, trimmed=trimmed)
            yield small if group is None else {**small, **_of_group(turn.round.event, group)}


def _of_group(event: Event, group: Group) -> SmallGroup:
    """The group's name, and whether the others share its weight where it has too few sheets."""
    rules = panel_of(event.settings)
    return {"group": Titles(zh=group.zh, en=group.en), "shared": rules is not None and rules.empty == SHARE}


def _asked(event: Event) -> list[tuple[Group | None, int, int]]:
    """The fewest judges for a score and for dropping, of the whole panel or of each of its groups."""
    rules = panel_of(event.settings)
    if rules and rules.groups:
        return [*asked_of(rules)]
    kind = format_of(event)
    return [(None, kind.least_panel(event.settings), kind.trims_from(event.settings))]
