"""The registry of contest formats: each module here that has a FORMAT is one."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from scoring.rules.formats.base import Format
from scoring.rules.refusal import Refused

_formats: dict[str, Format] = {}


def register(contest_format: Format) -> None:
    """Make a format known. Raises Refused format_twice."""
    if contest_format.key in _formats:
        raise Refused.because("format_twice", format=contest_format.key)
    _formats[contest_format.key] = contest_format


def get(key: str) -> Format:
    """The format of that key. Raises Refused unknown_format."""
    if key not in _formats:
        raise Refused.because("unknown_format", format=str(key)[:40])
    return _formats[key]


def all_formats() -> tuple[Format, ...]:
    """Every known format, by key."""
    return tuple(_formats[key] for key in sorted(_formats))


def _register_modules() -> None:
    for module in iter_modules(__path__, f"{__name__}."):
        found = getattr(import_module(module.name), "FORMAT", None)
        if isinstance(found, Format):
            register(found)


_register_modules()
