"""The body of a request, which must come within a time that grows with its size: one byte a second holds no place."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from typing import Any

import gevent
from gevent.pywsgi import Input

#: Seconds for any body, bytes that must come in each further second, seconds for one whose length is not told.
BODY_WITHIN, BODY_A_SECOND, UNTOLD_WITHIN = 10.0, 16_384, 60.0


class Body(Input):
    """What is read of a request's body; where it does not come in time the connection counts as broken off."""

    def __init__(self, rfile: Any, content_length: int | None, **named: Any) -> None:
        """As gevent's; `left` are the seconds that may still be waited for it."""
        super().__init__(rfile, content_length, **named)
        self.left = UNTOLD_WITHIN if content_length is None else BODY_WITHIN + content_length / BODY_A_SECOND

    def read(self, length: int | None = None) -> Any:
        """So many bytes, or all. Raises ConnectionResetError."""
        return self._in_time(super().read, length)

    def readline(self, size: int | None = None) -> Any:
        """One line. Raises ConnectionResetError."""
        return self._in_time(super().readline, size)

    def _in_time(self, read: Callable[[int | None], Any], length: int | None) -> Any:
        begun = time.monotonic()
        try:
            with gevent.Timeout(max(self.left, 0), ConnectionResetError(errno.ECONNRESET, "too slow")):
                return read(length)
        finally:
            self.left -= time.monotonic() - begun
