"""The rulings that an event offers are a list, each with a key of its own and a name."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.rules.listed import Listed
from scoring.rules.refusal import problems_of
from scoring.rules.rulings import (
    LONGEST_REASON,
    Cap,
    VoidGround,
    cap_figure,
    caps_of,
    read_reason,
    read_rulings,
)

from .cast import refusal, refusals

LATE = {"key": "late", "zh": "逾期报送", "en": "Handed in late"}
BLANK = {"key": "blank", "zh": "空白文书", "en": "A blank document"}


@pytest.mark.parametrize("data", [None, 5, "逾期报送", {"late": LATE}])
def test_what_is_no_list_is_refused(data: object) -> None:
    assert refusal(lambda: read_rulings(data, VoidGround.from_data)).code == "settings_malformed"


def test_a_list_is_read_in_its_order_and_told_again_as_it_was() -> None:
    read = read_rulings([LATE, BLANK], VoidGround.from_data)
    assert [ground.to_data() for ground in read] == [LATE, BLANK]


def test_a_name_in_one_language_stands_for_the_other_too() -> None:
    (ground,) = read_rulings([LATE | {"en": ""}], VoidGround.from_data)
    assert (ground.zh, ground.en) == ("逾期报送", "逾期报送")


def test_every_ruling_that_is_wrong_is_named_with_its_place() -> None:
    wrong = [LATE, LATE | {"zh": "", "en": ""}, BLANK | {"key": ""}, LATE]
    said = refusals(lambda: read_rulings(wrong, VoidGround.from_data))
    assert [(problem.code, problem.field) for problem in said] == [
        ("ruling_name_missing", "1.zh"),
        ("ruling_key_missing", "2.key"),
        ("ruling_key_twice", "3.key"),
    ]


@pytest.mark.parametrize(
    ("kind", "code", "field"),
    [(Cap, "limit_not_positive", "0.limit"), (Listed, "points_not_positive", "0.points")],
)
def test_without_its_figure_it_is_refused(kind: type[Cap | Listed], code: str, field: str) -> None:
    (problem,) = refusals(lambda: read_rulings([LATE], kind.from_data))
    assert (problem.code, problem.field) == (code, field)


NO_LAW = {"key": "no-law", "zh": "未引法条", "en": "No law cited", "limit": "80"}
COPIED = {"key": "copied", "zh": "大段抄袭", "en": "Copied in part", "limit": "59.5"}
CAPS = read_rulings([NO_LAW, COPIED], Cap.from_data)


def test_the_strictest_cap_counts_last_and_each_line_says_what_it_did_and_why() -> None:
    recorded = caps_of(CAPS, [{"kind": "copied", "reason": " 第三页 "}, {"kind": "no-law", "reason": "全文没有"}])
    figure, lines = cap_figure(Fraction(92), recorded)
    assert figure == Fraction(119, 2)
    assert [(line.kind, line.zh, line.en, line.limit, line.before, line.reason) for line in lines] == [
        ("no-law", "未引法条", "No law cited", Decimal(80), Fraction(92), "全文没有"),
        ("copied", "大段抄袭", "Copied in part", Decimal("59.5"), Fraction(80), "第三页"),
    ]


def test_a_cap_above_the_figure_takes_nothing_away_and_says_so() -> None:
    figure, lines = cap_figure(Fraction(70), caps_of(CAPS, [{"kind": "no-law", "reason": "全文没有"}]))
    assert (figure, lines[0].before) == (Fraction(70), Fraction(70))


def test_what_is_recorded_is_refused_place_by_place() -> None:
    once = {"kind": "copied", "reason": "第三页"}
    said = refusals(
        lambda: caps_of(CAPS, [once, once, {"kind": "late", "reason": "x"}, once | {"reason": " "}, "copied"])
    )
    assert [(problem.code, problem.field) for problem in said] == [
        ("cap_twice", "caps.1.kind"),
        ("unknown_ruling", "caps.2.kind"),
        ("reason_missing", "caps.3.reason"),
        ("fact_malformed", "caps.4"),
    ]


@pytest.mark.parametrize("facts", [None, 5, "copied"])
def test_what_is_no_list_of_facts_is_refused(facts: object) -> None:
    assert refusal(lambda: caps_of(CAPS, facts)).code == "fact_malformed"


@pytest.mark.parametrize(("length", "code"), [(LONGEST_REASON, None), (LONGEST_REASON + 1, "reason_too_long")])
def test_a_reason_is_as_long_as_the_record_takes(length: int, code: str | None) -> None:
    said = problems_of(lambda: read_reason("因" * length))
    assert [problem.code for problem in said] == ([code] if code else [])
