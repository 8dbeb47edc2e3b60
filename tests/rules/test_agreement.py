"""The agreement of two inspectors: differences line by line, the chief's settlement, the agreed checklist."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trial

from scoring.rules.agreement import agreed_items, differences, open_differences, settlement
from scoring.rules.explanation_items import ItemLine
from scoring.rules.inspection import Inspection
from scoring.rules.refusal import Problem

from .cast import refusal
from .cast_checklist import LINES, SMALL, filled, inspected, sheets

few = trial(max_examples=100, deadline=None)


def test_the_same_findings_leave_nothing_to_settle() -> None:
    one = inspected(pages__doubled="2")
    assert differences(one, inspected(pages__doubled="2")) == ()


def test_two_inspectors_are_compared_line_by_line() -> None:
    found = differences(
        inspected(pages__doubled="2", pages__corner="1"), inspected(index__entry="1", pages__corner="1")
    )
    assert [(d.line, d.kind, d.first.count, d.second.count) for d in found] == [
        ("index.entry", "count", 0, 1),
        ("pages.doubled", "count", 2, 0),
    ]


@pytest.mark.parametrize(
    ("count", "first", "second", "kind"),
    [
        # One doubled number each, but on page 3 and on page 7: these are two.
        ("1", ["3"], ["7"], "pages"),
        # Two each; the pages they give between them are two as well.
        ("2", ["3", "7"], ["3"], None),
        ("2", ["3"], ["7"], None),
        ("1", ["3"], [], None),
        # Twice on page 3 against once on 3 and once on 7 are three places.
        ("2", ["3", "3"], ["3", "7"], "pages"),
    ],
)
def test_equal_counts_on_other_pages_differ_where_they_cannot_be_the_same(
    count: str, first: list[str], second: list[str], kind: str | None
) -> None:
    found = differences(*(inspected(**on_pages(count, pages)) for pages in (first, second)))
    assert [d.kind for d in found] == ([kind] if kind else [])


def on_pages(count: str, pages: list[str]) -> dict[str, str]:
    return {"pages__doubled": count} | {f"pages__doubled__{n}__page": page for n, page in enumerate(pages, start=1)}


PAIR = {"1": inspected(index__entry="2", index__entry__1__page="3"), "2": inspected(pages__doubled="1")}


def test_nothing_is_agreed_while_a_difference_is_open() -> None:
    problem = refusal(lambda: agreed_items(SMALL, PAIR, {}))
    assert problem == Problem("differences_open", "", {"open": "2", "lines": "index.entry, pages.doubled"})
    one = {"index.entry": settlement(PAIR, "index.entry", "1", "第二处不算")}
    problem = refusal(lambda: agreed_items(SMALL, PAIR, one))
    assert problem.figures == {"open": "1", "lines": "pages.doubled"}


def test_the_chief_settles_each_line_with_a_reason() -> None:
    assert settlement(PAIR, "index.entry", "１", " 第二处不算 ") == {
        "count": 1,
        "reason": "第二处不算",
        "found": {"1": {"count": 2, "pages": [3]}, "2": {"count": 0, "pages": []}},
    }


@pytest.mark.parametrize(
    ("line", "count", "reason", "problem"),
    [
        ("pages.corner", "1", "看过", Problem("line_not_in_dispute", "pages.corner")),
        ("colour.red", "1", "看过", Problem("line_not_in_dispute", "colour.red")),
        ("index.entry", "", "看过", Problem("count_not_whole", "count")),
        ("index.entry", "x", "看过", Problem("count_not_whole", "count")),
        ("index.entry", "100", "看过", Problem("count_too_high", "count", {"most": "99"})),
        ("index.entry", "1", "  ", Problem("reason_missing", "reason")),
        ("index.entry", "1", None, Problem("reason_missing", "reason")),
        ("index.entry", "1", "因" * 401, Problem("reason_too_long", "reason", {"most": "400"})),
    ],
)
def test_a_settlement_of_nothing_or_without_a_reason_is_refused(
    line: str, count: str, reason: Any, problem: Problem
) -> None:
    assert refusal(lambda: settlement(PAIR, line, count, reason)) == problem


def settled(pair: Mapping[str, Inspection], **counts: str) -> dict[str, Any]:
    lines = {name.replace("__", "."): count for name, count in counts.items()}
    return {line: settlement(pair, line, count, "主任核定") for line, count in lines.items()}


def test_the_agreed_checklist_shows_items_defects_counts_points_and_caps() -> None:
    # Index: settled at 2 wrong entries, 4 of 5 points; pages: settled at none.
    items = agreed_items(SMALL, PAIR, settled(PAIR, index__entry="2", pages__doubled="0"))
    assert [item.to_data() for item in items] == [
        {
            "key": "index",
            "zh": "目录",
            "en": "Index",
            "maximum": "5",
            "deducted": "4",
            "left": "1",
            "capped": False,
            "nothing_found": False,
            "defects": [
                {
                    "key": "entry",
                    "zh": "条目",
                    "en": "Entry",
                    "count": 2,
                    "each": "2",
                    "points": "4",
                    "found": {"1": 2, "2": 0},
                    "reason": "主任核定",
                    "sightings": [{"seat": "1", "page": "3", "note": ""}],
                }
            ],
        },
        {
            "key": "pages",
            "zh": "编页",
            "en": "Pages",
            "maximum": "3",
            "deducted": "0",
            "left": "3",
            "capped": False,
            "nothing_found": True,
            "defects": [
                {
                    "key": "doubled",
                    "zh": "重号",
                    "en": "Doubled",
                    "count": 0,
                    "each": "1",
                    "points": "0",
                    "found": {"1": 0, "2": 1},
                    "reason": "主任核定",
                    "sightings": [],
                }
            ],
        },
    ]


def test_an_item_with_what_was_seen_survives_json() -> None:
    items = agreed_items(SMALL, PAIR, settled(PAIR, index__entry="2", pages__doubled="0"))
    assert tuple(ItemLine.from_data(json.loads(json.dumps(item.to_data()))) for item in items) == items


def test_an_item_that_lost_more_than_it_had_is_shown_as_capped() -> None:
    both = inspected(index__entry="3")
    item, _ = agreed_items(SMALL, {"1": both, "2": both}, {})
    assert (item.deducted, item.left) == (Decimal(6), Decimal(0))
    assert item.capped


def test_a_settlement_survives_json_and_falls_away_when_a_sheet_changes() -> None:
    made = json.loads(json.dumps(settled(PAIR, index__entry="1", pages__doubled="1")))
    assert open_differences(PAIR, made) == ()
    corrected = {**PAIR, "1": inspected(index__entry="3")}
    assert [d.line for d in open_differences(corrected, made)] == ["index.entry"]


def test_a_settlement_of_a_line_on_which_they_agree_after_all_changes_nothing() -> None:
    made = settled(PAIR, index__entry="1", pages__doubled="1")
    agreed = {"1": PAIR["1"], "2": PAIR["1"]}
    index, _ = agreed_items(SMALL, agreed, made)
    assert (index.defects[0].count, index.defects[0].reason) == (2, "")


@pytest.mark.parametrize(
    ("change", "code"),
    [({"count": "x"}, "count_not_whole"), ({"count": 100}, "count_too_high"), ({"reason": ""}, "reason_missing")],
)
def test_a_recorded_settlement_that_nobody_could_have_made_is_refused(change: dict[str, Any], code: str) -> None:
    made = settled(PAIR, index__entry="1", pages__doubled="1")
    made["index.entry"] |= change
    assert refusal(lambda: agreed_items(SMALL, PAIR, made)).code == code


@few
@given(sheets, sheets)
def test_two_inspectors_differ_exactly_where_their_counts_do(one: dict[str, int], other: dict[str, int]) -> None:
    found = differences(filled(one), filled(other))
    assert [d.line for d in found] == [line for line in LINES if one[line] != other[line]]
    mirrored = differences(filled(other), filled(one))
    assert [(d.line, d.kind, d.second, d.first) for d in mirrored] == [
        (d.line, d.kind, d.first, d.second) for d in found
    ]
