"""Importing offices and declared relations."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.actions.preparing.import_judges import rooms_of
from scoring.actions.preparing.import_plans import CHANGED, NEW, Planned, kept, planned, twice
from scoring.board.conditions.conflicts import relation_of
from scoring.board.reading.offices import listed_offices
from scoring.extensions import db
from scoring.imports import Row
from scoring.rules.conflicts import KIN, MENTOR
from scoring.rules.numbers import spelled_as
from scoring.rules.offices import stem
from scoring.rules.refusal import Problem
from scoring.store import Contest, Office, Relation

GROUNDS = {
    KIN: ("近亲属", "亲属", "近亲", "kin"),
    MENTOR: ("师徒", "导师", "师生", "师徒关系", "mentor"),
}


def plan_offices(contest: Contest, rows: Sequence[Row]) -> list[Planned]:
    """What becomes of each row of the list of offices: one that is written a little differently is the same one."""
    known = {stem(one.name): one for one in listed_offices(contest)}
    stems = [stem(row.cells.get("name", "")) for row in rows]
    doubled = twice(rows, stems, "name")
    return [_office(row, known.get(stems[place]), doubled[place]) for place, row in enumerate(rows)]


def _office(row: Row, office: Office | None, doubled: Sequence[Problem]) -> Planned:
    before = {"name": office.name, "short": office.short} if office else None
    named = [Problem(one.code, one.field, {**one.figures, "key": row.cells.get("name", "")}) for one in doubled]
    return planned(row, before, kept(row, ("name", "short"), before), office.id if office else None, named)


def write_offices(contest: Contest, rows: Sequence[Planned]) -> None:
    """Write the planned offices."""
    for one in rows:
        if one.state in (NEW, CHANGED):
            office = db.session.get(Office, one.target) if one.target is not None else None
            if office is None:
                office = Office(contest_id=contest.id)
                db.session.add(office)
            office.name, office.short = one.after["name"], one.after["short"]


def plan_relations(contest: Contest, rows: Sequence[Row]) -> list[Planned]:
    """What becomes of each row of the list of relations."""
    grounds = [_ground(row.cells.get("ground", "")) for row in rows]
    known = [one.number for one in contest.contestants]
    numbers = [spelled_as(known, row.cells.get("number", "")) for row in rows]
    keys = [f"{row.cells.get('judge', '')} {numbers[place]} {grounds[place]}" for place, row in enumerate(rows)]
    doubled = twice(rows, keys, "judge")
    judges = {seat.name for room in rooms_of(contest) for seat in room.seats if seat.name}
    return [
        _relation(contest, judges, row, numbers[place], grounds[place], doubled[place])
        for place, row in enumerate(rows)
    ]


def _ground(word: str) -> str:
    return next((ground for ground, words in GROUNDS.items() if word.lower() in words), "")


def _relation(
    contest: Contest, judges: set[str], row: Row, number: str, ground: str, doubled: Sequence[Problem]
) -> Planned:
    judge = row.cells.get("judge", "")
    contestant = next((one for one in contest.contestants if one.number == number), None)
    wrong = [
        *([] if not judge or judge in judges else [Problem("judge_not_seated", "judge", {"name": judge})]),
        *([] if not number or contestant else [Problem("contestant_not_entered", "number", {"number": number})]),
        *([] if ground or not row.cells.get("ground") else [Problem("relation_unknown", "ground")]),
    ]
    there = relation_of(contest, judge, contestant.id, ground) if contestant else None
    before = {"judge": judge, "number": number, "ground": ground, "note": there.note} if there else None
    after = kept(row, ("judge", "note"), before) | {"number": number, "ground": ground}
    return planned(row, before, after, there.id if there else None, [*doubled, *wrong])


def write_relations(contest: Contest, rows: Sequence[Planned], actor: str) -> None:
    """Write the planned relations as declared by the actor."""
    numbered = {one.number: one.id for one in contest.contestants}
    for one in rows:
        if one.state == CHANGED and one.target is not None:
            db.session.get_one(Relation, one.target).note = one.after["note"]
        elif one.state == NEW:
            about = {name: one.after[name] for name in ("judge", "ground", "note")}
            relation = Relation(
                contest_id=contest.id, contestant_id=numbered[one.after["number"]], actor=actor, **about
            )
            db.session.add(relation)
