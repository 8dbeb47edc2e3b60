"""A number as the sheet shows it: 1 with the format "A"00 is A01."""

from __future__ import annotations

import re

#: A quoted or escaped text, a run of digits' places, a colour or condition in brackets, a space as wide as a sign.
_PART = re.compile(r'"([^"]*)"|\\(.)|(\[[^\]]*\])|([0#?]+)|_(.)|(.)', re.DOTALL)
#: What makes a format one of amounts, dates or shares instead of one of numbered things.
_OTHER = frozenset(".,%/eEyYmMdDhHsSgG@*")


def shown(value: int, number_format: str) -> str:
    """The whole number in its format; in any that is not made of places for digits and of texts, as it is.

    Source: number formats of spreadsheets (ECMA-376, part 1, 18.8.31), of which lists of numbered people use these.
    """
    section = number_format.split(";", maxsplit=1)[0]
    made, places = [], 0
    for quoted, escaped, bracketed, digits, spaced, other in _PART.findall(section):
        if digits:
            places += 1
            made.append(str(value).zfill(digits.count("0")))
        elif other in _OTHER and other:
            return str(value)
        elif not bracketed and not spaced:
            made.append(quoted or escaped or other)
    return "".join(made) if places == 1 and value >= 0 else str(value)
