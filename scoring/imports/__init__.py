"""Lists that come as spreadsheets or are pasted: read with every cell's place, and put right on the page."""

from scoring.imports.apart import pasted_apart, sheets_apart
from scoring.imports.choices import Choices
from scoring.imports.columns import Column, Kind
from scoring.imports.delimited import TEXT
from scoring.imports.grid import Cell, Grid
from scoring.imports.headings import HeadedColumn
from scoring.imports.kinds import KINDS
from scoring.imports.reading import BYTES_MOST, pasted, read, sheets_of
from scoring.imports.row import LeftOut, Row
from scoring.imports.rows import ROWS_MOST, Reading, reading_of
from scoring.imports.template import template

__all__ = [
    "BYTES_MOST",
    "KINDS",
    "ROWS_MOST",
    "TEXT",
    "Cell",
    "Choices",
    "Column",
    "Grid",
    "HeadedColumn",
    "Kind",
    "LeftOut",
    "Reading",
    "Row",
    "pasted",
    "pasted_apart",
    "read",
    "reading_of",
    "sheets_apart",
    "sheets_of",
    "template",
]
