"""What all workers of a run begin with is made by one of them, whole or not at all."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from tests.made_once import made_once
from tests.processes import forked


def make(folder: Path) -> None:
    """Leave a file whose name nobody else would give it."""
    (folder / secrets.token_hex(8)).touch()


def say_what_was_made(name: str) -> None:
    """A worker that needs it."""
    print(*sorted(each.name for each in made_once(name, make).iterdir()), flush=True)


def test_workers_that_need_it_at_once_get_what_one_of_them_made() -> None:
    name = f"tried-{secrets.token_hex(4)}"
    workers = [forked(say_what_was_made, name) for _ in range(3)]
    said = []
    for process, lines in workers:
        with lines:
            said.append(lines.read())
        process.join()
    assert said == [said[0]] * 3
    assert len(said[0].split()) == 1


def test_what_failed_in_the_making_is_made_anew() -> None:
    name = f"tried-{secrets.token_hex(4)}"

    def fail(folder: Path) -> None:
        make(folder)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        made_once(name, fail)
    assert len(list(made_once(name, make).iterdir())) == 1
