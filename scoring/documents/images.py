"""Pictures that may be shown: PNG and JPEG within size, told by their content."""

from __future__ import annotations

import struct

BYTES_MOST = 4 * 1024 * 1024
ALL_BYTES_MOST = 12 * 1024 * 1024
PIXELS_MOST = 40_000_000
SIDE_MOST = 16_000
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


def media_type(content: bytes) -> str | None:
    """The type, image/png or image/jpeg, where the picture may be shown; None where it may not."""
    size = _size(content)
    if size is None or len(content) > BYTES_MOST:
        return None
    if not 0 < max(size) <= SIDE_MOST or not 0 < size[0] * size[1] <= PIXELS_MOST:
        return None
    return "image/png" if content.startswith(PNG) else "image/jpeg"


def _size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels."""
    if content.startswith(PNG) and content[12:16] == b"IHDR" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    return _jpeg_size(content) if content.startswith(JPEG) else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height from the frame header, found by walking the segments before it."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if kind in JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        bare = kind == 0xFF or kind in JPEG_BARE
        at += (1 if kind == 0xFF else 2) if bare else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
