"""Writes the tables of docs/live-protocol.md from the types of what is sent; the rest of the page is by hand.

Between two marks stands the table of a type, and after it those of the types that it names and that have none yet.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
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
    """The type's table, then those of the types in it that have none yet."""
    done.add(shape.__name__)
    inner = [one for field in fields_of(shape).values() for one in _said_in(field.of)]
    told = [_table(shape)]
    for one in inner:
        if one.__name__ not in done:
            told.append(f"#### {one.__name__}\n\n{one.__doc__}\n\n{_tables(one, done)}")
    return "\n".join(told)


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


def _table(shape: Any) -> str:
    lines = [f"| `{name}` | {_is(field)} | {field.meaning} |" for name, field in fields_of(shape).items()]
    return "\n".join(["| field | is | what |", "|---|---|---|", *lines]) + "\n"


def _is(field: Field) -> str:
    kinds = " or ".join(_kind(one, field.words) for one in either(field.of))
    return kinds if field.always else f"{kinds}; may be missing"


def _kind(of: Any, words: tuple[str, ...] = ()) -> str:
    if words and of is str:
        return _listed([f"`{word}`" if word else '`""`' for word in words])
    if is_said(of):
        return f"[{of.__name__}](#{of.__name__.lower()})"
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
