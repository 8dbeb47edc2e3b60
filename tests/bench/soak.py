"""Soak: a contest of hours on end, in tenths: whether memory and the cost of a sheet stay what they were."""

from __future__ import annotations

import secrets
import statistics
from contextlib import ExitStack

from tests.bench.crowd import Crowd
from tests.bench.figures import Figures, Target, no_figures
from tests.bench.hall_plan import MARKS
from tests.bench.panel import Panel
from tests.bench.servers import Server

ROOMS, JUDGES, WATCHERS = 4, 21, 300
#: Turns of the contest; what is longer goes on with more drafts of each sheet.
TURNS = 440
TENTHS = 10
#: Seconds of the server's CPU in all; `./dev bench soak --length` says another. Two hours of a contest are ten minutes.
length = 600.0
#: Drafts of a judge in a second of CPU, roughly: how many the length has room for.
DRAFTS_A_SECOND = 300

MEMORY = "memory of the server, MB"
CPU = "CPU per sheet and its drafts, ms"
ACKNOWLEDGED = "acknowledgement, p50, ms"
MESSAGES = "messages to watchers, thousands"
TARGETS = (
    Target(MEMORY, 1.05, of="tenth 10", against="tenth 2"),
    Target(CPU, 1.25, of="tenth 10", against="tenth 2"),
    Target(ACKNOWLEDGED, 1.5, of="tenth 10", against="tenth 2"),
)


class Contest:
    """The server with its watchers and four panels, whose judges type, submit, and are called to the next turn."""

    def __init__(self, stack: ExitStack) -> None:
        plan = ("--rooms", str(ROOMS), "--judges", str(JUDGES), "--turns", str(TURNS))
        self.server = stack.enter_context(Server("ours", *plan))
        self.crowd = stack.enter_context(Crowd(self.server.port, WATCHERS, self.server.audience, sources=100))
        rooms = self.server.facts["rooms"]
        keys = [{"key": seat["key"]} for room in rooms for seat in room["seats"]]
        self.panel = stack.enter_context(Panel(self.server.port, keys, self.server.desk))
        self._turns = list(zip(*(room["turns"] for room in rooms), strict=True))
        self.drafts = round(length * DRAFTS_A_SECOND / (len(self._turns) * len(keys)))

    def tenth(self, number: int) -> list[float]:
        """Play a tenth of the turns; the times in ms that the sheets took."""
        size = len(self._turns) // TENTHS
        return [time for turns in self._turns[(number - 1) * size : number * size] for time in self._play(turns)]

    def _play(self, turns: tuple[int, ...]) -> list[float]:
        for turn in turns:
            self.panel.press("call", turn=turn)
        of_judge = [turn for turn in turns for _ in range(JUDGES)]
        for base in range(self.drafts):
            typed = MARKS | {"facts": str(base % 10)}
            self._all("draft", [{"turn": turn, "typed": typed, "base": base} for turn in of_judge])
        times = self._all("submit", [_sheet(turn) for turn in of_judge])
        for turn in turns:
            self.panel.press("release", turn=turn)
        return times

    def _all(self, event: str, payloads: list[dict[str, object]]) -> list[float]:
        """Every judge sends this, a few at once; the times in ms."""
        times: list[float] = []
        for place, (judge, payload) in enumerate(zip(self.panel.judges, payloads, strict=True), 1):
            judge.send(event, payload)
            while place - len(times) >= ROOMS:
                times += self._answers()
        while len(times) < len(payloads):
            times += self._answers()
        return times

    def _answers(self) -> list[float]:
        self.crowd.read(0)
        return self.panel.answers(0.01)


def _sheet(turn: int) -> dict[str, object]:
    return {"turn": turn, "typed": MARKS, "submission": secrets.token_hex(16)}


def measure() -> Figures:
    """All figures by tenth."""
    figures = no_figures()
    with ExitStack() as stack:
        contest = Contest(stack)
        for number in range(1, TENTHS + 1):
            cpu, name = contest.server.cpu(), f"tenth {number}"
            times = contest.tenth(number)
            figures[MEMORY][name].append(contest.server.memory() / 1e6)
            figures[CPU][name].append((contest.server.cpu() - cpu) / len(times) / 1e6)
            figures[ACKNOWLEDGED][name].append(statistics.median(times))
            figures[MESSAGES][name].append(contest.crowd.received / 1e3)
    return figures
