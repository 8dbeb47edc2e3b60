"""A row of the ranking as everybody sees it: totals of the judges, and of a checklist what it comes to."""

from __future__ import annotations

from scoring.board.snapshots.scores import (
    CheckedItem,
    ChecklistItem,
    Explanation,
    JudgeTotal,
    RecordedExplanation,
    RecordedMade,
    ShownMade,
    SourcedLine,
)


def shown_to_all(row: RecordedMade) -> ShownMade:
    """The row with each judge's total only: marks by criterion are for the record, and would be half of the bytes.

    Where a sheet came from is said only of those that did not come from the tablet; a judge's fate says how they
    stand.
    """
    return {**row, "explanation": _shown(row["explanation"])}


def _shown(explanation: RecordedExplanation) -> Explanation:
    """A checklist has its items with counts and points, and the time; what inspectors noted stays in the record."""
    judges = [_judge(line) for line in explanation["judges"]]
    if "items" not in explanation:
        return {**explanation, "judges": judges}  # type: ignore[typeddict-item]  # it has no items
    seconds = int(explanation["figures"]["seconds"])
    time, items = f"{seconds // 60}:{seconds % 60:02d}", [_item(item) for item in explanation["items"]]
    return {**explanation, "judges": judges, "items": items, "time": time}


def _judge(line: SourcedLine) -> JudgeTotal:
    told: JudgeTotal = {"seat": line["seat"], "total": line["total"], "fate": line["fate"]}
    return {**told, "source": line["source"]} if line["source"] else told


def _item(item: CheckedItem) -> ChecklistItem:
    found = [line for line in item["defects"] if line["count"]]
    return {
        "zh": item["zh"],
        "en": item["en"],
        "maximum": item["maximum"],
        "points_left": item["left"],
        "defects": [
            {"zh": line["zh"], "en": line["en"], "count": line["count"], "points": line["points"]} for line in found
        ],
    }
