"""Text files with one row a line: in UTF-8, UTF-16 or GB 18030, their cells parted by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from scoring.imports.grid import Cell, Grid
from scoring.rules.refusal import Refused

DELIMITERS = (",", ";", "\t", "，", "；")
#: What the one sheet of a text file is called.
TEXT = "CSV"
#: So many lines are looked at to find out by what the cells are parted.
LOOKED_AT = 20


def decoded(content: bytes) -> str:
    """The text, whatever it is encoded in. Raises Refused import_text_unreadable.

    GBK and GB 2312 are parts of GB 18030. UTF-8 is tried before it, because Chinese text in GBK is almost never valid
    UTF-8, while any UTF-8 may pass for GBK.
    """
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif content.startswith(BOM_UTF8):
        encodings = ("utf-8-sig",)
    elif b"\0" in content[:400]:
        encodings = ("utf-16-be",) if content[:2].startswith(b"\0") else ("utf-16-le", "utf-16-be")
    else:
        encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused.because("import_text_unreadable")


def grid_of(text: str, most: int) -> Grid:
    """The lines of the text, cut off after `most` of them that hold something; refuses import_text_broken (line)."""
    lines: dict[int, list[Cell]] = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines[reader.line_num] = [Cell(cell) for cell in cells]
            if len(lines) > most:
                break
    except csv.Error as error:
        raise Refused.because("import_text_broken", line=reader.line_num) from error
    return Grid(TEXT, lines)


def _delimiter(text: str) -> str:
    """What most often parts the cells of the first lines."""
    looked_at = "\n".join(text.splitlines()[:LOOKED_AT])
    return max(DELIMITERS, key=looked_at.count)
