"""Legal explanation (释法说理) as the domain page describes it, from settings to ranking."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.rules import formats
from scoring.rules.formats.base import Outcome, PenaltyFacts, SheetFacts, TurnFacts
from scoring.rules.panel import PanelScore, Standing
from scoring.rules.ranking import rank
from scoring.rules.refusal import Problem

from .cast import refusal, refusals

FORMAT = formats.get("legal_explanation")
ALONE = ("",)
GOOD = {
    "facts": "13",
    "law": "22.5",
    "reasoning": "22",
    "plain_language": "13.5",
    "response": "9",
    "bearing": "8.5",
}


def settings(**changes: Any) -> dict[str, Any]:
    return {**FORMAT.defaults(), **changes}


def sheet(**changes: str) -> dict[str, str]:
    return {**GOOD, **changes}


def performed(*sheets: dict[str, str] | Standing, penalties: tuple[PenaltyFacts, ...] = ()) -> TurnFacts:
    """Seats 1, 2, … with the sheet each handed in, or the standing of those who did not."""
    seats = tuple(
        SheetFacts(str(seat), given) if isinstance(given, Standing) else SheetFacts(str(seat), Standing.COUNTED, given)
        for seat, given in enumerate(sheets, start=1)
    )
    return TurnFacts(ALONE, seats, penalties)


def by_law(*marks: str) -> list[dict[str, str]]:
    return [sheet(law=mark) for mark in marks]


def test_the_rubric_is_the_domain_pages_hundred_points() -> None:
    rubric = FORMAT.rubric(settings(), "")
    assert [(c.zh, int(c.maximum)) for c in rubric.criteria] == [
        ("事实归纳与争议焦点", 15),
        ("法律适用准确", 25),
        ("说理透彻、法理情融合", 25),
        ("群众语言与沟通", 15),
        ("现场应答应变", 10),
        ("仪表形象与节奏", 10),
    ]
    assert rubric.maximum == 100
    assert rubric.tie_criterion is rubric.criterion("law")
    assert {str(c.step) for c in rubric.criteria} == {"0.5"}


def test_every_criterion_has_a_hint_in_both_languages() -> None:
    assert all(c.hint_zh and c.hint_en for c in FORMAT.rubric(settings(), "").criteria)


def test_the_other_defaults_are_the_domain_pages() -> None:
    defaults = FORMAT.defaults()
    assert defaults["panel"] == {
        "trim": True, "trim_from": 5, "minimum_valid": 3, "decimals": 2, "wide": 15,
        "drop_high": 1, "drop_low": 1, "by": "total", "figure": "mean", "short": "plain", "floor": True,
        "groups": [], "empty": "reserve",
    }  # fmt: skip
    assert defaults["overtime"] == {
        "free_seconds": 10,
        "step_seconds": 15,
        "points_per_step": "0.5",
        "most": "3",
        "stop_seconds": 60,
    }
    assert defaults["ties"] == ["exact_value", "key_criterion", "untrimmed_mean", "play_off", "shared_rank"]
    assert defaults["publication"] == "at_once"
    clocks = [(c["zh"], c["seconds"], c["warn_seconds"]) for c in defaults["clocks"]]
    assert clocks == [("备题", 900, 30), ("陈述", 360, 30), ("追问", 180, 30), ("评分", 90, 30)]


def test_the_defaults_are_editable_data_that_passes_its_own_check() -> None:
    through_json = json.loads(json.dumps(FORMAT.defaults()))
    assert through_json == FORMAT.defaults()
    FORMAT.check_settings(through_json)


def test_editing_one_events_defaults_leaves_the_next_events_alone() -> None:
    FORMAT.defaults()["rubric"].clear()
    FORMAT.defaults()["ties"].clear()
    FORMAT.check_settings(FORMAT.defaults())


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"rubric": []}, "rubric_empty", "rubric"),
        (
            {"rubric": [{"key": "law", "zh": "法", "maximum": "0"}]},
            "maximum_not_positive",
            "rubric.0.maximum",
        ),
        ({"panel": {"trim_from": 2}}, "trim_from_too_low", "panel.trim_from"),
        ({"overtime": {"step_seconds": 0}}, "step_not_positive", "overtime.step_seconds"),
        ({"overtime": {"points_per_step": "0.125"}}, "penalty_too_fine", "overtime.points_per_step"),
        ({"overtime": {"most": "1.001"}}, "penalty_too_fine", "overtime.most"),
        ({"ties": ["dice"]}, "unknown_tie_step", "ties.0"),
        ({"ties": "exact_value"}, "settings_malformed", "ties"),
        ({"ties": ["format_step"]}, "tie_step_not_offered", "ties.0"),
        ({"publication": "never"}, "unknown_publication", "publication"),
        ({"publication": ["at_once"]}, "unknown_publication", "publication"),
        (
            {"clocks": [{"key": "speak", "zh": "陈述", "seconds": 0}]},
            "seconds_not_positive",
            "clocks.0.seconds",
        ),
        ({"music": True}, "unknown_setting", "music"),
    ],
)
def test_settings_that_make_no_sense_are_refused_at_their_place(changes: dict[str, Any], code: str, field: str) -> None:
    problem = refusal(lambda: FORMAT.check_settings(settings(**changes)))
    assert (problem.code, problem.field) == (code, field)


def test_a_chain_that_asks_for_a_key_criterion_nobody_named_is_refused() -> None:
    rubric = [{**line, "decides_ties": False} for line in FORMAT.defaults()["rubric"]]
    problem = refusal(lambda: FORMAT.check_settings(settings(rubric=rubric)))
    assert problem == Problem("tie_criterion_missing", "rubric")
    FORMAT.check_settings(settings(rubric=rubric, ties=["untrimmed_mean"]))


def test_settings_are_refused_with_all_their_problems() -> None:
    broken = settings(rubric=[], publication="never")
    del broken["clocks"]
    problems = refusals(lambda: FORMAT.check_settings(broken))
    assert [(p.code, p.field) for p in problems] == [
        ("rubric_empty", "rubric"),
        ("unknown_publication", "publication"),
        ("setting_missing", "clocks"),
    ]


def test_what_is_no_settings_at_all_is_refused() -> None:
    assert refusal(lambda: FORMAT.check_settings([])).code == "settings_malformed"  # type: ignore[arg-type]


def test_a_turn_is_one_performance() -> None:
    assert FORMAT.subject == "performance"
    assert FORMAT.parts(settings()) == ALONE


def test_a_sheet_is_read_clean_and_reading_it_again_changes_nothing() -> None:
    clean = FORMAT.read_sheet(settings(), ALONE, sheet(facts="１３．０", law=" 22.50 "))
    assert clean == GOOD
    assert FORMAT.read_sheet(settings(), ALONE, clean) == clean


def test_a_wrong_sheet_is_refused_mark_by_mark() -> None:
    problems = refusals(lambda: FORMAT.read_sheet(settings(), ALONE, sheet(law="25.5", bearing="8.3", facts="")))
    assert [(p.code, p.field) for p in problems] == [
        ("mark_empty", "facts"),
        ("mark_out_of_range", "law"),
        ("mark_off_step", "bearing"),
    ]


def test_a_sheet_for_a_part_there_is_not_is_refused() -> None:
    problem = refusal(lambda: FORMAT.read_sheet(settings(), ("defence",), GOOD))
    assert problem == Problem("unknown_part", "defence")


def test_a_draft_is_told_what_is_wrong_and_what_it_comes_to() -> None:
    draft = {"facts": "13", "law": "99", "reasoning": ""}
    assert [(p.code, p.field) for p in FORMAT.draft_problems(settings(), ALONE, draft)] == [
        ("mark_out_of_range", "law")
    ]
    assert FORMAT.running_total(settings(), ALONE, draft) == 13
    # 13 + 22.5 + 22 + 13.5 + 9 + 8.5 = 88.5
    assert FORMAT.running_total(settings(), ALONE, GOOD) == Decimal("88.5")


def scored(*args: Any, **kwargs: Any) -> PanelScore:
    outcome: Outcome = FORMAT.score(settings(), performed(*args, **kwargs))
    assert list(outcome.scores) == [""]
    score = outcome.scores[""]
    assert isinstance(score, PanelScore)
    return score


def test_a_performance_is_scored_by_its_panel() -> None:
    # Law 20 … 25 on otherwise equal sheets of 66: totals 86, 87, 88, 89, 90, 91, 91.
    # Without 86 and one 91: 87 + 88 + 89 + 90 + 91 = 445; / 5 = 89; overtime 20 s costs 0.5.
    overtime = PenaltyFacts("", "overtime", Decimal("0.5"), "超时 20 秒")
    score = scored(*by_law("20", "21", "22", "23", "24", "25", "25"), penalties=(overtime,))
    assert (str(score.explanation.counted_sum), str(score.mean), str(score.final)) == (
        "445",
        "89.00",
        "88.50",
    )
    assert [(line.kind, line.points, line.reason) for line in score.explanation.penalties] == [
        ("overtime", Decimal("0.5"), "超时 20 秒")
    ]
    assert score.explanation.judges[0].marks["law"] == 20


def test_the_sum_of_a_line_is_its_total() -> None:
    line = scored(*by_law("20", "21", "22")).explanation.judges[1]
    # 13 + 21 + 22 + 13.5 + 9 + 8.5 = 87
    assert line.total == sum(line.marks.values()) == 87


def test_a_missing_sheet_blocks_the_score_and_says_who() -> None:
    facts = performed(*by_law("20", "21"), Standing.MISSING, *by_law("22"), Standing.MISSING)
    problem = refusal(lambda: FORMAT.score(settings(), facts))
    assert problem == Problem("missing_sheets", "", {"seats": "3, 5"})


def test_a_recused_judge_is_shown_and_left_out() -> None:
    # 86 + 88 + 90 = 264; / 3 = 88.
    score = scored(*by_law("20", "22", "24"), Standing.RECUSED)
    assert (str(score.final), score.explanation.judges[3].fate) == ("88.00", "recused")


def test_a_stored_sheet_that_does_not_fit_the_rubric_is_refused_with_its_seat() -> None:
    facts = performed(*by_law("20", "21", "99"))
    problem = refusal(lambda: FORMAT.score(settings(), facts))
    assert (problem.code, problem.field) == ("mark_out_of_range", "3.law")


def test_a_penalty_for_a_part_there_is_not_is_refused() -> None:
    facts = performed(*by_law("20", "21", "22"), penalties=(PenaltyFacts("defence", "late", Decimal(1)),))
    assert refusal(lambda: FORMAT.score(settings(), facts)) == Problem("unknown_part", "defence")


def test_the_tie_values_are_the_law_mean_of_the_counted_and_the_untrimmed_mean() -> None:
    # Totals 86, 87, 88, 89, 91: law of the counted 21, 22, 23 is 22 on average.
    # Untrimmed: 86 + 87 + 88 + 89 + 91 = 441; / 5 = 88.2. Penalties stay out of both.
    score = scored(*by_law("20", "21", "22", "23", "25"), penalties=(PenaltyFacts("", "overtime", Decimal(1)),))
    assert FORMAT.tie_values(settings(), score) == {
        "key_criterion": Fraction(22),
        "untrimmed_mean": Fraction("88.2"),
    }


def test_the_law_mean_does_not_depend_on_which_of_two_equal_judges_sits_where() -> None:
    # Two totals of 88, by law 22 and response 9 or by law 23 and response 8; below them 86, 85 and 84.
    # The more extreme law mark goes, 23, and so does 84 with 18: 22 + 20 + 19 = 61; / 3.
    plainly, learned, others = sheet(law="22"), sheet(law="23", response="8"), by_law("20", "19", "18")
    for sheets in ([plainly, learned, *others], [learned, plainly, *others]):
        assert FORMAT.tie_values(settings(), scored(*sheets))["key_criterion"] == Fraction(61, 3)


def test_a_recused_judge_is_in_neither_tie_value() -> None:
    score = scored(*by_law("20", "22", "24"), Standing.RECUSED)
    assert FORMAT.tie_values(settings(), score) == {
        "key_criterion": Fraction(22),
        "untrimmed_mean": Fraction(88),
    }


def test_without_a_key_criterion_only_the_untrimmed_mean_is_left() -> None:
    rubric = [{**line, "decides_ties": False} for line in FORMAT.defaults()["rubric"]]
    values = FORMAT.tie_values(settings(rubric=rubric), scored(*by_law("20", "22", "24")))
    assert list(values) == ["untrimmed_mean"]


def test_a_recorded_play_off_goes_into_the_ranking() -> None:
    score = scored(*by_law("20", "22", "24"))
    chain = FORMAT.chain(settings())
    first = FORMAT.contender(settings(), "a", [score], {"play_off": Fraction(3)})
    second = FORMAT.contender(settings(), "b", [score], {"play_off": Fraction(4)})
    ranked = rank([first, second], chain)
    assert [(r.key, r.rank, r.decided_by) for r in ranked] == [("b", 1, "play_off"), ("a", 2, "play_off")]


def test_the_contestant_better_in_law_wins_a_tie_in_the_score() -> None:
    # Both have three totals of 88; one by law 22 and response 9, the other by law 23 and response 8.
    plainly = scored(*by_law("22", "22", "22"))
    learned = scored(*[sheet(law="23", response="8")] * 3)
    assert plainly.final == learned.final == Decimal("88.00")
    contenders = [FORMAT.contender(settings(), key, [s], {}) for key, s in (("a", plainly), ("b", learned))]
    best, other = rank(contenders, FORMAT.chain(settings()))
    assert (best.key, best.decided_by) == ("b", "key_criterion")
    explained = learned.explanation.with_tie(best.tie)
    assert explained.tie is not None
    assert explained.tie.figures == {"exact_value": "88.00", "key_criterion": "23.00"}
    assert other.tie_figures["key_criterion"] == "22.00"


def test_a_contestant_is_ranked_on_exactly_one_score() -> None:
    score = scored(*by_law("20", "22", "24"))
    for scores in ([], [score, score]):
        problem = refusal(lambda scores=scores: FORMAT.contender(settings(), "a", scores, {}))  # type: ignore[misc]
        assert problem.code == "not_one_score"
