"""Checklists as data, and one inspector's sheet: every refusal, and the laws."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.checklist import Checklist
from scoring.rules.formats.case_binding_checklist import CHECKLIST
from scoring.rules.inspection import (
    draft_problems,
    points_left,
    read_inspection,
    running_total,
    total_of,
)
from scoring.rules.refusal import Problem

from .cast import refusal, refusals
from .cast_checklist import CLEAN, SMALL, counts, filled, inspected, sheets

few = trial(max_examples=100, deadline=None)

COVERS: dict[str, Any] = {
    "key": "covers",
    "zh": "封面",
    "maximum": "10",
    "defects": [{"key": "blank", "zh": "漏填", "points": "1"}],
}


def changed(**changes: Any) -> list[dict[str, Any]]:
    return [{**COVERS, **changes}]


def test_a_checklist_survives_json() -> None:
    assert Checklist.from_data(json.loads(json.dumps(CHECKLIST.to_data()))) == CHECKLIST


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ([], "checklist_empty", ""),
        ("covers", "settings_malformed", ""),
        (["covers"], "settings_malformed", "0"),
        (changed(key="Covers"), "item_key_malformed", "0.key"),
        (changed(key="a.b"), "item_key_malformed", "0.key"),
        (changed(zh=""), "item_name_missing", "0.zh"),
        (changed(maximum="0"), "maximum_not_positive", "0.maximum"),
        ([{word: said for word, said in COVERS.items() if word != "maximum"}], "maximum_not_positive", "0.maximum"),
        (changed(maximum="ten"), "setting_not_a_number", "0.maximum"),
        (changed(weight="1"), "unknown_setting", "0.weight"),
        (changed(defects=[]), "item_without_defects", "0.defects"),
        (changed(defects="blank"), "settings_malformed", "0.defects"),
        (changed(defects=[{"key": "", "zh": "漏", "points": "1"}]), "defect_key_malformed", "0.defects.0.key"),
        (
            changed(defects=[{"key": "nothing_found", "zh": "无", "points": "1"}]),
            "defect_key_malformed",
            "0.defects.0.key",
        ),
        (changed(defects=[{"key": "blank", "points": "1"}]), "defect_name_missing", "0.defects.0.zh"),
        (changed(defects=[{"key": "blank", "zh": "漏", "points": "0"}]), "points_not_positive", "0.defects.0.points"),
        (changed(defects=[{"key": "blank", "zh": "漏"}]), "points_not_positive", "0.defects.0.points"),
        (changed(defects=[{"key": "blank", "zh": "漏", "points": "11"}]), "defect_above_item", "0.defects.0.points"),
        (changed(defects=COVERS["defects"] * 2), "defect_key_twice", "0.defects.1.key"),
        ([COVERS, COVERS], "item_key_twice", "1.key"),
    ],
)
def test_a_checklist_that_cannot_be_used_is_refused(data: Any, code: str, field: str) -> None:
    problem = refusal(lambda: Checklist.from_data(data))
    assert (problem.code, problem.field) == (code, field)


def test_all_that_is_wrong_with_a_checklist_is_said_at_once() -> None:
    wrong = [{**COVERS, "maximum": "0"}, {**COVERS, "defects": [{"key": "blank", "zh": "漏", "points": "-1"}]}]
    problems = refusals(lambda: Checklist.from_data(wrong))
    assert [(p.code, p.field) for p in problems] == [
        ("maximum_not_positive", "0.maximum"),
        ("points_not_positive", "1.defects.0.points"),
    ]


def test_an_item_never_loses_more_than_it_is_worth() -> None:
    # Index 5 points: two wrong entries take 4 and leave 1; three take 6, of which only 5 are there.
    assert points_left(SMALL, inspected(index__entry="2")) == {"index": 1, "pages": 3}
    assert points_left(SMALL, inspected(index__entry="3")) == {"index": 0, "pages": 3}
    assert total_of(SMALL, inspected(index__entry="3", pages__doubled="1", pages__corner="1")) == Decimal("1.5")


def test_the_running_total_starts_at_the_maximum_and_heeds_good_entries_only() -> None:
    # 8 − 2 − 0.5 = 5.5; "many" is no count and takes nothing off.
    assert running_total(SMALL, {}) == 8
    assert running_total(SMALL, {"index.entry": "1", "pages.corner": "1"}) == Decimal("5.5")
    assert running_total(SMALL, {"index.entry": "many", "pages.corner": "1"}) == Decimal("7.5")
    assert running_total(SMALL, "no sheet") == 8


def test_nothing_found_must_be_said_and_is_not_assumed() -> None:
    assert read_inspection(SMALL, CLEAN).nothing_found == {"index", "pages"}
    assert refusals(lambda: read_inspection(SMALL, {})) == [
        Problem("item_not_said", "index"),
        Problem("item_not_said", "pages"),
    ]
    assert refusal(lambda: read_inspection(SMALL, {**CLEAN, "pages.nothing_found": ""})) == Problem(
        "item_not_said", "pages"
    )
    assert refusal(lambda: read_inspection(SMALL, {"index.nothing_found": "1", "pages.doubled": "0"})) == Problem(
        "item_not_said", "pages"
    )


def test_an_item_cannot_be_without_a_defect_and_have_one() -> None:
    problem = refusal(lambda: read_inspection(SMALL, {**CLEAN, "pages.corner": "1"}))
    assert problem == Problem("nothing_found_contradicted", "pages.nothing_found")


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ({"index.entry": "many"}, Problem("count_not_whole", "index.entry")),
        ({"index.entry": "-1"}, Problem("count_not_whole", "index.entry")),
        ({"index.entry": "1.5"}, Problem("count_not_whole", "index.entry")),
        ({"index.entry": True}, Problem("count_not_whole", "index.entry")),
        ({"index.entry": None}, Problem("count_not_whole", "index.entry")),
        ({"index.entry": "100"}, Problem("count_too_high", "index.entry", {"most": "99"})),
        (
            {"index.entry": "1", "index.entry.2.page": "7"},
            Problem("occurrence_beyond_count", "index.entry.2", {"count": "1"}),
        ),
        (
            {"index.entry": "1", "index.entry.1.page": "cover"},
            Problem("page_not_whole", "index.entry.1.page", {"most": "9999"}),
        ),
        (
            {"index.entry": "1", "index.entry.1.page": "0"},
            Problem("page_not_whole", "index.entry.1.page", {"most": "9999"}),
        ),
        (
            {"index.entry": "1", "index.entry.1.note": "缺" * 201},
            Problem("note_too_long", "index.entry.1.note", {"most": "200"}),
        ),
        (
            {"index.entry": "1", "index.entry.1.note": 7},
            Problem("note_too_long", "index.entry.1.note", {"most": "200"}),
        ),
        ({"index.nothing_found": "yes"}, Problem("sheet_malformed", "index.nothing_found")),
    ],
)
def test_a_wrong_entry_is_refused_in_its_place_also_in_a_draft(entries: dict[str, Any], problem: Problem) -> None:
    sheet = {"pages.nothing_found": "1", **entries}
    assert refusal(lambda: read_inspection(SMALL, sheet)) == problem
    assert draft_problems(SMALL, sheet) == (problem,)


@pytest.mark.parametrize(
    "name",
    [
        "colour",
        "colour.red",
        "index",
        "index.red",
        "index.doubled",
        "index.entry.1",
        "index.entry.0.page",
        "index.entry.100.page",
        "index.entry.01.page",
        "index.entry.1.line",
        "index.nothing_found.1.page",
        7,
    ],
)
def test_a_field_that_no_checklist_has_is_refused(name: Any) -> None:
    assert refusal(lambda: read_inspection(SMALL, dict(CLEAN) | {name: "1"})) == Problem("unknown_criterion", str(name))


def test_what_is_no_sheet_at_all_is_refused() -> None:
    assert refusal(lambda: read_inspection(SMALL, ["index"])) == Problem("sheet_malformed")


def test_a_draft_may_be_empty() -> None:
    assert draft_problems(SMALL, {}) == ()


def test_a_sheet_is_read_clean_and_reading_it_again_changes_nothing() -> None:
    typed = {
        "pages.doubled": " ２ ",
        "pages.corner": "0",
        "pages.doubled.2.page": "１７",
        "pages.doubled.2.note": " 重号 ",
        "index.nothing_found": "1",
    }
    clean = read_inspection(SMALL, typed).to_data()
    assert clean == {
        "index.nothing_found": "1",
        "pages.doubled": "2",
        "pages.doubled.2.page": "17",
        "pages.doubled.2.note": "重号",
    }
    assert read_inspection(SMALL, clean).to_data() == clean


@few
@given(sheets)
def test_no_item_ever_loses_more_than_its_cap(counted: dict[str, int]) -> None:
    inspection = filled(counted)
    left = points_left(CHECKLIST, inspection)
    for item in CHECKLIST.items:
        assert 0 <= left[item.key] <= item.maximum
        assert left[item.key] == max(Decimal(0), item.maximum - item.deducted(inspection.counts(item.key)))
    assert total_of(CHECKLIST, inspection) == sum(left.values())
    assert running_total(CHECKLIST, inspection.to_data()) == total_of(CHECKLIST, inspection)


@few
@given(sheets, st.data())
def test_one_defect_more_never_raises_a_total(counted: dict[str, int], data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(sorted(counted)))
    worse = {**counted, line: counted[line] + 1}
    assert total_of(CHECKLIST, filled(worse)) <= total_of(CHECKLIST, filled(counted))


pages = st.dictionaries(st.sampled_from(["1", "2", "3", "99"]), st.sampled_from(["3", "7", ""]))


@few
@given(st.dictionaries(st.sampled_from(sorted(["index.entry", "pages.doubled"])), counts), pages, st.text(max_size=9))
def test_whatever_is_typed_a_clean_sheet_stays_as_it_is(
    counted: dict[str, int], seen: dict[str, str], note: str
) -> None:
    typed = {line: str(count) for line, count in counted.items()}
    typed |= {f"index.entry.{number}.page": page for number, page in seen.items()}
    typed |= {f"index.entry.{number}.note": note for number in seen}
    wrong = {p.field for p in draft_problems(SMALL, typed)}
    good = {name: entry for name, entry in typed.items() if not any(name.startswith(place) for place in wrong)}
    found = {name.partition(".")[0] for name, entry in good.items() if entry.isdecimal() and int(entry)}
    said = {f"{item}.nothing_found": "1" for item in ("index", "pages") if item not in found}
    assert draft_problems(SMALL, good) == ()
    clean = read_inspection(SMALL, {**good, **said}).to_data()
    assert read_inspection(SMALL, clean).to_data() == clean
