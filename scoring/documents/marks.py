"""What in a document might say whose it is: names and offices of the entry list, with their places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from scoring.documents.examined import Examined, Passage, Place
from scoring.rules.folding import folded

Where = Literal["file_name", "properties", "text"]
BETWEEN = frozenset("·・•‧∙_-‐‑–—*.|/\\~")
"""What people put between the characters of a name; commas and full stops part two sentences and are kept."""
LETTERS_LEAST = 2
FULL, MIDDLE, SHORT = "人民检察院", "检察院", "院"


@dataclass(frozen=True)
class Mark:
    """A find: `name` of the entry list, the `text` as it stands there, its place, and in which part of the file."""

    name: str
    text: str
    place: Place
    where: Where


@dataclass(frozen=True)
class _Line:
    """Text to search, without what may stand between characters, and where each character came from."""

    letters: str
    origins: tuple[tuple[int, int], ...]


def identity_marks(examined: Examined, names: Iterable[str]) -> tuple[Mark, ...]:
    """All finds of these names in the file's name, properties and text, in this order, each place once.

    Spaces, line and page breaks, marks of joining, case, full-width and compatibility forms, radicals written for words
    and traditional signs make no difference;
    an office is found by its short and its full name. A name of a single character is not searched for.
    Source: domain page 2 D, an identity mark in the text costs 10 points or voids.
    """
    wanted = sorted({name.strip() for name in names if len(_plain(name)) >= LETTERS_LEAST})
    parts: tuple[tuple[Where, list[Passage]], ...] = (
        ("file_name", [Passage(Place("file_name"), examined.name)]),
        *(("properties", [_property(key, value)]) for key, value in examined.properties.items()),
        *(("text", run) for run in _runs(examined.passages)),
    )
    found = (mark for where, passages in parts for mark in _search(where, passages, wanted))
    return tuple(dict.fromkeys(found))


def spellings(name: str) -> tuple[str, ...]:
    """How a name may be written: an office by 院, 检察院 and 人民检察院; anybody else as it is."""
    plain = _plain(name)
    for ending in (FULL, MIDDLE, SHORT):
        if plain.endswith(ending) and len(plain) > len(ending):
            stem = plain.removesuffix(ending)
            return stem + FULL, stem + MIDDLE, stem + SHORT
    return (plain,)


def _property(key: str, value: str) -> Passage:
    return Passage(Place("property", 0, key), value)


def _runs(passages: Iterable[Passage]) -> list[list[Passage]]:
    """Passages that follow each other in the same kind of place, since a name may run over a line's or page's end."""
    runs: list[list[Passage]] = []
    for passage in passages:
        if not runs or runs[-1][-1].place.spot != passage.place.spot:
            runs.append([])
        runs[-1].append(passage)
    return runs


def _search(where: Where, passages: list[Passage], wanted: list[str]) -> Iterator[Mark]:
    line = _line(passages)
    for name in wanted:
        taken = 0
        for start, end in sorted(_finds(line.letters, name)):
            if start < taken:
                continue
            taken = end
            first, last = line.origins[start], line.origins[end - 1]
            yield Mark(name, _as_it_stands(passages, first, last), passages[first[0]].place, where)


def _finds(letters: str, name: str) -> Iterator[tuple[int, int]]:
    for spelling in spellings(name):
        at = letters.find(spelling)
        while at >= 0:
            yield at, at + len(spelling)
            at = letters.find(spelling, at + len(spelling))


def _line(passages: list[Passage]) -> _Line:
    letters: list[str] = []
    origins: list[tuple[int, int]] = []
    for number, passage in enumerate(passages):
        for position, character in enumerate(passage.text):
            plain = _plain(character)
            letters.append(plain)
            origins.extend((number, position) for _ in plain)
    return _Line("".join(letters), tuple(origins))


def _plain(text: str) -> str:
    """Forms that only look different folded; blanks, invisible characters and marks of joining left out."""
    return "".join(filter(_counts, folded(text)))


def _counts(character: str) -> bool:
    unseen = character.isspace() or unicodedata.category(character) in ("Cf", "Cc")
    return not unseen and character not in BETWEEN


def _as_it_stands(passages: list[Passage], first: tuple[int, int], last: tuple[int, int]) -> str:
    texts = [passage.text for passage in passages[first[0] : last[0] + 1]]
    texts[-1] = texts[-1][: last[1] + 1]
    texts[0] = texts[0][first[1] :]
    return " ".join("\n".join(texts).split())
