"""A row of the ranking as everybody sees it: totals of the judges, and of a checklist what it comes to."""

from __future__ import annotations

from scoring.board.reading.look import View


def shown_to_all(row: View) -> View:
    """The row with each judge's total only: marks by criterion are for the record, and would be half of the bytes.

    Where a sheet came from is said only of those that did not come from the tablet; a judge's fate says how they
    stand.
    """
    explanation = row["explanation"]
    left_out = ("marks", "source", "standing")
    told = [{key: line[key] for key in line if key not in left_out} for line in explanation["judges"]]
    sources = [{"source": line["source"]} if line.get("source") else {} for line in explanation["judges"]]
    judges = [line | source for line, source in zip(told, sources, strict=True)]
    return row | {"explanation": explanation | {"judges": judges} | _checked(explanation)}


def _checked(explanation: View) -> View:
    """A checklist's items with counts and points, and the time; what inspectors noted stays in the record."""
    if "items" not in explanation:
        return {}
    seconds = int(explanation["figures"]["seconds"])
    return {"items": [_item(item) for item in explanation["items"]], "time": f"{seconds // 60}:{seconds % 60:02d}"}


def _item(item: View) -> View:
    defects = [{key: line[key] for key in ("zh", "en", "count", "points")} for line in item["defects"] if line["count"]]
    names = {key: item[key] for key in ("zh", "en", "maximum")}
    return names | {"points_left": item["left"], "defects": defects}
