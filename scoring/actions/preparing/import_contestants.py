"""Importing contestants and teams: who is new, who changes, and who may not."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scoring.actions.preparing.import_plans import CHANGED, COMES_LATE, NEW, Planned, kept, planned, twice
from scoring.actions.running.late_entries import closed_to
from scoring.actions.setting_up.entering import begun_of, give_places, is_late, late_for
from scoring.actions.setting_up.entry_list import entrant_kind
from scoring.board.reading.facts import format_of
from scoring.board.reading.offices import offices_of
from scoring.extensions import db
from scoring.imports import Row
from scoring.imports.kinds import DEPARTMENTS, SEATS
from scoring.loop.stepping_aside import give_way
from scoring.rules.numbers import is_figures, number_key, padded_numbers
from scoring.rules.offices import Offices
from scoring.rules.refusal import Problem
from scoring.store import Contest, Contestant
from scoring.store.contests import PERSON, TEAM

FIELDS = ("number", "name", "office", "department")
OF_PERSONS = (*FIELDS, "category")


def plan_contestants(contest: Contest, rows: Sequence[Row]) -> list[Planned]:
    """What becomes of each row of the list of contestants."""
    kind = entrant_kind(contest.events)
    entered = [one for one in contest.contestants if one.kind == kind and one.team_id is None]
    return _plan(contest, rows, entered, OF_PERSONS)


def plan_teams(contest: Contest, rows: Sequence[Row]) -> list[Planned]:
    """What becomes of each row of the list of teams, with the speakers in it."""
    teams = [one for one in contest.contestants if one.kind == TEAM]
    found = _plan(contest, rows, teams, FIELDS)
    return [_with_speakers(contest, one) for one in found]


def _plan(contest: Contest, rows: Sequence[Row], entered: Sequence[Contestant], fields: Sequence[str]) -> list[Planned]:
    numbers = _numbers(contest, rows, entered)
    people = _People.of(contest, entered, rows)
    wanted = {place: people.called(rows[place], number) for place, number in enumerate(numbers)}
    doubled = twice(rows, numbers, "number")
    situation = _Situation(contest, numbers, wanted)
    return [_row(situation, place, row, fields, doubled[place]) for place, row in enumerate(rows)]


@dataclass
class _Situation:
    """What all rows are held against: the numbers that they ask for, and whom each row is about."""

    contest: Contest
    numbers: Sequence[str]
    about: Mapping[int, Contestant | None]
    late: bool = field(init=False)
    closed: str = field(init=False)
    begun: set[int] = field(init=False)
    holders: dict[str, Contestant] = field(init=False)
    moving: set[int] = field(init=False)
    times: Counter[int] = field(init=False)
    offices: Offices = field(init=False)

    def __post_init__(self) -> None:
        self.offices = offices_of(self.contest)
        self.late, self.begun = is_late(self.contest), begun_of(self.contest)
        closed = [closed_to(event, 1) for event in self.contest.events] if self.late else []
        self.closed = closed[0] if closed and all(closed) else ""
        self.holders = {one.number: one for one in self.contest.contestants}
        self.times = Counter(one.id for one in self.about.values() if one is not None)
        self.moving = set(self.times)


def _numbers(contest: Contest, rows: Sequence[Row], entered: Sequence[Contestant]) -> list[str]:
    """The rows' numbers as the contest spells them; a list without any is numbered on from those who are there."""
    given = [row.cells.get("number", "") for row in rows]
    if not any(given):
        given = _given_in_order(contest, rows, entered)
    filled = iter(padded_numbers([number for number in given if number], [one.number for one in contest.contestants]))
    return [next(filled) if number else "" for number in given]


def _given_in_order(contest: Contest, rows: Sequence[Row], entered: Sequence[Contestant]) -> list[str]:
    """Whoever is entered keeps the number; the others follow in the list's order. A row without a name gets none."""
    highest = max((int(one.number) for one in contest.contestants if is_figures(one.number)), default=0)
    free = itertools.count(highest + 1)
    people = _People.of(contest, entered, rows)
    known = [people.called(row, "") for row in rows]
    return [
        one.number if one else str(next(free)) if row.cells.get("name") else ""
        for row, one in zip(rows, known, strict=True)
    ]


