"""Whether a contest is ready for its day, from what a rehearsal has shown: what would stop it, what is open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

#: The least that a sheet is made for, in pixels of the page: an 8-inch tablet lying. [D]
LEAST_LONG, LEAST_SHORT = 900, 540
_SCREEN = re.compile(r"(\d{2,5})×(\d{2,5})")


@dataclass(frozen=True)
class Checked:
    """A seat of the rehearsal; `sound` and `battery` are None while nobody said.

    `marks` is whether it has something to mark, `lost` whether its tablet once came back without its judge's marks.
    """

    seat: str
    reserve: bool
    reached: bool
    screen: str
    sound: bool | None
    battery: bool | None
    submitted: bool
    marks: bool = True
    lost: bool = False


@dataclass(frozen=True)
class Finding:
    """Something to be seen to, at a `seat` or about `what`; `stops` whether the day could not begin like this.

    `figures` are those of its sentence where it was found by the check list.
    """

    code: str
    seat: str = ""
    what: str = ""
    stops: bool = False
    figures: dict[str, str] = field(default_factory=dict)


def readiness(
    seats: Sequence[Checked],
    scenes: Iterable[tuple[str, bool]],
    faults: Iterable[tuple[str, bool]],
    others: Iterable[Finding] = (),
) -> list[Finding]:
    """What would stop the day first, then what is still open; nothing where all was tried and held.

    `others` is what was found out beside the rehearsal.
    """
    found = [*others, *(finding for seat in seats for finding in _of_seat(seat))]
    found += [Finding("scene_not_shown", what=scene) for scene, seen in scenes if not seen]
    found += [Finding("fault_not_tried", what=fault) for fault, tried in faults if not tried]
    return sorted(found, key=lambda finding: not finding.stops)


def _of_seat(seat: Checked) -> Iterable[Finding]:
    if not seat.reached:
        yield Finding("not_reached", seat.seat, stops=not seat.reserve)
        if seat.battery is False:
            yield Finding("battery_low", seat.seat, stops=True)
        return
    if seat.lost:
        yield Finding("marks_lost", seat.seat, stops=True)
    if not seat.submitted and seat.marks:
        yield Finding("not_submitted", seat.seat, stops=True)
    if seat.battery is not True:
        code = "battery_unknown" if seat.battery is None else "battery_low"
        yield Finding(code, seat.seat, stops=seat.battery is False)
    if seat.sound is not True:
        yield Finding("sound_unknown" if seat.sound is None else "sound_silent", seat.seat)
    if not is_large_enough(seat.screen):
        yield Finding("screen_small" if seat.screen else "screen_unknown", seat.seat, what=seat.screen)


def is_size(screen: str) -> bool:
    """Whether this is the size of a page, "1280×800"."""
    return _SCREEN.fullmatch(screen) is not None


def is_large_enough(screen: str) -> bool:
    """Whether a page of this size ("1280×800") shows a sheet as it is meant, however the tablet stands."""
    found = _SCREEN.fullmatch(screen)
    sides = sorted(int(side) for side in found.groups()) if found else [0, 0]
    return sides[0] >= LEAST_SHORT and sides[1] >= LEAST_LONG
