"""Reading editable rules out of JSON-able data, with every problem collected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import wraps
from typing import Any, TypeVar

from scoring.rules.figures import read_decimal
from scoring.rules.refusal import Problem, Refused, refuse_any

LONGEST_TEXT = 500
Read = TypeVar("Read")


class Settled(dict[str, Any]):
    """Settings that nobody changes any more, so that what was read of them need not be read again."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__(settings)
        self.made: dict[Any, Any] = {}


def once_settled(read: Callable[[Mapping[str, Any]], Read]) -> Callable[[Mapping[str, Any]], Read]:
    """Let settled settings be read once by this function, and all others each time."""

    @wraps(read)
    def reading(settings: Mapping[str, Any]) -> Read:
        if not isinstance(settings, Settled):
            return read(settings)
        if read not in settings.made:
            settings.made[read] = read(settings)
        made: Read = settings.made[read]
        return made

    return reading


class Reader:
    """Reads one mapping of settings field by field; `done()` refuses with all the problems met.

    Raises Refused settings_malformed at once if the data is no mapping.
    """

    def __init__(self, data: object, known: Collection[str]) -> None:
        if not isinstance(data, Mapping):
            raise Refused.because("settings_malformed")
        self.data = data
        self.problems = [Problem("unknown_setting", str(k)[:40]) for k in data if k not in known]

    def done(self) -> None:
        """Raise Refused if anything read so far was wrong."""
        refuse_any(self.problems)

    def refuse(self, code: str, name: str, **figures: object) -> None:
        """Note a problem with the field `name`."""
        self.problems.append(Problem(code, name, {k: str(v) for k, v in figures.items()}))

    def flag(self, name: str, default: bool) -> bool:
        """True or false; anything else is setting_not_a_flag."""
        value = self.data.get(name, default)
        if not isinstance(value, bool):
            self.refuse("setting_not_a_flag", name)
            return default
        return value

    def whole(self, name: str, default: int) -> int:
        """A whole number; anything else is setting_not_whole."""
        value = self.data.get(name, default)
        if type(value) is not int:
            self.refuse("setting_not_whole", name)
            return default
        return value

    def decimal(self, name: str, default: Decimal) -> Decimal:
        """An exact decimal, as text or a whole number; anything else is setting_not_a_number."""
        try:
            return read_decimal(self.data[name]) if name in self.data else default
        except ValueError:
            self.refuse("setting_not_a_number", name)
            return default

    def text(self, name: str) -> str:
        """Text of at most 500 characters, stripped, "" where absent; else setting_not_text."""
        value = self.data.get(name, "")
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            self.refuse("setting_not_text", name)
            return ""
        return value.strip()
