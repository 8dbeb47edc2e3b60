"""The ZIP that a DOCX is: its directory checked before anything is inflated, then its parts."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from scoring.documents.guarded_xml import Guard
from scoring.documents.kinds import OLE
from scoring.rules.refusal import Refused

ENTRIES_MOST = 2_000
INFLATED_MOST = 80 * 1024 * 1024
RATIO_MOST = 150
RATIO_FROM = 1024 * 1024
"""Text of a Word document shrinks 10 to 40 times; only parts of at least this many bytes are held to the ratio."""
CENTRAL_ENTRY = b"PK\x01\x02"
TYPES = "[Content_Types].xml"
MAIN_TYPE = b"wordprocessingml.document.main+xml"
MACRO_TYPES = (b"macroenabled", b"vbaproject", b"vbadata")
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
MACRO_MARK = "_VBA_PROJECT".encode("utf-16-le")
XML_ENDINGS = (".xml", ".rels", ".vml", ".svg")
BOMS = (b"\xff\xfe", b"\xfe\xff")

Parts = dict[str, bytes]


def opened(content: bytes) -> Parts:
    """All parts by name, XML read by the guard; refused where the package is a bomb, locked, broken or no DOCX."""
    parts = unpacked(content)
    _refuse_type(parts)
    _refuse_macros(parts)
    _guard(parts)
    return parts


def unpacked(content: bytes) -> Parts:
    """All parts of an office package by name; refused where it is a bomb, locked or broken. No XML is read yet."""
    if content.count(CENTRAL_ENTRY) > ENTRIES_MOST:
        raise Refused.because("document_zip_bomb")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_directory(package.infolist())
            return dict(_inflated(package))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Refused.because("document_broken") from error


def is_xml(name: str, content: bytes) -> bool:
    """Whether some parser might take this part for XML, whatever it is called."""
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return name.lower().endswith(XML_ENDINGS) or start.startswith((b"<", *BOMS)) or start.startswith(b"\x00<")


def _refuse_directory(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if len(entries) > ENTRIES_MOST or sum(entry.file_size for entry in entries) > INFLATED_MOST:
        raise Refused.because("document_zip_bomb")
    if any(entry.file_size > max(RATIO_FROM, RATIO_MOST * entry.compress_size) for entry in entries):
        raise Refused.because("document_zip_bomb")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused.because("document_encrypted")
    if len(set(names)) < len(names) or any(".." in name.split("/") or "\\" in name for name in names):
        raise Refused.because("document_broken")


def _inflated(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Each part, read no further than its declared size, which the sum above has bounded."""
    for entry in package.infolist():
        if not entry.is_dir():
            with package.open(entry) as part:
                yield entry.filename, part.read(entry.file_size)


def _refuse_type(parts: Parts) -> None:
    types = parts.get(TYPES, b"")
    if any(mark in types.lower() for mark in MACRO_TYPES):
        raise Refused.because("document_has_macros")
    if "word/document.xml" not in parts and MAIN_TYPE not in types:
        raise Refused.because("document_kind_unknown")
    if MAIN_TYPE not in types:
        raise Refused.because("document_broken")


def _refuse_macros(parts: Parts) -> None:
    for name, content in parts.items():
        ole_macro = content.startswith(OLE) and MACRO_MARK in content
        if ole_macro or name.lower().rpartition("/")[2] in MACRO_PARTS:
            raise Refused.because("document_has_macros")


def _guard(parts: Parts) -> None:
    guard = Guard()
    for name, content in parts.items():
        if is_xml(name, content):
            guard.check(content)
