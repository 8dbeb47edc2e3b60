"""Who goes on from one stage to the next, as the desk sees it."""

from __future__ import annotations

from typing import TypedDict

from scoring.board.snapshots.desk import SealAtDesk
from scoring.board.snapshots.judging import PageOfEvent
from scoring.board.snapshots.matches import Ground
from scoring.board.snapshots.shared import NamedEvent, Numbered
from scoring.rules.refusal import Problem


class PromotionLine(TypedDict):
    """Somebody in the ranking of the stage before: whether they go on, withdrew since, or moved up."""

    contestant: int
    rank: int
    number: str
    name: str
    office: str
    score: str
    goes: bool
    out: Ground | None
    moved: bool


class AskedAnew(TypedDict):
    """What has to be said anew of a confirmed promotion: see `Since`; `basis` is the ranking as it is now."""

    basis: str
    free: int
    twice: int
    changed: bool
    may_leave: list[Numbered]
    come: list[Numbered]
    leave: list[Numbered]


class Stage(NamedEvent):
    """An event that people go on to: `changed` says that the ranking is another one than the promotion is based on.

    `lots` is the seal of the draw that is still to decide at the last place. `since` is there once it is confirmed.
    """

    source: NamedEvent
    take: str
    value: str
    last: str
    state: str
    problem: Problem | None
    begun: bool
    by: str
    basis: str
    changed: bool
    since: AskedAnew | None
    going: int
    lots: SealAtDesk | None
    lines: list[PromotionLine]


class PromotionPage(PageOfEvent):
    """All stages of a contest, the events that can be one, and those from which people can go on."""

    events: list[NamedEvent]
    sources: list[NamedEvent]
    stages: list[Stage]
