"""Every Chinese text keeps to docs/glossary.md: one word for one thing, and full-width signs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.conftest import ROOT
from tests.test_words import CJK, chinese

GLOSSARY = ROOT / "docs" / "glossary.md"
HAN = "㐀-鿿"
HALF_WIDTH = re.compile(rf"[{HAN}”）》][,:;?!]|[,;?!](?=[{HAN}“])|[{HAN}]\(|\([{HAN}]")
# A sign that a template writes itself, between what it translates: ": ", where Chinese has “：”.
BETWEEN_TEXTS = re.compile(r'>\s?[,:;] ?\{\{|aria-label="\{\{[^}]*\}\}[,:;]|join\("[,:;] "\)')
BLANK_BEFORE_NUMBER = re.compile(r"[0-9s] 号|(评委|评阅人|检查员) (?=[0-9%])")
# A measure after a figure that touches it, or a figure that touches the word before it: 36名, 共36 名.
COUNTED = r"(?:\d+|%\((?:num|count|most|least|minimum|seconds|points|rank|page|batch|rows|times|valid|works)\)s)"
FIGURE_TOUCHES = re.compile(rf"{COUNTED}[名个分秒位张份项批页行次]|[第共][0-9%]")
CUT_SHORT = re.compile(rf"[{HAN}]…(?!…)")
# Contestants' own words, which come with the verb that records them.
COMING = {"缺席", "弃权", "取消资格", "退赛"}
# Who judges, where English speaks of a person: not the chief, not the verb, not a placeholder, not a list of all kinds.
A_JUDGE = re.compile(r"\b[Jj]udges?\b")
JUDGE = re.compile(r"%\([\w.]+\)s|[Cc]hief judge|[Ww]ho judges|a team, a judge or a document")
OF_DEBATES = ("Decided by three ballots of each judge", "three ballots of each judge")


def rows() -> Iterator[tuple[str, str, str, str]]:
    """The glossary's lines: Chinese, English, meaning, what is never written."""
    for line in GLOSSARY.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and CJK.search(cells[0]) and cells[0] != "中文":
            zh, en, meaning, never = cells
            yield zh, en, meaning, never


@cache
def texts() -> list[tuple[str, str]]:
    """Every Chinese text of the product, with where it stands; looked for once."""
    return list(found())


def found() -> Iterator[tuple[str, str]]:
    """Looks through the catalogue, the source and the manual."""
    yield from chinese().items()
    for file in (ROOT / "scoring").rglob("*.py"):
        tree = ast.parse(file.read_text())
        explaining = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        explaining |= {id(part) for node in ast.walk(tree) if is_pattern(node) for part in ast.walk(node)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or id(node) in explaining:
                continue
            if isinstance(node.value, str) and CJK.search(node.value):
                yield f"{file.name}:{node.lineno}", node.value
    manual = (ROOT / "README.md").read_text().partition("## 使用说明")[2]
    yield from (("README.md", line) for line in manual.splitlines())


def is_pattern(node: ast.AST) -> bool:
    """Whether something is looked for here and nothing is said: a call of the module re."""
    of = node.func.value if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None
    return isinstance(of, ast.Name) and of.id == "re"


def test_no_word_is_written_that_the_glossary_replaces():
    never = {word.strip(): zh for zh, _, _, words in rows() for word in words.split(",") if word.strip()}
    assert "评审人" in never
    written = [(where, word, f"write {never[word]}") for where, text in texts() for word in never if word in text]
    assert not written


def test_each_word_stands_once_and_is_explained():
    words = [(zh, en) for zh, en, _, _ in rows()]
    assert len({zh for zh, _ in words}) == len({en for _, en in words}) == len(words) > 40
    assert all(meaning for _, _, meaning, _ in rows())


def test_each_word_is_in_use():
    everything = "\n".join(text for _, text in texts())
    assert [zh for zh, _, _, _ in rows() if zh not in everything and zh not in COMING] == []


def test_signs_between_chinese_are_full_width():
    assert not [(where, text) for where, text in texts() if HALF_WIDTH.search(text)]


def test_what_templates_put_between_two_texts_is_translated_too():
    files = (ROOT / "templates").rglob("*.html")
    lines = ((file.name, line) for file in files for line in file.read_text().splitlines())
    assert not [one for one in lines if BETWEEN_TEXTS.search(one[1])]


def test_a_figure_that_counts_has_a_blank_on_each_side():
    assert not [text for text in chinese().values() if FIGURE_TOUCHES.search(text)]


def test_what_is_left_out_has_six_dots():
    assert not [(where, text) for where, text in texts() if CUT_SHORT.search(text)]


def test_a_number_stands_by_its_sign_without_a_blank():
    assert not [(where, text) for where, text in texts() if BLANK_BEFORE_NUMBER.search(text)]


def test_english_speaks_of_judges_only_where_chinese_does():
    """Who sits at a seat is called by what is judged, and 评委 is said only where that is so in every contest."""
    spoken = {word: said.replace("评委会主任", "") for word, said in chinese().items() if word not in OF_DEBATES}
    assert [word for word, said in spoken.items() if A_JUDGE.search(JUDGE.sub("", word)) and "评委" not in said] == []
