"""The clock of the server's wall is put right in the middle of a turn, and the machine is started again."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import stop_server
from tests.live.test_clock_survives import told_to_the_hall
from tests.live.test_clocks import auths, joined
from tests.machines import HOUR, Machine
from tests.patience import within


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    started = Machine(tmp_path)
    yield started
    stop_server(started.server)


def presses(machine: Machine, *verbs: tuple[str, dict[str, Any]]) -> None:
    desk = joined(machine.server, "/desk", auths(machine.server)["/desk"])
    turn = machine.server.facts["turns"][0]["id"]
    for verb, more in verbs:
        assert desk.call(verb, {"turn": turn, "request": secrets.token_hex(16), **more})["ok"]
    desk.disconnect()


def spent(machine: Machine) -> float:
    """The seconds that the hall sees as spent on the running clock."""
    clock = told_to_the_hall(machine.server)
    return (clock["spent_ms"] + clock["at"] - clock["running_since"]) / 1000


def test_who_looks_on_is_told_what_the_wall_says_to_show_it(machine: Machine) -> None:
    """The note of a lost connection said what the clock was when the installation was first served, right or not."""
    presses(machine, ("call", {}), ("start_clock", {"clock": "speak"}))
    for wall in (0, -HOUR):
        machine.wall(wall)
        told = told_to_the_hall(machine.server)
        assert abs(told["wall"] / 1000 - time.time() - wall) < HOUR / 2


def test_a_clock_of_360_seconds_shows_what_is_true_and_no_overtime_is_proposed(machine: Machine) -> None:
    presses(machine, ("call", {}), ("start_clock", {"clock": "speak"}))
    assert 0 <= spent(machine) < 30
    machine.wall(0)
    assert 0 <= spent(machine) < 30
    machine.starts("second")
    assert 0 <= spent(machine) < 60
    machine.wall(HOUR)
    machine.starts("third")
    assert 0 <= spent(machine) < 90
    presses(machine, ("pause_clock", {"clock": "speak"}))
    desk = joined(machine.server, "/desk", auths(machine.server)["/desk"])
    _, snapshot = desk.receive(timeout=within(15))
    desk.disconnect()
    clocks = snapshot["current"]["clocks"]
    speak = next(clock for clock in clocks["all"] if clock["key"] == "speak")
    assert 0 <= speak["spent_ms"] < 90_000
    assert clocks["overtime"] is None
