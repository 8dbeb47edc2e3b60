"""Which tables the record of an event has, by what is judged in it."""

from __future__ import annotations

from scoring.exports import tables
from scoring.exports.checklist_table import checklist
from scoring.exports.match_tables import match_ranking, match_tables
from scoring.exports.tables import Record, Table


def ranking_of(record: Record) -> Table:
    """The ranking alone."""
    return match_ranking(record) if record["contest"]["subject"] == "match" else tables.ranking(record)


def tables_of(record: Record) -> list[Table]:
    """All of them, the ranking first; what only some formats have is left out where it has no row."""
    if record["contest"]["subject"] == "match":
        return match_tables(record)
    more = [checklist(record), *([tables.severity(record)] if record.get("severity") else [])]
    marked = [tables.ranking(record), tables.marks(record), tables.explanations(record)]
    return [*marked, *(table for table in more if table.rows)]
