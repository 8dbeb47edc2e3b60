"""Reads the types of snapshots: their fields with what these mean, and whether a value that was sent is of its type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from scoring.board.snapshots.words import OneOf


@dataclass(frozen=True)
class Field:
    """One field: its type, whether it is always there, the words it may say, and what the page says of it."""

    of: Any
    always: bool
    words: tuple[str, ...]
    meaning: str


@cache
def fields_of(shape: Any) -> dict[str, Field]:
    """The fields of a TypedDict in their order."""
    return {name: _field(hint) for name, hint in get_type_hints(shape, include_extras=True).items()}


def _field(hint: Any, always: bool = True, words: tuple[str, ...] = (), meaning: str = "") -> Field:
    if get_origin(hint) is NotRequired:
        return _field(get_args(hint)[0], False, words, meaning)
    if get_origin(hint) is Annotated:
        inner, *said = get_args(hint)
        listed = next((one.words for one in said if isinstance(one, OneOf)), words)
        return _field(inner, always, listed, next((one for one in said if isinstance(one, str)), meaning))
    return Field(hint, always, words, meaning)


def is_said(shape: Any) -> bool:
    """Whether the page has a table of this type: a field of it has something to say."""
    return is_typeddict(shape) and any(field.meaning or field.words for field in fields_of(shape).values())


def either(of: Any) -> tuple[Any, ...]:
    """The types of which a value may have one."""
    return get_args(of) if get_origin(of) in (Union, UnionType) else (of,)


def differences(value: Any, of: Any, where: str = "", words: tuple[str, ...] = ()) -> Iterator[str]:
    """What of a value, as it was read from JSON, is not of its type, each with the place where it stands."""
    fits = [one for one in either(of) if _is_kind(value, one)]
    if not fits:
        yield f"{where or 'it'} is {value!r}, not {of}"
        return
    best = fits[0]
    if is_typeddict(best):
        shapes = [list(_of_fields(value, one, where)) for one in fits]
        yield from min(shapes, key=len)
    elif get_origin(best) is list:
        for place, item in enumerate(value):
            yield from differences(item, get_args(best)[0], f"{where}[{place}]", words)
    elif get_origin(best) is dict:
        for name, item in value.items():
            yield from differences(item, get_args(best)[1], f"{where}.{name}", words)
    elif words and isinstance(value, str) and value not in words:
        yield f"{where} says {value!r}, none of {words}"


def _is_kind(value: Any, of: Any) -> bool:
    """Whether a value is of a type as far as JSON tells at its outside."""
    if of is Any:
        return True
    if of in (NoneType, None):
        return value is None
    if is_typeddict(of) or get_origin(of) is dict:
        return isinstance(value, dict)
    if get_origin(of) is list:
        return isinstance(value, list)
    return isinstance(value, of) and (of is not int or not isinstance(value, bool))


def _of_fields(value: dict[str, Any], shape: Any, where: str) -> Iterator[str]:
    known = fields_of(shape)
    for name in value.keys() - known.keys():
        yield f"{where}.{name} is no field of {shape.__name__}"
    for name, field in known.items():
        if name in value:
            yield from differences(value[name], field.of, f"{where}.{name}", field.words)
        elif field.always:
            yield f"{where}.{name} of {shape.__name__} is not there"
