"""A PDF: its text by pages, its properties, and a copy with nothing in it but the pages as they look."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter, apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from scoring.documents.bare import bare
from scoring.documents.examined import Examined, Passage, Place
from scoring.documents.guarded_xml import Guard, tree
from scoring.rules.refusal import Refused

PAGES_MOST = 200
CHARACTERS_MOST = 400_000
VALUE_MOST = 2_000
OBJECTS_MOST = 100_000
SHOWN_BYTES_MOST = 40 * 1024 * 1024
LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": 24_000_000,
    "lzw_maximum_output_length": 24_000_000,
    "run_length_maximum_output_length": 24_000_000,
    "array_based_stream_maximum_output_length": 24_000_000,
    "stream_decoding_work_maximum_length": 48_000_000,
    "stream_parsing_work_maximum_count": 400_000,
    "page_tree_maximum_entries": 2_000,
    "page_tree_maximum_page_entries": 20_000,
    "xform_maximum_invocations_per_extraction": 200,
    "jbig2dec_binary": None,
}
PAGE_KEYS = frozenset(
    {"/Type", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"}
    | {"/Rotate", "/Resources", "/Contents", "/Group", "/UserUnit"}
)
STREAM_KEYS_OUT = ("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/Metadata", "/PieceInfo", "/AF", "/Alternates")
PROPERTIES = {
    "/Author": "author",
    "/Title": "title",
    "/Subject": "subject",
    "/Keywords": "keywords",
    "/Creator": "creator",
    "/Producer": "producer",
    "/Company": "company",
    "/Manager": "manager",
}
SCRIPT = "document_script_removed"
ACTION = "document_action_removed"
LINK = "document_link_removed"
EMBEDDED = "document_embedded_file_removed"
FORM = "document_form_removed"
MEDIA = "document_media_removed"
ANNOTATION = "document_annotation_removed"
CATALOG = {
    "/OpenAction": ACTION,
    "/AA": ACTION,
    "/AF": EMBEDDED,
    "/Collection": EMBEDDED,
    "/AcroForm": FORM,
}
NAMES = {"/JavaScript": SCRIPT, "/EmbeddedFiles": EMBEDDED}
ANNOTATIONS = {
    "/Link": LINK,
    "/FileAttachment": EMBEDDED,
    "/Widget": FORM,
    "/RichMedia": MEDIA,
    "/Screen": MEDIA,
    "/Movie": MEDIA,
    "/Sound": MEDIA,
    "/3D": MEDIA,
}
ACTIONS = {"/JavaScript": SCRIPT, "/Launch": ACTION, "/ImportData": ACTION, "/SubmitForm": ACTION, "/GoToE": ACTION}


def examine_pdf(name: str, content: bytes) -> Examined:
    """What a PDF holds; refused where it cannot be read or is not safe to keep."""
    try:
        with apply_configuration(**LIMITS):
            return _examined(name, content)
    except RecursionError as error:
        raise Refused.because("document_too_complex") from error
    except Refused:
        raise
    except Exception as error:  # the reader fails in many ways on what is not well made
        raise Refused.because("document_broken") from error


def _examined(name: str, content: bytes) -> Examined:
    reader = _opened(content)
    passages = tuple(_passages(reader))
    return Examined(
        name=name,
        kind="pdf",
        pages=len(reader.pages),
        unreadable_pages=tuple(p.place.number for p in passages if not p.text.strip()),
        passages=passages,
        properties=_properties(reader),
        made_safe=tuple(sorted(_acting(reader))),
        shown=_cleaned(reader),
    )


def _opened(content: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise Refused.because("document_encrypted")
    pages = len(reader.pages)
    if not pages:
        raise Refused.because("document_empty")
    if pages > PAGES_MOST:
        raise Refused.because("document_too_many_pages", pages=pages, most=PAGES_MOST)
    return reader


def _passages(reader: PdfReader) -> Iterator[Passage]:
    room = CHARACTERS_MOST
    for number, page in enumerate(reader.pages, 1):
        text = _storable(page.extract_text())
        room -= len(text)
        if room < 0:
            raise Refused.because("document_too_long")
        yield Passage(Place("page", number), text)


def _storable(text: str) -> str:
    """Text without the halves of characters and zero bytes that a broken font table yields and no database takes."""
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _properties(reader: PdfReader) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in (reader.metadata or {}).items():
        text = _storable(str(value.get_object() if hasattr(value, "get_object") else value)).strip()
        if text and not key.endswith("Date"):
            found[PROPERTIES.get(key, f"custom:{key.lstrip('/')}")[:VALUE_MOST]] = text[:VALUE_MOST]
    xmp = _xmp(reader)
    return found | ({"xmp": xmp} if xmp else {})


def _xmp(reader: PdfReader) -> str:
    """All words of the second place where a PDF keeps its properties; it is XML, and read under the guard."""
    stream = reader.root_object.get("/Metadata")
    stream = stream.get_object() if stream is not None else None
    if not isinstance(stream, StreamObject):
        return ""
    content = stream.get_data().strip(b"\x00 \t\r\n")
    Guard().check(content)
    words = (word for element in tree(content).iter() for word in (element.text or "", *element.attrib.values()))
    return " ".join(word.strip() for word in words if word.strip())[: 4 * VALUE_MOST]


def _acting(reader: PdfReader) -> set[str]:
    """The codes of what acts or leads away; the copy holds none of it."""
    root = reader.root_object
    found = {code for key, code in CATALOG.items() if _given(root, key)}
    found |= {code for key, code in NAMES.items() if _given(_at(root, "/Names"), key)}
    found |= _action(_at(root, "/OpenAction"))
    for page in reader.pages:
        found |= {ACTION} if _given(page, "/AA") else set()
        for note in _annotations(page):
            found |= {ANNOTATIONS.get(str(note.get("/Subtype")), ANNOTATION)} | _action(_at(note, "/A"))
    return found


def _given(holder: Any, key: str) -> bool:
    return isinstance(holder, DictionaryObject) and key in holder


def _at(holder: Any, key: str) -> Any:
    value = holder.get(key) if isinstance(holder, DictionaryObject) else None
    return value.get_object() if value is not None else None


def _action(action: Any) -> set[str]:
    if not isinstance(action, DictionaryObject):
        return set()
    return {ACTIONS[str(action.get("/S"))]} if str(action.get("/S")) in ACTIONS else set()


def _annotations(page: DictionaryObject) -> list[DictionaryObject]:
    notes = _at(page, "/Annots")
    found = [note.get_object() for note in notes] if isinstance(notes, ArrayObject) else []
    return [note for note in found if isinstance(note, DictionaryObject)]


def _cleaned(reader: PdfReader) -> bytes:
    """A new PDF of the pages' looks alone: no properties, scripts, actions, notes, forms, files or bookmarks."""
    writer = PdfWriter()
    for page in reader.pages:
        for key in set(page) - PAGE_KEYS:
            del page[key]
        writer.add_page(page)
    for part in _reachable(writer.root_object):
        if isinstance(part, StreamObject):
            for key in STREAM_KEYS_OUT:
                part.pop(key, None)
            _bare_picture(part)
    writer.metadata = None
    file = io.BytesIO()
    writer.write(file)
    if file.tell() > SHOWN_BYTES_MOST:
        raise Refused.because("document_too_complex")
    return file.getvalue()


