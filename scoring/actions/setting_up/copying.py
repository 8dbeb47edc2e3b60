"""A contest that begins as a copy of another: its rubric, rules and rooms, and the people if they are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from scoring.actions.find import contest_of
from scoring.actions.registry import _l, logged, verb
from scoring.actions.setting_up.contests import seat_panel
from scoring.actions.setting_up.entry_list import lay_out
from scoring.actions.setting_up.in_preparation import Beginning, Identity, begin, begin_event
from scoring.actions.transaction import Actor, record
from scoring.board.reading.offices import answers_of, listed_offices
from scoring.extensions import db
from scoring.store import Contest, Contestant, Event, Office, OfficeAnswer, Room, Seat


@dataclass(frozen=True)
class Wanted:
    """Which people come along."""

    contestants: bool = False
    judges: bool = False


@verb()
@logged("setup", _l("copied the contest from another"))
def copy_contest(actor: Actor, source_id: int, identity: Identity, wanted: Wanted) -> int:
    """Begin a contest with the settings and rooms of all events of another, its stages, weights and awards; its id.

    No mark, draw, time, code or result comes along; a judge's seat gets a code of its own. Raises Refused:
    contest_unknown, and as `begin` does.
    """
    source = contest_of(source_id)
    beginnings = [Beginning(event.format, event.settings, event.full_marks) for event in source.events]
    contest_id = begin(actor, identity, beginnings[0])
    contest = contest_of(contest_id)
    for event, beginning in list(zip(source.events, beginnings, strict=True))[1:]:
        begin_event(contest, beginning, event.position)
    for event in contest.events:
        _copy_event(source.events[event.position - 1], event, wanted)
    contest.overall, contest.awards = source.overall, source.awards
    if wanted.contestants:
        _copy_contestants(source, contest)
    if wanted.judges or wanted.contestants:
        _copy_offices(source, contest)
    for event in contest.events:
        lay_out(event)
    record(contest, actor, "copy_contest", source=source.slug, people=asdict(wanted))
    return contest_id


def _copy_event(source: Event, event: Event, wanted: Wanted) -> None:
    event.title_zh, event.title_en, event.awards = source.title_zh, source.title_en, source.awards
    event.stage = {"rule": source.stage["rule"]} if source.stage else {}
    for place, room in enumerate(source.rooms):
        copy = event.rooms[0] if place == 0 else Room(event=event, position=place + 1, name_zh="", name_en="")
        copy.name_zh, copy.name_en = room.name_zh, room.name_en
        db.session.add(copy)
        for seat in list(copy.seats)[len(room.seats) :]:
            db.session.delete(seat)
        db.session.flush()
        db.session.refresh(copy, ["seats"])
        seat_panel(copy, len(room.seats), first=len(copy.seats) + 1)
        db.session.refresh(copy, ["seats"])
        if wanted.judges:
            seat_same_judges(room.seats, copy)
    db.session.refresh(event, ["rooms"])


def seat_same_judges(source: Sequence[Seat], room: Room) -> None:
    """Record at the seats of a room, in order, who sits at these seats of another."""
    for before, seat in zip(source, room.seats, strict=False):
        seat.name, seat.office, seat.department = before.name, before.office, before.department
        seat.title, seat.reserve = before.title, before.reserve


def _copy_offices(source: Contest, contest: Contest) -> None:
    """The list of offices and what was answered about their names, so that nobody is asked again."""
    for office in listed_offices(source):
        db.session.add(Office(contest_id=contest.id, name=office.name, short=office.short))
    for one in answers_of(source):
        told = {"one": one.one, "other": one.other, "same": one.same, "actor": one.actor}
        db.session.add(OfficeAnswer(contest_id=contest.id, **told))


def _copy_contestants(source: Contest, contest: Contest) -> None:
    copies = {one.id: _copy_of(one, contest) for one in source.contestants}
    db.session.add_all(copies.values())
    for one in source.contestants:
        copies[one.id].team = copies.get(one.team_id or 0)
    db.session.flush()
    db.session.refresh(contest, ["contestants"])


def _copy_of(one: Contestant, contest: Contest) -> Contestant:
    copy = Contestant(contest=contest, number=one.number, name=one.name, office=one.office, kind=one.kind)
    copy.department, copy.category = one.department, one.category
    return copy
