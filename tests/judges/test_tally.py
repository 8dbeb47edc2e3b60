"""The tablet's own sum is the rulebook's, for every format and whatever is typed; the very script runs in Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.rules import formats
from scoring.rules.formats.base import Format
from tests.conftest import ROOT
from tests.formats import quiz

FIGURES = st.one_of(
    st.integers(0, 12).map(str),
    st.decimals(0, 45, places=1).map(str),
    st.sampled_from(["", " ", "0.5", ".5", "7.", "１２．５", "8。5", "-0", "-1", "1e1", "0x1", "99", "100", "1,5"]),
    st.text(st.sampled_from("0123456789.．。-  　\ufeff\x1c５"), max_size=14),
)
WORDS = st.one_of(st.text(max_size=8), st.just("字" * 201))
Sums = Callable[[list[dict[str, Any]]], list[list[dict[str, Any]]]]
Event = tuple[Format, dict[str, Any], dict[str, Any]]
EVENTS: list[Event] = [
    (kind, start.settings(), dict(kind.sums_of(start.settings())))
    for kind in (*formats.all_formats(), quiz.FORMAT)
    for start in kind.all_starts
    if not kind.entered  # without judges there are no tablets
]


def fields_of(sums: dict[str, Any]) -> list[str]:
    """Every field of a figure: marks, or counts with what may be noted of the first occurrences."""
    marks = [field for fields in sums.get("marks", {}).values() for field in fields]
    lines = [line for item in sums.get("items", {}).values() for line in item["points"]]
    details = ("1.page", "2.page", "12.page", "01.page", "1.photo", "3.colour", "1.page.more")
    return marks + lines + [f"{line}.{detail}" for line in lines[:4] for detail in details]


def sheets_of(sums: dict[str, Any]) -> st.SearchStrategy[dict[str, str]]:
    """Sheets as a judge may have typed them, good and bad."""
    lines = [line for item in sums.get("items", {}).values() for line in item["points"]]
    notes = [f"{line}.1.note" for line in lines[:4]]
    others = st.dictionaries(st.sampled_from([*notes, "comment", "ballot.deciding", "law.comment"]), WORDS, max_size=3)
    figures = st.dictionaries(st.sampled_from(fields_of(sums)), FIGURES, max_size=12)
    return st.tuples(figures, others).map(lambda both: both[0] | both[1])


@pytest.fixture(scope="module")
def tablets_sums() -> Iterator[Sums]:
    """What the tablet's script makes of a batch of sheets; it is started once, for as long as several batches take."""
    script, tally = ROOT / "tests/judges/tally.mjs", ROOT / "static/judges/tally.js"
    with subprocess.Popen(["node", script, tally], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as tablet:

        def sums(asked: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
            tablet.stdin.write(f"{json.dumps(asked)}\n")
            tablet.stdin.flush()
            answered: list[list[dict[str, Any]]] = json.loads(tablet.stdout.readline())
            return answered

        yield sums
        tablet.stdin.close()


def rulebooks_sum(kind: Format, given_settings: dict[str, Any], typed: dict[str, str]) -> dict[str, Any]:
    """What a snapshot says of a sheet."""
    total = kind.running_total(given_settings, kind.parts(given_settings), typed)
    totals = {part: str(points) for part, points in kind.running_totals(given_settings, typed).items()}
    return {"total": None if total is None else str(total), "totals": totals}


@given(
    drawn=st.sampled_from(EVENTS).flatmap(lambda one: st.tuples(st.just(one), st.lists(sheets_of(one[2]), min_size=8)))
)
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_whatever_is_typed_the_tablets_own_sum_is_the_rulebooks(
    tablets_sums: Sums, drawn: tuple[Event, list[dict[str, str]]]
) -> None:
    (kind, given_settings, sums), sheets = drawn
    (summed,) = tablets_sums([{"sums": sums, "sheets": sheets}])
    for typed, own in zip(sheets, summed, strict=True):
        assert own == rulebooks_sum(kind, given_settings, typed), (kind.key, typed)


def test_a_full_sheet_has_the_maximum_on_the_tablet_too(tablets_sums: Sums) -> None:
    full = [
        {field: limits["maximum"] for fields in sums.get("marks", {}).values() for field, limits in fields.items()}
        for _, _, sums in EVENTS
    ]
    asked = [{"sums": sums, "sheets": [typed]} for (_, _, sums), typed in zip(EVENTS, full, strict=True)]
    for (kind, given_settings, _), typed, (own,) in zip(EVENTS, full, tablets_sums(asked), strict=True):
        assert own == rulebooks_sum(kind, given_settings, typed)
        assert own["total"] in (None, "100", "10")
