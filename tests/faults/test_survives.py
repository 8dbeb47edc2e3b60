"""500 sheets from 21 judges, and a fault in the middle: nothing acknowledged is lost, nothing is stored twice."""

from __future__ import annotations

import json
import random
import resource
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import socketio

from tests.faults import preparing
from tests.faults.judges import Judge, Sheet, Stutterer, Tally, sheets_of
from tests.processes import forked, printed
from tests.serving import serve

MIDDLE = 200  # sheets that are acknowledged before the fault
Json = dict[str, Any]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Json]:
    """An installation with the contest, to copy."""
    folder = tmp_path_factory.mktemp("prepared")
    return folder, json.loads(printed(preparing.main, SAIPING_INSTANCE=str(folder)))


class Hall:
    """A real server with the contest, its judges, and what was acknowledged to them."""

    def __init__(self, folder: Path, facts: Json) -> None:
        self.folder, self.facts, self.tally = folder, facts, Tally()
        self.port = 0
        self.process = self._serve()
        self.url = f"http://127.0.0.1:{self.port}"
        chance = random.Random(2026)
        turns = list(facts["turns"].values())
        self.sheets = {seat["id"]: sheets_of(seat["id"], turns, chance) for seat in facts["seats"]}
        self.judges: list[Judge] = []

    def _serve(self) -> BaseProcess:
        process, self._said = forked(serve, "--port", str(self.port), SAIPING_INSTANCE=str(self.folder))
        for line in self._said:
            if "http://127.0.0.1:" in line:
                self.port = int(line.rpartition("127.0.0.1:")[2].partition("/")[0])
                return process
        raise AssertionError("the server ended before it was ready")

    def seat_judges(self, kind: type[Judge] = Judge, *, away: int = 0) -> None:
        """Seat all judges but the last `away`, and let them send."""
        present = self.facts["seats"][: len(self.facts["seats"]) - away]
        for seat in present:
            self.judges.append(kind(self.url, seat["key"], self.sheets[seat["id"]], self.tally))
            self.judges[-1].start()

    def until(self, true: Callable[[Tally], bool]) -> None:
        """Wait for something to become true of the answers."""
        self.tally.until(true)

    def finish(self) -> None:
        """Wait until no judge has anything left to send."""
        for judge in self.judges:
            judge.join(timeout=90)
            assert judge.failed is None, judge.failed
            assert not judge.waiting, f"{len(judge.waiting)} sheets are still on a tablet"

    def kill(self) -> None:
        """End the server as a power cut would, and start it again at the same port."""
        self.process.kill()
        self._ended()
        self.process = self._serve()

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self._ended()

    def _ended(self) -> None:
        self.process.join(timeout=15)
        assert self.process.exitcode is not None
        self._said.close()

    @property
    def database(self) -> Path:
        """The file with everything in it."""
        return self.folder / "saiping.db"

    def stored(self) -> dict[tuple[int, int], list[Json]]:
        """The marks of every submitted version in the file, by turn and seat."""
        query = (
            "SELECT sheet.turn_id, sheet.seat_id, version.marks FROM sheet JOIN sheet_version AS version "
            "ON version.sheet_id = sheet.id WHERE version.state = 'submitted'"
        )
        found: dict[tuple[int, int], list[Json]] = {}
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            for turn, seat, marks in connection.execute(query):
                found.setdefault((turn, seat), []).append(json.loads(marks))
        connection.close()
        return found

    def desk(self, *presses: Json) -> list[Json]:
        """Press these at the desk, as the organizer; answers what came of each."""
        client = socketio.Client(reconnection=False)
        client.connect(
            self.url, namespaces=["/desk"], auth=self.facts["desk"], transports=["websocket"], wait_timeout=20
        )
        try:
            return [self._press(client, **press) for press in presses]
        finally:
            client.disconnect()

    def _press(self, client: socketio.Client, verb: str, **fields: Any) -> Json:
        request = {**fields, "request": secrets.token_hex(8)}
        return dict(client.call(verb, request, namespace="/desk", timeout=20))

    def board(self) -> Json:
        """What the audience sees."""
        with urlopen(f"{self.url}/c/{self.facts['slug']}/board.json", timeout=20) as answer:
            return dict(json.load(answer))


@pytest.fixture
def hall(prepared: tuple[Path, Json], tmp_path: Path) -> Iterator[Hall]:
    """The contest in a server of the test's own."""
    folder, facts = prepared
    shutil.copytree(folder, tmp_path / "instance")
    opened = Hall(tmp_path / "instance", facts)
    yield opened
    opened.stop()


def recounted(sheets: list[Sheet]) -> str:
    """A turn's score from its sheets by hand: one highest and one lowest total off, mean, two decimals, half up."""
    totals = sorted(sum(Decimal(mark) for mark in sheet.typed.values()) for sheet in sheets)
    mean = sum(totals[1:-1], Decimal(0)) / (len(totals) - 2)
    return str(mean.quantize(Decimal("0.01"), ROUND_HALF_UP))


def check(hall: Hall, note: Callable[[str, object], None], fault: str) -> None:
    """Everything that must hold after a fault; the numbers tried and lost are noted for the run's summary."""
    hall.finish()
    tried = [sheet for sheets in hall.sheets.values() for sheet in sheets]
    stored = hall.stored()
    lost = [sheet for sheet in tried if not stored.get((sheet.turn, sheet.seat))]
    doubled = [where for where, versions in stored.items() if len(versions) > 1]
    note("fault", f"{fault}: {len(tried)} sheets tried, {len(lost)} lost, {len(doubled)} stored twice")
    assert hall.tally.refused == []
    assert (len(lost), len(doubled)) == (0, 0)
    for sheet in tried:
        assert stored[sheet.turn, sheet.seat] == [{"": sheet.typed}] or stored[sheet.turn, sheet.seat] == [sheet.typed]
        assert hall.tally.acknowledged[sheet.turn, sheet.seat]["typed"] == sheet.typed
    check_board(hall, tried)


def check_board(hall: Hall, tried: list[Sheet]) -> None:
    """Every score on the board is what a recount of the sheets gives."""
    answers = hall.desk(*({"verb": "release", "turn": turn} for turn in hall.facts["turns"].values()))
    assert all(answer["ok"] for answer in answers)
    shown = {row["turn"]: row["score"] for row in hall.board()["rows"]}
    turns = hall.facts["turns"].values()
    assert shown == {turn: recounted([sheet for sheet in tried if sheet.turn == turn]) for turn in turns}


def test_the_process_is_killed_and_started_again(hall: Hall, record_property: Callable[[str, object], None]) -> None:
    hall.seat_judges()
    hall.until(lambda tally: len(tally.acknowledged) >= MIDDLE)
    hall.kill()
    check(hall, record_property, "kill -9")


def test_sockets_are_cut_at_random(hall: Hall, record_property: Callable[[str, object], None]) -> None:
    hall.seat_judges()
    chance = random.Random(7)
    for more in range(40, 401, 40):
        hall.until(lambda tally, more=more: len(tally.acknowledged) >= more)
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
connection.execute("COMMIT")
"""


def test_another_process_locks_the_database_for_five_seconds(
    hall: Hall, record_property: Callable[[str, object], None]
) -> None:
    hall.seat_judges()
    hall.until(lambda tally: len(tally.acknowledged) >= MIDDLE)
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(hall.database)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with urlopen(f"{hall.url}/c/{hall.facts['slug']}/board.json", timeout=4) as answer:
        assert answer.status == 200  # readers do not wait for the lock
    assert holder.wait(timeout=15) == 0
    holder.stdout.close()
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
