"""A hall with benches for the tests: two clerks in one batch, two inspectors, and what everybody does there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from scoring.actions.running import benches, releases, settlements, sheets
from scoring.actions.setting_up.contests import Entrant, Plan, set_up
from scoring.actions.transaction import Actor, perform
from scoring.board.views.audience import audience
from scoring.extensions import db
from scoring.rules.formats.case_binding_checklist import CHECKLIST
from scoring.store import Seat, Sheet, Turn

DESK = Actor("account:何组长", role="organizer")
TIMEKEEPER = Actor("account:计时员", role="timekeeper")
CHIEF = Actor("account:主任", role="chief")
CLERKS = (Entrant("01", "陈思远", "江北区院"), Entrant("02", "林晓彤", "慈溪县院"), Entrant("03", "周子涵", "镇山区院"))


def checklist(**found: str) -> dict[str, str]:
    """A whole sheet: what was found, as index__wrong_entry="2", and every other item said to be without a defect."""
    typed = {name.replace("__", "."): entry for name, entry in found.items()}
    items = [item.key for item in CHECKLIST.items if not any(name.startswith(f"{item.key}.") for name in typed)]
    return {f"{item}.nothing_found": "1" for item in items} | typed


@dataclass
class Hall:
    """The contest as a test's story needs it."""

    contest_id: int

    def turn(self, number: str) -> Turn:
        """The turn of clerk 01, 02 or 03."""
        return next(turn for turn in db.session.scalars(select(Turn)) if turn.number == number)

    def seat(self, number: int) -> Seat:
        """The seat of an inspector."""
        return db.session.scalars(select(Seat).where(Seat.number == number)).one()

    def start(self, number: str, minutes_ago: float = 0) -> None:
        """The timekeeper starts the batch of this clerk; the start may lie in the past."""
        perform(benches.start_benches, TIMEKEEPER, self.turn(number).id, True, "没有别人了")
        for turn in db.session.scalars(select(Turn).where(Turn.called_steady.is_not(None))):
            turn.called_steady -= timedelta(minutes=minutes_ago)
        db.session.commit()

    def stop(self, number: str) -> None:
        """The timekeeper presses the bench's stop button."""
        perform(benches.stop_bench, TIMEKEEPER, self.turn(number).id)

    def hand_in(self, number: str) -> str:
        """The file is handed in; answers its code."""
        perform(benches.hand_in, TIMEKEEPER, self.turn(number).id)
        return self.turn(number).code

    def submits(self, inspector: int, number: str, typed: dict[str, str]) -> None:
        """An inspector submits a checklist."""
        seat_id, turn_id = self.seat(inspector).id, self.turn(number).id
        perform(sheets.submit, Actor(f"seat:{seat_id}"), turn_id, seat_id, typed, f"sheet-{number}-by-{inspector}")

    def settle(self, number: str, line: str, count: int, reason: str = "两人当面复核") -> None:
        """The chief settles a difference."""
        perform(settlements.settle_difference, CHIEF, self.turn(number).id, line, count, reason)

    def release(self, number: str) -> None:
        """The organizer releases a score."""
        perform(releases.release, DESK, self.turn(number).id)

    def typed(self, inspector: int, number: str) -> dict[str, str]:
        """What stands on an inspector's sheet."""
        db.session.rollback()
        wanted = select(Sheet).where(Sheet.turn_id == self.turn(number).id, Sheet.seat_id == self.seat(inspector).id)
        return db.session.scalars(wanted).one().newest.typed

    def ranking(self) -> list[tuple[int, str, str]]:
        """Rank, number and score as the audience sees them."""
        db.session.rollback()
        return [(row["rank"], row["number"], row["score"]) for row in audience(self.contest_id)["rows"]]

    def facts(self, number: str) -> dict[str, Any]:
        """What is recorded about a bench."""
        db.session.rollback()
        return self.turn(number).facts


def open_hall(clerks: int = 2, inspectors: int = 2, benches_in_a_batch: int = 10) -> Hall:
    """Set the contest up and seat everybody; nothing has begun."""
    plan = Plan("zhuangding", ("案卷装订", "Binding"), "明州市院", "case_binding", inspectors, CLERKS[:clerks])
    contest_id = perform(set_up, DESK, plan)
    assert contest_id is not None
    hall = Hall(contest_id)
    perform(benches.plan_benches, DESK, hall.turn("01").id, benches_in_a_batch)
    return hall


def first_handed_in() -> Hall:
    """Set the contest up: two clerks at work, the first one's file handed in."""
    hall = open_hall()
    hall.start("01", minutes_ago=10)
    hall.stop("01")
    hall.hand_in("01")
    return hall
