"""Documents that were handed in to be reviewed, and the coding that hides whose they are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.store.model import Model, Moment, now

if TYPE_CHECKING:
    from scoring.store.contests import Contestant, Event

# A document is examined when it is uploaded; only a cleared one is opened to its reviewers.
UPLOADED, CLEARED = "uploaded", "cleared"


class Document(Model):
    """A document as it was handed in; a later one of the same contestant replaces it, and it stays on record.

    `sha256` names the original's bytes, which no reviewer ever gets; `shown_sha256` those that were made safe to show.
    `findings` are the places where a name or an office of the entry list was found.
    """

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestant.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(8))
    sha256: Mapped[str] = mapped_column(String(64))
    shown_sha256: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int | None]
    unreadable: Mapped[list[int]] = mapped_column(JSON)
    made_safe: Mapped[list[str]] = mapped_column(JSON)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20), default=UPLOADED)
    reason: Mapped[str] = mapped_column(String(400), default="")
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    replaced_at: Mapped[datetime | None] = mapped_column(Moment)
    contestant: Mapped[Contestant] = relationship(back_populates="documents")

    @property
    def unresolved(self) -> bool:
        """Whether something in it would tell a reviewer whose it is, or could not be searched."""
        return bool(self.unreadable) or any(finding["where"] == "text" for finding in self.findings)


class Coding(Model):
    """The blind coding of an event's documents: from `at` until `decoded_at` nobody but the coder sees whose is which.

    The seed gives the code table to whoever has it, so it is told only when the documents are decoded.
    It is mixed from `sealed_seed` ("" for codings of old) and what was typed, which the log has.
    `witnessed_at` is when the supervisor named in `decode_witness` signed for the decoding.
    """

    __tablename__ = "coding"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    seed: Mapped[str] = mapped_column(String(64))
    sealed_seed: Mapped[str] = mapped_column(String(32), default="", server_default="")
    witness: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    decoded_at: Mapped[datetime | None] = mapped_column(Moment)
    decoded_by: Mapped[str] = mapped_column(String(80), default="")
    decode_witness: Mapped[str] = mapped_column(String(60), default="")
    witnessed_at: Mapped[datetime | None] = mapped_column(Moment)
    event: Mapped[Event] = relationship(back_populates="coding")
