"""A full hall: how soon a sheet is acknowledged while a thousand watch, and what a release costs on the real path."""

from __future__ import annotations

import secrets
import statistics
import time
from contextlib import ExitStack
from typing import Any

from tests.bench.crowd import Crowd
from tests.bench.figures import Figures, Target, no_figures, percentile
from tests.bench.hall_plan import MARKS
from tests.bench.panel import Panel
from tests.bench.servers import Server

WATCHERS, ROOMS, JUDGES = 1000, 4, 21
RATE = 60  # sheets a second
ROUNDS, WARM_UP = 6, 1
BROADCASTS, PAUSE = 10, 0.25
SETTLE = 1.0

ACKNOWLEDGED = "acknowledgement in a full hall, p99, ms"
MEDIAN = "acknowledgement in a full hall, p50, ms"
BROADCAST = "one broadcast to the last watcher, p50, ms"
BUSY = "one core in a full hall, busy, %"
TARGETS = (Target(ACKNOWLEDGED, 1.0, to=BROADCAST),)


class Hall:
    """The real server with its watchers, its four panels and the desk."""

    def __init__(self, stack: ExitStack) -> None:
        turns = ROOMS * (ROUNDS + WARM_UP + 1)
        plan = ("--rooms", str(ROOMS), "--judges", str(JUDGES), "--turns", str(turns))
        self.server = stack.enter_context(Server("ours", *plan))
        self.crowd = stack.enter_context(Crowd(self.server.port, WATCHERS, self.server.audience))
        self._rooms = self.server.facts["rooms"]
        keys = [{"key": seat["key"], "tablet": seat["key"]} for room in self._rooms for seat in room["seats"]]
        self.panel = stack.enter_context(Panel(self.server.port, keys, self.server.desk))

    def call(self, number: int) -> list[int]:
        """Have the next turn of every room called and the ones before released; the turn of each judge."""
        for room in self._rooms:
            if number:
                self.panel.press("release", turn=room["turns"][number - 1])
            self.panel.press("call", turn=room["turns"][number])
        self._settle()
        return [room["turns"][number] for room in self._rooms for _ in room["seats"]]

    def play(self, turns: list[int]) -> tuple[list[float], float]:
        """Every judge submits a sheet at the hall's pace; the times in ms, and how busy the core was in per cent."""
        places = iter(secrets.SystemRandom().sample(range(len(turns)), len(turns)))
        times: list[float] = []
        start, cpu = time.perf_counter(), self.server.cpu()
        sent = 0
        while len(times) < len(turns):
            if sent < len(turns) and time.perf_counter() >= start + sent / RATE:
                place = next(places)
                self.panel.judges[place].send("submit", _sheet(turns[place]))
                sent += 1
            times += self.panel.answers(0)
            self.crowd.read(0, 32)
        busy = (self.server.cpu() - cpu) / (time.perf_counter() - start) / 1e7
        self._settle()
        return times, busy

    def broadcasts(self) -> float:
        """The median time in ms until the last watcher has a message, with nothing else going on."""
        start = self.crowd.received
        self.crowd.sent_at.clear()
        self.crowd.ask(BROADCASTS, PAUSE)
        arrived = [self.crowd.wait(start + (number + 1) * WATCHERS) for number in range(BROADCASTS)]
        return statistics.median((at - sent) / 1e6 for at, sent in zip(arrived, self.crowd.sent_at, strict=True))

    def _settle(self) -> None:
        end = time.monotonic() + SETTLE
        while time.monotonic() < end:
            self.panel.answers(0)
            self.crowd.read(0.01)


def _sheet(turn: int) -> dict[str, Any]:
    return {"turn": turn, "typed": MARKS, "submission": secrets.token_hex(16)}


def measure() -> Figures:
    """All figures by name and round."""
    figures = no_figures()
    with ExitStack() as stack:
        hall = Hall(stack)
        for number in range(WARM_UP + ROUNDS):
            times, busy = hall.play(hall.call(number))
            broadcast = hall.broadcasts()
            if number >= WARM_UP:
                found = {ACKNOWLEDGED: percentile(times, 99), MEDIAN: statistics.median(times), BUSY: busy}
                for name, value in (found | {BROADCAST: broadcast}).items():
                    figures[name]["ours"].append(value)
    return figures
