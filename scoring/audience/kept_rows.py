"""Rows of the audience's pages, made once for each content and language: a change costs the rows that it changes."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from flask import current_app
from markupsafe import Markup

from scoring.language import chosen

#: The largest contest seen has 456 entrants; several of them, in two languages and on several pages.
MOST_KEPT = 8192
#: What tells the place of a row among the others.
PLACE = ("rank", "shared", "award")
Key = tuple[str, str, str]


def once(macro: Callable[..., Markup], data: Any, *name: object) -> Markup:
    """What the template's macro makes of the row and its name, as made before if both are the same.

    The macro depends on the row, the language and nothing else; its template and name tell it from others. One that is
    not told the row's name says nothing of its place either: others that come before it change nothing.
    """
    rows: OrderedDict[Key, Markup] = current_app.extensions.setdefault("kept_rows", OrderedDict())
    told = data if name else {part: value for part, value in data.items() if part not in PLACE}
    key = chosen(), f"{_place(macro)} {name}", json.dumps(told, sort_keys=True)
    made = rows.get(key)
    if made is None:
        made = rows[key] = macro(told, *name)
    rows.move_to_end(key)
    if len(rows) > MOST_KEPT:
        rows.popitem(last=False)
    return made


def _place(macro: Any) -> str:
    """The template and the name of a macro."""
    code = macro._func.__code__
    return f"{code.co_filename}:{macro.name}"
