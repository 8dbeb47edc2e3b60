"""What a file is, by its content; what its name says only has to agree."""

from __future__ import annotations

from pathlib import PurePosixPath

from scoring.documents.examined import Kind
from scoring.rules.refusal import Refused

BYTES_MOST = 20 * 1024 * 1024
"""Source: the suggestion review takes documents of up to 20 MB."""

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"
BLANKS = b"\xef\xbb\xbf \t\r\n"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
OLD_WORD = "WordDocument".encode("utf-16-le")


def refuse_size(content: bytes) -> None:
    """Refuse an empty file and one over 20 MB."""
    if not content:
        raise Refused.because("document_empty")
    if len(content) > BYTES_MOST:
        raise Refused.because("document_too_large", most=BYTES_MOST // 1024 // 1024)


def kind_of(name: str, content: bytes) -> Kind:
    """The kind that the content shows; refused where it is another kind than the name's ending says, or neither."""
    kind = _sniffed(content)
    says = PurePosixPath(name).suffix.lower().lstrip(".")
    if says in ("pdf", "docx") and says != kind:
        raise Refused.because("document_renamed", says=says.upper(), found=kind.upper())
    return kind


def _sniffed(content: bytes) -> Kind:
    if content[:16].lstrip(BLANKS).startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(ZIP):
        return "docx"
    if content.startswith(OLE) and ENCRYPTED_PACKAGE in content:
        raise Refused.because("document_encrypted")
    if content.startswith(OLE) and OLD_WORD in content:
        raise Refused.because("document_old_word")
    raise Refused.because("document_kind_unknown")
