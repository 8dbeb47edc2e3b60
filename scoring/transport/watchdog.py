"""The watchdog: names whatever holds the loop for longer than the judges may wait for it.

What counts is the CPU that one piece of work takes between two switches, not the time on the wall: on a loaded machine
everything takes longer, and that is nobody's fault. Each switch of the loop is looked at, for half a microsecond: by
the clock on the wall, which is cheap to read, and by the CPU's, a call to the kernel, once a millisecond at most. A
timer that runs by the CPU that is used, and rests while nothing is, looks at what is standing there, so that long work
is known by its stack as well. (A thread that looked by the clock on the wall took half of what an idle server takes.)
"""

from __future__ import annotations

import logging
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from gevent import get_hub
from greenlet import getcurrent, settrace

#: Seconds of CPU that nothing may take in one piece.
LIMIT = 0.005
#: Seconds on the wall for which the CPU that was read last is good enough. What is told is too little by that at most.
STALE = 0.001
#: Seconds of the process's CPU between two looks at the stack.
LOOKS_EVERY = 0.02
#: Seconds for which the same work is not named in the log again.
QUIET = 60.0
#: Frames of a stack that are kept, the innermost ones.
FRAMES = 25
UNNAMED = "unnamed"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stood:
    """One piece of work that stood in the loop: what it was, its seconds of CPU, and where if that is known."""

    work: str
    seconds: float
    stack: str


@dataclass
class Count:
    """What one kind of work has cost the others since the start: how often it stood, and seconds in all and at most."""

    times: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    said_at: float = float("-inf")
    unsaid: int = 0

    def add(self, seconds: float) -> None:
        """It stood once more."""
        self.times += 1
        self.seconds += seconds
        self.longest = max(self.longest, seconds)


class Watchdog:
    """Watches the loop of the process's main thread, which starts it."""

    #: Called in the loop with all that stands there.
    tell: Callable[[Stood], None] | None = None
    looks_every = LOOKS_EVERY

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.counts: dict[str, Count] = {}
        self._turn, self._cpu, self._read_at, self._began = 0, 0.0, 0.0, 0.0
        self._seen: tuple[int, str] = (0, "")

    def start(self) -> None:
        """Watch from now on."""
        self._hub = get_hub()
        self._began = time.monotonic()
        self._read(self._began)
        settrace(self._switched)
        signal.signal(signal.SIGPROF, self._look)
        signal.siginterrupt(signal.SIGPROF, False)
        signal.setitimer(signal.ITIMER_PROF, self.looks_every, self.looks_every)

    def stop(self) -> None:
        """Watch no more."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_IGN)  # one may be under way
        settrace(None)

    def _switched(self, _event: str, greenlets: tuple[Any, Any]) -> None:
        now = time.monotonic()
        if now - self._read_at > STALE:
            stood = self._stood()
            if stood > LIMIT and greenlets[0] is not self._hub:
                self._note(greenlets[0], stood)
            self._read(now)
        self._began = now
        self._turn += 1

    def _read(self, now: float) -> None:
        self._cpu, self._read_at = time.thread_time(), now

    def _stood(self) -> float:
        """Seconds of CPU since the last switch, at least: before it no more can have been used than time went by."""
        return time.thread_time() - self._cpu - (self._began - self._read_at)

    def _note(self, who: Any, seconds: float) -> None:
        turn, stack = self._seen
        found = Stood(getattr(who, "work", UNNAMED), seconds, stack if turn == self._turn else _stack(who.gr_frame))
        count = self.counts.setdefault(found.work, Count())
        count.add(seconds)
        self._say(found, count)
        if self.tell:
            self.tell(found)

    def _say(self, found: Stood, count: Count) -> None:
        """Log it, the same work once a minute."""
        if time.monotonic() < count.said_at + QUIET:
            count.unsaid += 1
            return
        before = f" (and {count.unsaid} times since it was said last)" if count.unsaid else ""
        count.said_at, count.unsaid = time.monotonic(), 0
        log.warning("%s stood in the loop for %.0f ms%s\n%s", found.work, found.seconds * 1000, before, found.stack)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        if self._seen[0] != self._turn and self._stood() > LIMIT:
            self._seen = self._turn, _stack(frame)


def _stack(frame: Any) -> str:
    """The innermost frames, as a traceback shows them."""
    return "".join(traceback.format_stack(frame, FRAMES)) if frame is not None else "  (it has ended)\n"


def doing(work: str) -> None:
    """Say what the greenlet that calls this does from now on, in a word that names the kind and nobody's secrets."""
    getcurrent().work = work
