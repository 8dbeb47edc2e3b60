"""Growth: what one sheet costs in an installation with ten thousand turns stored, and in the largest contest seen."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial

from tests.bench.figures import Figures, Target, no_figures
from tests.bench.sheets import Stand

JUDGES, ROUNDS, WARM_UP = 7, 6, 2
FEW, MANY, LARGEST = 40, 10_000, 456  # turns; the last is of one contest, domain: sizes to plan for

CPU = "CPU per sheet with many turns stored, µs"
TARGETS = (
    Target(CPU, 1.5, of=f"{MANY} turns", against=f"{FEW} turns"),
    Target(CPU, 1.5, of=f"{LARGEST} in one", against=f"{FEW} turns"),
)


def _plan(turns: int, others: int) -> tuple[str, ...]:
    waiting = WARM_UP + ROUNDS + 1
    sizes = {"--judges": JUDGES, "--turns": turns, "--released": turns - waiting, "--others": others}
    return tuple(str(word) for pair in sizes.items() for word in pair)


PLANS = {
    f"{FEW} turns": _plan(FEW, 0),
    f"{MANY} turns": _plan(FEW, MANY - FEW),
    f"{LARGEST} in one": _plan(LARGEST, 0),
}


def measure() -> Figures:
    """The CPU per sheet, one after the other, by what is stored and round; all but the last turns are released."""
    figures = no_figures()
    with ExitStack() as stack:
        stands: dict[str, Stand] = {}
        for name, plan in PLANS.items():
            stands[name] = Stand(stack, stands, "ours", *plan)
        for number in range(WARM_UP + ROUNDS):
            for name, stand in stands.items():
                stand.call()
                _, cpu = stand.cpu_of(partial(stand.panel.serially, stand.sheet))
                if number >= WARM_UP:
                    figures[CPU][name].append(cpu)
    return figures
