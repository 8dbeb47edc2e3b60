"""Full collections of garbage wait for a calm moment: each stands in the loop."""

from __future__ import annotations

import gc
import time
import weakref
from collections.abc import Iterator

import pytest

from scoring.transport.garbage import ALL_AT_MOST_EVERY, AT_MOST_EVERY, CALM, DESERTED, DUE, OVERDUE, Sweeper

NOW = 1000.0


@pytest.fixture
def full() -> Iterator[list[str]]:
    """A sign for each full collection."""
    found: list[str] = []

    def note(phase: str, about: dict[str, int]) -> None:
        if phase == "stop" and about["generation"] == 2:
            found.append("collected")

    gc.collect()
    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)
    gc.unfreeze()


def grow(kept: list[object], younger_collections: int) -> None:
    """Make as much as makes so many younger collections, none of it garbage."""
    before = gc.get_count()[2]
    while before <= gc.get_count()[2] < before + younger_collections:
        kept.append([])


def test_a_full_collection_waits_until_nobody_marks_and_then_comes_once_in_a_while(full: list[str]) -> None:
    kept: list[object] = []
    heard_at = NOW
    sweeper = Sweeper(lambda: heard_at)
    sweeper.start()
    try:
        grow(kept, DUE * 3)
        sweeper.look(NOW + CALM / 2)
        assert full == [], "amid the marking"
        sweeper.look(NOW + CALM)
        assert full == ["collected"]
        grow(kept, DUE)
        sweeper.look(NOW + CALM + AT_MOST_EVERY / 2)
        assert full == ["collected"], "so soon again"
        grow(kept, OVERDUE)
        heard_at = NOW + AT_MOST_EVERY
        sweeper.look(heard_at)
        assert full == ["collected"] * 2, "where it is never calm"
    finally:
        sweeper.stop()


class Ring:
    """Garbage that only a collection finds, once nobody holds it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_a_collection_has_left_is_looked_at_again_where_nobody_has_sent_anything_for_minutes(
    full: list[str],
) -> None:
    kept: list[object] = []
    held = Ring()
    seen = weakref.ref(held)
    sweeper = Sweeper(lambda: NOW)
    sweeper.start()
    try:
        grow(kept, DUE)
        sweeper.look(NOW + CALM)
        assert gc.get_freeze_count() > DUE * 7000, "left out of the next ones"
        del held
        grow(kept, DUE)
        sweeper.look(NOW + CALM + AT_MOST_EVERY)
        assert seen() is not None
        sweeper.look(time.monotonic() + ALL_AT_MOST_EVERY + NOW + DESERTED)
        assert seen() is None
        assert full == ["collected"] * 3
    finally:
        sweeper.stop()
