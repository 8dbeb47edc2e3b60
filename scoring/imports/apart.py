"""Reading a workbook or a copied table in a process of its own, as documents are examined: none holds up the venue."""

from __future__ import annotations

from scoring.documents.apart import answer_of_process
from scoring.documents.kinds import ZIP
from scoring.imports.grid import Grid
from scoring.imports.reading import pasted, sheets_of
from scoring.rules.refusal import Refused

SECONDS_MOST = 10
MODULE, PASTING = "scoring.imports.worker", "scoring.imports.pasting"


def sheets_apart(content: bytes, seconds: int = SECONDS_MOST) -> tuple[Grid, ...]:
    """As `sheets_of`, and refused as too complex where it takes more than these seconds or 1.5 GB.

    Plain text is read at once, in a time that grows as its length does. Waits without holding this process's lock; in
    the server call it from a thread, not from the loop.
    """
    if not content.startswith(ZIP):
        return sheets_of(content)
    return _read_by(MODULE, "", content, seconds)


def pasted_apart(text: str, table: str, seconds: int = SECONDS_MOST) -> tuple[Grid, ...]:
    """As `pasted`, and refused as too complex where the copied table takes more than these seconds.

    It is a page of somebody's, and the library's reader of pages needs minutes for a few kilobytes of the wrong ones.
    """
    if not table:
        return (pasted(text),)
    return _read_by(PASTING, table, text.encode(errors="replace"), seconds)


def _read_by(module: str, word: str, content: bytes, seconds: int) -> tuple[Grid, ...]:
    try:
        return tuple(Grid.from_data(sheet) for sheet in answer_of_process(module, word, content, seconds)["sheets"])
    except Refused as refused:
        code = "import_too_complex" if refused.code == "document_too_complex" else refused.code
        raise (Refused.because(code) if code != refused.code else refused) from None
