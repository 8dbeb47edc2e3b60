"""The overall result as a workbook: the ranking with every event's part in it, the offices, and who has no total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext

from scoring.exports import words
from scoring.exports.spreadsheet import workbook
from scoring.exports.tables import Figure, Record, Table, award


def overall_xlsx(record: Record) -> bytes:
    """The workbook as bytes; needs the board's overall result."""
    return workbook(record, (ranking(record), offices(record), without_total(record)))


def ranking(record: Record) -> Table:
    """Everybody with a total in rank order: each event's score, what it adds, the total and the award."""
    parts = [heading for event in record["events"] for heading in _headings_of(event)]
    headings = (gettext("Rank"), gettext("No."), gettext("Name"), gettext("Office"), *parts, gettext("Total"))
    closing = (gettext("Further decimals"), gettext("Tie"), gettext("Award"), gettext("Promotion"))
    return Table(
        gettext("Overall ranking"), (*headings, *closing), tuple(_row(row, record["events"]) for row in record["rows"])
    )


def _headings_of(event: Record) -> tuple[str, str]:
    name = words.named(event)
    return name, f"{name} × {event['weight']}%"


def _row(row: Record, events: Sequence[Record]) -> tuple[str, ...]:
    """An event that does not count for somebody, such as a stage they did not go on to, is left empty."""
    terms = {term["event"]: (Figure(term["shown"]), Figure(term["points"])) for term in row["terms"]}
    parts = [figure for event in events for figure in terms.get(event["event"], ("", ""))]
    stayed = words.named(row["stopped"]) if row["stopped"] else ""
    return Figure(row["rank"]), row["number"], row["name"], row["office"], *parts, *_closing(row), stayed


def _closing(row: Record) -> tuple[str, ...]:
    """The total, the longer figure where the shown one is not enough to see the order, the tie step and the award."""
    further = Figure(row["precise"]) if row["precise"] != row["score"] else ""
    return Figure(row["score"]), further, words.reason(row, words.overall_tie(row["decided_by"])), award(row)


def offices(record: Record) -> Table:
    """The ranked offices with those of their contestants that count, then the offices with too few totals."""
    headings = (
        gettext("Rank"),
        gettext("Office"),
        gettext("Contestants"),
        gettext("Counted"),
        gettext("Mean"),
        gettext("Further decimals"),
        gettext("Tie"),
        gettext("Award"),
    )
    ranked = [
        (Figure(row["rank"]), row["office"], Figure(row["entrants"]), _members(row), *_closing(row))
        for row in record["offices"]
    ]
    few = gettext("too few totals")
    rest = [("", row["office"], Figure(row["entrants"]), few, "", "", "", "") for row in record["offices_open"]]
    return Table(gettext("Offices"), headings, (*ranked, *rest))


def _members(row: dict[str, Any]) -> str:
    return gettext("; ").join(f"{term['number']} {term['name']} {term['shown']}" for term in row["terms"])


def without_total(record: Record) -> Table:
    """Whoever has no total, with the events in which a score is missing."""
    headings = (gettext("No."), gettext("Name"), gettext("Office"), gettext("Missing in"))
    rows = tuple(
        (row["number"], row["name"], row["office"], gettext("; ").join(_missing(event) for event in row["missing"]))
        for row in record["open"]
    )
    return Table(gettext("Without a total"), headings, rows)


def _missing(event: Record) -> str:
    """The event, with the ground where there is a known one."""
    return " ".join(words.named(said) for said in (event, event["ground"]) if said)
