"""Numbers of contestants and seats as people write them: 01, 1 and ０１ are one number, wherever it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scoring.rules.folding import written_plainly

#: What a Chinese keyboard sends for figures, the signs before and between them, and the point.
_KEYBOARD = str.maketrans("０１２３４５６７８９－：．。", "0123456789-:..")
#: Numbers of figures alone are written with so many of them at least: 1 is 01. [D]
WIDTH_LEAST = 2
#: Figures of a whole number at most: ids of records and places in lists are shorter.
LONGEST_WHOLE = 9
#: What lists write around a number: 1号, 第1号, No. 1, and 1. before a name.
_AROUND = re.compile(r"(?:第|[Nn][Oo][.:]?|#)?\s*([0-9]+)\s*(?:号|號|[.、])?")


def written_number(text: str) -> str:
    """A number as it is kept: full-width signs as ordinary ones, without blanks or the word for it around: 1号 is 1."""
    plain = written_plainly(text).strip()
    around = _AROUND.fullmatch(plain)
    return around[1] if around else plain


def number_key(text: str) -> str:
    """What all ways of writing a number have in common."""
    plain = written_number(text).casefold()
    return (plain.lstrip("0") or "0") if is_figures(plain) else plain


def same_number(one: str, other: str) -> bool:
    """Whether two ways of writing mean one number; nothing is no number."""
    return bool(one.strip()) and number_key(one) == number_key(other)


def from_keyboard(typed: str) -> str:
    """Figures as a Chinese keyboard sends them, as ordinary ones: ６：３０ is 6:30, －３２。５ is -32.5."""
    return typed.strip().translate(_KEYBOARD)


def is_figures(number: str) -> bool:
    """Whether the number is written in figures alone."""
    return number.isascii() and number.isdigit()


def whole_number(sent: str) -> int | None:
    """The number that a page has sent, of at most nine figures; None for anything else, such as ² or 5,000 figures."""
    return int(sent) if is_figures(sent) and len(sent) <= LONGEST_WHOLE else None


def spelled_as(known: Iterable[str], number: str) -> str:
    """The number as the known ones spell it, else as it is."""
    return next((one for one in known if same_number(one, number)), written_number(number))


def padded_numbers(given: Iterable[str], known: Iterable[str]) -> list[str]:
    """The given numbers, each spelled as a known one is; new ones of figures alone get the width of the longest.

    Where the known ones are shorter than that, new ones stay as they were written.
    """
    plain, there = [written_number(one) for one in given], {number_key(one): one for one in known}
    figures = [one for one in [*plain, *there.values()] if is_figures(one)]
    width = max([WIDTH_LEAST, *map(len, figures)])
    pads = not any(is_figures(one) and len(one) < width for one in there.values())
    return [there.get(number_key(one)) or (one.zfill(width) if pads and is_figures(one) else one) for one in plain]
