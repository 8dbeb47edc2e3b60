"""How a rule says no: stable codes and figures, from which the sentences are made elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

Made = TypeVar("Made")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    `code` is snake_case and stable; `field` is the place in what was sent ("" for the whole, dotted where it
    is nested, such as "rubric.0.maximum"); `figures` are the figures a sentence about it needs, as text.
    """

    code: str
    field: str = ""
    figures: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def under(self, place: str) -> Problem:
        """The same problem seen from one level further out."""
        return replace(self, field=f"{place}.{self.field}" if self.field else place)

    def to_data(self) -> dict[str, object]:
        """JSON-able: code, field and figures."""
        return {"code": self.code, "field": self.field, "figures": dict(self.figures)}


class Refused(Exception):
    """A rule refuses. Carries at least one problem, all of them where several were found."""

    def __init__(self, first: Problem, *others: Problem) -> None:
        super().__init__(first, *others)
        self.problems: tuple[Problem, ...] = (first, *others)

    @property
    def code(self) -> str:
        """The first problem's code."""
        return self.problems[0].code

    @classmethod
    def because(cls, code: str, field: str = "", **figures: object) -> Refused:
        """A refusal with one problem; the figures are written as text."""
        return cls(Problem(code, field, {name: str(value) for name, value in figures.items()}))

    def __str__(self) -> str:
        return ", ".join(f"{p.code} ({p.field})" if p.field else p.code for p in self.problems)


def refuse_any(problems: list[Problem] | tuple[Problem, ...]) -> None:
    """Raise Refused with all the problems, if there are any."""
    if problems:
        raise Refused(*problems)


def under(place: str, attempt: Callable[[], Made]) -> Made:
    """What the attempt makes; what it is refused for is seen from one level further out."""
    try:
        return attempt()
    except Refused as refused:
        raise Refused(*(problem.under(place) for problem in refused.problems)) from None


def problems_of(attempt: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems an attempt is refused for; empty where it succeeds."""
    try:
        attempt()
    except Refused as refused:
        return refused.problems
    return ()
