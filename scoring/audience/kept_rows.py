"""Rows of the audience's pages, made once for each content and language: a change costs the rows that it changes."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from scoring.pages.language import chosen
from scoring.services import Service

#: Parts of rows. The largest contest seen has 456 entrants; several of them, in two languages and on several pages.
MOST_KEPT = 16384
Macro = Callable[..., Markup]
Key = tuple[Any, ...]
_INDENTED = re.compile(r"\s*\n\s*")


@dataclass
class Kept:
    """What was made, by what rows hold, and by the rows themselves: those are held, so that none takes their place."""

    alike: OrderedDict[Key, Markup] = field(default_factory=OrderedDict)
    very_same: OrderedDict[Key, tuple[Any, Markup]] = field(default_factory=OrderedDict)

    def by_content(self, key: Key, make: Callable[[], Markup]) -> Markup:
        """What was made under this key, which says all that it is made of."""
        made = self.alike.get(key)
        if made is None:
            made = self.alike[key] = make()
            _forget(self.alike)
        else:
            self.alike.move_to_end(key)
        return made

    def by_identity(self, name: Key, same: Any, make: Callable[[], Markup]) -> Markup:
        """What was made under this name of the very same object."""
        key = (*name, id(same))
        found = self.very_same.get(key)
        if found is not None and found[0] is same:
            self.very_same.move_to_end(key)
            return found[1]
        made = make()
        self.very_same[key] = same, made
        _forget(self.very_same)
        return made


def _forget(kept: OrderedDict[Key, Any]) -> None:
    """Let go of what was not asked for the longest."""
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)


def _narrow(made: Markup) -> Markup:
    """Without what indents its lines: a third of a long page, which is read, sent and compressed again and again."""
    return Markup(_INDENTED.sub("\n", made))


KEPT: Service[Kept] = Service("kept_rows", Kept)


class Rows:
    """What one page's templates ask for rows: each macro depends on the row, the language and nothing else."""

    def __init__(self) -> None:
        """For the page that is being made, in its language."""
        self._kept = KEPT.of()
        self._language = chosen()

    def alike(self, macro: Macro, data: Any, *name: object) -> Markup:
        """What the template's macro makes of the row and its name, made once for rows that hold the same."""
        name_of = (*self._named(macro), *name)

        def make() -> Markup:
            key = (*name_of, json.dumps(data, sort_keys=True))
            return self._kept.by_content(key, lambda: macro(data, *name))

        return self._kept.by_identity(name_of, data, make)

    def same(self, macro: Macro, data: Any, *name: object) -> Markup:
        """The same, made once for the very same row, which snapshots share as long as nothing of it changes."""
        return self._kept.by_identity((*self._named(macro), *name), data, lambda: macro(data, *name))

    def by_part(self, macro: Macro, row: Any, part: str) -> Markup:
        """What a macro makes that reads of the row only what comes and goes with this part of it."""
        return self._kept.by_identity((*self._named(macro), part), row[part], lambda: _narrow(macro(row)))

    def by_fields(self, macro: Macro, row: Any, fields: Sequence[str]) -> Markup:
        """What a macro makes that reads these fields of the row and nothing else; rows that agree in them share it."""
        key = (*self._named(macro), *(str(row.get(field)) for field in fields))
        return self._kept.by_content(key, lambda: _narrow(macro({field: row.get(field) for field in fields})))

    def _named(self, macro: Any) -> tuple[str, str, str]:
        """What tells what a macro makes from what others make: the language, its template and its name."""
        return self._language, macro._func.__code__.co_filename, macro.name
