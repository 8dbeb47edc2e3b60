"""The revisions that the audience sees: they count the pictures it was shown, and nothing that was done behind them.

A contest's own revisions move with each check, question and release behind a board that stands still: whoever counted
them would learn of what nobody may know yet. So the pictures themselves are numbered, by the process that shows them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from scoring.board.snapshots.shared import Revised
from scoring.extensions import db
from scoring.store.steady import milliseconds, steady

Name = tuple[str, int]
Picture = TypeVar("Picture", bound=Revised)


@dataclass
class _Shown:
    """What one database's process has shown, and when it began in the installation's own milliseconds."""

    begun: int = field(default_factory=lambda: milliseconds(steady()))
    pictures: dict[Name, Any] = field(default_factory=dict)


_shown: WeakKeyDictionary[Engine, _Shown] = WeakKeyDictionary()


def numbered(name: Name, picture: Picture) -> Picture:
    """The picture with its number as its `revision`: the next one where it differs from the one before under this name.

    The first has the installation's own time in milliseconds when this run of the server showed its first, so that a
    page which followed an earlier run takes it for newer: no board changes a thousand times in a second.
    """
    if db.engine not in _shown:
        _shown[db.engine] = _Shown()
    shown, made = _shown[db.engine], cast(Any, picture)
    pictures = shown.pictures
    before = pictures.get(name)
    if before is None:
        pictures[name] = made | {"revision": shown.begun}
    elif made | {"revision": before["revision"]} != before:
        pictures[name] = made | {"revision": before["revision"] + 1}
    newest: Picture = pictures[name]
    return newest
