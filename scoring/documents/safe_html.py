"""A DOCX as HTML that a page under the strict policy may hold: few tags, no links, no styles, no scripts."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from typing import Any

import nh3

from scoring.documents import images
from scoring.documents.bare import bare
from scoring.documents.package import Parts, is_xml, opened
from scoring.rules.refusal import Refused

HTML_MOST = 24 * 1024 * 1024
TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "strong", "em", "u", "s", "sup", "sub"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "img"),
}
SPANS = {"colspan", "rowspan"}
ATTRIBUTES = {"td": SPANS, "th": SPANS, "img": {"src", "alt"}, "p": {"class"}}
CLASSES = {"centred", "right", "indented"}
SIDES = {"center": "centred", "right": "right", "end": "right"}
SAFE_SOURCES = ("data:image/png;base64,", "data:image/jpeg;base64,")
STYLES = "\n".join(
    (
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Subtitle'] => h2:fresh",
        "u => u",
        "strike => s",
        "comment-reference => !",
        "p[style-name='placed centred'] => p.centred:fresh",
        "p[style-name='placed right'] => p.right:fresh",
        "p[style-name='placed indented'] => p.indented:fresh",
    )
)
IMAGE_REMOVED = "document_image_removed"


def as_html(content: bytes) -> str:
    """The HTML of a DOCX, with pictures as data: addresses. Raises Refused as `examine` does."""
    return html_of(opened(content))[0]


def html_of(parts: Parts) -> tuple[str, set[str]]:
    """The HTML of a package's parts, and the codes of what was left out."""
    import mammoth  # which only whoever examines a document needs

    left_out: set[str] = set()
    try:
        rough = mammoth.convert_to_html(
            _only_what_is_read(parts),
            style_map=STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            transform_document=mammoth.transforms.paragraph(_placed),
            convert_image=mammoth.images.img_element(_picture(left_out)),
        ).value
    except RecursionError as error:
        raise Refused.because("document_too_complex") from error
    except Exception as error:  # the reader fails in many ways on what is not well made
        raise Refused.because("document_broken") from error
    if len(rough) > HTML_MOST:
        raise Refused.because("document_too_long")
    return _cleaned(rough), left_out


def _only_what_is_read(parts: Parts) -> io.BytesIO:
    """A package of the guarded XML and the pictures alone, so that no reference leads to an unguarded part."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            if is_xml(name, content) or images.media_type(content):
                package.writestr(name, content)
    file.seek(0)
    return file


def _placed(paragraph: Any) -> Any:
    """A plain paragraph that keeps whether it is centred, to the right or indented, as the form of a letter asks."""
    if paragraph.numbering or str(paragraph.style_name).lower().startswith(("heading", "title", "subtitle")):
        return paragraph
    indented = str(paragraph.indent.first_line or "0") != "0"
    place = SIDES.get(paragraph.alignment, "indented" if indented else "")
    return paragraph.copy(style_id=None, style_name=f"placed {place}") if place else paragraph


def _picture(left_out: set[str]) -> Callable[[Any], dict[str, str]]:
    """How a picture is put into the HTML: within the size for all of them, or left out and noted."""
    room = images.ALL_BYTES_MOST

    def put(image: Any) -> dict[str, str]:
        nonlocal room
        content = bare(_read(image))
        kind = images.media_type(content)
        if kind is None or len(content) > room:
            left_out.add(IMAGE_REMOVED)
            return {"src": ""}
        room -= len(content)
        return {"src": f"data:{kind};base64,{base64.b64encode(content).decode()}"}

    return put


def _read(image: Any) -> bytes:
    try:
        with image.open() as file:
            return bytes(file.read())
    except (ValueError, KeyError, OSError):  # an address outside, or a part that is not there
        return b""


def _cleaned(rough: str) -> str:
    return nh3.clean(
        rough,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"data"},
        link_rel=None,
        strip_comments=True,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if value.startswith(SAFE_SOURCES) else None
    if name == "alt":
        return ""  # a program writes the path of the file there, with the user's name
    if name == "class":
        return value if value in CLASSES else None
    if name in SPANS:
        return value if value.isascii() and value.isdigit() and int(value) <= 100 else None
    return value
