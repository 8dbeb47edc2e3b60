"""What a page's first form would send if its save button was pressed and nothing changed; one for files is none."""

from __future__ import annotations

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict


class _Form(HTMLParser):
    """Reads inputs, boxes that are ticked, choices and texts of the first form."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: MultiDict[str, str] = MultiDict()
        self.state = "before"
        self.select = self.text = ""
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field of the form."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and "enctype" not in given:
            self.state = "inside" if self.state == "before" else self.state
        if self.state != "inside":
            return
        name = given.get("name", "")
        if tag == "input" and name:
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if ticked:
                self.sent.add(name, given.get("value", "on" if given.get("type") == "checkbox" else ""))
        elif tag == "select":
            self.select, self.options = name, []
        elif tag == "option" and self.select:
            self.options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self.text = name
            self.sent.add(name, "")

    def handle_data(self, data: str) -> None:
        """Note what a text holds."""
        if self.text:
            self.sent[self.text] = self.sent[self.text] + data

    def handle_endtag(self, tag: str) -> None:
        """Note the choice of a list, and the end of the form."""
        if tag == "textarea":
            self.text = ""
        elif tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected] or [value for value, _ in self.options[:1]]
            self.sent.add(self.select, chosen[0] if chosen else "")
            self.select = ""
        elif tag == "form" and self.state == "inside":
            self.state = "after"


def read_form(html: str) -> MultiDict[str, str]:
    """The fields of the first form on the page by name, buttons left out."""
    form = _Form()
    form.feed(html)
    return form.sent
