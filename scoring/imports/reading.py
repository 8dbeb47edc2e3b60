"""The one door for a list that is handed in: what kind of file it is, and its sheets as they stand there."""

from __future__ import annotations

from scoring.documents.kinds import ENCRYPTED_PACKAGE, OLD_WORD, OLE, ZIP
from scoring.imports.choices import Choices
from scoring.imports.copied import table_of
from scoring.imports.delimited import decoded, grid_of
from scoring.imports.grid import Grid
from scoring.imports.headings import HEADING_WITHIN
from scoring.imports.kinds import KINDS
from scoring.imports.rows import ROWS_MOST, Reading, reading_of
from scoring.rules.refusal import Refused

BYTES_MOST = 5 * 1024 * 1024
#: How files begin that people hand in all the same, and the sentence for each: it says what to do instead.
OTHERS = {
    b"%PDF-": "import_is_pdf",
    b"\x89PNG": "import_is_picture",
    b"\xff\xd8\xff": "import_is_picture",
    b"GIF8": "import_is_picture",
    b"{\\rtf": "import_is_word",
    b"<!DOCTYPE": "import_is_web_page",
    b"<html": "import_is_web_page",
    b"<table": "import_is_web_page",
    b"<?xml": "import_is_web_page",
}
#: A workbook that was saved as an XML table: WPS and Excel 2003 do so, and call it ET, XLS or XML.
XML_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"
HEAD = 4000  # bytes within which a file says what it is


def sheets_of(content: bytes) -> tuple[Grid, ...]:
    """The sheets of a file, whatever it is called: what it is shows in its first bytes.

    Raises Refused and nothing else where the file as a whole cannot be read. A hostile workbook may take long:
    `sheets_apart` gives it an end.
    """
    if not content.strip():
        raise Refused.because("import_empty")
    if len(content) > BYTES_MOST:
        raise Refused.because("import_too_large", most=BYTES_MOST // 1024 // 1024)
    if content.startswith(OLE):
        raise Refused.because(_old(content))
    if content.startswith(ZIP):
        from scoring.imports.workbook import grids_of  # with a library that only the process that reads one needs

        return tuple(grids_of(content, ROWS_MOST))
    start = content[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # of UTF-16, too
    if start.startswith(b"<?xml") and XML_WORKBOOK in start:
        raise Refused.because("import_is_xml_workbook")
    for beginning, code in OTHERS.items():
        if start[: len(beginning)].lower() == beginning.lower():
            raise Refused.because(code)
    return (pasted(decoded(content)),)


def _old(content: bytes) -> str:
    """XLS and ET are such packages, and so are DOC and anything with a password."""
    if ENCRYPTED_PACKAGE in content:
        return "document_encrypted"
    return "import_is_word" if OLD_WORD in content else "import_old_excel"


def pasted(text: str, table: str = "") -> Grid:
    """The sheet of a text that was copied out of a spreadsheet or typed; raises Refused as `sheets_of` does.

    `table` is what the spreadsheet copied beside the text, as a page: it goes before the text.
    """
    if not text.strip():
        raise Refused.because("import_empty")
    if len(text.encode(errors="replace")) > BYTES_MOST:
        raise Refused.because("import_too_large", most=BYTES_MOST // 1024 // 1024)
    most = ROWS_MOST + HEADING_WITHIN
    copied = table_of(table, most) if 0 < len(table) <= BYTES_MOST else None
    return copied if copied and copied.lines else grid_of(text, most)


def read(kind: str, content: bytes, choices: Choices | None = None) -> Reading:
    """The rows of a list of this kind, with what is wrong about single cells beside each; raises Refused."""
    return reading_of(KINDS[kind], sheets_of(content), choices)
