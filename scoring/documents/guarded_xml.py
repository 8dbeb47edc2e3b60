"""A guard that reads XML before any other parser does: no DTD, hence no entities, and no endless nesting."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.parsers import expat

from scoring.rules.refusal import Refused

DEPTH_MOST = 100
"""Word nests a table in a text box in a table within 40 levels; readers that recurse fail at some 150."""
ELEMENTS_MOST = 120_000
"""A hundred printed pages have some 50,000; this many take the reader some seven seconds."""


class Guard:
    """Counts over all the XML of one document."""

    def __init__(self, most: int = ELEMENTS_MOST) -> None:
        self.elements = 0
        self._most = most
        self._depth = 0

    def check(self, content: bytes) -> None:
        """Read one part; refused with a DTD, too many or too deep elements, or where it is not XML at all."""
        self._depth = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Refused.because("document_broken") from error

    def _doctype(self, *_: object) -> None:
        raise Refused.because("document_hostile_xml")

    def _start(self, *_: object) -> None:
        self._depth += 1
        self.elements += 1
        if self._depth > DEPTH_MOST or self.elements > self._most:
            raise Refused.because("document_too_complex")

    def _end(self, *_: object) -> None:
        self._depth -= 1


def tree(content: bytes) -> ElementTree.Element:
    """The tree of a part that the guard has read; refused as broken where the two disagree on what XML is."""
    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Refused.because("document_broken") from error


def local(name: object) -> str:
    """A name without its namespace, which differs between the transitional and the strict form of a DOCX."""
    return str(name).rpartition("}")[2]


def attribute(element: ElementTree.Element, *names: str) -> Iterable[str]:
    """The values of the attributes with these local names."""
    return (value for key, value in element.attrib.items() if local(key) in names and value)
