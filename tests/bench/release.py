"""A release: when twenty watchers have it, what it costs by its stages, and what it costs to greet a watcher."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any

from tests.bench.crowd import Crowd
from tests.bench.figures import Figures, Target, no_figures
from tests.bench.first_page import page_auth
from tests.bench.page import FEW, MANY, ROUNDS, SIZES, WARM_UP, contest_of, told_apart
from tests.bench.sheets import Stand
from tests.bench.stages import DIFFERENCE, GREETING, READING, RULES, VERB, VIEW

WATCHERS, NEWCOMERS = 20, 20

REACHED = "release pressed to the last of 20 watchers, ms"
CPU = "a release, all told, CPU, ms"
GREETED = "a page's greeting, CPU, ms"
GREETING_BYTES = "a page's greeting, KB"
WHOLE = "a greeting with the whole picture, CPU, ms"
WHOLE_BYTES = "a greeting with the whole picture, KB"
DESK_BYTES = "the desk's greeting, KB"
OF_IT = "of it "
TOLD_APART = (VERB, READING, RULES, VIEW, DIFFERENCE)
TARGETS = (
    Target(REACHED, 50.0, of=FEW),
    Target(REACHED, 80.0, of=MANY),
    Target(CPU, 60.0, of=FEW),
    Target(GREETED, 0.3, of=FEW),
    Target(GREETED, 0.3, of=MANY),
    Target(GREETING_BYTES, 20.0, of=MANY),
)


class Watched(Stand):
    """A contest with its desk and its judges, and twenty who watch the board."""

    def __init__(self, stack: ExitStack, turns: int) -> None:
        """Start a server of its own."""
        super().__init__(stack, {}, "ours", *contest_of(turns))
        self.crowd = stack.enter_context(Crowd(self.server.port, WATCHERS, self.server.audience))

    def sheets_in(self) -> None:
        """Call the next turn and hand all its sheets in."""
        assert self.panel.desk is not None
        self.turn = next(self._turns)
        self.panel.press("call", turn=self.turn)
        self.panel.serially(self.sheet)
        self.rest()

    def rest(self) -> None:
        """As every stand; the watchers take what has come."""
        super().rest()
        while self.crowd.read(0):
            pass

    def release(self) -> dict[str, float]:
        """Release it: the milliseconds until all have it, and the CPU until all rests."""
        idle = self._idle()
        before, cpu, start = self.crowd.received, self.server.cpu(), time.monotonic_ns()
        assert self.panel.desk is not None
        self.panel.desk.send("release", {"turn": self.turn, "request": f"release-{self.turn:08d}"})
        reached = (self.crowd.wait(before + WATCHERS) - start) / 1e6
        self.panel.settle(1.0)
        return {REACHED: reached, CPU: (self.server.cpu() - cpu) / 1e6 - idle}

    def apart(self) -> dict[str, float]:
        """Mark and release another one: what its stages use."""
        self.sheets_in()
        told_apart(self.server.port, counting=True)
        self.release()
        own = told_apart(self.server.port)["own"]
        return {f"{OF_IT}{stage}, ms": own.get(stage, 0) / 1e6 for stage in TOLD_APART}

    def _idle(self) -> float:
        """The milliseconds of CPU that the server uses in a second in which nothing happens."""
        cpu = self.server.cpu()
        self.panel.settle(1.0)
        return (self.server.cpu() - cpu) / 1e6

    def greet(self) -> dict[str, float]:
        """Newcomers: what each one's greeting costs, and its bytes, for pages and for clients that have nothing."""
        cpu, size = self._greeted(page_auth(self.server))
        whole_cpu, whole_size = self._greeted(self.server.audience)
        return {GREETED: cpu, GREETING_BYTES: size, WHOLE: whole_cpu, WHOLE_BYTES: whole_size}

    def _greeted(self, auth: Any) -> tuple[float, float]:
        told_apart(self.server.port, counting=True)
        with Crowd(self.server.port, NEWCOMERS, auth) as newcomers:
            newcomers.linger(0.3)
            size = newcomers.taken / NEWCOMERS / 1000
        told = told_apart(self.server.port)
        return told["whole"].get(GREETING, 0) / max(1, told["calls"].get(GREETING, 0)) / 1e6, size


def measure() -> Figures:
    """All figures by name, size of the contest and round."""
    figures = no_figures()
    for turns in SIZES:
        with ExitStack() as stack:
            stand = Watched(stack, turns)
            for number in range(WARM_UP + ROUNDS):
                stand.sheets_in()
                found = stand.release() | stand.apart() | stand.greet()
                for name, value in found.items() if number >= WARM_UP else ():
                    figures[name][f"{turns} turns"].append(value)
            with Crowd(stand.server.port, 1, stand.server.desk, "/desk") as desk:
                desk.linger(1.0)
                figures[DESK_BYTES][f"{turns} turns"].append(desk.taken / 1000)
    return figures
