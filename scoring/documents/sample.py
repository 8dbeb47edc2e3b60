"""A small PDF of some lines, written with the standard library, and the letter that a rehearsal is reviewed with."""

from __future__ import annotations

from collections.abc import Sequence

LINE = 26  # characters of a line
#: What reviewers read in a rehearsal: nothing of a contestant's, so that nobody sees a document early.
LETTER = (
    "检察建议书（彩排样文）",
    "某某单位：",
    "本文是彩排用的样文，不是任何参赛选手的文书，仅供评阅人试评、检查平板显示。",
    "一、请确认文字清晰可读，可以翻页、放大。",
    "二、请填写每一项评分，并提交一次。",
    "彩排结束后，样文和评分全部作废，不计入正式比赛。",
)


def pdf(lines: Sequence[str]) -> bytes:
    """A PDF of one page, in a Chinese font that every reader brings along."""
    broken = [line[at : at + LINE] for line in lines for at in range(0, len(line), LINE)]
    shown = b"".join(b"<%s> Tj T*\n" % line.encode("utf-16-be").hex().encode() for line in broken)
    text = b"BT /F1 17 Tf 70 760 Td 30 TL\n%sET" % shown
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    )
    return _numbered(objects)


def _numbered(objects: Sequence[bytes]) -> bytes:
    """The file around the objects: the first is the catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    ending = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + ending
