"""The clocks of a turn, as data: how long each stage takes and when it warns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.rules.declared import Named, read_named
from scoring.rules.refusal import Problem, Refused, refuse_any

SINGLE, DUAL, SHARED = "single", "dual", "shared"
KINDS = (SINGLE, DUAL, SHARED)


@dataclass(frozen=True)
class Clock(Named):
    """One stage's clock in whole seconds; it warns `warn_seconds` before its end, 0 for no warning.

    A single clock runs for whoever has the floor, or for `side` where it names one; a dual one gives each side
    `seconds` of its own; a shared one runs for everybody at once. Raises Refused clock_key_missing,
    clock_name_missing, seconds_not_positive, warning_out_of_range, clock_kind_unknown, clock_side_not_single.
    Source: domain page 2A, the course of a turn and overtime; 2B, the stage script.
    """

    seconds: int
    warn_seconds: int = 30
    kind: str = SINGLE
    side: str = ""

    def __post_init__(self) -> None:
        problems = []
        if not self.key:
            problems.append(Problem("clock_key_missing", "key"))
        problems += self.without_name("clock_name_missing")
        if self.seconds <= 0:
            problems.append(Problem("seconds_not_positive", "seconds"))
        elif not 0 <= self.warn_seconds < self.seconds:
            problems.append(
                Problem(
                    "warning_out_of_range",
                    "warn_seconds",
                    {"seconds": str(self.seconds)},
                )
            )
        refuse_any([*problems, *self._problems_of_kind()])

    def _problems_of_kind(self) -> list[Problem]:
        if self.kind not in KINDS:
            return [Problem("clock_kind_unknown", "kind", {"kind": self.kind[:40]})]
        if self.side and self.kind != SINGLE:
            return [Problem("clock_side_not_single", "side")]
        return []


def read_clocks(data: object) -> tuple[Clock, ...]:
    """The clocks of a turn in their order. Raises Refused, also clock_key_twice; fields like "0.seconds"."""
    return read_named("clock_key_twice", data, Clock.from_data)


def speaks_next(clock: Clock, sitting: str, other: str, spent: Mapping[str, int]) -> str | None:
    """Whose clock starts when the side `sitting` sits down in a dual stage; None once both have spent theirs.

    The other side's does; where it has spent its whole time, the same side may go on alone. `spent` is in whole
    seconds by side. Raises Refused clock_not_dual. Source: domain page 2B, free debate.
    """
    if clock.kind != DUAL:
        raise Refused.because("clock_not_dual", clock.key)
    for side in (other, sitting):
        if spent.get(side, 0) < clock.seconds:
            return side
    return None
