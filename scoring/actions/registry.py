"""The verbs, each declared once with its function: who may, what it is sent, what the log says, what it changes.

What a declaration is made of stands here: the fields and how each is read, the entries of the log, the verbs.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Literal, TypeVar

from flask_babel import lazy_gettext

from scoring import actions
from scoring.extensions import db
from scoring.rules.numbers import from_keyboard, whole_number
from scoring.rules.refusal import Problem, Refused, problems_of, refuse_any
from scoring.store import ChiefCall, Contest, NotPerforming, Penalty, Seat, SeatAttempt, Turn
from scoring.store.model import is_storable
from scoring.store.people import CHECKER, CHIEF, CODER, OPERATOR, ORGANIZER, TALLIER, TIMEKEEPER

_l = lazy_gettext
Run = TypeVar("Run", bound=Callable[..., Any])
#: The kinds of entries, as the log can be narrowed to them.
Kind = Literal["course", "sheets", "panel", "results", "changes", "draws", "review", "setup", "screens"]
#: What somebody watches live: each is what one kind of room is shown (scoring/live/shows.py).
Screen = Literal["audience", "overall", "desk", "clocks", "seats"]
EVERYWHERE: tuple[Screen, ...] = ("audience", "overall", "desk", "clocks", "seats")
#: Roles that several verbs share: who rules, keeps the time, shows, asks for corrections, counts, arranges a review.
RULING, TIMING, SHOWING = (ORGANIZER, CHIEF), (ORGANIZER, TIMEKEEPER), (OPERATOR, ORGANIZER)
ASKING, CHECKING, REVIEWING = (TALLIER, CHECKER, ORGANIZER), (CHECKER, TALLIER, CHIEF), (ORGANIZER, CHIEF, CODER)
LONGEST_TEXT = 400
MOST_LINES = 200
_WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
_BETWEEN = re.compile(r"[\s,，、;；]+")
_FLAGS = {True: True, False: False, "1": True, "0": False, "": False}


@dataclass(frozen=True)
class Field:
    """One argument of a verb: its name in what is sent, its name in the action, and how it is read.

    An `optional` one that was not sent is left to the action; `check` refuses what is not of the contest.
    """

    name: str
    argument: str
    read: Callable[[str, object], Any]
    optional: bool = False
    check: Callable[[int, int], None] | None = None

    def value(self, sent: Mapping[str, object]) -> Any:
        """What was sent for it, as the action takes it; raises Refused with its problem."""
        if self.read is read_ids and (every := getattr(sent, "getlist", None)):  # the boxes of a form
            return read_ids(self.name, every(self.name))
        return self.read(self.name, sent.get(self.name))

    def problems(self, sent: Mapping[str, object]) -> tuple[Problem, ...]:
        """What is wrong with what was sent for it."""
        return problems_of(lambda: self.value(sent))


def read_whole(name: str, raw: object) -> int:
    """A whole number of at most nine digits, as a number or as typed (full-width digits too).

    Raises Refused: field_missing, field_not_a_number.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        raise Refused.because("field_missing", name)
    typed = from_keyboard(raw) if isinstance(raw, str) else str(raw) if type(raw) is int else ""
    if not _WHOLE.fullmatch(typed):
        raise Refused.because("field_not_a_number", name)
    return int(typed)


def read_text(name: str, raw: object) -> str:
    """Text without outer white space. Raises Refused: field_missing, field_not_text, field_too_long."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        raise Refused.because("field_missing", name)
    if not isinstance(raw, str) or not is_storable(raw):
        raise Refused.because("field_not_text", name)
    if len(raw.strip()) > LONGEST_TEXT:
        raise Refused.because("field_too_long", name, most=LONGEST_TEXT)
    return raw.strip()


def read_text_if_any(name: str, raw: object) -> str:
    """Text that may be empty: the side of a clock that has none, a reason nobody needs. Raises as `read_text`."""
    return "" if raw is None or (isinstance(raw, str) and not raw.strip()) else read_text(name, raw)


def read_typed(name: str, raw: object) -> str:
    """What was typed, as it is: the verb says what is wrong with it. Raises Refused: field_not_text."""
    if not isinstance(raw, str | None):
        raise Refused.because("field_not_text", name)
    return raw or ""


def read_lines(name: str, raw: object) -> tuple[str, ...]:
    """Lines of text, as a list or as typed one a line; empty ones do not count.

    Raises Refused: field_not_text, field_too_long (one line), too_many_lines (more than 200).
    """
    lines = raw.splitlines() if isinstance(raw, str) else raw
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise Refused.because("field_not_text", name)
    if len(lines) > MOST_LINES:
        raise Refused.because("too_many_lines", name, most=MOST_LINES)
    return tuple(read_text(name, line) for line in lines if line.strip())


def read_numbers(name: str, raw: object) -> tuple[str, ...]:
    """Contestants' numbers as a list, or as typed with commas or blanks between them. Raises as `read_lines`."""
    return read_lines(name, _BETWEEN.sub("\n", raw) if isinstance(raw, str) else raw)


def read_ids(name: str, raw: object) -> list[int]:
    """The ids of the boxes that were ticked; what is no number is left out."""
    given = raw if isinstance(raw, list) else []
    return [number for one in given if (number := whole_number(str(one))) is not None]


def read_flag(name: str, raw: object) -> bool:
    """Yes or no, as a form or a socket sends it. Raises Refused: field_not_a_flag."""
    if not isinstance(raw, bool | str) or raw not in _FLAGS:
        raise Refused.because("field_not_a_flag", name)
    return _FLAGS[raw]


