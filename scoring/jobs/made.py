"""What a job answers: a file to take away, or a change that is ready to be written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: Told how many of how many steps are done.
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """A file: its name, its kind as HTTP names it, and what is in it. Without a name it is a change, see staging."""

    name: str
    mimetype: str
    content: bytes
