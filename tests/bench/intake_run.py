"""The process of the intake's part: takes sheets in as the writer does, with a clock at each step; prints JSON."""

from __future__ import annotations

import json
import secrets
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection

from scoring import create_app
from scoring.actions import pressing
from scoring.actions.running import sheets
from scoring.actions.transaction import Actor
from scoring.extensions import db
from scoring.store import held
from scoring.store.intake import Intake
from scoring.store.to_mark import turn_to_mark
from scoring.store.writer import Order, write
from tests.bench import hall_plan

JUDGES, ROUNDS, WARM_UP, STATEMENTS = 50, 12, 2, 300
#: The steps of a sheet, by the function of the verb's room that takes each.
STEPS = {
    "met": "what the sheet meets, µs",
    "stored_as": "whether it is stored already, µs",
    "_add": "sheet begun, version, fingerprint, µs",
    "_note": "revision, entry, fingerprint, µs",
    "sheet_view": "the answer, µs",
    "hand_in": "the whole verb, µs",
}
SHARED = "with its share of the commit, µs"
WRITTEN = "its share of writing versions, entries and revision, µs"
ANEW = "a turn read anew, µs"
PREPARED, EXECUTED = "the first statement, prepared, µs", "the same through SQLAlchemy, µs"

Times = defaultdict[str, list[float]]


def clocked(times: Times, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with a clock that notes how long it took."""

    @wraps(function)
    def run(*args: Any, **named: Any) -> Any:
        start = time.perf_counter()
        answer = function(*args, **named)
        times[name].append((time.perf_counter() - start) * 1e6)
        return answer

    return run


def main() -> None:
    """Measure, and print the medians of each round by name."""
    app, found = create_app(), defaultdict(list)
    with app.app_context():
        upgrade()
        facts = hall_plan.prepare(1, JUDGES, ROUNDS + WARM_UP, 0, 0)
        for number, turn_id in enumerate(facts["rooms"][0]["turns"]):
            times = play(app, facts, turn_id)
            for name, values in times.items() if number >= WARM_UP else ():
                found[name].append(statistics.median(values))
    sys.stdout.write(json.dumps(found) + "\n")


def play(app: Flask, facts: dict[str, Any], turn_id: int) -> Times:
    """Call a turn, take all its sheets in within one commit, and ask for it again and again."""
    organizer = Actor("account:organizer", role="organizer")
    times: Times = defaultdict(list)
    pressed = {"turn": turn_id, "leave_open": True}
    pressing.perform_named("call", organizer, facts["contest"]["id"], pressed, secrets.token_hex(8))
    seats = [seat["id"] for seat in facts["rooms"][0]["seats"]]
    with db.engine.connect() as connection:
        clocked(times, ANEW, turn_to_mark)(connection, turn_id, "")
        ask(connection, times, turn_id, seats[0])
    kept = {name: getattr(sheets, name) for name in STEPS}
    for name, step in STEPS.items():
        setattr(sheets, name, clocked(times, step, kept[name]))
    take_in(app, times, turn_id, seats)
    for name, function in kept.items():
        setattr(sheets, name, function)
    return times


def take_in(app: Flask, times: Times, turn_id: int, seats: list[int]) -> None:
    """All sheets of a turn in one commit."""

    def order(seat_id: int) -> Order:
        actor = Actor(f"seat:{seat_id}", seat_id=seat_id)
        sheet = sheets.Incoming(actor, turn_id, seat_id, hall_plan.MARKS, None, secrets.token_hex(16))
        return Order.of_lean(lambda intake: sheets.hand_in(intake, sheet))

    orders, written_at = [order(seat_id) for seat_id in seats], Times(list)
    kept, Intake.write = Intake.write, clocked(written_at, WRITTEN, Intake.write)  # type: ignore[method-assign]
    start = time.perf_counter()
    with app.app_context():
        write(orders)
    times[SHARED].append((time.perf_counter() - start) * 1e6 / len(orders))
    Intake.write = kept  # type: ignore[method-assign]
    times[WRITTEN].append(written_at[WRITTEN][-1] / len(orders))
    for written in orders:
        written.result()


def ask(connection: Connection, times: Times, turn_id: int, seat_id: int) -> None:
    """The first statement of a sheet, both ways."""
    named = {"turn_id": turn_id, "seat_id": seat_id}
    prepared = clocked(times, PREPARED, held._MEETS.one)
    statement: Any = held._MEETS._statement
    executed = clocked(times, EXECUTED, lambda: connection.execute(statement, named).one())
    for _ in range(STATEMENTS):
        prepared(connection, **named)
        executed()


if __name__ == "__main__":
    main()
