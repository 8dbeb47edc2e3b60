"""A DOCX: its text with places, its properties, and what in it reaches outside or acts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from scoring.documents import images
from scoring.documents.examined import Examined, Passage, Place, Spot
from scoring.documents.guarded_xml import attribute, local, tree
from scoring.documents.package import XML_ENDINGS, Parts, is_xml, opened
from scoring.documents.safe_html import IMAGE_REMOVED, html_of
from scoring.rules.refusal import Refused

Trees = dict[str, Element]

CHARACTERS_MOST = 400_000
"""Some 400 printed pages of Chinese."""
VALUE_MOST = 2_000
SPOTS: tuple[tuple[str, Spot], ...] = (
    ("word/document", "paragraph"),
    ("word/header", "header"),
    ("word/footer", "footer"),
    ("word/footnotes", "footnote"),
    ("word/endnotes", "endnote"),
    ("word/comments", "comment"),
    ("word/", "drawing"),
)
QUIET_PARTS = ("word/styles", "word/numbering", "word/settings", "word/theme", "word/fonttable", "word/websettings")
BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
PROPERTIES = {
    "creator": "author",
    "lastModifiedBy": "last_modified_by",
    "Company": "company",
    "Manager": "manager",
    "title": "title",
    "subject": "subject",
    "keywords": "keywords",
    "description": "description",
    "category": "category",
    "Template": "template",
    "HyperlinkBase": "hyperlink_base",
}
PEOPLE = "people"
META_ROOTS = ("coreProperties", "Properties")
OUTSIDE = {
    "hyperlink": "document_link_removed",
    "image": "document_remote_image_removed",
    "attachedTemplate": "document_remote_template_removed",
}
INSIDE = {
    "control": "document_activex_removed",
    "activeXControlBinary": "document_activex_removed",
    "oleObject": "document_object_removed",
    "package": "document_object_removed",
    "aFChunk": "document_object_removed",
    "subDocument": "document_object_removed",
}
REMOTE = "document_remote_object_removed"
OBJECT = "document_object_removed"
LINK = "document_link_removed"
HARMLESS_ENDINGS = (".odttf", ".ttf", ".fntdata")
PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".jfif", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg", ".wdp")
FETCHING_FIELDS = re.compile(r"(?<![A-Z])(INCLUDE(PICTURE|TEXT)?|DDE(AUTO)?|IMPORT|LINK|DATABASE|RD)(?![A-Z])")
LINK_FIELDS = re.compile(r"(?<![A-Z])HYPERLINK(?![A-Z])")


def examine_docx(name: str, content: bytes) -> Examined:
    """What a DOCX holds; refused where it cannot be read or is not safe to keep."""
    parts = opened(content)
    trees = {part: tree(parts[part]) for part in sorted(parts) if is_xml(part, parts[part])}
    passages = tuple(_passages(trees))
    if sum(len(passage.text) for passage in passages) > CHARACTERS_MOST:
        raise Refused.because("document_too_long")
    html, left_out = html_of(parts)
    if "<img" not in html and not any(p.text.strip() for p in passages if p.place.spot == "paragraph"):
        raise Refused.because("document_empty")
    return Examined(
        name=name,
        kind="docx",
        pages=None,
        unreadable_pages=(),
        passages=passages,
        properties=_properties(trees),
        made_safe=tuple(sorted(left_out | _acting(parts, trees) | _fetching(trees))),
        shown=html.encode(),
    )


def _passages(trees: Trees) -> Iterator[Passage]:
    for name, root in trees.items():
        low = name.lower()
        spot = next((spot for start, spot in SPOTS if low.startswith(start)), None)
        if spot is None or low.endswith(".rels") or low.startswith(QUIET_PARTS):
            continue
        for number, text in _paragraphs(root):
            yield Passage(Place(spot, number), text)


def _paragraphs(root: Element) -> Iterator[tuple[int, str]]:
    """Each paragraph's text by its number in the part; that of a text box is its own and not its frame's."""
    texts: list[list[str]] = [[]]
    waiting = [(root, 0)]
    while waiting:
        element, owner = waiting.pop()
        if local(element.tag) == "p":
            texts.append([])
            owner = len(texts) - 1
        texts[owner].extend(_written(element))
        waiting.extend((child, owner) for child in reversed(element))
    return ((number, "".join(text)) for number, text in enumerate(texts) if text)


def _written(element: Element) -> Iterator[str]:
    """What this element itself adds to the text, hidden and deleted text and descriptions of pictures included."""
    tag = local(element.tag)
    if tag in ("t", "delText", "instrText", "delInstrText", "v"):
        yield element.text or ""
    elif tag in BLANKS:
        yield BLANKS[tag]
    elif tag in ("docPr", "cNvPr", "shape", "imagedata", "textpath", "fldSimple"):
        yield from (f" {value} " for value in attribute(element, "descr", "title", "alt", "string", "instr"))


def _properties(trees: Trees) -> dict[str, str]:
    """By what the parts are and not by what they are called, since a package may call them anything."""
    found: dict[str, str] = {}
    for root in trees.values():
        for element in root if local(root.tag) in META_ROOTS else ():
            own = local(element.tag) == "property"
            key = f"custom:{element.get('name', '')}" if own else PROPERTIES.get(local(element.tag), "")
            value = "".join(element.itertext()).strip()
            if key and value:
                found[key[:VALUE_MOST]] = value[:VALUE_MOST]
    people = _people(trees)
    return found | ({PEOPLE: people} if people else {})


def _people(trees: Trees) -> str:
    """Who wrote, changed or commented, as Word keeps them beside the text."""
    names = {
        value.strip()
        for name, root in trees.items()
        if name.lower().startswith("word/")
        for element in root.iter()
        for value in attribute(element, "author", "initials", "userId")
    }
    return ", ".join(sorted(names))[:VALUE_MOST]


def _acting(parts: Parts, trees: Trees) -> set[str]:
    """The codes of what reaches outside or acts; the HTML holds none of it."""
    references = {_acting_reference(element) for root in trees.values() for element in root if _is_reference(element)}
    return {code for name, content in parts.items() if (code := _acting_part(name.lower(), content))} | {
        code for code in references if code
    }


def _acting_part(name: str, content: bytes) -> str | None:
    if name.startswith("word/activex/"):
        return "document_activex_removed"
    if name.startswith("word/embeddings/"):
        return OBJECT
    if name.startswith("word/media/"):
        return None if images.media_type(content) else IMAGE_REMOVED
    return None if name.endswith((*XML_ENDINGS, *HARMLESS_ENDINGS, *PICTURE_ENDINGS)) else OBJECT


def _is_reference(element: Element) -> bool:
    return local(element.tag) == "Relationship"


def _acting_reference(reference: Element) -> str | None:
    kind = reference.get("Type", "").rpartition("/")[2]
    target = reference.get("Target", "").strip().lower()
    if kind in INSIDE:
        return INSIDE[kind]
    away = reference.get("TargetMode", "").lower() == "external"
    if away or ":" in target or target.startswith(("//", "\\")):
        return OUTSIDE.get(kind, REMOTE)
    return None


def _fetching(trees: Trees) -> set[str]:
    """Fields that fetch or lead outside when Word opens the file."""
    fields = "\n".join(filter(None, map(_fields, trees.values())))
    found = {REMOTE} if FETCHING_FIELDS.search(fields) else set()
    return found | ({LINK} if LINK_FIELDS.search(fields) else set())


def _fields(root: Element) -> str:
    """All field codes of a part in one line, since Word may break a word of them anywhere."""
    codes = (element.text or "" for element in root.iter() if local(element.tag) == "instrText")
    simple = (code for element in root.iter() for code in attribute(element, "instr"))
    return ("".join(codes) + "\n" + "\n".join(simple)).strip().upper()
