"""Reading a workbook in a process of its own, as documents are examined: no file can hold up the venue."""

from __future__ import annotations

from scoring.documents.apart import answer_of_process
from scoring.documents.kinds import ZIP
from scoring.imports.reading import read
from scoring.imports.rows import Reading
from scoring.rules.refusal import Refused

SECONDS_MOST = 10
MODULE = "scoring.imports.worker"


def read_apart(kind: str, content: bytes, seconds: int = SECONDS_MOST) -> Reading:
    """As `read`, and refused as too complex where it takes more than these seconds or 1.5 GB.

    Plain text cannot hurt and is read at once. Waits without holding this process's lock; in the server call it from a
    thread, not from the loop.
    """
    if not content.startswith(ZIP):
        return read(kind, content)
    try:
        return Reading.from_data(answer_of_process(MODULE, kind, content, seconds))
    except Refused as refused:
        code = "import_too_complex" if refused.code == "document_too_complex" else refused.code
        raise (Refused.because(code) if code != refused.code else refused) from None
