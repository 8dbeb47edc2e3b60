"""What is planned: contests, their events, rounds, rooms, contestants and turns."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scoring.rules import formats
from scoring.rules.conflicts import RELATIONS
from scoring.rules.not_performing import sides_out
from scoring.store.model import Model, Moment, now
from scoring.store.steady import steady

if TYPE_CHECKING:
    from scoring.store.ballots import Ballot
    from scoring.store.clocks import TurnClock
    from scoring.store.documents import Coding, Document
    from scoring.store.not_performing import NotPerforming
    from scoring.store.panel import Assignment, Recusal, Seat
    from scoring.store.photos import Photo
    from scoring.store.results import Penalty, Release, TotalsCheck
    from scoring.store.screens import HallScreen
    from scoring.store.sheets import Sheet

Who = TypeVar("Who")
# A turn waits, performs, may be left open for late sheets, and is released.
WAITING, PERFORMING, MARKING, RELEASED = "waiting", "performing", "marking", "released"


# Whom a number stands for; a team has its speakers behind it.
PERSON, TEAM = "person", "team"
# A contest is set up, then it is open and turns can be called; one that was given up stays on record.
PREPARING, OPEN, DISCARDED = "preparing", "open", "discarded"
#: Who holds a contest: a department, an office, a city or a province. Source: domain page 0 and 6.
LEVELS = ("department", "office", "city", "province")


class Contest(Model):
    """A contest (赛事). Its revision grows by one with each change, and screens drop what is older.

    `level` is one of LEVELS or "", `line` the business line (条线) in the organizer's words, `practice` whether it is a
    drill (演练) and not the official run. `held_on` is the date ("2026-11-29") and `venue` the place, each
    "" if unknown.
    `recusal_levels` are the relations of a judge to a contestant that recuse the judge in it.
    `overall` says how its events make one result and how offices are compared, {} for the defaults: {"weighting",
    "ties", "offices"}; `awards` are the quotas of its overall ranking and of its offices: {"overall", "offices"}.
    `public_revision` grows by one with each change that the audience may see, so that nobody can count what a judge
    types; `frame_revision` that of the last change of anything but sheets, so that all the rest may be kept until then.
    """

    __tablename__ = "contest"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    title_zh: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(120))
    office: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[str] = mapped_column(String(20), default=OPEN)
    level: Mapped[str] = mapped_column(String(20), default="")
    line: Mapped[str] = mapped_column(String(60), default="")
    practice: Mapped[bool] = mapped_column(default=False)
    held_on: Mapped[str] = mapped_column(String(10), default="", server_default="")
    venue: Mapped[str] = mapped_column(String(120), default="", server_default="")
    recusal_levels: Mapped[list[str]] = mapped_column(
        JSON, default=lambda: list(RELATIONS), server_default=json.dumps(RELATIONS)
    )
    revision: Mapped[int] = mapped_column(default=0)
    public_revision: Mapped[int] = mapped_column(default=0)
    frame_revision: Mapped[int] = mapped_column(default=0)
    overall: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    awards: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    events: Mapped[list[Event]] = relationship(back_populates="contest", order_by="Event.position")
    contestants: Mapped[list[Contestant]] = relationship(back_populates="contest", order_by="Contestant.number")
    hall_screen: Mapped[HallScreen | None] = relationship(back_populates="contest")


class Event(Model):
    """An event (项目) of a contest: one format with its settings, which are data and not code.

    `checks_totals` asks for two confirmations of each score before it is released. `full_marks` is the scale in
    points that the maxima of each sheet should add up to. `awards` are the quotas of its ranking and, in matches, of
    the speakers beside that of the sides: {"ranking", "speakers"}.
    `stage` is {} where everybody takes part, else {"rule"} by which people go on to it (rules/promotion.py), with what
    is "proposed" or "confirmed": {"goes", "stays", "drawn", "basis", "seed", "by"}, contestants by their ids.
    `sealed_seed` is that of the next draw, told to nobody before it; `typed_seed` is what the supervisor's account
    `typed_by` adds to it, both "" until then.
    """

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    format: Mapped[str] = mapped_column(String(40))
    title_zh: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(120))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    settings_version: Mapped[int] = mapped_column(default=1)
    checks_totals: Mapped[bool] = mapped_column(default=False)
    full_marks: Mapped[str] = mapped_column(String(12), default="100")
    awards: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    stage: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    sealed_seed: Mapped[str] = mapped_column(String(32), default=lambda: secrets.token_hex(16), server_default="")
    typed_seed: Mapped[str] = mapped_column(String(64), default="", server_default="")
    typed_by: Mapped[str] = mapped_column(String(60), default="", server_default="")
    contest: Mapped[Contest] = relationship(back_populates="events")
    rounds: Mapped[list[Round]] = relationship(back_populates="event", order_by="Round.position")
    rooms: Mapped[list[Room]] = relationship(back_populates="event", order_by="Room.position")
    coding: Mapped[Coding | None] = relationship(back_populates="event")

    @property
    def is_sealed(self) -> bool:
        """Whether nobody may know yet whose work is which: the documents are coded, and not decoded."""
        return self.coding is not None and self.coding.decoded_at is None


class Round(Model):
    """A round (初赛, 复赛, 决赛) of an event.

    `plan` says how its matches are paired, {} where turns are single: {"pairing", "names", "size", "seeds", "seed"}.
    """

    __tablename__ = "round"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    name_zh: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    plan: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    event: Mapped[Event] = relationship(back_populates="rounds")
    turns: Mapped[list[Turn]] = relationship(back_populates="round", order_by="Turn.position")


class Room(Model):
    """A hall of an event with its panel of seats; at most one turn is called in it at a time.

    `starts` is when it is planned to begin, by the venue's own clock ("2026-11-25T09:00"), "" where nobody said.
    """

    __tablename__ = "room"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    name_zh: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    starts: Mapped[str] = mapped_column(String(16), default="")
    current_turn_id: Mapped[int | None] = mapped_column(
        ForeignKey("turn.id", use_alter=True, name="fk_room_current_turn_id_turn")
    )
    event: Mapped[Event] = relationship(back_populates="rooms")
    seats: Mapped[list[Seat]] = relationship(back_populates="room", order_by="Seat.number")
    current_turn: Mapped[Turn | None] = relationship(foreign_keys=[current_turn_id], post_update=True)

    @property
    def panel(self) -> list[Seat]:
        """The seats that mark in it, without the reserves."""
        return [seat for seat in self.seats if not seat.reserve]

    @property
    def judges(self) -> list[Seat]:
        """The seats of judges, the reserves too: none where the desk enters the points."""
        return [] if formats.get(self.event.format).entered else self.seats


class Contestant(Model):
    """A contestant (选手) or a team (代表队) with the number that judges and audience see.

    `category` is the class of entrants (人员类别) that an award may be for, "" where nobody recorded one.
    """

    __tablename__ = "contestant"
    __table_args__ = (UniqueConstraint("contest_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contest.id"), index=True)
    number: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(60))
    office: Mapped[str] = mapped_column(String(120), default="")
    department: Mapped[str] = mapped_column(String(120), default="")
    category: Mapped[str] = mapped_column(String(60), default="", server_default="")
    kind: Mapped[str] = mapped_column(String(20), default=PERSON)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("contestant.id"), index=True)
    contest: Mapped[Contest] = relationship(back_populates="contestants")
    team: Mapped[Contestant | None] = relationship(remote_side=[id])
    documents: Mapped[list[Document]] = relationship(back_populates="contestant", order_by="Document.id")

    @property
    def document(self) -> Document | None:
        """The document in force, if the contestant handed one in."""
        return next((document for document in self.documents if document.replaced_at is None), None)


class Turn(Model):
    """A turn: one appearance in the running order, marked by its panel.

    `called_revision` is the contest's when it was called, which says what came before what; `called_steady` the moment
    by the installation's own time (steady.py), from which it lasts; both None while it waits.
    From `closed_at` on no sheet is accepted any more: who has not handed one in is named, and that has to be settled.
    `code` is what the panel knows it by where it may not know whose work it is, "" until it has one. `facts` is what is
    recorded about it beside sheets and penalties, in a shape of the format's own.
    `pairing` is a match's place in its round's plan: {"key", "first", "second", "seed"}; the seed is that of the sides.
    """

    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("round_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default=WAITING)
    code: Mapped[str] = mapped_column(String(12), default="")
    called_revision: Mapped[int | None]
    called_steady: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    pairing: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    round: Mapped[Round] = relationship(back_populates="turns")
    room: Mapped[Room] = relationship(foreign_keys=[room_id])
    appearances: Mapped[list[Appearance]] = relationship(back_populates="turn", order_by="Appearance.part")
    sheets: Mapped[list[Sheet]] = relationship(back_populates="turn")
    assignments: Mapped[list[Assignment]] = relationship(back_populates="turn", cascade="all, delete-orphan")
    recusals: Mapped[list[Recusal]] = relationship(back_populates="turn", order_by="Recusal.id")
    penalties: Mapped[list[Penalty]] = relationship(back_populates="turn", order_by="Penalty.id")
    checks: Mapped[list[TotalsCheck]] = relationship(back_populates="turn", order_by="TotalsCheck.id")
    releases: Mapped[list[Release]] = relationship(back_populates="turn", order_by="Release.id")
    ballots: Mapped[list[Ballot]] = relationship(back_populates="turn", order_by="Ballot.id")
    clocks: Mapped[list[TurnClock]] = relationship(back_populates="turn", order_by="TurnClock.id")
    photos: Mapped[list[Photo]] = relationship(back_populates="turn", order_by="Photo.id")

    def begin(self, state: str, revision: int) -> None:
        """Begin the turn with the change of this revision."""
        self.state, self.called_revision, self.called_steady = state, revision, steady()

    @property
    def contest(self) -> Contest:
        """The contest that the turn belongs to."""
        return self.round.event.contest

    @property
    def number(self) -> str:
        """The number by which the audience knows who appears; the code while that is hidden."""
        if self.hidden:
            return self.code
        if sides := self.sides:
            return " : ".join(entrant.number for entrant in sides.values())
        return " : ".join(appearance.contestant.number for appearance in self.appearances)

    @property
    def hidden(self) -> bool:
        """Whether nobody may know yet whose work this is: the documents are coded, and not decoded."""
        return bool(self.code) and self.round.event.is_sealed

    @property
    def begun(self) -> bool:
        """Whether it was called, started or opened; one that nobody performs in has not begun even when it is over."""
        return self.called_revision is not None

    @property
    def out(self) -> dict[str, NotPerforming]:
        """The decisions by which somebody does not perform in it, by part."""
        return {one.part: one.not_performing for one in self.appearances if one.not_performing is not None}

    @property
    def not_held(self) -> bool:
        """Whether nothing in it is marked any more, because a side of it, or whoever was to perform, does not."""
        parts = [(one.part, one.not_performing_id is not None) for one in self.appearances]
        return any(out for _, out in parts) and bool(sides_out(parts))

    @property
    def alias(self) -> str:
        """What its panel knows it by: the code where it has one, else the number."""
        return self.code or self.number

    @property
    def panel(self) -> list[Seat]:
        """The seats that mark it, in order: those assigned to it, or the panel of its room where none is."""
        assigned = sorted((one.seat for one in self.assignments), key=lambda seat: seat.number)
        return assigned or self.room.panel

    @property
    def sides(self) -> dict[str, Contestant]:
        """Who is behind each side of a match; {} where the turn is one performance."""
        ordered = sorted(self.appearances, key=lambda appearance: appearance.part)
        return behind_sides((one.part, one.contestant, one.entrant) for one in ordered)

    @property
    def recused(self) -> dict[int, Recusal]:
        """The recusals and abstentions in force, by seat."""
        return {recusal.seat_id: recusal for recusal in self.recusals if recusal.withdrawn_at is None}


def behind_sides(appearing: Iterable[tuple[str, Who, Who]]) -> dict[str, Who]:
    """Who is behind each side, of (part, who appears, who entered) in the order of the parts; {} where there are none.

    Behind a speaker's part is who entered, such as the team.
    """
    behind: dict[str, Who] = {}
    for part, contestant, entrant in appearing:
        side, _, speaker = part.partition(".")
        if side:
            behind.setdefault(side, entrant if speaker else contestant)
    return behind


class Appearance(Model):
    """Who appears in a turn, and as which part of it ("" where the turn is one performance).

    Where they do not, by the decision `not_performing`.
    """

    __tablename__ = "appearance"
    __table_args__ = (UniqueConstraint("turn_id", "part"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    part: Mapped[str] = mapped_column(String(20), default="")
    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestant.id"), index=True)
    not_performing_id: Mapped[int | None] = mapped_column(
        ForeignKey("not_performing.id", use_alter=True, name="fk_appearance_not_performing_id_not_performing")
    )
    turn: Mapped[Turn] = relationship(back_populates="appearances")
    contestant: Mapped[Contestant] = relationship()
    not_performing: Mapped[NotPerforming | None] = relationship(back_populates="appearances")

    @property
    def entrant(self) -> Contestant:
        """Who entered the contest: the speaker's team, or the contestant alone."""
        return self.contestant.team or self.contestant
