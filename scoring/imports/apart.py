"""Reading a workbook in a process of its own, as documents are examined: no file can hold up the venue."""

from __future__ import annotations

from scoring.documents.apart import answer_of_process
from scoring.documents.kinds import ZIP
from scoring.imports.grid import Grid
from scoring.imports.reading import sheets_of
from scoring.rules.refusal import Refused

SECONDS_MOST = 10
MODULE = "scoring.imports.worker"


def sheets_apart(content: bytes, seconds: int = SECONDS_MOST) -> tuple[Grid, ...]:
    """As `sheets_of`, and refused as too complex where it takes more than these seconds or 1.5 GB.

    Plain text cannot hurt and is read at once. Waits without holding this process's lock; in the server call it from a
    thread, not from the loop.
    """
    if not content.startswith(ZIP):
        return sheets_of(content)
    try:
        return tuple(Grid.from_data(sheet) for sheet in answer_of_process(MODULE, "", content, seconds)["sheets"])
    except Refused as refused:
        code = "import_too_complex" if refused.code == "document_too_complex" else refused.code
        raise (Refused.because(code) if code != refused.code else refused) from None