@dataclass(frozen=True)
class _People:
    """Who is entered, and the names and offices that stand in the list, row by row."""

    offices: Offices
    entered: Sequence[Contestant]
    listed: Sequence[tuple[str, str]]
    by_number: dict[str, Contestant] = field(init=False)
    by_name: dict[str, list[Contestant]] = field(init=False)
    offices_listed: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Note who is found under which number and name: a list of all who are entered asks for each of them."""
        by_name: dict[str, list[Contestant]] = defaultdict(list)
        for one in self.entered:
            by_name[one.name].append(one)
        offices: dict[str, list[str]] = defaultdict(list)
        for name, office in self.listed:
            offices[name].append(office)
        numbered = {number_key(one.number): one for one in reversed(self.entered)}  # of two the first one counts
        object.__setattr__(self, "by_number", numbered)
        object.__setattr__(self, "by_name", dict(by_name))
        object.__setattr__(self, "offices_listed", dict(offices))

    @classmethod
    def of(cls, contest: Contest, entered: Sequence[Contestant], rows: Sequence[Row]) -> _People:
        """Those who are entered, and the rows of the list."""
        listed = [(row.cells.get("name", ""), row.cells.get("office", "")) for row in rows]
        return cls(offices_of(contest), entered, listed)

    def called(self, row: Row, number: str) -> Contestant | None:
        """Whom a row is about: number and name agree; else the person of that name; else whoever has the number.

        Whoever has the number and stands in another row is not meant: the number goes over to somebody new.

        A namesake of another office is somebody else, unless the numbers show that two were exchanged: then the row's
        number is that of a person whom the list names, too, and an office was only written in another way.
        """
        name, office = row.cells.get("name", ""), row.cells.get("office", "")
        give_way()
        holder = self.by_number.get(number_key(number)) if number.strip() else None
        if holder is not None and holder.name == name:
            return holder
        namesakes = self.by_name.get(name, [])
        of_office = [one for one in namesakes if _may_be_one(self.offices, office, one.office)]
        if len(of_office) == 1:
            return of_office[0]
        is_exchange = holder is not None and self._times(holder.name) == 1
        if is_exchange and len(namesakes) == 1 and self._times(name) == 1:
            return namesakes[0]
        return None if name and holder is not None and self._stands_elsewhere(holder) else holder

    def _times(self, name: str) -> int:
        """How many rows of the list are about this name."""
        return len(self.offices_listed.get(name, ()))

    def _stands_elsewhere(self, one: Contestant) -> bool:
        """Whether a row of the list names the person, of whatever number."""
        return any(_may_be_one(self.offices, office, one.office) for office in self.offices_listed.get(one.name, ()))


def _may_be_one(offices: Offices, one: str, other: str) -> bool:
    same = not one or not other or offices.key(one) == offices.key(other)
    return same or bool(offices.likely_pairs([one, other]))


def _row(situation: _Situation, place: int, row: Row, fields: Sequence[str], doubled: Sequence[Problem]) -> Planned:
    about, number = situation.about[place], situation.numbers[place]
    before = {name: str(getattr(about, name)) for name in fields} if about else None
    after = kept(row, fields, None if _is_another(situation.offices, about, row) else before) | {"number": number}
    problems = [*doubled, *_unreadable(number), *([] if doubled else _refused(situation, place, about, number))]
    read_as = row.cells.get("number", "")
    code = "number_padded" if read_as else "number_given"
    notes = [Problem(code, "number", {"typed": read_as, "number": number})] if read_as != number else []
    notes += [Problem(COMES_LATE, "number")] if about is None and situation.late else []
    return planned(row, before, after, about.id if about else None, problems, [*notes, *_renamed(about, after["name"])])


def _is_another(offices: Offices, about: Contestant | None, row: Row) -> bool:
    """Whether a number goes over to somebody else: of whom before, nothing stays that the list does not tell."""
    name, office = row.cells.get("name", ""), row.cells.get("office", "")
    return about is not None and about.name != name and not _may_be_one(offices, office, about.office)


def _renamed(about: Contestant | None, name: str) -> list[Problem]:
    """A number that goes over to another name is pointed out: it may be another person's."""
    if about is None or about.name == name:
        return []
    return [Problem("name_replaced", "name", {"number": about.number, "old": about.name, "new": name})]


def _unreadable(number: str) -> list[Problem]:
    """A number is one word, so that it can be called and typed."""
    return [Problem("cell_not_a_number", "number")] if number and not _is_word(number) else []


def _is_word(number: str) -> bool:
    return all(sign.isalnum() or sign in "-_" for sign in number)


def _refused(situation: _Situation, place: int, about: Contestant | None, number: str) -> list[Problem]:
    holder = situation.holders.get(number)
    if about is None and situation.closed:
        return [Problem(situation.closed, "number")]
    if about is not None and situation.times[about.id] > 1:
        return [Problem("contestant_twice", "name", {"number": about.number})]
    if about is not None and about.number != number and about.id in situation.begun:
        return [Problem("number_of_marked", "number", {"number": about.number})]
    if holder is not None and holder is not about and holder.id not in situation.moving:
        return [Problem("number_taken", "number", {"number": number, "name": holder.name})]
    return []


