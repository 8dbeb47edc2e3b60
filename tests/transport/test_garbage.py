"""Full collections of garbage wait for a calm moment: each stands in the loop."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from scoring.transport.garbage import AT_MOST_EVERY, CALM, DUE, OVERDUE, Sweeper

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
