"""Fills the marked places of the audience's templates, by the same rules as static/audience/places.js."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.wording.subjects import paired


@dataclass(frozen=True)
class Places:
    """What a template writes into its places: figures of the snapshot as they are, and words around them."""

    words: Mapping[str, str]

    def value(self, data: Any, path: str) -> Any:
        """What the snapshot holds at a dotted path; None if there is nothing."""
        for name in path.split("."):
            data = data.get(name) if isinstance(data, Mapping) else _item(data, name)
        return data

    def text(self, data: Any, path: str) -> str:
        """The word that the language has for this very value, else the value; "" if there is nothing."""
        return paired(self.figure(data, path))

    def figure(self, data: Any, path: str) -> str:
        """As `text`, as it stands in the snapshot."""
        value = self.value(data, path)
        if value is None:
            return ""
        return self.words.get(f"{path.rpartition('.')[2]}.{value}", str(value))

    def items(self, data: Any, path: str) -> list[Any]:
        """The items at a dotted path; a mapping's are its pairs, as {"key": …, "value": …}."""
        value = self.value(data, path)
        if isinstance(value, Mapping):
            return [{"key": key, "value": held} for key, held in value.items()]
        return list(value or ())

    def held(self, data: Any, paths: str) -> str:
        """Which of these paths hold something, by their last names: what a stylesheet may ask of a part of the page."""
        return " ".join(path.rpartition(".")[2] for path in paths.split() if self.value(data, path))

    def sentence(self, key: str, data: Any) -> str:
        """The words of this key, with each %(path)s replaced by its text."""
        return paired(self.words[key] % _Texts(self, data))


@dataclass(frozen=True)
class _Texts:
    """Looks a placeholder's dotted path up only when a sentence asks for it."""

    places: Places
    data: Any

    def __getitem__(self, path: str) -> str:
        return self.places.figure(self.data, path)


def _item(data: Any, place: str) -> Any:
    """The item of a list at this place; None if there is none."""
    items = data if isinstance(data, list) and place.isdigit() else []
    return items[int(place)] if items and int(place) < len(items) else None
