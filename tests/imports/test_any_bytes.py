"""Any bytes at all are a reading or a refusal, never anything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.imports import KINDS, Grid, reading_of, sheets_of
from scoring.rules.refusal import Refused
from tests.imports.making import text, xlsx

LIST, WORKBOOK = text().encode(), xlsx()
kinds = st.sampled_from(sorted(KINDS))


def tried(kind: str, content: bytes) -> None:
    try:
        sheets = sheets_of(content)
        found = reading_of(KINDS[kind], sheets)
    except Refused:
        return
    assert found.rows or found.left_out
    kept = [Grid.from_data(json.loads(json.dumps(sheet.to_data()))) for sheet in sheets]
    assert reading_of(KINDS[kind], kept) == found


@given(kinds, st.binary(max_size=400))
def test_any_bytes(kind, content):
    tried(kind, content)


@given(kinds, st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_any_text_below_the_headings(kind, more, encoding):
    heading = ",".join(column.zh for column in KINDS[kind].columns)
    tried(kind, f"{heading}\n{more}".encode(encoding, errors="ignore"))


@pytest.mark.parametrize("whole", [LIST, WORKBOOK])
@given(place=st.integers(0, 10_000), change=st.binary(min_size=1, max_size=8))
def test_a_good_list_with_some_bytes_changed(whole, place, change):
    at = place % len(whole)
    tried("contestants", whole[:at] + change + whole[at + len(change) :])


@given(cut=st.integers(0, len(WORKBOOK)))
def test_a_workbook_that_was_cut_off(cut):
    tried("contestants", WORKBOOK[:cut])


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(), st.floats(), st.booleans(), st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=20)),
    max_size=6), max_size=6))  # fmt: skip
def test_any_cells_below_the_headings(rows):
    try:
        content = xlsx([("编号", "姓名", "单位"), *rows])
    except ValueError:
        return  # openpyxl itself would not write this value
    tried("contestants", content)