def _bare_picture(part: StreamObject) -> None:
    """Take out what a camera has written into a photo: it is stored in the PDF as the file that it was.

    Raises Refused document_too_complex for a photo that is packed in a way that nobody uses.
    """
    packed = part.get("/Filter")
    names = list(packed) if isinstance(packed, ArrayObject) else [packed]
    if names[-1:] not in (["/DCTDecode"], ["/JPXDecode"]):
        return
    for name in names[:-1]:
        part._data = _unpacked(str(name), part._data)
    part._data = bare(part._data)
    part[NameObject("/Filter")] = names[-1]
    if names[:-1]:
        part.pop("/DecodeParms", None)


def _unpacked(packed: str, content: bytes) -> bytes:
    try:
        if packed == "/FlateDecode":
            unpacking = zlib.decompressobj()
            whole = unpacking.decompress(content, SHOWN_BYTES_MOST)
            return whole if not unpacking.unconsumed_tail else _refuse()
        if packed == "/ASCII85Decode":
            return base64.a85decode(b"<~" + content.strip().removeprefix(b"<~").removesuffix(b"~>") + b"~>", adobe=True)
        return bytes.fromhex(content.decode("ascii").rstrip("> \r\n")) if packed == "/ASCIIHexDecode" else _refuse()
    except (zlib.error, ValueError):
        return _refuse()


def _refuse() -> bytes:
    raise Refused.because("document_too_complex")


def _reachable(root: DictionaryObject) -> Iterator[Any]:
    """Every dictionary and stream that the root leads to, each once."""
    waiting: list[Any] = [root]
    seen: set[int] = set()
    while waiting:
        part = waiting.pop().get_object()
        if id(part) in seen or not isinstance(part, DictionaryObject | ArrayObject):
            continue
        seen.add(id(part))
        if len(seen) > OBJECTS_MOST:
            raise Refused.because("document_too_complex")
        if isinstance(part, DictionaryObject):
            yield part
        waiting.extend(part.values() if isinstance(part, DictionaryObject) else part)
