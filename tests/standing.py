"""What may stand in the loop of a server under test, in seconds of CPU, and what is known to stand longer.

The watchdog in the server names everything over five milliseconds (tests/serving.py has it written down); whoever ends
a server of the tests asks here. CPU is what is measured, so that a loaded machine fails nothing; it shares its caches
and its cores' halves all the same, and everything is slower the first time.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from scoring.transport.watchdog import LIMIT
from tests.patience import FACTOR

#: How much slower a crowded machine may be: whoever shares a core with others finds its caches cold at each turn, and
#: the machines themselves differ by two.
CROWDED = max(8.0, FACTOR)
#: What stands longer than it should, and how long at most: each line is work left to do, none may be added.
KNOWN = {
    r"broadcast": 0.3,
    r"greeting in /(judge|desk|audience)": 0.3,
    r"sync in /(audience|desk)": 0.3,
    r"a request|(GET|HEAD|POST) /.*": 2.0,
}


def check(folder: Path) -> None:
    """AssertionError with the stack of whatever stood for too long in the servers of this installation."""
    kept = folder / "stood.jsonl"
    if not kept.exists():
        return
    lines = kept.read_text().splitlines()
    kept.unlink()
    too_long = [stood for stood in map(json.loads, lines) if stood[1] > _most(stood[0])]
    told = [f"{work} stood in the loop for {seconds * 1000:.1f} ms\n{stack}" for work, seconds, stack in too_long]
    assert not told, "\n".join(told)


def _most(work: str) -> float:
    return next((most for known, most in KNOWN.items() if re.fullmatch(known, work)), LIMIT * CROWDED)
