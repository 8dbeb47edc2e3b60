"""The judges' sheets: one a seat and turn, each change a new version that is never overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import GENESIS, Model, Moment, fingerprint, now

if TYPE_CHECKING:
    from scoring.store.contests import Turn
    from scoring.store.panel import Seat

# A returned sheet was submitted and is unlocked again: it does not count until it is submitted anew.
DRAFT, SUBMITTED, RETURNED = "draft", "submitted", "returned"
# Where a version came from, where it was not the judge's tablet.
FROM_PAPER, FROM_CORRECTION, FROM_LIST = "paper", "correction", "list"


class Sheet(Model):
    """A score sheet (评分表) of one seat for one turn; what it holds stands in its versions."""

    __tablename__ = "sheet"
    __table_args__ = (UniqueConstraint("turn_id", "seat_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    turn: Mapped[Turn] = relationship(back_populates="sheets")
    seat: Mapped[Seat] = relationship()
    versions: Mapped[list[SheetVersion]] = relationship(back_populates="sheet", order_by="SheetVersion.number")

    @property
    def newest(self) -> SheetVersion:
        """The version in force; a sheet is never without one."""
        return self.versions[-1]


class SheetVersion(Model):
    """One version of a sheet: what was typed and, once submitted, the exact marks as decimal strings.

    The pair (sheet, number) is unique, so two writers can never both add the same version. `question` is what the
    chief judge asks about a sheet that was sent back; it goes from version to version until the sheet is submitted.
    `source` is "" for the judge's tablet, else paper, list or correction, with the correction that made it. `revision`
    is the contest's with it, which says what it came before.
    """

    __tablename__ = "sheet_version"
    __table_args__ = (UniqueConstraint("sheet_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    typed: Mapped[dict[str, str]] = mapped_column(JSON)
    marks: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    submission: Mapped[str | None] = mapped_column(String(64), unique=True)
    settings_version: Mapped[int]
    actor: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(400), default="")
    question: Mapped[str] = mapped_column(String(400), default="")
    source: Mapped[str] = mapped_column(String(20), default="")
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("correction.id"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    revision: Mapped[int]
    previous: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    sheet: Mapped[Sheet] = relationship(back_populates="versions")

    def record(self) -> dict[str, Any]:
        """What the fingerprint covers."""
        return record_of({column.name: getattr(self, column.name) for column in SheetVersion.__table__.columns})


def record_of(version: Mapping[str, Any]) -> dict[str, Any]:
    """What the fingerprint of a version with these values covers."""
    # What older versions did not know is left out where it says nothing, so that their fingerprints stay right.
    asked: dict[str, Any] = {"question": version["question"]} if version["question"] else {}
    asked |= {"source": version["source"], "correction": version["correction_id"]} if version["source"] else {}
    return asked | {
        "sheet": version["sheet_id"],
        "number": version["number"],
        "state": version["state"],
        "typed": version["typed"],
        "marks": version["marks"],
        "submission": version["submission"],
        "settings_version": version["settings_version"],
        "actor": version["actor"],
        "reason": version["reason"],
        "at": version["at"].isoformat(),
    }


class Before(Protocol):
    """The version that another one is chained to."""

    @property
    def number(self) -> int:
        """From 1."""

    @property
    def fingerprint(self) -> str:
        """64 hex digits."""


def chained(sheet_id: int, before: Before | None, **more: Any) -> dict[str, Any]:
    """The values of the sheet's next version, made now and chained to the one before.

    `more` are its `state`, `typed`, `settings_version`, `actor` and `revision`, and what else it has.
    """
    values = _NOTHING_MORE | more | {"sheet_id": sheet_id, "at": now()}
    values["number"] = before.number + 1 if before else 1
    values["previous"] = before.fingerprint if before else GENESIS
    values["fingerprint"] = fingerprint(values["previous"], record_of(values))
    return values


#: What a version says where nothing is said.
_NOTHING_MORE: dict[str, Any] = {
    "marks": None,
    "submission": None,
    "reason": "",
    "question": "",
    "source": "",
    "correction_id": None,
}
