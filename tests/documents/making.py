"""Documents made on the fly: good ones as Word and its like write them, and the pieces of hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = f'xmlns:r="{OFFICE}/relationships"'
DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/></Types>'
)
SUGGESTION = (
    "检察建议书",
    "经查，你单位对辖区内窨井盖疏于管护，存在安全隐患。",
    "请于收到本建议书后二个月内书面回复。",
)


def references(*items: tuple[str, str, str, bool]) -> str:
    """A part of relationships: id, kind, target and whether it is outside."""
    modes = {True: "External", False: "Internal"}
    rows = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/relationships/{kind}" Target="{escape(target)}" '
        f'TargetMode="{modes[outside]}"/>'
        for key, kind, target, outside in items
    )
    return (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}'
        "</Relationships>"
    )


def paragraph(text: str) -> str:
    """A paragraph of one run."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def picture(reference: str, way: str = "embed", description: str = "现场照片") -> str:
    """A paragraph with a picture, embedded or linked."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline {DRAWING}><wp:docPr id="1" name="p" descr="{description}"/>'
        f'<a:graphic><a:graphicData uri=""><pic:pic><pic:blipFill><a:blip r:{way}="{reference}"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def document_xml(body: str) -> str:
    """The main part around a body."""
    return f"{HEAD}<w:document {W} {R}><w:body>{body}</w:body></w:document>"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def docx(
    *paragraphs: str,
    body: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    refers: Sequence[tuple[str, str, str, bool]] = (),
) -> bytes:
    """A DOCX with these paragraphs and this body, further parts, and the main part's references."""
    text = "".join(map(paragraph, paragraphs or SUGGESTION)) + body
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": references(("rId1", "officeDocument", "word/document.xml", False)),
            "word/document.xml": document_xml(text),
            "word/_rels/document.xml.rels": references(*refers),
        }
        | dict(parts or {})
    )


def core_properties(author: str, changed_by: str) -> str:
    """docProps/core.xml."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>检察建议书</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{changed_by}</cp:lastModifiedBy></cp:coreProperties>"
    )


def app_properties(company: str) -> str:
    """docProps/app.xml."""
    return f'{HEAD}<Properties xmlns="{OFFICE}/extended-properties"><Company>{company}</Company></Properties>'


def custom_properties(name: str, value: str) -> str:
    """docProps/custom.xml."""
    return (
        f'{HEAD}<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
        f'<property fmtid="x" pid="2" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property></Properties>'
    )


def png(width: int = 2, height: int = 2) -> bytes:
    """A grey PNG; where it is large only its head is right."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\x80" * width) * height if width * height < 1_000_000 else b""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(width: int = 4, height: int = 4) -> bytes:
    """The head of a JPEG, which is all that is looked at."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0"
        + struct.pack(">H", 16)
        + b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        + frame
        + b"\xff\xd9"
    )


def pdf_of(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these numbered objects; number 1 is the catalog."""
    out, places = b"%PDF-1.7\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    return out + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def pdf(
    *pages: str, catalog: bytes = b"", page: bytes = b"", more: Mapping[int, bytes] | None = None, trailer: bytes = b""
) -> bytes:
    """A PDF of these pages' text, written with a Chinese font that is not embedded; objects 3 to 9 are free for `more`.

    `catalog` and `page` are further entries of the catalog and of every page.
    """
    texts = pages or ("\n".join(SUGGESTION),)
    kids = b" ".join(b"%d 0 R" % (20 + 2 * number) for number in range(len(texts)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 595 842] >>" % (kids, len(texts)),
        10: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [11 0 R] >>",
        11: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 12 0 R /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        12: b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    }
    for number, text in enumerate(texts):
        objects[20 + 2 * number] = (
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources << /Font << /F1 10 0 R >> >> %s >>"
            % (21 + 2 * number, page)
        )
        objects[21 + 2 * number] = stream(_written(text))
    return pdf_of(objects | dict(more or {}), trailer)


def _written(text: str) -> bytes:
    lines = b"".join(b"<%s> Tj T*\n" % line.encode("utf-16-be").hex().encode() for line in text.split("\n"))
    return b"BT /F1 18 Tf 60 760 Td 28 TL\n%sET" % lines if text else b"0 0 10 10 re f"


def encrypted_pdf(user_password: str = "", owner_password: str | None = None) -> bytes:
    """A PDF that asks for a password, or only forbids."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt(user_password, owner_password, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def old_office_file(stream_name: str) -> bytes:
    """The look of a compound file: its mark, and the name of a stream in its directory."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1016) + stream_name.encode("utf-16-le") + bytes(512)


def scanned_pdf(side: int = 100) -> bytes:
    """A PDF of one page with no text but a black picture as scanners write it (JBIG2: a page whose ground is black)."""
    black = struct.pack(">IIIIBH", side, side, 0, 0, 0b100, 0)
    picture = struct.pack(">IBBBI", 0, 48, 0, 1, len(black)) + black
    image = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1 "
        b"/Filter /JBIG2Decode" % (side, side)
    )
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 100 100] >>",
            3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>",
            4: stream(b"q 100 0 0 100 0 0 cm /Im Do Q"),
            5: stream(picture, image),
        }
    )
