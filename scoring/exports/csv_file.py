"""The ranking as CSV that a double click opens right in Excel, also with Chinese names."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from scoring.exports import tables, words
from scoring.exports.event_tables import ranking_of

# What a spreadsheet takes for the start of a formula, also in the full-width form of Chinese keyboards.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BREAKS = ("\t", "\r", "\n")


def ranking_csv(record: tables.Record) -> bytes:
    """The ranking in UTF-8 with a byte order mark and CRLF; needs the board's record_of_marks.

    Text that a spreadsheet would run as a formula has an apostrophe put before it; figures stay as they are.
    """
    table = ranking_of(record)
    said = words.duties(record.get("duties"))
    return b"".join(csv_lines((table.headings, *table.rows, *([(said,)] if said else []))))


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The rows as the lines of such a file, one by one: a long file is never held as a whole."""
    text = StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    yield BOM_UTF8
    for row in rows:
        lines.writerow([harmless(cell) for cell in row])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def harmless(cell: str) -> str:
    """The cell as no spreadsheet will run it."""
    if isinstance(cell, tables.Figure):
        return str(cell)
    runs = cell.startswith(BREAKS) or cell.lstrip().startswith(FORMULA)
    return f"'{cell}" if runs else cell
