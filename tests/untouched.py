"""No server of the tests may find its rows changed by hand, but where a test has done so.

Whatever the product itself writes belongs to an entry of the record. What does not would be told to the desk of a real
contest as a forgery: so each story that a server plays is asked for it at the end.
"""

from __future__ import annotations

from pathlib import Path

#: Where a server of the tests keeps what it found; tests/serving.py writes it.
FOUND = "altered.txt"
#: Lies there where a test changes rows by hand, and is about something else.
BY_HAND = "by-hand"


def check(folder: Path) -> None:
    """AssertionError where the servers of this installation have found a row that nothing of the record explains."""
    lines = found(folder)
    assert (folder / BY_HAND).exists() or not lines, lines


def by_hand(folder: Path) -> None:
    """From now on rows of this installation are changed by hand."""
    (folder / BY_HAND).touch()


def found(folder: Path) -> list[str]:
    """What they have found since this was asked last."""
    kept = folder / FOUND
    lines = kept.read_text().splitlines() if kept.exists() else []
    kept.unlink(missing_ok=True)
    return lines
