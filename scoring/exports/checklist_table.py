"""The agreed checklists as a table: each item of each bench, what was found in it, and what it left."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext

from scoring.exports import words
from scoring.exports.tables import Figure, Record, Table, contestant, contestant_headings


def checklist(record: Record) -> Table:
    """One row for each defect of each bench, and one for each item without any, in the order of the ranking."""
    headings = (
        *contestant_headings(),
        gettext("Item"),
        gettext("Full marks"),
        gettext("Defect"),
        gettext("Found by each inspector"),
        gettext("Agreed count"),
        gettext("Points each"),
        gettext("Points off"),
        gettext("Points left of the item"),
        gettext("Settled by the chief judge"),
        gettext("Where"),
    )
    rows = (
        (*contestant(row), *line)
        for row in record["rows"]
        for item in row["explanation"].get("items", ())
        for line in _item_rows(item)
    )
    return Table(gettext("Agreed checklist"), headings, tuple(rows))


def _item_rows(item: Record) -> Iterator[tuple[str, ...]]:
    """What the item left stands beside the last of its defects."""
    left, head = Figure(item["left"]), (words.named(item), Figure(item["maximum"]))
    last = len(item["defects"])
    if not last:
        yield *head, gettext("Nothing found"), "", "", "", "", left, "", ""
    for place, defect in enumerate(item["defects"], 1):
        found = gettext("; ").join(f"{seat} × {count}" for seat, count in defect["found"].items())
        figures = (Figure(defect["count"]), Figure(defect["each"]), Figure(defect["points"]))
        yield (
            *head,
            words.named(defect),
            found,
            *figures,
            left if place == last else "",
            defect["reason"],
            _where(defect),
        )


def _where(defect: Record) -> str:
    return gettext("; ").join(words.bracketed(one["page"] or one["seat"], one["note"]) for one in defect["sightings"])
