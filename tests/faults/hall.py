"""The contest that the faults happen to on a real server, what was acknowledged, and what must hold afterwards."""

from __future__ import annotations

import json
import random
import secrets
import sqlite3
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import socketio

from tests import standing, untouched
from tests.faults.judges import Judge, Sheet, Tally, sheets_of
from tests.patience import within
from tests.processes import forked
from tests.serving import serve

MIDDLE = 200  # sheets that are acknowledged before the fault
Json = dict[str, Any]


class Hall:
    """A real server with the contest, its judges, and what was acknowledged to them."""

    def __init__(self, folder: Path, facts: Json, *, serves: bool = True, **settings: str) -> None:
        self.folder, self.facts, self.settings, self.tally = folder, facts, settings, Tally()
        self.port = 0
        if serves:
            self.start_again()
        chance = random.Random(2026)
        turns = list(facts["turns"].values())
        self.sheets = {seat["id"]: sheets_of(seat["id"], turns, chance) for seat in facts["seats"]}
        self.judges: list[Judge] = []

    def _serve(self) -> BaseProcess:
        here = ("--host", "127.0.0.1", "--port", str(self.port))
        process, self._said = forked(serve, *here, SAIPING_INSTANCE=str(self.folder), **self.settings)
        self.said = ""
        for line in self._said:
            self.said += line
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
            judge.join(timeout=within(90))
            assert judge.failed is None, judge.failed
            assert not judge.waiting, f"{len(judge.waiting)} sheets are still on a tablet"

    def kill(self) -> None:
        """End the server as a power cut would, and start it again at the same port."""
        self.end_abruptly()
        self.start_again()

    def end_abruptly(self) -> None:
        """End the server as a power cut would."""
        self.process.kill()
        self._ended()

    def start_again(self) -> None:
        """Start the server, at the same port if it had one."""
        self.process = self._serve()
        self.url = f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self._ended()

    def _ended(self) -> None:
        self.process.join(timeout=within(15))
        assert self.process.exitcode is not None
        self._said.close()
        standing.check(self.folder)
        untouched.check(self.folder)

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
            self.url, namespaces=["/desk"], auth=self.facts["desk"], transports=["websocket"], wait_timeout=within(20)
        )
        try:
            return [self._press(client, **press) for press in presses]
        finally:
            client.disconnect()

    def _press(self, client: socketio.Client, verb: str, **fields: Any) -> Json:
        request = {**fields, "request": secrets.token_hex(8)}
        return dict(client.call(verb, request, namespace="/desk", timeout=within(20)))

    def answered(self, page: str) -> tuple[int, str]:
        """What a page answers, good or bad."""
        try:
            with urlopen(f"{self.url}{page}", timeout=within(20)) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def board(self) -> Json:
        """What the audience sees."""
        with urlopen(f"{self.url}/c/{self.facts['slug']}/board.json", timeout=within(20)) as answer:
            return dict(json.load(answer))


def recounted(sheets: list[Sheet]) -> str:
    """A turn's score from its sheets by hand: one highest and one lowest total off, mean, two decimals, half up."""
    totals = sorted(sum(map(Decimal, sheet.typed.values()), Decimal(0)) for sheet in sheets)
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
