"""The tables of docs/live-protocol.md are made of the types of what is sent, and what is not of its type is found."""

from __future__ import annotations

import re
from typing import Annotated, NotRequired, TypedDict

import pytest

from scoring.board.snapshots.words import OneOf
from scoring.live import answers, payloads, pushes
from tests.conftest import ROOT
from tests.protocol_tables import MARKED, PAGE, made_anew
from tests.shapes import differences, fields_of, is_shape

MODULES = (payloads, answers, pushes)


class Inner(TypedDict):
    side: Annotated[str, OneOf("control", "defence")]


class Outer(TypedDict):
    count: int
    inner: Inner | None
    lines: Annotated[list[Inner], "in order"]
    more: NotRequired[dict[str, int]]


GOOD = {"count": 1, "inner": None, "lines": [{"side": "control"}], "more": {"7": 1}}


def test_the_tables_on_the_page_are_those_of_the_types():
    page = PAGE.read_text(encoding="utf-8")
    assert made_anew(page) == page, "the types have changed: ./dev protocol"


def test_all_that_is_sent_and_read_has_its_table():
    page = PAGE.read_text(encoding="utf-8")
    named = {name for found in MARKED.finditer(page) for name in found[1].split()}
    said = [one for module in MODULES for one in vars(module).values() if is_shape(one)]
    own = [one for one in said if one.__module__ in [module.__name__ for module in MODULES] and len(fields_of(one)) > 1]
    assert {one.__name__ for one in own} - named == set()


def test_no_view_is_of_just_any_shape():
    untyped = re.compile(r"-> (?:Iterator\[|list\[)?(?:dict\[str, Any\]|View)\b|^View = ", re.MULTILINE)
    files = (ROOT / "scoring" / "board" / "views").glob("*.py")
    assert {one.name: found for one in files if (found := untyped.findall(one.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, []),
        ({"count": "1"}, [".count is '1', not <class 'int'>"]),
        ({"count": True}, [".count is True, not <class 'int'>"]),
        ({"inner": {}}, [".inner.side of Inner is not there"]),
        ({"lines": [{"side": "left"}]}, [".lines[0].side says 'left', none of ('control', 'defence')"]),
        ({"lines": [{"side": "control", "secret": 1}]}, [".lines[0].secret is no field of Inner"]),
        ({"more": {"7": None}}, [".more.7 is None, not <class 'int'>"]),
    ],
)
def test_what_is_not_of_its_type_is_named_with_its_place(other, found):
    assert list(differences(GOOD | other, Outer)) == found
