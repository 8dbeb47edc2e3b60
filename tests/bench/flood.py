"""A flood: how soon a sheet is acknowledged, and how soon /healthz answers, while fifty strangers send without end."""

from __future__ import annotations

import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.bench.figures import Figures, Target, no_figures, percentile
from tests.bench.flooding import KINDS
from tests.bench.hall_plan import MARKS
from tests.bench.panel import Panel
from tests.bench.servers import ROOT, Server

JUDGES, RATE, ROUNDS = 21, 20, 3  # RATE: sheets a second
#: Seconds of a flood before the first sheet, and at most.
BEGINS, LASTS = 0.5, 20.0
QUIET = "acknowledgement, quiet, p99, ms"
HEALTH = "/healthz in the worst flood, ms"


def acknowledged(kind: str) -> str:
    """The name of the figure."""
    return f"acknowledgement amid {kind}, p99, ms"


TARGETS = (*(Target(acknowledged(kind), 3.0, to=QUIET) for kind in KINDS), Target(HEALTH, 1000.0))


@contextmanager
def flooded(kind: str, server: Server) -> Iterator[None]:
    """While the flood goes on; the floods' process ends with it, and by itself after `LASTS` seconds."""
    command = [sys.executable, "-m", "tests.bench.flooding", kind, str(server.port)]
    process = subprocess.Popen([*command, server.facts["contest"]["slug"], str(LASTS)], cwd=ROOT)
    try:
        time.sleep(BEGINS)
        yield
    finally:
        process.terminate()
        process.wait()


def sheets(panel: Panel, turn: int) -> list[float]:
    """Every judge submits a sheet at the hall's pace; the times in ms."""
    return panel.at_pace([(place, sheet(turn)) for place in range(JUDGES)], RATE)


def sheet(turn: int) -> dict[str, object]:
    """A sheet of the turn, submitted for the first time."""
    return {"turn": turn, "typed": MARKS, "submission": secrets.token_hex(16)}


def health(server: Server) -> float:
    """The time in ms that the server takes to say how it is."""
    start = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/healthz", timeout=30) as answer:
        answer.read()
    return (time.perf_counter() - start) * 1000


def measure() -> Figures:
    """All figures by name and round; each flood between two quiet turns of the same panel."""
    figures = no_figures()
    plan = ("--rooms", "1", "--judges", str(JUDGES), "--turns", str((ROUNDS + 1) * (len(KINDS) + 1) * 2))
    with ExitStack() as stack:
        server = stack.enter_context(Server("ours", *plan))
        room = server.facts["rooms"][0]
        panel = stack.enter_context(Panel(server.port, [{"key": seat["key"]} for seat in room["seats"]], server.desk))
        turns = iter(room["turns"])

        def play() -> list[float]:
            turn = next(turns)
            panel.press("call", turn=turn, leave_open=True)
            times = sheets(panel, turn)
            panel.settle(0.3)
            return times

        play()
        for _ in range(ROUNDS):
            quiet, slowest = play(), 0.0
            for kind in KINDS:
                with flooded(kind, server):
                    figures[acknowledged(kind)]["ours"].append(percentile(play(), 99))
                    slowest = max(slowest, health(server))
                panel.settle(1.0)
                quiet += play()
            figures[QUIET]["ours"].append(percentile(quiet, 99))
            figures[HEALTH]["ours"].append(slowest)
    return figures
