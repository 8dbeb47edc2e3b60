"""500 sheets from 21 judges, and a fault in the middle: nothing acknowledged is lost, nothing is stored twice."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from urllib.request import urlopen

import pytest

from tests.faults.hall import MIDDLE, Hall, check
from tests.faults.judges import Doubter, Judge, Stutterer, Tally
from tests.patience import within


def acknowledged(number: int) -> Callable[[Tally], bool]:
    """Whether so many sheets were acknowledged."""
    return lambda tally: len(tally.acknowledged) >= number


def test_the_process_is_killed_and_started_again(hall: Hall, record_property: Callable[[str, object], None]) -> None:
    hall.seat_judges()
    hall.until(lambda tally: len(tally.acknowledged) >= MIDDLE)
    hall.kill()
    check(hall, record_property, "kill -9")


def test_sockets_are_cut_at_random(hall: Hall, record_property: Callable[[str, object], None]) -> None:
    hall.seat_judges()
    chance = random.Random(7)
    for more in range(40, 401, 40):
        hall.until(acknowledged(more))
        for judge in chance.sample(hall.judges, 5):
            judge.cut()
    check(hall, record_property, "sockets cut")


def test_every_message_arrives_two_to_five_times_in_shuffled_order(
    hall: Hall, record_property: Callable[[str, object], None]
) -> None:
    hall.seat_judges(Stutterer)
    hall.finish()
    assert hall.tally.answers >= 2 * 504
    check(hall, record_property, "repeated and shuffled")


@pytest.mark.parametrize("hall", ["stock"], indirect=True)
def test_sheets_repeated_sockets_cut_and_the_process_killed_on_the_stock_transport(
    hall: Hall, record_property: Callable[[str, object], None]
) -> None:
    hall.seat_judges(Doubter)
    hall.until(acknowledged(MIDDLE // 2))
    for judge in hall.judges[::4]:
        judge.cut()
    hall.until(lambda tally: len(tally.acknowledged) >= MIDDLE)
    hall.kill()
    check(hall, record_property, "all of these on the stock transport")


def test_the_disk_takes_no_more_for_a_while(hall: Hall, record_property: Callable[[str, object], None]) -> None:
    hall.seat_judges()
    hall.until(lambda tally: len(tally.acknowledged) >= MIDDLE)
    most = max(file.stat().st_size for file in hall.folder.glob("saiping.db*"))
    unlimited = resource.prlimit(hall.process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    hall.until(lambda tally: tally.not_stored >= 21)
    acknowledged = dict(hall.tally.acknowledged)
    stored = hall.stored()
    assert all(where in stored for where in acknowledged)
    resource.prlimit(hall.process.pid, resource.RLIMIT_FSIZE, unlimited)
    check(hall, record_property, "disk full")


HOLD = """
import sqlite3, sys, threading
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
threading.Event().wait(5)
sys.stdin.readline()
connection.execute("COMMIT")
"""


def test_another_process_locks_the_database_for_five_seconds(
    hall: Hall, record_property: Callable[[str, object], None]
) -> None:
    """Or for longer, on a machine where whoever only reads waits longer for the answer."""
    hall.seat_judges()
    hall.until(lambda tally: len(tally.acknowledged) >= MIDDLE)
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(hall.database)], **pipes)
    assert holder.stdout.readline() == "held\n"
    with urlopen(f"{hall.url}/c/{hall.facts['slug']}/board.json", timeout=within(4)) as answer:
        assert answer.status == 200
    assert holder.poll() is None  # readers do not wait for the lock
    holder.communicate("enough\n", timeout=within(15))
    assert holder.returncode == 0
    check(hall, record_property, "database locked")


def test_a_judge_is_offline_for_the_whole_turn(hall: Hall, record_property: Callable[[str, object], None]) -> None:
    hall.seat_judges(away=1)
    hall.finish()
    first = next(iter(hall.facts["turns"].values()))
    [refused] = hall.desk({"verb": "release", "turn": first})
    assert (refused["ok"], refused["code"]) == (False, "missing_sheets")
    assert "21" in refused["message"]
    hall.judges.clear()
    last = hall.facts["seats"][-1]
    hall.judges.append(Judge(hall.url, last["key"], hall.sheets[last["id"]], hall.tally))
    hall.judges[0].start()
    hall.finish()
    check(hall, record_property, "judge offline")
