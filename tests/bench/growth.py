"""Growth: what one sheet costs when ten thousand turns are stored, against forty."""

from __future__ import annotations

from contextlib import ExitStack

from tests.bench.figures import Figures, Target, no_figures
from tests.bench.sheets import ANSWER_PINGS, Stand

JUDGES, ROUNDS, WARM_UP = 7, 6, 2
FEW, MANY = 40, 10_000

CPU = "CPU per sheet with many turns stored, µs"
TARGETS = (Target(CPU, 1.5, of="10000 turns", against="40 turns"),)


def measure() -> Figures:
    """The CPU per sheet by number of turns and round; all but the last turns are released."""
    figures = no_figures()
    with ExitStack() as stack:
        stands = {f"{turns} turns": Stand(stack, "ours", *_plan(turns)) for turns in (FEW, MANY)}
        for number in range(WARM_UP + ROUNDS):
            for name, stand in stands.items():
                stand.call()
                _, cpu = stand.cpu_of(lambda stand=stand: stand.panel.serially(stand.sheet))
                for waiting in stands.values():
                    waiting.panel.settle(ANSWER_PINGS)
                if number >= WARM_UP:
                    figures[CPU][name].append(cpu)
    return figures


def _plan(turns: int) -> tuple[str, ...]:
    waiting = WARM_UP + ROUNDS + 1
    return ("--judges", str(JUDGES), "--turns", str(turns), "--released", str(turns - waiting))