def _of(kind: type[Any], contest_of: Callable[[Any], int], code: str, field: str = "") -> Callable[[int, int], None]:
    """What refuses the id of a record that is not there, or is another contest's."""

    def check(contest_id: int, given: int) -> None:
        found = db.session.get(kind, given)
        if found is None or contest_of(found) != contest_id:
            raise Refused.because(code, field)

    return check


def _of_seat(seat: Seat) -> int:
    return seat.room.event.contest_id


def _read_by(read: Callable[[str, object], Any], ending: str = "", *, optional: bool = False) -> Callable[..., Field]:
    """What declares a field that is read so, by its name in what is sent."""

    def field(name: str, *, optional: bool = optional) -> Field:
        return Field(name, name + ending, read, optional)

    return field


text, text_if_any, typed, whole = map(_read_by, (read_text, read_text_if_any, read_typed, read_whole))
of_id, ids = _read_by(read_whole, "_id"), _read_by(read_ids, "_ids")
flag, lines, numbers = (_read_by(read, optional=True) for read in (read_flag, read_lines, read_numbers))
TURN = Field("turn", "turn_id", read_whole, check=_of(Turn, lambda turn: turn.contest.id, "turn_unknown"))
SEAT = Field("seat", "seat_id", read_whole, check=_of(Seat, _of_seat, "seat_unknown", "seat"))
_CALL = _of(ChiefCall, lambda one: _of_seat(one.seat), "call_unknown", "call")
CALL = Field("call", "call_id", read_whole, check=_CALL)
_ATTEMPT = _of(SeatAttempt, lambda one: _of_seat(one.seat), "attempt_unknown", "attempt")
ATTEMPT = Field("attempt", "attempt_id", read_whole, check=_ATTEMPT)
_PENALTY = _of(Penalty, lambda one: one.turn.contest.id, "penalty_unknown")
PENALTY = Field("penalty", "penalty_id", read_whole, check=_PENALTY)
_DECISION = _of(NotPerforming, lambda one: one.contestant.contest_id, "not_performing_gone")
DECISION = Field("decision", "decision_id", read_whole, check=_DECISION)
REASON, WHY = text("reason"), text_if_any("reason")
LOTS = (text_if_any("seed"), text_if_any("witness"))
EVENT = Field("event", "event", read_whole, optional=True)
PERSON = (text("name"), text_if_any("office"), text_if_any("department"))


@dataclass(frozen=True)
class Logged:
    """An entry of the log: its kind, what is said of it, and the screens that can look different after it.

    `coded` is said of work whose author nobody may know yet; `off` where the detail of this name says no; `held_back`
    where a score is not public with it; `out` and `back` of a correction that puts somebody out or lets them in again;
    `grounds` where a judge does not mark on another ground than a recusal's.
    """

    kind: Kind
    usual: Any
    screens: tuple[Screen, ...] = ()
    coded: Any = None
    off: tuple[str, Any] | None = None
    held_back: Any = None
    out: Any = None
    back: Any = None
    grounds: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Verb:
    """What an account presses: the function, the roles that may, the fields that it is sent, and the answer.

    `heard` says that the desk hears it under its own name, by a form and by a socket; others stand on pages alone.
    """

    name: str
    run: Callable[..., Any]
    fields: tuple[Field, ...] = ()
    roles: tuple[str, ...] = (ORGANIZER,)
    done: Any = ""
    heard: bool = False

    @property
    def of_contest(self) -> bool:
        """Whether it is told the contest, and nothing that could belong to another."""
        return "contest_id" in inspect.signature(self.run).parameters

    def read(self, sent: Mapping[str, object]) -> dict[str, Any]:
        """The function's arguments from what was sent; raises Refused with the problem of every field."""
        given = [field for field in self.fields if not (field.optional and field.name not in sent)]
        refuse_any([problem for field in given for problem in field.problems(sent)])
        return {field.argument: field.value(sent) for field in given}

    def check(self, contest_id: int, arguments: Mapping[str, Any]) -> None:
        """Refused where the contest is not there, or what the verb is about is not of the contest."""
        if self.of_contest:
            if db.session.get(Contest, contest_id) is None:
                raise Refused.because("contest_unknown")
        elif self.fields and (check := self.fields[0].check):
            check(contest_id, arguments[self.fields[0].argument])


_verbs: dict[str, Verb] = {}
_logged: dict[str, Logged] = {}


def verb(fields: Field | tuple[Field, ...] = (), *, name: str = "", **about: Any) -> Callable[[Run], Run]:
    """Declare that accounts press what this function does; see `Verb`. The function stays as it is."""

    def declare(run: Run) -> Run:
        called = name or run.__name__
        assert called not in _verbs, called
        _verbs[called] = Verb(called, run, fields if isinstance(fields, tuple) else (fields,), **about)
        return run

    return declare


def logged(
    kind: Kind, usual: Any, screens: tuple[Screen, ...] = (), *, name: str = "", **said: Any
) -> Callable[[Run], Run]:
    """Declare the entry that this function writes, called as the function where it has no other `name`."""

    def declare(run: Run) -> Run:
        called = name or run.__name__
        assert called not in _logged, called
        _logged[called] = Logged(kind, usual, screens, **said)
        return run

    return declare


@cache
def verbs() -> Mapping[str, Verb]:
    """Every verb by its name."""
    _read_all()
    return _verbs


@cache
def log_entries() -> Mapping[str, Logged]:
    """Every entry of a contest's log by its name."""
    _read_all()
    return _logged


def _read_all() -> None:
    for module in pkgutil.walk_packages(actions.__path__, f"{actions.__name__}."):
        import_module(module.name)


@cache
def heard() -> Mapping[str, Verb]:
    """The verbs that the desk hears, by the names under which it does."""
    return {name: one for name, one in verbs().items() if one.heard}
