"""How often somebody has tried something lately, counted by the process's own time.

So putting the server's clock right neither opens the doors to a guesser nor shuts anybody out for an hour.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from limits.storage import Storage

_SCHEME = "counted"
#: What the limiter is told to count with.
URI = f"{_SCHEME}://"


class Counted(Storage):
    """The counts of this process, by what is counted; the library's own ones in memory run by the clock on the wall."""

    STORAGE_SCHEME = [_SCHEME]  # noqa: RUF012 (as the library declares it)

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._counts: dict[str, tuple[int, float]] = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        """What can go wrong: nothing."""
        return ValueError

    def left_of(self, keys: Iterable[str]) -> dict[str, tuple[int, float]]:
        """What is counted under these keys, with the seconds that are left of each; none that is nothing."""
        now = time.monotonic()
        known = {key: self._counts[key] for key in keys if key in self._counts}
        return {key: (count, until - now) for key, (count, until) in known.items() if count > 0 and until > now}

    def go_on_with(self, counts: Mapping[str, tuple[int, float]]) -> None:
        """Count on from these, with the seconds that are left of each."""
        now = time.monotonic()
        self._counts |= {key: (count, now + seconds) for key, (count, seconds) in counts.items()}

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count once more; the first one begins `expiry` seconds after which the count begins again."""
        now = time.monotonic()
        self._counts = {kept: count for kept, count in self._counts.items() if count[1] > now}
        known, until = self._counts.get(key, (0, now + expiry))
        self._counts[key] = known + amount, until
        return known + amount

    def get(self, key: str) -> int:
        """How often."""
        known, until = self._counts.get(key, (0, 0.0))
        return known if until > time.monotonic() else 0

    def get_expiry(self, key: str) -> float:
        """When the count begins again, by the clock on the wall as the library wants it."""
        _, until = self._counts.get(key, (0, 0.0))
        return time.time() + max(0.0, until - time.monotonic())

    def check(self) -> bool:
        """Whether counting is possible."""
        return True

    def reset(self) -> int:
        """Forget everything; answers how many counts there were."""
        forgotten, self._counts = len(self._counts), {}
        return forgotten

    def clear(self, key: str) -> None:
        """Forget one count."""
        self._counts.pop(key, None)