def write_contestants(contest: Contest, rows: Sequence[Planned]) -> None:
    """Write the planned rows. Raises Refused no_room."""
    _write(contest, rows, entrant_kind(contest.events))
    entered = {one.number: one for one in contest.contestants}
    give_places(contest, [entered[one.after["number"]] for one in rows if one.state == NEW and not one.late])


def write_teams(contest: Contest, rows: Sequence[Planned]) -> None:
    """Write the planned teams with their speakers, who are numbered after their team: 01-1, 01-2."""
    _write(contest, rows, TEAM)
    teams = {one.number: one for one in contest.contestants if one.kind == TEAM}
    for one in rows:
        if one.state in (NEW, CHANGED):
            _write_speakers(contest, teams[one.after["number"]], one.after)


def _write(contest: Contest, rows: Sequence[Planned], kind: str) -> None:
    """In two steps, because two may change their numbers with each other."""
    entered = {one.id: one for one in contest.contestants}
    changed = [(entered[one.target], one.after) for one in rows if one.state == CHANGED and one.target is not None]
    for contestant, _ in changed:
        contestant.number = f"~{contestant.id}"
    db.session.flush()
    for contestant, after in changed:
        _take(contestant, after)
    for one in rows:
        if one.state == NEW:
            contestant = Contestant(kind=kind, number="", name="")
            _take(contestant, one.after)
            contest.contestants.append(contestant)
    db.session.flush()


def _take(contestant: Contestant, after: Mapping[str, str]) -> None:
    for name in OF_PERSONS:
        if name in after:
            setattr(contestant, name, after[name])


def speakers_of(contest: Contest, team_id: int | None) -> list[Contestant]:
    """The team's speakers in the order of their seats."""
    found = [one for one in contest.contestants if team_id is not None and one.team_id == team_id]
    return sorted(found, key=lambda one: (len(one.number), one.number))


def _with_speakers(contest: Contest, one: Planned) -> Planned:
    """The same row with the speakers that it names; an empty cell leaves a speaker as entered."""
    there = speakers_of(contest, one.target)[: len(SEATS)]
    before = dict.fromkeys((*SEATS, *DEPARTMENTS), "")
    before |= {seat: speaker.name for seat, speaker in zip(SEATS, there, strict=False)}
    before |= {place: speaker.department for place, speaker in zip(DEPARTMENTS, there, strict=False)}
    after = {seat: one.row.cells.get(seat) or before[seat] for seat in SEATS}
    for seat, place in zip(SEATS, DEPARTMENTS, strict=True):
        stays = before[place] if after[seat] == before[seat] else ""  # who comes for another brings the own department
        after[place] = one.row.cells.get(place) or stays
    problems = [problem for problem in one.problems if problem not in one.row.problems]
    problems += _wrong_speakers(contest, one, before, after)
    old = {**one.before, **before} if one.target is not None else None
    notes = [note for note in one.notes if note not in one.row.notes]
    return planned(one.row, old, {**one.after, **after}, one.target, problems, notes)


def _wrong_speakers(
    contest: Contest, one: Planned, before: Mapping[str, str], after: Mapping[str, str]
) -> list[Problem]:
    named = [seat for seat in SEATS if after[seat]]
    gap = next((seat for place, seat in enumerate(named) if seat != SEATS[place]), None)
    if gap is not None:
        return [Problem("speaker_gap", gap)]
    needed = max(_speakers_needed(contest), default=0)
    if len(named) < needed:
        return [Problem("speaker_missing", SEATS[len(named)], {"number": one.after["number"], "speakers": str(needed)})]
    added = [seat for seat in named if not before[seat]]
    late = late_for(contest)
    return [Problem(late, added[0])] if added and late and one.target is not None else []


def _speakers_needed(contest: Contest) -> list[int]:
    """How many speakers a side has in each event of matches where they get a score of their own."""
    parts = [part for event in contest.events for part in format_of(event).parts(event.settings)]
    return [int(part.partition(".")[2]) for part in parts if "." in part]


def _write_speakers(contest: Contest, team: Contestant, after: Mapping[str, str]) -> None:
    there = speakers_of(contest, team.id)
    named = [(after[seat], after[DEPARTMENTS[place]]) for place, seat in enumerate(SEATS) if after[seat]]
    for place, (name, department) in enumerate(named):
        if place == len(there):
            speaker = Contestant(kind=PERSON, number=f"{team.number}-{place + 1}", team_id=team.id, office=team.office)
            contest.contestants.append(speaker)
            there.append(speaker)
        there[place].name, there[place].office, there[place].department = name, team.office, department
    db.session.flush()
