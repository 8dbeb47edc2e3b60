"""The explanation format: complete, readable aloud, and the same after a trip through JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.rules.after_mean import Penalty
from scoring.rules.explanation import Explanation, TieLine
from scoring.rules.panel import JudgeSheet, PanelRules, Standing, score_panel
from scoring.rules.refusal import Problem

from .cast import panel_of, refusal

RULES = PanelRules()


def seven_judges() -> Explanation:
    """91 + 92.5 + 90 + 93.5 + 92 = 459 without 95 and 88; / 5 = 91.8; less 0.5 is 91.3."""
    totals = ("91", "92.5", "90", "93.5", "88", "95", "92")
    return score_panel(panel_of(*totals), [Penalty("overtime", Decimal("0.5"), "超时")], RULES).explanation


def test_the_host_reads_out_the_figures_in_the_announced_order() -> None:
    # 七位评委评分,去掉一个最高分 95 分,去掉一个最低分 88 分,其余五位评委合计总分 459 分,平均分 91.80 分
    assert list(seven_judges().announcement().items()) == [
        ("judges", "7"),
        ("counted", "5"),
        ("highest", "95"),
        ("lowest", "88"),
        ("counted_sum", "459"),
        ("mean", "91.80"),
        ("penalty_sum", "0.5"),
        ("final", "91.30"),
    ]


def test_where_nothing_was_dropped_no_extreme_is_read_out() -> None:
    spoken = score_panel(panel_of("80", "90", "91", "99"), [], RULES).explanation.announcement()
    assert spoken == {
        "judges": "4",
        "counted": "4",
        "counted_sum": "360",
        "mean": "90.00",
        "penalty_sum": "0",
        "final": "90.00",
    }


def test_an_explanation_opens_to_its_marks() -> None:
    assert seven_judges().to_data() == {
        "method": "trimmed",
        "judges": [
            judge("1", "91", "counted"),
            judge("2", "92.5", "counted"),
            judge("3", "90", "counted"),
            judge("4", "93.5", "counted"),
            judge("5", "88", "dropped_low"),
            judge("6", "95", "dropped_high"),
            judge("7", "92", "counted"),
        ],
        "valid": 7,
        "counted": 5,
        "counted_sum": "459",
        "mean_exact": "91.8",
        "mean": "91.80",
        "penalties": [{"kind": "overtime", "points": "0.5", "reason": "超时"}],
        "penalty_sum": "0.5",
        "final": "91.30",
        "untrimmed_mean": "91.71",
        "tie": None,
    }


def judge(seat: str, total: str, fate: str) -> dict[str, Any]:
    return {"seat": seat, "standing": "counted", "total": total, "fate": fate, "marks": {"whole": total}}


def test_an_explanation_survives_json_to_the_letter() -> None:
    tied = seven_judges().with_tie(TieLine("key_criterion", False, {"exact_value": "91.30"}))
    text = json.dumps(tied.to_data())
    back = Explanation.from_data(json.loads(text))
    assert back == tied
    assert json.dumps(back.to_data()) == text


def test_a_recused_line_survives_json() -> None:
    sheets = [*panel_of("80", "90", "91", "99"), JudgeSheet("5", Standing.RECUSED)]
    explained = score_panel(sheets, [], RULES).explanation
    data = json.loads(json.dumps(explained.to_data()))
    assert data["judges"][4] == {
        "seat": "5",
        "standing": "recused",
        "total": None,
        "fate": "recused",
        "marks": {},
    }
    assert Explanation.from_data(data) == explained


def test_the_exact_value_can_be_had_again_from_the_explanation() -> None:
    assert seven_judges().exact == Fraction("91.3")
    thirds = score_panel(panel_of("90", "91", "91.5"), [Penalty("overtime", Decimal(1))], RULES)
    assert thirds.explanation.exact == thirds.exact == Fraction(545, 6) - 1


def test_a_tie_is_written_beside_the_rest() -> None:
    tie = TieLine("shared_rank", True, {"exact_value": "91.30"})
    tied = seven_judges().with_tie(tie)
    assert tied.tie == tie
    assert tied.to_data()["tie"] == {
        "step": "shared_rank",
        "shared": True,
        "figures": {"exact_value": "91.30"},
    }
    assert tied.with_tie(None) == seven_judges()


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        ({"final": None}, "final"),
        ({"final": "NaN"}, "final"),
        ({"mean": 91.8}, "mean"),
        ({"mean_exact": "1/0"}, "mean_exact"),
        ({"judges": None}, "judges"),
        ({"judges": [{"seat": "1", "standing": "counted", "total": None, "fate": "counted"}]}, "judges.0.marks"),
        ({"penalties": ["overtime"]}, "penalties.0"),
        ({"tie": "yes"}, "tie"),
    ],
)
def test_a_spoilt_explanation_is_refused_at_its_place(spoil: dict[str, object], place: str) -> None:
    data = seven_judges().to_data() | spoil
    assert refusal(lambda: Explanation.from_data(data)) == Problem("explanation_malformed", place)


def test_an_explanation_with_a_line_missing_is_refused() -> None:
    data = seven_judges().to_data()
    del data["counted_sum"]
    assert refusal(lambda: Explanation.from_data(data)).code == "explanation_malformed"
