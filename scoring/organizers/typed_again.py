"""A form that was refused comes back as it was typed: one way for every page, whatever its fields are."""

from __future__ import annotations

from collections import Counter
from html import escape
from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict

Sent = MultiDict[str, str]
Attributes = list[tuple[str, str | None]]
#: What differs each time a form is drawn, and what a browser does not let a page fill in.
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
OWN, UNTOUCHED = {"csrf_token", "request"}, {"hidden", "submit", "button", "file", "password", "image", "reset"}


def typed_again(page: str, address: str, sent: Sent) -> str:
    """The page with the form that goes to this address holding what was sent, and everything around it unfolded.

    Of several such forms it is the one whose hidden fields are those that were sent; without one the page stays.
    """
    found = _Forms(address, sent)
    found.feed(page)
    found.close()
    if found.meant is None:
        return page
    filled = _Filled(found.meant, found.around, sent)
    filled.feed(page)
    filled.close()
    return "".join(filled.out)


class _Forms(HTMLParser):
    """Finds the form that was sent, by its place among the forms, and the folds around it by theirs."""

    def __init__(self, address: str, sent: Sent) -> None:
        super().__init__()
        self.address, self.sent = address, sent
        self.meant: int | None = None
        self.around: set[int] = set()
        self.forms, self.folds = -1, -1
        self.open_folds: list[int] = []
        self.fits = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        about = dict(attrs)
        if tag == "details":
            self.folds += 1
            self.open_folds.append(self.folds)
        elif tag == "form":
            self.forms += 1
            self.fits = (about.get("action") or "").partition("?")[0] == self.address
        elif tag == "input" and about.get("type") == "hidden" and about.get("name") not in OWN:
            self.fits = self.fits and (about.get("value") or "") in self.sent.getlist(about.get("name") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "details" and self.open_folds:
            self.open_folds.pop()
        elif tag == "form" and self.fits and self.meant is None:
            self.meant, self.around = self.forms, set(self.open_folds)


class _Filled(HTMLParser):
    """Writes the page again, with what was sent in one form."""

    def __init__(self, meant: int, around: set[int], sent: Sent) -> None:
        super().__init__(convert_charrefs=False)
        self.meant, self.around, self.sent = meant, around, sent
        self.out: list[str] = []
        self.forms, self.folds = -1, -1
        self.seen: Counter[str] = Counter()
        self.select, self.in_area, self.here = "", False, False

    def _typed(self, name: str) -> str | None:
        """What was sent for the next field of this name, None for nothing."""
        values, place = self.sent.getlist(name), self.seen[name]
        self.seen[name] += 1
        return values[place] if place < len(values) else None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        about = dict(attrs)
        self.forms, self.folds = self.forms + (tag == "form"), self.folds + (tag == "details")
        self.here = self.forms == self.meant if tag == "form" else self.here
        if tag == "details" and self.folds in self.around:
            attrs = _with(attrs, "open", "")
        elif self.here and tag == "input" and about.get("type") not in UNTOUCHED:
            attrs = self._input(attrs, about)
        elif self.here and tag == "select":
            self.select = about.get("name") or ""
        elif self.here and tag == "option" and self.select in self.sent:
            chosen = (about.get("value") or "") in self.sent.getlist(self.select)
            attrs = _with(attrs, "selected", "" if chosen else None)
        self.out.append(_tag(tag, attrs))
        if self.here and tag == "textarea" and (typed := self._typed(about.get("name") or "")) is not None:
            self.out.append("\n" + escape(typed))
            self.in_area = True

    def _input(self, attrs: Attributes, about: dict[str, str | None]) -> Attributes:
        name = about.get("name") or ""
        if about.get("type") in ("checkbox", "radio"):
            ticked = (about.get("value") or "on") in self.sent.getlist(name)
            return _with(attrs, "checked", "" if ticked else None)
        typed = self._typed(name)
        return attrs if typed is None else _with(attrs, "value", typed)

    def handle_endtag(self, tag: str) -> None:
        self.here = self.here and tag != "form"
        self.select = "" if tag == "select" else self.select
        self.in_area = self.in_area and tag != "textarea"
        self.out += [] if tag in VOID else [f"</{tag}>"]

    def handle_data(self, data: str) -> None:
        self.out += [] if self.in_area else [data]

    def handle_entityref(self, name: str) -> None:
        self.out += [] if self.in_area else [f"&{name};"]

    def handle_charref(self, name: str) -> None:
        self.out += [] if self.in_area else [f"&#{name};"]

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")


def _with(attrs: Attributes, name: str, value: str | None) -> Attributes:
    """The attributes with this one replaced; without it for None."""
    others = [(key, held) for key, held in attrs if key != name]
    return others if value is None else [*others, (name, value)]


def _tag(tag: str, attrs: Attributes) -> str:
    return f"<{tag}{''.join(_attribute(name, value) for name, value in attrs)}>"


def _attribute(name: str, value: str | None) -> str:
    return f" {name}" if value is None else f' {name}="{escape(value)}"'
