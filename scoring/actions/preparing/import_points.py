"""Importing the results of a test without judges: each person's sheet from the rows of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.actions.preparing.import_plans import NEW, Planned, planned, twice
from scoring.actions.registry import EVERYWHERE, _l, logged
from scoring.actions.results.versions import add_version, check_markable, read_typed, sheet_of
from scoring.actions.transaction import Actor, record
from scoring.board.reading.facts import format_of, turns_of
from scoring.imports import Row
from scoring.rules.folding import squeezed
from scoring.rules.numbers import spelled_as
from scoring.rules.refusal import Problem, problems_of
from scoring.rules.rubric import Criterion
from scoring.store import Contest, Event, Turn
from scoring.store.sheets import FROM_LIST, SUBMITTED


def plan_points(contest: Contest, rows: Sequence[Row]) -> list[Planned]:
    """What becomes of each row of a list of results; a person's sheet is new once every criterion has its row."""
    turns = _turns_by_number(contest)
    found = [_Found(contest, row, turns) for row in rows]
    doubled = twice(rows, [one.key for one in found], "number")
    typed: dict[int, dict[str, str]] = {}
    for one in found:
        if one.turn is not None and one.criterion is not None:
            typed.setdefault(one.turn.id, {})[one.criterion.key] = one.row.cells.get("points", "")
    return [one.planned(doubled[place], typed) for place, one in enumerate(found)]


#: The turns of the tests of a contest, by the id of the event and the person's number.
Turns = Mapping[int, Mapping[str, Turn]]


def _turns_by_number(contest: Contest) -> Turns:
    entered = [event for event in contest.events if format_of(event).entered]
    return {event.id: {turn.number: turn for turn in turns_of(event)} for event in entered}


class _Found:
    """What a row is about: the event, the turn of the person and the criterion; None for what is not there."""

    def __init__(self, contest: Contest, row: Row, turns: Turns) -> None:
        self.row, self.turns, self.problems = row, turns, list[Problem]()
        self.event = self._event(contest)
        self.criterion = self._criterion() if self.event else None
        self.number = spelled_as([one.number for one in contest.contestants], row.cells.get("number", ""))
        self.turn = self._turn() if self.event and self.number else None

    @property
    def key(self) -> str:
        """The same for two rows that say the same thing of the same person."""
        place = self.event.position if self.event else 0
        return f"{self.number} {place} {self.criterion.key if self.criterion else ''}" if self.number else ""

    def _event(self, contest: Contest) -> Event | None:
        events = [event for event in contest.events if format_of(event).entered]
        called = squeezed(self.row.cells.get("event", ""))
        named = (
            [one for one in events if called in (squeezed(one.title_zh), squeezed(one.title_en))] if called else events
        )
        if len(named) != 1:
            names = "、".join(one.title_zh for one in events)
            self.problems.append(Problem("points_event_unknown", "event", {"events": names}))
            return None
        return named[0]

    def _criterion(self) -> Criterion | None:
        assert self.event is not None
        criteria = format_of(self.event).rubric(self.event.settings, "").criteria
        called = squeezed(self.row.cells.get("item", ""))
        named = [one for one in criteria if called in (squeezed(one.zh), squeezed(one.en))] if called else criteria
        if len(named) != 1:
            self.problems.append(
                Problem("points_item_unknown", "item", {"items": "、".join(one.zh for one in criteria)})
            )
            return None
        return named[0]

    def _turn(self) -> Turn | None:
        assert self.event is not None
        there = self.turns[self.event.id].get(self.number)
        if there is None:
            self.problems.append(Problem("contestant_not_entered", "number", {"number": self.number}))
            return None
        name, said = there.appearances[0].contestant.name, self.row.cells.get("name", "")
        if said and squeezed(said) != squeezed(name):
            figures = {"number": self.number, "name": name}
            self.problems.append(Problem("points_of_another", "name", figures))
        return there

    def planned(self, doubled: Sequence[Problem], typed: Mapping[int, dict[str, str]]) -> Planned:
        """The row with its state, what is held already as it was before."""
        after = {"number": self.number, "points": self.row.cells.get("points", "")}
        if self.turn is None or self.criterion is None:
            return planned(self.row, None, after, None, [*doubled, *self.problems])
        held = _held(self.turn)
        before = None if held is None else after | {"points": held.get(self.criterion.key, "")}
        wrong = self._wrong(typed[self.turn.id], before)
        return planned(self.row, before, after, self.turn.id, [*doubled, *self.problems, *wrong])

    def _wrong(self, typed: dict[str, str], before: Mapping[str, str] | None) -> list[Problem]:
        assert self.turn is not None
        assert self.criterion is not None
        if before is not None:
            same = before["points"] == self.row.cells.get("points", "")
            return [] if same else [Problem("points_in", "points", {"number": self.number, "held": before["points"]})]
        turn, key = self.turn, self.criterion.key
        shut = [
            Problem(one.code, "number", one.figures) for one in problems_of(lambda: check_markable(turn, _place(turn)))
        ]
        read = problems_of(lambda: read_typed(turn, typed))
        other = [one.field for one in read if one.field != key and one.code == "mark_empty"]
        lacks = [Problem("points_item_missing", "item", {"number": self.number})] if other else []
        return shut[:1] + [Problem(one.code, "points", one.figures) for one in read if one.field == key] + lacks


def _place(turn: Turn) -> int:
    return turn.panel[0].id


def _held(turn: Turn) -> dict[str, str] | None:
    """The marks of the sheet that is in, None while it may still come in."""
    sheets = [sheet for sheet in turn.sheets if sheet.versions and sheet.newest.state == SUBMITTED]
    return dict(sheets[0].newest.marks or {}) if sheets else None


@logged(
    "sheets",
    _l("stored results from a list; somebody else still holds them against the original"),
    EVERYWHERE,
    name="store_points",
)
def write_points(contest: Contest, rows: Sequence[Planned], actor: Actor) -> None:
    """Store the sheets that the rows make, each submitted and marked as from a list."""
    typed: dict[Turn, dict[str, str]] = {}
    turns = _turns_by_number(contest)
    for one in rows:
        found = _Found(contest, one.row, turns) if one.state == NEW else None
        if found and found.turn is not None and found.criterion is not None:
            typed.setdefault(found.turn, {})[found.criterion.key] = one.after["points"]
    stored: dict[str, Any] = {}
    for turn, entries in typed.items():
        clean, marks = read_typed(turn, entries)
        seat = check_markable(turn, _place(turn))
        add_version(sheet_of(turn, seat), actor, turn, SUBMITTED, clean, marks=marks, source=FROM_LIST)
        stored[turn.number] = marks
    if stored:
        record(contest, actor, "store_points", points=stored)
