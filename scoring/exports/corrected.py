"""The corrections as a table: each value that was asked about, who asked and decided, and both scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext

from scoring.exports import words
from scoring.exports.tables import Figure, Record, Table
from scoring.wording.subjects import paired


def corrections(record: Record) -> Table:
    """One row for each value that a correction was asked for, whatever became of the request."""
    headings = (
        gettext("Request"),
        gettext("No."),
        gettext("Judge"),
        gettext("What"),
        gettext("Old"),
        gettext("New"),
        gettext("Reason"),
        gettext("Who asks"),
        gettext("Entered by"),
        gettext("State"),
        gettext("Decided by"),
        gettext("Reason of the decision"),
        gettext("Score before"),
        gettext("Score after"),
    )
    rows = (row for request in record.get("corrections", ()) for row in _rows(request))
    return Table(gettext("Corrections"), headings, tuple(rows))


def _rows(request: Record) -> Iterable[tuple[str, ...]]:
    for change in request["changes"]:
        yield (
            Figure(request["id"]),
            paired(request["number"]),
            "" if request["seat"] is None else str(request["seat"]),
            words.entry(change),
            _value(change["old"]),
            _value(change["new"]),
            request["reason"],
            request["asked_by"],
            request["requested_by"],
            words.decision(request["state"]),
            request["decided_by"],
            request["decision"],
            " : ".join(score["old"] for score in request["scores"]),
            " : ".join(score["new"] for score in request["scores"]),
        )


def _value(said: str | Mapping[str, str]) -> str:
    """A value as it was entered, or by its name where it has one."""
    return said if isinstance(said, str) else words.named(said)
