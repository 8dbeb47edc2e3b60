"""Reads the types of snapshots: their fields with what these mean, and whether a value that was sent is of its type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from scoring.board.snapshots.words import Called, OneOf


@dataclass(frozen=True)
class Field:
    """One field: its type, whether it is always there, the words it may say, and what the page says of it.

    `kind` is what it must be where only the verb asks that takes it.
    """

    of: Any
    always: bool
    words: tuple[str, ...]
    meaning: str
    kind: str = ""


@cache
def fields_of(shape: Any) -> dict[str, Field]:
    """The fields of a TypedDict, or of a dataclass of what clients send, in their order."""
    found = {name: _field(hint) for name, hint in get_type_hints(shape, include_extras=True).items()}
    if not is_dataclass(shape):
        return found
    defaults = {one.name: one.default for one in fields(shape)}
    return {name: replace(field, always=_is_asked_for(defaults[name], field)) for name, field in found.items()}


def _is_asked_for(default: object, field: Field) -> bool:
    """Whether a message must have the field: where it has a default of None, the verb refuses it without."""
    return default is MISSING or (default is None and bool(field.kind))


def is_shape(one: Any) -> bool:
    """Whether it is a type of what is sent, either way."""
    return is_typeddict(one) or (isinstance(one, type) and is_dataclass(one))


def _field(hint: Any, known: Field = Field(Any, True, (), "")) -> Field:
    if get_origin(hint) is NotRequired:
        return _field(get_args(hint)[0], replace(known, always=False))
    if get_origin(hint) is Annotated:
        inner, *said = get_args(hint)
        return _field(inner, replace(known, **_told(said)))
    return replace(known, of=hint)


def _told(said: list[Any]) -> dict[str, Any]:
    """What an annotation says beside the type, by the field's own names."""
    told: dict[str, Any] = {}
    for one in said:
        if isinstance(one, OneOf):
            told["words"] = one.words
        elif isinstance(one, Called):
            told["kind"] = one.kind
        elif isinstance(one, str):
            told.setdefault("meaning", one)
    return told


def is_said(shape: Any) -> bool:
    """Whether the page has a table of this type: a field of it has something to say."""
    return is_typeddict(shape) and any(field.meaning or field.words for field in fields_of(shape).values())


def either(of: Any) -> tuple[Any, ...]:
    """The types of which a value may have one."""
    found = get_args(of) if get_origin(of) in (Union, UnionType) else (of,)
    return tuple(get_args(one)[0] if get_origin(one) is Annotated else one for one in found)


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
