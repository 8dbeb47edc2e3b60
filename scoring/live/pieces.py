"""Pieces: a picture of hundreds of turns is written as JSON without writing again what has not changed in it.

Python's writer of JSON holds the interpreter to its end: 13 ms for the desk of 250 turns, in which nobody is served and
no commit comes back. What a board keeps from one revision to the next are the very same objects.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from scoring.loop.stepping_aside import give_way

#: Items from which on a list is kept by its items.
LONG = 20


class Pieces:
    """What was written last, by the objects it was written of."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[int, tuple[Any, str]] = {}

    def written(self, picture: Mapping[str, Any]) -> str:
        """The picture as JSON, the same as in one piece; gives way between two items."""
        before, self._kept = self._kept, {}
        return "{" + ",".join(f"{_text(name)}:{self._value(value, before)}" for name, value in picture.items()) + "}"

    def _value(self, value: Any, before: dict[int, tuple[Any, str]]) -> str:
        if not isinstance(value, list) or len(value) < LONG:
            return _text(value)
        return "[" + ",".join(self._item(item, before) for item in value) + "]"

    def _item(self, item: Any, before: dict[int, tuple[Any, str]]) -> str:
        found = before.get(id(item))
        if found is None or found[0] is not item:
            give_way()
            found = item, _text(item)
        self._kept[id(item)] = found  # with the object, or its number might be another one's by the next time
        return found[1]


def _text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
