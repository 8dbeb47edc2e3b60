"""What the server answers to what clients send, a type for each; a refusal is `wording.Refusal`."""

from __future__ import annotations

from typing import Annotated, TypedDict

from scoring.board.snapshots.audience import Board
from scoring.board.snapshots.desk import ClocksDesk, Desk, Health, News
from scoring.board.snapshots.overall import Overall
from scoring.board.snapshots.tablet import Tablet, WordedSheet
from scoring.board.snapshots.words import Called
from scoring.wording import Refusal

Snapshot = Board | Overall | Tablet | Desk | ClocksDesk | News


class Done(TypedDict):
    """That it is done, and durably on disk."""

    ok: bool


class TimeAnswer(Done):
    """What the server's clocks say, in milliseconds."""

    at: Annotated[int, "the server's own time, to count by and not to show"]
    wall: Annotated[int, "what its clock on the wall says, to show and not to count by"]


class SnapshotAnswer(Done):
    """The snapshot that a client should have now."""

    snapshot: Annotated[Snapshot, Called("as the greeting")]


class ShownAnswer(Done):
    """What is on record of what a hall screen shows."""

    known: Annotated[bool, "whether the desk knows the screen's code; as long as it does not, nothing is noted"]
    noted: Annotated[list[str], "the scenes that are on record now: only what can be on air at that moment is"]


class SheetAnswer(Done):
    """A sheet as the server holds it now."""

    sheet: WordedSheet


class TabletAnswer(Done):
    """A tablet's snapshot for one turn."""

    tablet: Tablet


class HealthAnswer(Done):
    """How the tablet of each seat of the contest is, and whether new devices must wait."""

    seats: list[Health]
    devices_wait: Annotated[bool, "new devices must wait somewhere because of wrong PINs or passwords"]


class SheetRefusal(Refusal):
    """A sheet that was not taken."""

    holds: Annotated[WordedSheet | None, "the sheet that the server has"]


Answer = Done | TimeAnswer | SnapshotAnswer | ShownAnswer | SheetAnswer | TabletAnswer | HealthAnswer | Refusal
