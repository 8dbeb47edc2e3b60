"""Settings that are read once while nobody changes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

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
