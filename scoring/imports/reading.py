"""The one door for a list that is handed in as a file."""

from __future__ import annotations

from scoring.documents.kinds import ENCRYPTED_PACKAGE, OLE, ZIP
from scoring.imports.delimited import decoded, grid_of
from scoring.imports.kinds import KINDS
from scoring.imports.rows import HEADING_WITHIN, ROWS_MOST, Reading, reading_of
from scoring.imports.workbook import grids_of
from scoring.rules.refusal import Refused

BYTES_MOST = 5 * 1024 * 1024
#: How files begin that people rename: PDF, pictures, RTF, pages of the web.
OTHERS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<!DOCTYPE", b"<html")


def read(kind: str, content: bytes) -> Reading:
    """The rows of a list of this kind, with what is wrong about single cells beside each.

    Raises Refused and nothing else where the file as a whole cannot be read. What the file is called does not matter:
    what it is shows in its first bytes. A hostile workbook may take long: `read_apart` gives it an end.
    """
    if not content.strip():
        raise Refused.because("import_empty")
    if len(content) > BYTES_MOST:
        raise Refused.because("import_too_large", most=BYTES_MOST // 1024 // 1024)
    if content.startswith(OLE):
        raise Refused.because("document_encrypted" if ENCRYPTED_PACKAGE in content else "import_old_excel")
    if content.startswith(ZIP):
        return reading_of(KINDS[kind], grids_of(content, ROWS_MOST))
    if content.lstrip().startswith(OTHERS):
        raise Refused.because("import_kind_unknown")
    return reading_of(KINDS[kind], [grid_of(decoded(content), ROWS_MOST + HEADING_WITHIN)])
