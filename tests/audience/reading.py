"""Reads a page as a visitor without scripts does: what is hidden, or only kept for the script, is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

UNSEEN = {"template", "script", "style", "head", "noscript"}
EMPTY = {"meta", "link", "input", "br", "path", "img", "hr", "wbr"}


@dataclass
class Element:
    """An element that can be seen, with what it holds in order."""

    tag: str
    attributes: dict[str, str]
    holds: list[Element | str] = field(default_factory=list)

    def all(self, tag: str = "", name: str = "") -> list[Element]:
        """The elements inside with this tag and class, in order."""
        return [one for one in self._inside() if tag in ("", one.tag) and (not name or name in one.classes)]

    def one(self, tag: str = "", name: str = "") -> Element:
        """The only such element."""
        found = self.all(tag, name)
        assert len(found) == 1, f"{len(found)} of {tag}.{name}"
        return found[0]

    @property
    def classes(self) -> list[str]:
        """The element's classes."""
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """What is written in it, with single spaces."""
        parts = [one if isinstance(one, str) else one.text for one in self.holds]
        return " ".join(" ".join(parts).split())

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [one.attributes["href"] for one in self.all("a")]

    def _inside(self) -> Iterator[Element]:
        for one in self.holds:
            if isinstance(one, Element):
                yield one
                yield from one._inside()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("page", {})
        self._open: list[Element] = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        if tag not in UNSEEN and "hidden" not in element.attributes:
            self._open[-1].holds.append(element)
        if tag not in EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A closed element holds nothing that can be read."""

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        held = self._open[-1].holds
        if len(held) > 1 and isinstance(held[-1], Element) and held[-1].tag == "wbr" and isinstance(held[-2], str):
            held[-2:] = [held[-2] + data]  # a line may break there; it is one text all the same
        else:
            held.append(data)


def read(html: str) -> Element:
    """The page as a tree; an element that is not closed, or in the wrong order, fails."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root
