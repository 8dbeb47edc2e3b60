"""Text with one row a line, from a file or pasted: in UTF-8, UTF-16 or GB 18030, its cells parted in any usual way."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from scoring.imports.grid import LONGEST_TEXT, Cell, Grid
from scoring.imports.kinds import headings_in
from scoring.rules.refusal import Refused

DELIMITERS = ("\t", ",", ";", "，", "；")
#: These part cells only below headings that they part: elsewhere 、 stands between names, and so may the others.
BY_HEADINGS = ("、", "|", "｜")
#: Some rows are typed with the other keyboard than the headings.
TWINS = {",": "，", "，": ",", ";": "；", "；": ";"}
#: What the one sheet of a text is called.
TEXT = "CSV"
#: So many lines are looked at to find out by what the cells are parted.
LOOKED_AT = 20
#: The share of lines that must have the same number of cells for a sign to part them.
EVEN = 0.5
_NUMBERED = re.compile(r"([0-9０-９]{1,4})\s*[、.．)）:：]\s*")
_BLANKS = re.compile(r"[\s\u3000]+")


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
    delimiter = _delimiter(text)
    if not delimiter:
        return Grid(TEXT, dict(_cut(_plain_lines(text), most)))
    twin = TWINS.get(delimiter, "")
    lines = ((line, _twin_parted(cells, twin)) for line, cells in _parsed(text, delimiter))
    return Grid(TEXT, dict(_cut(lines, most)))


def _cut(lines: Iterator[tuple[int, list[str]]], most: int) -> Iterator[tuple[int, list[Cell]]]:
    filled = 0
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            yield line, [Cell(cell[:LONGEST_TEXT]) for cell in cells]
            filled += 1
        if filled > most:
            return


def _parsed(text: str, delimiter: str, strict: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Each line's number and cells; what a spreadsheet puts in quotes may hold signs and line breaks."""
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" and not _closes(text) else csv.QUOTE_MINIMAL
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict, quoting=quoting)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise Refused.because("import_text_broken", line=reader.line_num) from error


def _closes(text: str) -> bool:
    """Whether quotation marks in copied cells are those of a spreadsheet; else they are what somebody wrote."""
    try:
        return bool(list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)))
    except csv.Error:
        return False


def _twin_parted(cells: list[str], twin: str) -> list[str]:
    return cells[0].split(twin) if twin and len(cells) == 1 and twin in cells[0] else cells


def _delimiter(text: str) -> str:
    """What parts the most headings; without headings, what parts every line alike; "" for lines of words."""
    rated = {one: _rating(text, one) for one in (*DELIMITERS, *BY_HEADINGS) if one in text}
    usual = {one: rating for one, rating in rated.items() if one in DELIMITERS or rating[0] > 1}
    best = max(usual, key=lambda one: usual[one], default="")
    headings, evenness = usual.get(best, (0, 0.0))
    return best if headings > 1 or evenness > EVEN or best == "\t" else ""


def _rating(text: str, delimiter: str) -> tuple[int, float]:
    """How many headings a line has at most, and in what share of the lines the usual number of cells stands."""
    start = "\n".join(text.splitlines()[:LOOKED_AT])
    try:
        rows = [cells for _, cells in _parsed(start, delimiter, strict=False) if any(cells)]
    except Refused:
        return 0, 0.0
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    usual = max(widths.values(), default=0)
    return max(map(headings_in, rows), default=0), usual / max(1, len(rows))


def _says(line: str) -> bool:
    return any(sign.isalnum() for sign in line)


def _plain_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines of words: parted at blanks where every line has as many, a number in front always by itself."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if _says(line)]
    numbered = [(number, _NUMBERED.sub(r"\1 ", line, count=1)) for number, line in lines]
    parted = [(number, _BLANKS.split(line)) for number, line in numbered]
    even = len({len(cells) for _, cells in parted}) == 1
    is_names = all(len(cells) == 2 and all(len(cell) == 1 for cell in cells) for _, cells in parted)
    yield from parted if even and not is_names else ((number, [line]) for number, line in lines)
