"""Two inspectors' checklists → the agreed one: their differences line by line, and the chief's settlement of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.rules.checklist import Checklist, Defect, Item
from scoring.rules.explanation_items import DefectLine, ItemLine, Sighting
from scoring.rules.inspection import Found, Inspection, read_count
from scoring.rules.panel import seat_order
from scoring.rules.refusal import Refused
from scoring.rules.rulings import read_reason

COUNT, PAGES = "count", "pages"
Inspections = Mapping[str, Inspection]
Settlements = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """A line on which two checklists do not agree: `kind` is count, or pages where equal counts name other places."""

    item: str
    defect: str
    kind: str
    first: Found
    second: Found

    @property
    def line(self) -> str:
        """The line's name: item and defect with a point between."""
        return f"{self.item}.{self.defect}"


@dataclass(frozen=True)
class Dispute:
    """A difference as the chief sees it: the line with its names, what each seat found, and its settlement."""

    line: str
    item: Item
    defect: Defect
    kind: str
    found: Mapping[str, Found]
    settled: Mapping[str, Any] | None


def disputes(checklist: Checklist, inspections: Inspections, settlements: Settlements) -> tuple[Dispute, ...]:
    """Every difference of two inspections in the checklist's order, with the settlement that is in force for it."""
    names = {f"{item.key}.{defect.key}": (item, defect) for item, defect in checklist.lines()}
    waiting = {difference.line for difference in open_differences(inspections, settlements)}
    return tuple(
        Dispute(
            line=difference.line,
            item=names[difference.line][0],
            defect=names[difference.line][1],
            kind=difference.kind,
            found={seat: one.found[difference.item][difference.defect] for seat, one in inspections.items()},
            settled=None if difference.line in waiting else settlements[difference.line],
        )
        for difference in _differences(inspections)
    )


def differences(first: Inspection, second: Inspection) -> tuple[Difference, ...]:
    """The lines on which two inspections of one checklist differ, in the checklist's order.

    Equal counts still differ where the pages noted cannot be the same occurrences: page 3 on one sheet and page 7 on
    the other are two places, not one. A page that one of them left out may be the other's. Source: domain page 2C;
    the comparison of pages [D].
    """
    found = []
    for item, defects in first.found.items():
        for defect, one in defects.items():
            other = second.found[item][defect]
            kind = _kind(one, other)
            found += [Difference(item, defect, kind, one, other)] if kind else []
    return tuple(found)


def _kind(one: Found, other: Found) -> str:
    if one.count != other.count:
        return COUNT
    places = Counter(one.pages) | Counter(other.pages)
    return PAGES if places.total() > one.count else ""


def settlement(inspections: Inspections, line: str, count: object, reason: object) -> dict[str, Any]:
    """The fact that the chief settles one line: {"count", "reason", "found"}, to be recorded under the line's name.

    `found` keeps what the two sheets said, so that the settlement falls away if a sheet is changed afterwards.
    Raises Refused line_not_in_dispute (field the line), count_not_whole, count_too_high, reason_missing,
    reason_too_long. Source: domain page 2C, the chief reconciles the differences.
    """
    open_lines = {difference.line for difference in _differences(inspections)}
    if line not in open_lines:
        raise Refused.because("line_not_in_dispute", line[:80])
    if isinstance(count, str) and not count.strip():
        raise Refused.because("count_not_whole", "count")
    return {
        "count": read_count(count, "count"),
        "reason": read_reason(reason),
        "found": _record(inspections, line),
    }


def _differences(inspections: Inspections) -> tuple[Difference, ...]:
    first, second = (inspections[seat] for seat in sorted(inspections, key=seat_order))
    return differences(first, second)


def _record(inspections: Inspections, line: str) -> dict[str, Any]:
    """What each inspector's sheet says on a line."""
    item, _, defect = line.partition(".")
    found = {seat: inspection.found[item][defect] for seat, inspection in inspections.items()}
    return {seat: {"count": one.count, "pages": list(one.pages)} for seat, one in found.items()}


def open_differences(inspections: Inspections, settlements: Settlements) -> tuple[Difference, ...]:
    """The differences that no settlement covers, or only one that was made for other findings."""
    return tuple(
        difference
        for difference in _differences(inspections)
        if not _covers(settlements.get(difference.line), _record(inspections, difference.line))
    )


def _covers(settled: Any, found: Mapping[str, Any]) -> bool:
    return isinstance(settled, Mapping) and settled.get("found") == found


def agreed_items(checklist: Checklist, inspections: Inspections, settlements: Settlements) -> tuple[ItemLine, ...]:
    """The agreed checklist of two inspections: what both found, and what the chief settled.

    Raises Refused differences_open (figures open: how many, lines: which), and for a settlement that nobody could
    have made: count_not_whole, count_too_high, reason_missing. Source: domain page 2C, the result is the agreed
    checklist.
    """
    waiting = open_differences(inspections, settlements)
    if waiting:
        lines = ", ".join(difference.line for difference in waiting)
        raise Refused.because("differences_open", open=len(waiting), lines=lines)
    disputed = {difference.line for difference in _differences(inspections)}
    settled = {line: settlements[line] for line in disputed}
    return tuple(_item_line(item, inspections, settled) for item in checklist.items)


def _item_line(item: Item, inspections: Inspections, settled: Settlements) -> ItemLine:
    lines = [_defect_line(item, defect, inspections, settled) for defect in item.defects]
    counts = {line.key: line.count for line in lines}
    shown = tuple(line for line in lines if line.count or line.reason)
    nothing = not any(counts.values())
    deducted, left = item.deducted(counts), item.left(counts)
    return ItemLine(item.key, item.zh, item.en, item.maximum, deducted, left, nothing, shown)


def _defect_line(item: Item, defect: Defect, inspections: Inspections, settled: Settlements) -> DefectLine:
    place = f"{item.key}.{defect.key}"
    found = {seat: inspections[seat].found[item.key][defect.key] for seat in sorted(inspections, key=seat_order)}
    counts = {seat: one.count for seat, one in found.items()}
    count, reason = next(iter(counts.values())), ""
    if place in settled:
        count, reason = read_count(settled[place].get("count"), place), read_reason(settled[place].get("reason"))
    return DefectLine(defect.key, defect.zh, defect.en, count, defect.points, counts, reason, tuple(_sightings(found)))


def _sightings(found: Mapping[str, Found]) -> Sequence[Sighting]:
    return [Sighting(seat, seen.page, seen.note) for seat, one in found.items() for seen in one.occurrences]
