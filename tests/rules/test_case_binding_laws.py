"""The laws of case-file binding, tried on generated benches."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules import formats
from scoring.rules.agreement import differences, settlement
from scoring.rules.checklist import Checklist
from scoring.rules.explanation import Explanation
from scoring.rules.formats.base import Outcome, SheetFacts, TurnFacts
from scoring.rules.inspection import Inspection, read_inspection
from scoring.rules.panel import Standing

few = trial(max_examples=100, deadline=None)
FORMAT = formats.get("case_binding")
SETTINGS = FORMAT.defaults() | {"bonus": {"given": True}}
CHECKLIST = Checklist.from_data(SETTINGS["checklist"])
LINES = [f"{item.key}.{defect.key}" for item, defect in CHECKLIST.lines()]

Counts = dict[str, int]
found = st.fixed_dictionaries(dict.fromkeys(LINES, st.integers(0, 8)))
times = st.integers(0, 3900)
caps = st.sampled_from([[], [{"kind": "lost_original", "reason": "遗失"}]])


def sheet_of(counts: Mapping[str, int]) -> dict[str, str]:
    typed = {line: str(count) for line, count in counts.items() if count}
    silent = [item.key for item in CHECKLIST.items if not any(line.startswith(f"{item.key}.") for line in typed)]
    return typed | {f"{item}.nothing_found": "1" for item in silent}


def settle_all(pair: Mapping[str, Inspection], agreed: Counts) -> dict[str, Any]:
    return {d.line: settlement(pair, d.line, str(agreed[d.line]), "核定") for d in differences(pair["1"], pair["2"])}


def score(one: Counts, other: Counts, agreed: Counts, seconds: int, capped: list[dict[str, str]]) -> Outcome:
    sheets = {"1": sheet_of(one), "2": sheet_of(other)}
    pair = {seat: read_inspection(CHECKLIST, sheet) for seat, sheet in sheets.items()}
    facts = {"seconds": seconds, "caps": capped, "settlements": settle_all(pair, agreed)}
    seats = tuple(SheetFacts(seat, Standing.COUNTED, sheet) for seat, sheet in sheets.items())
    return FORMAT.score(SETTINGS, TurnFacts(("",), seats, (), facts))


@few
@given(found, found, found, times, caps)
def test_swapping_the_inspectors_changes_nothing(
    one: Counts, other: Counts, agreed: Counts, seconds: int, capped: list[dict[str, str]]
) -> None:
    before = score(one, other, agreed, seconds, capped)
    after = score(other, one, agreed, seconds, capped)
    assert (after.scores[""].exact, after.verdict) == (before.scores[""].exact, before.verdict)
    left = [item.left for item in before.scores[""].explanation.items]
    assert [item.left for item in after.scores[""].explanation.items] == left


@few
@given(found, times, caps, st.sampled_from(LINES))
def test_one_defect_more_never_raises_the_score(
    counts: Counts, seconds: int, capped: list[dict[str, str]], line: str
) -> None:
    worse = {**counts, line: counts[line] + 1}
    before = score(counts, counts, counts, seconds, capped).scores[""]
    assert score(worse, worse, worse, seconds, capped).scores[""].exact <= before.exact


@few
@given(found, times, st.integers(1, 600), caps)
def test_taking_longer_never_raises_the_score(
    counts: Counts, seconds: int, longer: int, capped: list[dict[str, str]]
) -> None:
    before = score(counts, counts, counts, seconds, capped).scores[""]
    after = score(counts, counts, counts, min(3900, seconds + longer), capped).scores[""]
    assert after.exact <= before.exact


@few
@given(found, found, found, times, caps)
def test_caps_are_never_exceeded_and_the_shown_parts_add_up(
    one: Counts, other: Counts, agreed: Counts, seconds: int, capped: list[dict[str, str]]
) -> None:
    explained = score(one, other, agreed, seconds, capped).scores[""].explanation
    assert Explanation.from_data(json.loads(json.dumps(explained.to_data()))) == explained
    for item in explained.items:
        assert item.deducted == sum(line.points for line in item.defects)
        assert item.left == max(Decimal(0), item.maximum - item.deducted)
    assert explained.counted_sum == sum(item.left for item in explained.items)
    worth = explained.counted_sum + sum(line.points for line in explained.bonuses)
    assert explained.mean == min([worth, Decimal(100), *(cap.limit for cap in explained.caps)])
    assert explained.final == explained.mean - explained.penalty_sum
    assert bool(explained.caps) == bool(capped) or worth > 100


@few
@given(found, found, found)
def test_what_both_found_stands_and_what_they_did_not_is_the_chiefs(one: Counts, other: Counts, agreed: Counts) -> None:
    verdict = score(one, other, agreed, 3600, []).verdict
    expected = {line: one[line] if one[line] == other[line] else agreed[line] for line in LINES}
    assert verdict["agreed"] == {line: count for line, count in expected.items() if count}
    assert verdict["settled"] == [line for line in LINES if one[line] != other[line]]
