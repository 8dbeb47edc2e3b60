"""How long the tests wait for what should happen: as long as the machine is loaded, for only who fails waits that long.

Every limit in the tests is written for a quiet machine and lengthened here, by twice what the load is to the cores, and
threefold at least. PATIENCE in the environment says another factor.
"""

from __future__ import annotations

import os

LEAST = 3.0


def factor() -> float:
    """How much longer than on a quiet machine something may take."""
    said = os.environ.get("PATIENCE")
    return float(said) if said else max(LEAST, 2 * os.getloadavg()[0] / (os.cpu_count() or 1))


#: One for the whole run, so that limits that belong together stay together.
FACTOR = factor()


def within(seconds: float) -> float:
    """The seconds until something is missed that takes at most so many on a quiet machine."""
    return seconds * FACTOR


def milliseconds(seconds: float) -> float:
    """The same in milliseconds, as the browser counts."""
    return 1000 * within(seconds)
