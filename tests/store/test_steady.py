"""The installation's own time: it goes on over everything that is done to the clock on the wall and to the machine."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from scoring.actions.running import clocks
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.store import Boot, steady
from tests.conftest import DESK, Venue

SOON = timedelta(seconds=5)
BEAT = timedelta(seconds=steady.BEAT)


class Machine:
    """The machine that the installation runs on: its clock on the wall, its count, and the name of its start."""

    def __init__(self, app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._app, self._off, self._lost, self._right = app, 0.0, 0, time.time
        self._count, self._boot = time.clock_gettime_ns, folder / "boot"
        monkeypatch.setattr(steady, "BOOT", self._boot)
        monkeypatch.setattr(time, "time", lambda: self._right() + self._off)
        monkeypatch.setattr(time, "clock_gettime_ns", lambda which: self._count(which) - self._lost)
        self.starts("first")

    def puts_the_wall(self, **by: float) -> None:
        """Somebody puts the clock on the wall."""
        self._off += timedelta(**by).total_seconds()

    def starts(self, name: str) -> None:
        """The machine is started: its count begins again, and the server with it."""
        self._boot.write_text(name)
        self._lost = self._count(time.CLOCK_MONOTONIC)
        self.serves_again()

    def serves_again(self) -> None:
        """The server is started again."""
        self._app.extensions.pop("saiping.steady", None)
        with self._app.app_context():
            perform(steady.begin)

    def now(self) -> datetime:
        """The installation's own time."""
        with self._app.app_context():
            db.session.rollback()
            return steady.steady()


@pytest.fixture
def machine(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(app, tmp_path, monkeypatch)


def test_it_begins_with_the_time_on_the_wall(machine: Machine) -> None:
    before = time.time()
    assert before - 1 <= machine.now().timestamp() <= time.time() + 1


@pytest.mark.parametrize("hours", [1, -1, 24 * 365 * 50])
def test_the_wall_does_not_move_it(machine: Machine, hours: int) -> None:
    before = machine.now()
    machine.puts_the_wall(hours=hours)
    assert timedelta(0) <= machine.now() - before < SOON


def test_a_restart_of_the_server_does_not_interrupt_it(machine: Machine) -> None:
    before = machine.now()
    machine.puts_the_wall(hours=3)
    machine.serves_again()
    assert timedelta(0) <= machine.now() - before < SOON


def test_after_a_short_pause_of_the_machine_it_has_gone_on_meanwhile(machine: Machine) -> None:
    before = machine.now()
    machine.puts_the_wall(minutes=4)
    machine.starts("second")
    assert timedelta(minutes=4) <= machine.now() - before < timedelta(minutes=4) + SOON


@pytest.mark.parametrize("hours", [1, -1, 15])
def test_a_pause_that_cannot_be_right_counts_as_one_beat(machine: Machine, hours: int) -> None:
    before = machine.now()
    machine.puts_the_wall(hours=hours)
    machine.starts("second")
    assert timedelta(0) <= machine.now() - before < BEAT + SOON


def test_it_goes_on_from_the_last_beat(app: Flask, machine: Machine) -> None:
    with app.app_context():
        stored = db.session.query(Boot).one()
        stored.seen += timedelta(minutes=30)
        stored.wall += timedelta(minutes=30)
        last = stored.seen
        db.session.commit()
    machine.puts_the_wall(hours=-2)
    machine.starts("second")
    assert timedelta(0) <= machine.now() - last < BEAT + SOON
    with app.app_context():
        perform(steady.beat)
        assert db.session.query(Boot).count() == 2


def test_no_running_clock_lies_ahead_where_a_busy_machine_came_late_to_its_beat(
    venue: Venue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(venue.app, tmp_path, monkeypatch)
    venue.call("01")
    perform(clocks.start_clock, DESK, venue.turn("01").id, "speak")
    began = venue.turn("01").clocks[0].running_since
    db.session.get_one(Boot, "first").seen -= 6 * BEAT
    db.session.commit()
    machine.puts_the_wall(hours=-1)
    machine.starts("second")
    assert timedelta(0) <= machine.now() - began < SOON


def test_it_never_goes_back_where_the_count_of_the_same_start_does(machine: Machine) -> None:
    before = machine.now()
    machine.starts("first")
    assert timedelta(0) <= machine.now() - before < BEAT + SOON
