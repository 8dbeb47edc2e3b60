"""Writes the tables of docs/live-protocol.md from the types of what is sent; the rest of the page is by hand.

Between two marks stands the table of a type, and in it the rows of the types that it names and that have none yet.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, is_typeddict

from scoring.board import snapshots
from tests.shapes import Field, either, fields_of, is_said

PAGE = Path(__file__).resolve().parent.parent / "docs" / "live-protocol.md"
MARKED = re.compile(r"(?<=<!-- made by \./dev protocol: )(\w+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
PLAIN = {int: "whole number", str: "text", bool: "true or false", NoneType: "null", Any: "anything"}


def shapes() -> dict[str, Any]:
    """Every type of what is sent, by name."""
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(snapshots.__path__, f"{snapshots.__name__}."):
        inside = vars(importlib.import_module(module.name))
        found |= {name: shape for name, shape in inside.items() if is_typeddict(shape)}
    return found


def made_anew(page: str) -> str:
    """The page with its tables as the types are now."""
    known, done = shapes(), set[str]()
    done |= {found[1] for found in MARKED.finditer(page)}
    return MARKED.sub(lambda found: found[1] + found[2] + _tables(known[found[1]], done), page)


def _tables(shape: Any, done: set[str]) -> str:
    """The type's table, with the rows of those types in it that have none yet."""
    return "\n".join(["| field | is | what |", "|---|---|---|", *_rows(shape, done)]) + "\n"


def _rows(shape: Any, done: set[str]) -> Iterator[str]:
    """The type's rows; fields that say nothing and are of one kind share a row. Then those of the types in it."""
    done.add(shape.__name__)
    told = [(name, _is(field), field.meaning) for name, field in fields_of(shape).items()]
    for (kind, meaning), those in groupby(told, lambda one: one[1:] if not one[2] else (one[1], f"{one[2]}\0{one[0]}")):
        names = ", ".join(f"`{name}`" for name, _, _ in those)
        yield f"| {names} | {kind} | {meaning.partition(chr(0))[0]} |"
    for inner in [one for field in fields_of(shape).values() for one in _said_in(field.of)]:
        if inner.__name__ not in done:
            yield f"| **{inner.__name__}** | | {_sentence(inner)} |"
            yield from _rows(inner, done)


def _sentence(shape: Any) -> str:
    said = " ".join(shape.__doc__.split()).removesuffix(".")
    return said[0].lower() + said[1:]


def _said_in(of: Any) -> Iterator[Any]:
    """The types with a table that stand in a type, also in those that are written out in place."""
    if is_said(of):
        yield of
    elif is_typeddict(of):
        for field in fields_of(of).values():
            yield from _said_in(field.of)
    else:
        for one in get_args(of):
            yield from _said_in(one)


def _is(field: Field) -> str:
    kinds = " or ".join(_kind(one, field.words) for one in either(field.of))
    return kinds if field.always else f"{kinds}; may be missing"


def _kind(of: Any, words: tuple[str, ...] = ()) -> str:
    if words and of is str:
        return _listed([f"`{word}`" if word else '`""`' for word in words])
    if is_said(of):
        return str(of.__name__)
    if is_typeddict(of):
        return f"`{_written_out(of)}`"
    if get_origin(of) is list:
        return f"list of {_kind(get_args(of)[0], words)}"
    if get_origin(of) is dict:
        return f"by name: {_kind(get_args(of)[1], words)}"
    return PLAIN[of]


def _listed(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _written_out(of: Any) -> str:
    """A type without a table as `{zh, en}`, what stands in it as well."""
    if is_typeddict(of):
        return "{" + ", ".join(_with_inside(name, field.of) for name, field in fields_of(of).items()) + "}"
    return f"[{_written_out(get_args(of)[0])}]" if get_origin(of) is list else ""


def _with_inside(name: str, of: Any) -> str:
    inside = next((told for one in either(of) if (told := _written_out(one)) not in ("", "[]")), "")
    return f"{name}: {inside}" if inside else name


if __name__ == "__main__":
    PAGE.write_text(made_anew(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
