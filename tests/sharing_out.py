"""In which order several workers run the tests: those that wait run beside those that reckon, and the last are cheap.

A browser's test waits for half of its time. Where all workers began with these, the processors stood idle for half of
that while; every second worker begins with cheap ones. pytest-xdist gives each worker one stretch of the list, of as
many tests as any other, and hands on from the ends of stretches. In the order of the alphabet one stretch has most
browsers, and a test of half a minute may come last.
"""

from __future__ import annotations

from itertools import groupby

#: Folders whose tests have browsers or servers of their own: they take seconds, others hundredths of one.
DEAR = tuple(f"tests/{name}/" for name in ("browser", "faults", "attacks", "live", "transport"))


def shared_out(tests: list[str], workers: int) -> list[str]:
    """These tests, named as pytest names them, in an order that so many workers share; files stay together."""
    files = [list(names) for _, names in groupby(tests, key=lambda name: name.partition("::")[0])]
    dear = [names for names in files if names[0].startswith(DEAR)]
    cheap = [name for names in files if not names[0].startswith(DEAR) for name in names]
    order: list[str] = []
    for worker in range(workers):
        begun = [name for names in dear[worker::workers] for name in names]
        end = len(tests) * (worker + 1) // workers
        room = max(end - len(order) - len(begun), 0)
        first = room // 2 if worker % 2 else 0
        order += [*cheap[:first], *begun, *cheap[first:room]]
        cheap = cheap[room:]
    return order + cheap
