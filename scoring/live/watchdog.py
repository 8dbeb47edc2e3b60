"""The watchdog: names whatever holds the loop for longer than the judges may wait for it.

What counts is the CPU that one piece of work takes between two switches, not the time on the wall: on a loaded machine
everything takes longer, and that is nobody's fault. Each switch of the loop is looked at, for half a microsecond; a
thread of its own looks now and then at what is standing there, so that long work is known by its stack as well.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gevent import get_hub
from greenlet import getcurrent, settrace

#: Seconds of CPU that nothing may take in one piece.
LIMIT = 0.005
#: Seconds between two looks of the thread. Each costs the loop a turn of the interpreter's lock.
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
    """Watches the loop of the thread that starts it."""

    #: Called in the loop with all that stands there.
    tell: Callable[[Stood], None] | None = None
    looks_every = LOOKS_EVERY

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.counts: dict[str, Count] = {}
        self._over = threading.Event()
        self._turn, self._cpu = 0, 0.0
        self._seen: tuple[int, str] = (0, "")

    def start(self) -> None:
        """Watch from now on."""
        self._hub, me = get_hub(), threading.get_ident()
        self._cpu = time.thread_time()
        settrace(self._switched)
        clock = time.pthread_getcpuclockid(me)
        threading.Thread(target=self._look_on, args=(me, clock), name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Watch no more."""
        settrace(None)
        self._over.set()

    def _switched(self, _event: str, greenlets: tuple[Any, Any]) -> None:
        cpu = time.thread_time()
        stood = cpu - self._cpu
        if stood > LIMIT and greenlets[0] is not self._hub:
            self._note(greenlets[0], stood)
            cpu = time.thread_time()
        self._cpu = cpu
        self._turn += 1

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

    def _look_on(self, thread: int, clock: int) -> None:
        while not self._over.wait(self.looks_every):
            turn, cpu = self._turn, self._cpu
            if self._seen[0] != turn and time.clock_gettime(clock) - cpu > LIMIT:
                self._seen = turn, _stack(sys._current_frames().get(thread))


def _stack(frame: Any) -> str:
    """The innermost frames, as a traceback shows them."""
    return "".join(traceback.format_stack(frame, FRAMES)) if frame is not None else "  (it has ended)\n"


def doing(work: str) -> None:
    """Say what the greenlet that calls this does from now on, in a word that names the kind and nobody's secrets."""
    getcurrent().work = work
