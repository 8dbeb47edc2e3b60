"""Tells apart, within the server under measurement, where the CPU of a page or a release goes.

The product knows nothing of it: functions are wrapped in the bench's process only. While they are clocked each call
costs a few µs, which at hundreds of turns is a fifth of a release: what a release or a page costs in all is measured
without.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask, render_template, request
from gevent.local import local
from greenlet import getcurrent, gettrace, settrace

from scoring.audience.compression import encoded
from scoring.board.reading.core import core_of
from scoring.board.reading.facts import outcome_at, outcome_of
from scoring.board.reading.frames import frame_of
from scoring.board.reading.ranked import rankings
from scoring.board.views.audience import audience_of
from scoring.board.views.desk import desk
from scoring.board.views.standings import standing_score
from scoring.live.deltas import difference
from scoring.live.shows import greet
from scoring.store.writer import Order

ADDRESS = "/_stages"
READING, RULES, VIEW, TEMPLATE, COMPRESSION = "reading", "rules", "view", "template", "compression"
VERB, DIFFERENCE, GREETING = "verb", "difference", "greeting"
#: What each function's own time counts as; what it calls counts as its own stage where it has one.
STAGES: tuple[tuple[Callable[..., Any], str], ...] = (
    (core_of, READING),
    (frame_of, READING),
    (outcome_of, RULES),
    (outcome_at, RULES),
    (rankings, RULES),
    (standing_score, RULES),
    (audience_of, VIEW),
    (desk, VIEW),
    (render_template, TEMPLATE),
    (encoded, COMPRESSION),
    (difference, DIFFERENCE),
    (greet, GREETING),
)


class OwnTime:
    """The CPU that the greenlet that asks has used: what others do while it waits or gives way is not its own."""

    def __init__(self) -> None:
        self._used: WeakKeyDictionary[Any, int] = WeakKeyDictionary()
        self._began: int | None = None
        self._watchdog: Any = None

    def __call__(self) -> int:
        """Nanoseconds of CPU, to be compared with those that the same greenlet, or the same thread, was told before."""
        if threading.get_ident() != threading.main_thread().ident:
            return time.thread_time_ns()
        if self._began is None:
            self._follow()
        return self._used.get(getcurrent(), 0) + time.thread_time_ns() - (self._began or 0)

    def stop(self) -> None:
        """Follow the greenlets no more, until somebody asks again."""
        if self._began is not None:
            settrace(self._watchdog)
            self._began = None

    def _follow(self) -> None:
        self._watchdog = watchdog = gettrace()
        self._began = time.thread_time_ns()

        def switched(event: str, greenlets: tuple[Any, Any]) -> None:
            now = time.thread_time_ns()
            self._used[greenlets[0]] = self._used.get(greenlets[0], 0) + now - (self._began or 0)
            self._began = now
            if watchdog:
                watchdog(event, greenlets)

        settrace(switched)


class Clock(local):
    """One greenlet's or thread's: which stage is at work, and since when."""

    def __init__(self) -> None:
        self.stack: list[str] = []
        self.since = 0


class Stages:
    """The CPU of each stage in nanoseconds: its own, and that with all that it called."""

    def __init__(self) -> None:
        self.own: Counter[str] = Counter()
        self.whole: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self._counting, self._clock, self._used = False, Clock(), OwnTime()

    def clocked(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """The function, its time told to the stage."""

        @wraps(function)
        def run(*args: Any, **named: Any) -> Any:
            if not self._counting:
                return function(*args, **named)
            clock, start = self._clock, self._used()
            self._charge(start)
            clock.stack.append(stage)
            try:
                return function(*args, **named)
            finally:
                end = self._used()
                self._charge(end)
                clock.stack.pop()
                self.whole[stage] += end - start
                self.calls[stage] += 1

        return run

    def _charge(self, now: int) -> None:
        clock = self._clock
        if clock.stack:
            self.own[clock.stack[-1]] += now - clock.since
        clock.since = now

    def told(self) -> dict[str, Any]:
        """What was counted since it was asked last; `?counting=1` has it counted from now on, else no more."""
        said = {"own": dict(self.own), "whole": dict(self.whole), "calls": dict(self.calls)}
        for counter in (self.own, self.whole, self.calls):
            counter.clear()
        self._counting = request.args.get("counting") == "1"
        if not self._counting:
            self._used.stop()
        return said


def watch(app: Flask) -> None:
    """Wrap the functions wherever they are known by name, and let the driver ask at ADDRESS."""
    stages = Stages()
    for function, stage in STAGES:
        _everywhere(function, stages.clocked(function, stage))
    Order.run = stages.clocked(Order.run, VERB)  # type: ignore[method-assign]
    app.add_url_rule(ADDRESS, view_func=stages.told, endpoint="bench_stages")


def _everywhere(function: Callable[..., Any], clocked: Callable[..., Any]) -> None:
    named = function.__name__
    for name, module in list(sys.modules.items()):
        if name.startswith("scoring") and getattr(module, named, None) is function:
            setattr(module, named, clocked)
