"""What in a document might say whose it is: names and offices of the entry list, with their places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from scoring.documents.examined import Examined, Passage, Place
from scoring.rules.folding import folded
from scoring.rules.offices import LEVELS

Where = Literal["file_name", "properties", "text"]
BETWEEN = frozenset("·・•‧∙_-‐‑–—*.|/\\~")
"""What people put between the characters of a name; commas and full stops part two sentences and are kept."""
LETTERS_LEAST = 2
#: What an office's name ends with, the longest first; 检查院 is a usual mistake.
ENDINGS = ("人民检察院", "人民检查院", "检察院", "检查院", "院")


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
    """How a name may be written: an office with each ending, with and without what its place is; anybody else as is.

    江北区人民检察院 is 江北院 as well, 江北区检, and as clerks mistype it 江北检查院.
    """
    plain = _plain(name)
    ending = next((one for one in ENDINGS if plain.endswith(one) and len(plain) > len(one)), "")
    if not ending:
        return (plain,)
    stem = plain.removesuffix(ending)
    bare = stem[:-1] if stem[-1] in LEVELS and len(stem) > LETTERS_LEAST else stem
    shortened = ("检",) if len(bare) >= LETTERS_LEAST else ()
    return tuple(one + written for one in dict.fromkeys((stem, bare)) for written in (*ENDINGS, *shortened))


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
        for start, end in sorted(_finds(line.letters, name), key=lambda find: (find[0], -find[1])):
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
