"""The fan-out: CPU per delivered message, when the last watcher has it, and memory per watcher."""

from __future__ import annotations

import statistics
from contextlib import ExitStack

from tests.bench.crowd import Crowd
from tests.bench.figures import Figures, Target, no_figures
from tests.bench.servers import COMMANDS, Server

WATCHERS, ROUNDS = 1000, 9
#: Saturated: messages per command, commands in a round, and how many of them may be under way.
BURST, BURSTS, UNDER_WAY = 10, 10, 2
#: Paced: messages in a round, and seconds between them.
PACED, PAUSE = 10, 0.25
WARM_UP = 20
#: Seconds in which the watchers of every server answer its pings, between two measurements.
ANSWER_PINGS = 0.1

SATURATED_CPU = "CPU per delivery, saturated, µs"
PACED_CPU = "CPU per delivery, paced, µs"
LAST_WATCHER = "last watcher, paced, ms"
MEMORY = "memory per watcher, KiB"

TARGETS = (
    Target(SATURATED_CPU, 0.65, "node"),
    Target(PACED_CPU, 0.65, "node"),
    Target(SATURATED_CPU, 1.25, "bare"),
    Target(PACED_CPU, 1.25, "bare"),
    Target(LAST_WATCHER, 0.7, "node"),
    Target(MEMORY, 50.0),
)


class Stand:
    """One server with its watchers."""

    def __init__(self, stack: ExitStack, name: str) -> None:
        self.server = stack.enter_context(Server(name, *(("--judges", "7") if name == "ours" else ())))
        with Crowd(self.server.port, WARM_UP, self.server.audience):
            before = self.server.memory()
            self.crowd = stack.enter_context(Crowd(self.server.port, WATCHERS, self.server.audience))
            self.memory = (self.server.memory() - before) / WATCHERS / 1024
        self.crowd.linger(1.0)

    def saturated(self) -> float:
        """CPU per delivery in µs while one burst follows the other."""
        start, cpu = self.crowd.received, self.server.cpu()
        for burst in range(BURSTS + UNDER_WAY):
            if burst >= UNDER_WAY:
                self.crowd.wait(start + (burst - UNDER_WAY + 1) * BURST * WATCHERS)
            if burst < BURSTS:
                self.crowd.ask(BURST, 0)
        return (self.server.cpu() - cpu) / (BURSTS * BURST * WATCHERS) / 1e3

    def paced(self) -> tuple[float, float]:
        """CPU per delivery in µs, and the median time in ms until the last watcher has a message."""
        start, cpu = self.crowd.received, self.server.cpu()
        self.crowd.sent_at.clear()
        self.crowd.ask(PACED, PAUSE)
        times = []
        for number in range(PACED):
            arrived = self.crowd.wait(start + (number + 1) * WATCHERS)
            times.append((arrived - self.crowd.sent_at[number]) / 1e6)
        return (self.server.cpu() - cpu) / (PACED * WATCHERS) / 1e3, statistics.median(times)


def measure() -> Figures:
    """All figures by name, server and round; the servers take turns within a round."""
    figures = no_figures()
    with ExitStack() as stack:
        stands = {name: Stand(stack, name) for name in COMMANDS}
        for name, stand in stands.items():
            figures[MEMORY][name].append(stand.memory)
        for number in range(ROUNDS):
            turns = list(stands.items())
            # Whoever comes first finds the caches as the other left them: take turns at that too.
            for name, stand in turns if number % 2 else reversed(turns):
                _measure(figures, name, stand)
                for waiting in stands.values():
                    waiting.crowd.linger(ANSWER_PINGS)
    return figures


def _measure(figures: Figures, name: str, stand: Stand) -> None:
    figures[SATURATED_CPU][name].append(stand.saturated())
    cpu, last = stand.paced()
    figures[PACED_CPU][name].append(cpu)
    figures[LAST_WATCHER][name].append(last)
