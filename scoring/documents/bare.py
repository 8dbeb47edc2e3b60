"""Pictures without what cameras and programs write into them: who took them, where, with which device; no thumbnail."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from scoring.documents.images import JPEG, JPEG_BARE, PNG

#: What is kept of a JPEG beside the picture: that it is one, and how its colours are meant.
JFIF, ADOBE = 0xE0, 0xEE
START_OF_SCAN, END, COMMENT = 0xDA, 0xD9, 0xFE
#: What is kept of a PNG: the picture, and how its colours and transparency are meant.
PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD"})
JP2, JP2_KEPT = b"\x00\x00\x00\x0cjP  \r\n\x87\n", frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
EXIF, ORIENTATION = b"Exif\x00\x00", 0x0112


def bare(content: bytes) -> bytes:
    """The picture alone; how a photo is to be turned is kept. What is no JPEG, PNG or JPEG 2000 stays as it is.

    What is malformed ends where it stops making sense.
    """
    if content.startswith(JPEG):
        return b"".join(_jpeg(content))
    if content.startswith(PNG):
        return b"".join(_png(content))
    return b"".join(_jp2(content)) if content.startswith(JP2) else content


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if kind == 0xFF or (kind in JPEG_BARE and kind != END):
            at += 1 if kind == 0xFF else 2
            continue
        if kind == END:
            break
        size = 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at : at + size]
        if kind == START_OF_SCAN:
            size = _end_of_scan(content, at + size) - at
            segment = content[at : at + size]
        if kind in (JFIF, ADOBE) or not (JFIF <= kind <= 0xEF or kind == COMMENT):
            yield segment
        elif turned := _orientation(segment[4:]):
            yield _turned(turned)
        at += size
    yield bytes((0xFF, END))


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the picture's own data end: at the next marker that is neither a stuffed byte nor a restart."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if content[at + 1] == 0xFF else 2
    return len(content)


def _orientation(payload: bytes) -> int:
    """How the photo is to be turned, 2 to 8; 0 for not at all and for anything else than EXIF."""
    tiff = payload.removeprefix(EXIF)
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if tiff == payload or order is None or len(tiff) < 10:
        return 0
    at = int(struct.unpack_from(f"{order}I", tiff, 4)[0])
    count = int.from_bytes(tiff[at : at + 2], "little" if order == "<" else "big")
    for place in range(min(count, 200)):
        entry = tiff[at + 2 + 12 * place : at + 14 + 12 * place]
        if len(entry) == 12 and struct.unpack_from(f"{order}H", entry)[0] == ORIENTATION:
            turned = int(struct.unpack_from(f"{order}H", entry, 8)[0])
            return turned if 2 <= turned <= 8 else 0
    return 0


def _turned(orientation: int) -> bytes:
    """A segment of EXIF that says this and nothing else."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, orientation, 0)
    payload = EXIF + b"MM\x00*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload


def _png(content: bytes) -> Iterator[bytes]:
    yield PNG
    at = len(PNG)
    while at + 12 <= len(content):
        size = 12 + int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        if kind in PNG_KEPT:
            yield content[at : at + size]
        if kind == b"IEND":
            return
        at += size


def _jp2(content: bytes) -> Iterator[bytes]:
    at = 0
    while at + 8 <= len(content):
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        size = int.from_bytes(content[at + 8 : at + 16], "big") if size == 1 else size or len(content) - at
        if size < 8:
            return
        if kind in JP2_KEPT:
            yield content[at : at + size]
        at += size
