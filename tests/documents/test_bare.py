"""What cameras and programs write into pictures is in nothing that a reviewer gets; the picture is as it was."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import Any

import pytest
from pypdf import PdfReader

from scoring.documents import as_html, examine
from scoring.documents.bare import bare
from scoring.documents.images import media_type
from tests.documents.making import docx, jpeg, pdf_of, picture, png, stream

WHO = "陈思远拍摄".encode()
INSIDE = False


def segment(kind: int, payload: bytes) -> bytes:
    return bytes((0xFF, kind)) + struct.pack(">H", len(payload) + 2) + payload


def exif(orientation: int) -> bytes:
    """What a camera writes: how the photo is to be turned, and who took it."""
    turned = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    artist = struct.pack("<HHII", 0x013B, 2, len(WHO), 38)
    return segment(0xE1, b"Exif\x00\x00II*\x00" + struct.pack("<IH", 8, 2) + turned + artist + bytes(4) + WHO)


def photo(orientation: int = 1) -> bytes:
    """A JPEG with a scan, as a camera and a program after it leave it: EXIF, XMP, IPTC, a comment, a second picture."""
    start, frame = jpeg()[:20], jpeg()[20:-2]
    told = exif(orientation) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + WHO) + segment(0xED, WHO)
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return start + told + segment(0xFE, WHO) + frame + scan + b"\xff\xd9" + b"\xff\xd8" + exif(1) + WHO + b"\xff\xd9"


def drawing() -> bytes:
    """A PNG with words of its program in every chunk that may hold some."""

    def chunk(kind: bytes) -> bytes:
        return struct.pack(">I", len(WHO)) + kind + WHO + struct.pack(">I", zlib.crc32(kind + WHO))

    whole = png()
    head, rest = whole[:33], whole[33:]
    return head + b"".join(map(chunk, (b"tEXt", b"iTXt", b"eXIf", b"tIME", b"prVt"))) + rest + WHO


@pytest.mark.parametrize("content", [photo(), photo(6), drawing()], ids=["photo", "turned", "drawing"])
def test_nothing_of_who_made_it_is_left_and_it_is_the_same_picture(content: bytes) -> None:
    left = bare(content)
    assert WHO in content
    assert WHO not in left
    assert media_type(left) == media_type(content)
    assert bare(left) == left


def test_a_photo_stays_turned_and_its_data_are_untouched() -> None:
    left = bare(photo(6))
    assert left.count(b"Exif\x00\x00") == 1
    assert struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) in left
    assert b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9" in left
    assert b"Exif" not in bare(photo(1))


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_a_cut_picture_ends_where_it_makes_no_sense(cut: int) -> None:
    for whole in (photo(6), drawing()):
        assert WHO not in bare(whole[:cut]) or not whole[:cut].startswith((b"\xff\xd8\xff", b"\x89PNG"))


@pytest.mark.parametrize("content", [photo(), drawing()], ids=["photo", "drawing"])
def test_a_picture_in_a_docx_is_shown_without_and_without_its_description(content: bytes) -> None:
    refers = [("rId9", "image", "media/a.bin", INSIDE)]
    shown = as_html(
        docx(body=picture("rId9", description=WHO.decode()), parts={"word/media/a.bin": content}, refers=refers)
    )
    assert WHO.decode() not in shown
    (put,) = [part.partition('"')[0] for part in shown.split("base64,")[1:]]
    assert base64.b64decode(put) == bare(content)


def packed(filters: bytes) -> bytes:
    """The photo as the filters of a PDF pack it."""
    if b"Flate" in filters:
        return zlib.compress(photo())
    return photo().hex().encode() + b">" if b"Hex" in filters else photo()


@pytest.mark.parametrize("before", [b"", b"/FlateDecode ", b"/ASCIIHexDecode "])
def test_a_photo_in_a_pdf_is_kept_without(before: bytes) -> None:
    about = b"/Type /XObject /Subtype /Image /Width 4 /Height 4 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 100 100] >>",
        3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>",
        4: stream(b"q 100 0 0 100 0 0 cm /Im Do Q"),
        5: stream(packed(before), about + b"/Filter [" + before + b"/DCTDecode]"),
    }
    examined = examine("a.pdf", pdf_of(objects))
    page: Any = PdfReader(io.BytesIO(examined.shown)).pages[0]
    (image,) = page["/Resources"]["/XObject"].values()
    assert image.get_object()._data == bare(photo())
    assert WHO not in examined.shown
