"""The fan-out's figures: CPU per delivered message, when the last watcher has it, and memory per watcher."""

from __future__ import annotations

import statistics
from collections import defaultdict
from contextlib import ExitStack

from tests.bench.crowd import Crowd
from tests.bench.servers import COMMANDS, Server

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

#: (figure, of, against): the most that the ratio may be.
RATIO_TARGETS = {
    (SATURATED_CPU, "ours", "node"): 0.65,
    (PACED_CPU, "ours", "node"): 0.65,
    (SATURATED_CPU, "ours", "bare"): 1.25,
    (PACED_CPU, "ours", "bare"): 1.25,
    (LAST_WATCHER, "ours", "node"): 0.7,
}
VALUE_TARGETS = {(MEMORY, "ours"): 50.0}

Figures = dict[str, dict[str, list[float]]]


class Stand:
    """One server with its watchers."""

    def __init__(self, stack: ExitStack, name: str, watchers: int) -> None:
        self.server = stack.enter_context(Server(name))
        with Crowd(self.server.port, WARM_UP):
            before = self.server.memory()
            self.crowd = stack.enter_context(Crowd(self.server.port, watchers))
            self.memory = (self.server.memory() - before) / watchers / 1024
        self.watchers = watchers
        self.crowd.linger(1.0)

    def saturated(self) -> float:
        """CPU per delivery in µs while one burst follows the other."""
        start, cpu = self.crowd.received, self.server.cpu()
        for burst in range(BURSTS + UNDER_WAY):
            if burst >= UNDER_WAY:
                self.crowd.wait(start + (burst - UNDER_WAY + 1) * BURST * self.watchers)
            if burst < BURSTS:
                self.crowd.ask(BURST, 0)
        return (self.server.cpu() - cpu) / (BURSTS * BURST * self.watchers) / 1e3

    def paced(self) -> tuple[float, float]:
        """CPU per delivery in µs, and the median time in ms until the last watcher has a message."""
        start, cpu = self.crowd.received, self.server.cpu()
        self.crowd.sent_at.clear()
        self.crowd.ask(PACED, PAUSE)
        times = []
        for number in range(PACED):
            arrived = self.crowd.wait(start + (number + 1) * self.watchers)
            times.append((arrived - self.crowd.sent_at[number]) / 1e6)
        return (self.server.cpu() - cpu) / (PACED * self.watchers) / 1e3, statistics.median(times)


def measure(watchers: int, rounds: int) -> Figures:
    """All figures by name, server and round; the servers take turns within a round."""
    figures: Figures = defaultdict(lambda: defaultdict(list))
    with ExitStack() as stack:
        stands = {name: Stand(stack, name, watchers) for name in COMMANDS}
        for name, stand in stands.items():
            figures[MEMORY][name].append(stand.memory)
        for number in range(rounds):
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


def ratio(figures: Figures, name: str, of: str, against: str) -> float:
    """The median of the ratios within each round: what slows the whole machine for a while cancels out."""
    pairs = zip(figures[name][of], figures[name][against], strict=True)
    return statistics.median(one / other for one, other in pairs)
