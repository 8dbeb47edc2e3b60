"""The two sides of a match, their speakers, and the names of their parts."""

from __future__ import annotations

CONTROL, DEFENCE = "control", "defence"
SIDES = (CONTROL, DEFENCE)


def other(side: str) -> str:
    """The opponent of a side."""
    return DEFENCE if side == CONTROL else CONTROL


def speakers_of(side: str, speakers: int) -> tuple[str, ...]:
    """The parts of a side's speakers in order of seat, "control.1" first."""
    return tuple(f"{side}.{place}" for place in range(1, speakers + 1))


def all_speakers(speakers: int) -> tuple[str, ...]:
    """The parts of both sides' speakers."""
    return tuple(part for side in SIDES for part in speakers_of(side, speakers))


def side_of(part: str) -> str:
    """The side that a part belongs to: "control" for "control" and "control.2"."""
    return part.partition(".")[0]
