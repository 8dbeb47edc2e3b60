"""What the page of penalties and bonuses shows."""

from __future__ import annotations

from typing import Annotated, TypedDict

from scoring.board.snapshots.judging import PageOfEvent


class InList(TypedDict):
    """Something of the event's list that can be entered."""

    key: str
    zh: str
    en: str
    points: str
    most: Annotated[str, "the end of a range, 0 for none"]
    adds: bool
    enters: str
    confirms: str


class Entered(TypedDict):
    """Something that was entered for a turn and is not withdrawn; overtime is among it."""

    id: int
    zh: str
    en: str
    part: str
    points: str
    reason: str
    adds: bool
    by: str
    confirms: Annotated[str, "who has to confirm it, empty for nobody"]
    confirmed_by: str
    proposed: bool


class TurnListed(TypedDict):
    """A turn with all that was entered for it; `open` while more can be."""

    id: int
    number: str
    open: bool
    parts: list[str]
    entered: list[Entered]


class ListedPage(PageOfEvent):
    """The list of an event, and what was entered by it."""

    listed: list[InList]
    turns: list[TurnListed]
