"""Beside the judges: how soon a sheet is acknowledged while pages, files, lists, passwords and crowds are served."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Any

from tests.bench.beside_load import KINDS
from tests.bench.figures import Figures, Target, no_figures, percentile
from tests.bench.flood import sheet
from tests.bench.panel import Panel
from tests.bench.servers import ROOT, Server

ROOMS, JUDGES, RELEASED = 4, 21, 256
ROUNDS, RATE = 4, 40  # RATE: sheets a second
#: Seconds for which a load is on before the first sheet; the storm begins with it.
BEGINS = 1.0
#: Seconds that a load may take to begin, and to say what it has done.
PATIENCE, ENDS = 60.0, 3.0
STORM = "storm"
MOST = {STORM: 5.0}
QUIET = "acknowledgement, quiet, p99, ms"
GREETED = "three thousand watchers are in, s"


def acknowledged(kind: str) -> str:
    """The name of the figure."""
    return f"acknowledgement beside {kind}, p99, ms"


def before(kind: str) -> str:
    """The name of the quiet figure of the same round, measured just before."""
    return f"acknowledgement before {kind}, p99, ms"


TARGETS = (
    *(Target(acknowledged(kind), MOST.get(kind, 1.5), to=before(kind)) for kind in KINDS),
    Target(GREETED, 5.0),
)


@contextmanager
def load(kind: str, facts: dict[str, Any], panel: Panel) -> Iterator[dict[str, float]]:
    """While this goes on; what it has done is in the dictionary afterwards. The panel answers pings meanwhile."""
    command = [sys.executable, "-m", "tests.bench.beside_load", kind]
    told: dict[str, float] = {}
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(facts) + "\n")
    process.stdin.flush()
    try:
        heard(process.stdout, panel, PATIENCE)
        panel.settle(0.0 if kind == STORM else BEGINS)
        yield told
    finally:
        process.stdin.close()
        told |= json.loads(heard(process.stdout, panel, ENDS) or "{}")
        process.kill()
        process.wait()
        process.stdout.close()


def heard(said: IO[str], panel: Panel, patience: float) -> str:
    """The next line, while the panel goes on; empty if none comes in time."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if select.select([said], [], [], 0)[0]:
            return said.readline()
        panel.settle(0.1)
    return ""


class Hall:
    """The server with four panels, and their turns one after the other."""

    def __init__(self, stack: ExitStack) -> None:
        turns = RELEASED + ROOMS * (2 * len(KINDS) * ROUNDS + 1)
        plan = {"--rooms": ROOMS, "--judges": JUDGES, "--turns": turns, "--released": RELEASED, "--lists": 2 * ROUNDS}
        self.server = stack.enter_context(Server("ours", *(str(word) for pair in plan.items() for word in pair)))
        self._rooms = self.server.facts["rooms"]
        keys = [{"key": seat["key"]} for room in self._rooms for seat in room["seats"]]
        self.panel = stack.enter_context(Panel(self.server.port, keys, self.server.desk))
        self._turns = zip(*(room["turns"] for room in self._rooms), strict=True)
        self._open: tuple[int, ...] = ()

    def call(self) -> list[int]:
        """Have the next turn of every room called, after the ones before are released; the turn of each judge."""
        for turn in self._open:
            self.panel.press("release", turn=turn)
        self._open = next(self._turns)
        for turn in self._open:
            self.panel.press("call", turn=turn)
        self.panel.settle(1.0)
        return [turn for turn in self._open for _ in range(JUDGES)]

    def play(self, turns: list[int]) -> list[float]:
        """Every judge submits a sheet at the hall's pace, the rooms by turns; the times in ms."""
        places = [sent % ROOMS * JUDGES + sent // ROOMS for sent in range(len(turns))]
        return self.panel.at_pace([(place, sheet(turns[place])) for place in places], RATE)


def measure() -> Figures:
    """All figures by name and round; each load just after a quiet turn of the same panels."""
    figures = no_figures()
    with ExitStack() as stack:
        hall = Hall(stack)
        hall.play(hall.call())
        facts, lists = dict(hall.server.facts), list(hall.server.facts["lists"])
        for _ in range(ROUNDS):
            facts["lists"], lists = lists[:2], lists[2:]
            quiet: list[float] = []
            for kind in KINDS:
                before_it = hall.play(hall.call())
                turns = hall.call()
                with load(kind, facts, hall.panel) as told:
                    times = hall.play(turns)
                    hall.panel.settle(8.0 if kind == STORM else 0.5)
                quiet += before_it
                figures[before(kind)]["ours"].append(percentile(before_it, 99))
                figures[acknowledged(kind)]["ours"].append(percentile(times, 99))
                if kind == STORM:
                    figures[GREETED]["ours"].append(told.get("arrived", 0.0) if told.get("groups") else 99.0)
            figures[QUIET]["ours"].append(percentile(quiet, 99))
    return figures
