"""Rows of the audience's pages, made once for each content and language: a change costs the rows that it changes."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from markupsafe import Markup

from scoring.language import chosen

#: The largest contest seen has 456 entrants; several of them, in two languages and on several pages.
MOST_KEPT = 8192
#: What tells the place of a row among the others.
PLACE = ("rank", "shared", "award")


@dataclass
class Kept:
    """What was made, by what rows hold, and by the rows themselves: those are held, so that none takes their place."""

    alike: OrderedDict[tuple[Any, ...], Markup] = field(default_factory=OrderedDict)
    very_same: dict[tuple[Any, ...], tuple[Any, Markup]] = field(default_factory=dict)

    def forget(self) -> None:
        """Let go of what was not asked for the longest."""
        while len(self.alike) > MOST_KEPT:
            self.alike.popitem(last=False)
        while len(self.very_same) > MOST_KEPT:
            del self.very_same[next(iter(self.very_same))]


def once(macro: Callable[..., Markup], data: Any, *name: object) -> Markup:
    """What the template's macro makes of the row and its name, as made before if both are the same.

    The macro depends on the row, the language and nothing else; its template and name tell it from others. One that is
    not told the row's name says nothing of its place either: others that come before it change nothing. The very same
    row, which snapshots share as long as nothing of it changes, is not even compared.
    """
    kept: Kept = current_app.extensions.setdefault("kept_rows", Kept())
    place = chosen(), _place(macro), name
    found = kept.very_same.get((*place, id(data)))
    if found is not None and found[0] is data:
        return found[1]
    told = data if name else {part: value for part, value in data.items() if part not in PLACE}
    key = (*place, json.dumps(told, sort_keys=True))
    made = kept.alike.get(key)
    if made is None:
        made = kept.alike[key] = macro(told, *name)
    kept.alike.move_to_end(key)
    kept.very_same[*place, id(data)] = data, made
    kept.forget()
    return made


def _place(macro: Any) -> str:
    """The template and the name of a macro."""
    code = macro._func.__code__
    return f"{code.co_filename}:{macro.name}"
