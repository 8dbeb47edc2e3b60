"""Every word that a person reads is there in Chinese and in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from scoring.wording import SENTENCES
from tests.conftest import ROOT

CHINESE = ROOT / "scoring" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
METHODS = [("scoring/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
CJK = re.compile("[㐀-鿿]")
WORDS_ALIKE = {"English", "中文", "Ctrl", "Enter", "XLSX", "CSV", "CSV (UTF-8)", "PIN", "−", "QR"}
READ_ALOUD = {"title", "alt", "placeholder", "aria-label"}


def words_in_use() -> set[str]:
    """The words by which each is known: of one for one and one for several, the first."""
    found = extract_from_dir(str(ROOT), method_map=METHODS, keywords=KEYWORDS)
    return {first(message) for _, _, message, _, _ in found}


def first(message: str | Sequence[str]) -> str:
    return message if isinstance(message, str) else message[0]


def chinese() -> dict[str, str]:
    with CHINESE.open("rb") as file:
        return {first(entry.id): first(entry.string) for entry in read_po(file, locale="zh") if entry.id}


def test_each_refusal_has_one_sentence_of_its_own():
    rooms = (ROOT / "scoring" / "wording").glob("*.py")
    codes = [code for room in rooms for code in re.findall(r'^    "([a-z0-9_]+)":', room.read_text(), re.MULTILINE)]
    assert not {code for code in codes if codes.count(code) > 1}


def test_every_word_has_its_chinese():
    known = chinese()
    assert not sorted(word for word in words_in_use() if not known.get(word))


def test_no_chinese_is_kept_for_a_word_that_is_gone():
    assert not sorted(set(chinese()) - words_in_use())


def test_a_translation_has_the_same_figures_as_its_original():
    def figures(text: str) -> set[str]:
        return set(re.findall(r"%\((.+?)\)s", text))

    # Of one thing the English may leave the figure out, and Chinese, which has one form for all, names it.
    known = chinese().items()
    assert not [word for word, said in known if figures(word) not in (figures(said), figures(said) - {"num"})]


def test_the_words_in_the_source_are_english_and_the_translations_chinese():
    assert not [word for word in words_in_use() if CJK.search(word)]
    assert not [word for word, text in chinese().items() if re.search("[A-Za-z]{4}", word) and not CJK.search(text)]


class Bare(HTMLParser):
    """Collects the text of a template that no translation passes through."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self._note(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in READ_ALOUD and value:
                self._note(value)

    def _note(self, text: str) -> None:
        words = " ".join(text.split())
        if re.search("[A-Za-z㐀-鿿]{2}", words) and words not in WORDS_ALIKE and '=""' not in words:
            self.found.append(words)


@pytest.mark.parametrize("template", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_a_template_has_no_word_outside_the_translations(template: Path):
    source = re.sub(
        r"\{% block screen %\}.*?\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
        "",
        template.read_text(),
        flags=re.DOTALL,
    )
    bare = Bare()
    bare.feed(source)
    assert not bare.found


@pytest.mark.parametrize(
    "script",
    sorted(path for path in (ROOT / "static").rglob("*.js") if "vendor" not in path.parts),
    ids=lambda p: p.name,
)
def test_a_script_gets_its_words_from_the_page(script: Path):
    code = re.sub(r"//.*|/\*.*?\*/", "", script.read_text())
    assert not CJK.search(code)
    assert not re.findall(r"(?:textContent|innerText|title|ariaLabel)\s*=\s*[\"'`][A-Za-z]{3}", code)


REFUSING = ("because", "Problem", "refuse", "keys_twice", "read_named", "without_name")


def codes_of(file: Path) -> set[str]:
    """The codes with which this file refuses: the first text that is handed to what makes a problem."""
    codes = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in REFUSING and isinstance(node.args[0].value, str):
                codes.add(node.args[0].value)
    return codes


def test_every_refusal_has_its_sentence():
    codes = set().union(*(codes_of(file) for file in (ROOT / "scoring").rglob("*.py")))
    assert {"mark_empty", "defect_key_twice", "setting_not_whole"} <= codes
    assert not sorted(codes - set(SENTENCES))


def test_one_is_never_counted_as_several():
    """A figure before a plural has a word for one beside it, or stands after the word: 1 room, seats: 1."""
    counted = re.compile(r"^%\((count|given|rows|rooms|seats|free|num)\)s [a-z]+s\b")
    assert not sorted(word for word in words_in_use() if counted.match(word))
