"""Lists that come as spreadsheets: read with every cell's place, and refused with it where something is wrong."""

from scoring.imports.apart import read_apart
from scoring.imports.grid import Cell, Grid
from scoring.imports.kinds import KINDS, Column, Kind
from scoring.imports.reading import read
from scoring.imports.rows import Reading, Row
from scoring.imports.template import template

__all__ = ["KINDS", "Cell", "Column", "Grid", "Kind", "Reading", "Row", "read", "read_apart", "template"]
