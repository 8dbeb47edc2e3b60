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

from scoring import wording
from scoring.board import snapshots
from scoring.live import answers, payloads, pushes
from tests.shapes import Field, either, fields_of, is_said, is_shape

PAGE = Path(__file__).resolve().parent.parent / "docs" / "live-protocol.md"
MARKED = re.compile(r"(?<=<!-- made by \./dev protocol: )([\w ]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
PLAIN = {object: "anything", int: "whole number", str: "text", bool: "true or false", NoneType: "null", Any: "anything"}


def shapes() -> dict[str, Any]:
    """Every type of what is sent, by name."""
    found: dict[str, Any] = {}
    below = [one.name for one in pkgutil.iter_modules(snapshots.__path__, f"{snapshots.__name__}.")]
    for module in (*map(importlib.import_module, below), wording, payloads, answers, pushes):
        found |= {name: shape for name, shape in vars(module).items() if is_shape(shape)}
    return found


def made_anew(page: str) -> str:
    """The page with its tables as the types are now."""
    known, done = shapes(), set[str]()
    for found in MARKED.finditer(page):
        done |= set(found[1].split())
    return MARKED.sub(
        lambda found: found[1] + found[2] + _table([known[name] for name in found[1].split()], done), page
    )


def _table(named: list[Any], done: set[str]) -> str:
    """A table of these types, each with the rows of those types in it that have none yet."""
    rows = list(_rows(named[0], done)) if len(named) == 1 else [row for one in named for row in _headed(one, done)]
    return "\n".join(["| field | is | what |", "|---|---|---|", *rows]) + "\n"


def _headed(shape: Any, done: set[str]) -> Iterator[str]:
    yield f"| **{shape.__name__}** | | {_sentence(shape)} |"
    yield from _rows(shape, done)


def _rows(shape: Any, done: set[str]) -> Iterator[str]:
    """The type's rows; fields that say nothing and are of one kind share a row. Then those of the types in it."""
    done.add(shape.__name__)
    told = [(name, _is(field), field.meaning) for name, field in fields_of(shape).items()]
    for (kind, meaning), those in groupby(told, lambda one: one[1:] if not one[2] else (one[1], f"{one[2]}\0{one[0]}")):
        names = ", ".join(f"`{name}`" for name, _, _ in those)
        yield f"| {names} | {kind} | {meaning.partition(chr(0))[0]} |"
    for inner in [one for field in fields_of(shape).values() if not field.kind for one in _said_in(field.of)]:
        if inner.__name__ not in done:
            yield from _headed(inner, done)


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
    kinds = field.kind or " or ".join(_kind(one, field.words) for one in _either(field))
    return kinds if field.always else f"{kinds}; may be missing"


def _either(field: Field) -> tuple[Any, ...]:
    """The types of which a field has one; who may leave a field of a message out does not send null."""
    return tuple(one for one in either(field.of) if one is not NoneType or field.always)


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
