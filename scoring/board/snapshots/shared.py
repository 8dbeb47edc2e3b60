"""What several screens are shown: names in both languages, people by number, clocks, problems."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from scoring.board.snapshots.words import OneOf, Sides


class Revised(TypedDict):
    """Whatever has a revision."""

    revision: int


class Titles(TypedDict):
    """A name in both languages."""

    zh: str
    en: str


class Named(TypedDict):
    """A contestant whose name may be shown."""

    number: str
    name: str
    office: str


class Numbered(TypedDict):
    """A contestant among those who appear in a turn."""

    id: int
    number: str
    name: str


class OfTurn(TypedDict):
    """A turn and the number of who appears in it."""

    turn: int
    number: str


class SideNumber(TypedDict):
    """Who stands on a side of a match, by number."""

    side: Annotated[str, Sides]
    number: str


class Award(TypedDict):
    """What somebody is given."""

    key: str
    zh: str
    en: str


class NamedEvent(TypedDict):
    """Which of a contest's events something is of, of how many."""

    id: int
    position: int
    of: int
    title: Titles


class EventWithSubject(NamedEvent):
    """The same with what is judged."""

    subject: str


class Trouble(TypedDict):
    """The code of what is in the way, with the figures of its sentence."""

    code: str
    figures: dict[str, str]


class Clock(TypedDict):
    """A clock as facts: left are `seconds` less `spent_ms` less, while it runs, the time since `running_since`."""

    key: Annotated[str, "which clock of the format's it is"]
    side: Annotated[str, 'whose, of a dual clock; else `""`']
    kind: Annotated[str, OneOf("single", "dual", "shared")]
    name: Titles
    seconds: Annotated[int, "how long it runs, with what was given or taken"]
    warn_seconds: Annotated[int, "it warns so long before the end"]
    stop_seconds: Annotated[int | None, "so long over time the contestant is stopped, null where nothing says so"]
    spent_ms: Annotated[int, "milliseconds that had passed when it last stood"]
    running_since: Annotated[int | None, "since when, in milliseconds of the server's own time; null while it stands"]
    begun: NotRequired[Annotated[bool, "whether it has run at all; not in the common clock of the benches"]]
