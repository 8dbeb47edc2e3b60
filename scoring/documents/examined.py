"""What is known about a document once it has been examined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["pdf", "docx"]
Spot = Literal[
    "file_name", "property", "page", "paragraph", "header", "footer", "footnote", "endnote", "comment", "drawing"
]


@dataclass(frozen=True)
class Place:
    """A place in a document: the kind of place, its number from 1 on, and for a property its name."""

    spot: Spot
    number: int = 0
    label: str = ""


@dataclass(frozen=True)
class Passage:
    """A piece of text and its place: a page of a PDF; a paragraph, header, footer, note or drawing of a DOCX."""

    place: Place
    text: str


@dataclass(frozen=True)
class Examined:
    """A document that may be kept.

    `pages` is known of a PDF only. `unreadable_pages` are the PDF's pages that have no text, such as scans: nothing
    can be searched there. `properties` are those of the file as it was handed in. `made_safe` are the codes of what
    was taken out, each with a sentence. `shown` is what a reviewer may get: a cleaned PDF, or HTML in UTF-8.
    """

    name: str
    kind: Kind
    pages: int | None
    unreadable_pages: tuple[int, ...]
    passages: tuple[Passage, ...]
    properties: Mapping[str, str]
    made_safe: tuple[str, ...]
    shown: bytes

    @property
    def text(self) -> str:
        """The whole plain text, a line for each passage."""
        return "\n".join(passage.text for passage in self.passages)
