"""The clocks of a turn, as data: how long each stage takes and when it warns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.settings import Reader

SINGLE, DUAL, SHARED = "single", "dual", "shared"
KINDS = (SINGLE, DUAL, SHARED)


@dataclass(frozen=True)
class Clock:
    """One stage's clock in whole seconds; it warns `warn_seconds` before its end, 0 for no warning.

    A single clock runs for whoever has the floor, or for `side` where it names one; a dual one gives each side
    `seconds` of its own; a shared one runs for everybody at once. Raises Refused clock_key_missing,
    clock_name_missing, seconds_not_positive, warning_out_of_range, clock_kind_unknown, clock_side_not_single.
    Source: domain page 2A, the course of a turn and overtime; 2B, the stage script.
    """

    key: str
    zh: str
    en: str
    seconds: int
    warn_seconds: int = 30
    kind: str = SINGLE
    side: str = ""

    def __post_init__(self) -> None:
        problems = []
        if not self.key:
            problems.append(Problem("clock_key_missing", "key"))
        if not self.zh or not self.en:
            problems.append(Problem("clock_name_missing", "en" if self.zh else "zh"))
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

    @classmethod
    def from_data(cls, data: object) -> Clock:
        """From `to_data`'s shape; named in one language only, it has that name in both. Raises Refused."""
        read = Reader(data, cls.__dataclass_fields__)
        key, zh, en = read.text("key"), read.text("zh"), read.text("en")
        seconds = read.whole("seconds", 0)
        warn_seconds = read.whole("warn_seconds", cls.warn_seconds)
        kind, side = read.text("kind") or cls.kind, read.text("side")
        read.done()
        return cls(key, zh or en, en or zh, seconds, warn_seconds, kind, side)

    def to_data(self) -> dict[str, object]:
        """JSON-able."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def read_clocks(data: object) -> tuple[Clock, ...]:
    """The clocks of a turn in their order. Raises Refused, also clock_key_twice; fields like "0.seconds"."""
    if not isinstance(data, Sequence) or isinstance(data, str):
        raise Refused.because("settings_malformed")
    clocks: list[Clock] = []
    problems: list[Problem] = []
    for place, item in enumerate(data):
        try:
            clock = Clock.from_data(item)
        except Refused as refused:
            problems += [p.under(str(place)) for p in refused.problems]
            continue
        if clock.key in [earlier.key for earlier in clocks]:
            problems.append(Problem("clock_key_twice", f"{place}.key", {"key": clock.key}))
        clocks.append(clock)
    refuse_any(problems)
    return tuple(clocks)


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
