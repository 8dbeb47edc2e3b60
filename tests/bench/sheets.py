"""Sheets: how soon one is acknowledged on disk, how many a second, and what one costs in CPU."""

from __future__ import annotations

import secrets
import statistics
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from tests.bench.disk import fdatasync_times
from tests.bench.figures import Figures, Target, no_figures
from tests.bench.hall_plan import MARKS
from tests.bench.panel import Panel
from tests.bench.servers import Server

JUDGES, ROUNDS, WARM_UP = 50, 6, 2
#: A server that used less than so many nanoseconds of its core in so many seconds rests.
IDLE, SETTLE = 12_000_000, 0.25
#: Seconds in which the judges of every server answer its pings, between two measurements.
ANSWER_PINGS = 0.05

SERIAL = "serial durable acknowledgement, p50, ms"
DISK = "one fdatasync of 4 KiB, p50, ms"
RATE = "sheets a second, all judges at once"
CPU = "CPU per sheet, all judges at once, µs"
SERIAL_CPU = "CPU per sheet, one after the other, µs"
#: What a process needs to wake up and to rest again is in the figures above; Node can be asked on and on without.
ON_END_CPU = "CPU per acknowledgement, judges at once on end, µs"
ON_END = 20
#: What goes on although nothing happens is paid for by every sheet that comes in meanwhile.
IDLE_CPU = "CPU in a second in which nothing happens, ms"

TARGETS = (
    Target(SERIAL, 2.0, to=DISK),
    Target(RATE, against="nothing", least=0.9),
    Target(CPU, 4.0, "node"),
    Target(IDLE_CPU, 2.0),
)


class Stand:
    """One server with its judges and, where it has one, its desk."""

    def __init__(self, stack: ExitStack, beside: dict[str, Stand], name: str, *options: str) -> None:
        """`beside`: all that are measured together; their judges answer pings while this one is waited for."""
        self._beside = beside
        self.server = stack.enter_context(Server(name, *options))
        rooms = self.server.facts.get("rooms")
        keys = [{"key": seat["key"], "tablet": seat["key"]} for seat in rooms[0]["seats"]] if rooms else [None] * JUDGES
        self._turns = iter(rooms[0]["turns"] if rooms else range(1, 10_000))
        self.panel = stack.enter_context(Panel(self.server.port, keys, self.server.desk))
        self._stores = bool(rooms) and "--store-nothing" not in options
        self.turn = 0

    def call(self) -> None:
        """Have the next turn called, after the one before is released."""
        if self.turn and not self._stores:
            return
        if self.turn:
            self.panel.press("release", turn=self.turn)
        self.turn = next(self._turns)
        if self.panel.desk:
            self.panel.press("call", turn=self.turn)
        self.rest()

    def rest(self) -> None:
        """Read on until the server has nothing more to do."""
        cpu, spent = self.server.cpu(), IDLE
        while spent >= IDLE:
            self.panel.settle(SETTLE)
            for other in self._beside.values():
                other.panel.settle(ANSWER_PINGS)
            cpu, before = self.server.cpu(), cpu
            spent = cpu - before

    def sheet(self, _place: int) -> dict[str, Any]:
        """A judge's sheet for the turn that is called."""
        return {"turn": self.turn, "typed": MARKS, "submission": secrets.token_hex(16)}

    def idle_cpu(self) -> float:
        """The CPU in ms that a second takes in which nobody does anything."""
        cpu = self.server.cpu()
        self.panel.settle(1.0)
        return (self.server.cpu() - cpu) / 1e6

    def cpu_of(self, work: Callable[[], Any]) -> tuple[Any, float]:
        """What the work answers, and the CPU per sheet in µs until everybody has been told of it."""
        cpu = self.server.cpu()
        answer = work()
        self.rest()
        return answer, (self.server.cpu() - cpu) / len(self.panel.judges) / 1e3


def measure() -> Figures:
    """All figures by name, server and round; the servers take turns within a round."""
    figures = no_figures()
    with ExitStack() as stack:
        plan = ("--judges", str(JUDGES), "--turns", str(2 * (ROUNDS + WARM_UP) + 2))
        stands: dict[str, Stand] = {}
        stands["ours"] = Stand(stack, stands, "ours", *plan)
        stands["node"] = Stand(stack, stands, "node")
        stands["nothing"] = Stand(stack, stands, "ours", *plan, "--store-nothing")
        for number in range(WARM_UP + ROUNDS):
            found = no_figures() if number < WARM_UP else figures
            turns = list(stands.items())
            for name, stand in turns if number % 2 else reversed(turns):
                _measure(found, name, stand)
            found[DISK]["ours"].append(statistics.median(fdatasync_times(stands["ours"].server.folder, 100)))
    return figures


def _measure(figures: Figures, name: str, stand: Stand) -> None:
    stand.call()
    times, cpu = stand.cpu_of(lambda: stand.panel.serially(stand.sheet))
    figures[SERIAL][name].append(statistics.median(times))
    figures[SERIAL_CPU][name].append(cpu)
    stand.call()
    seconds, cpu = stand.cpu_of(lambda: stand.panel.at_once(stand.sheet))
    figures[RATE][name].append(len(stand.panel.judges) / seconds)
    figures[CPU][name].append(cpu)
    figures[IDLE_CPU][name].append(stand.idle_cpu())
    if name == "node":
        _, cpu = stand.cpu_of(lambda: [stand.panel.at_once(stand.sheet) for _ in range(ON_END)])
        figures[ON_END_CPU][name].append(cpu / ON_END)
