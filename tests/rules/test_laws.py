"""The laws that hold for every panel, sheet and ranking, tried on generated ones."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules import formats
from scoring.rules.after_mean import Penalty
from scoring.rules.explanation import Explanation
from scoring.rules.figures import exact_text, plain, read_decimal, read_exact, round_half_up
from scoring.rules.panel import JudgeSheet, PanelRules, PanelScore, Standing, score_panel
from scoring.rules.ranking import Contender, rank
from scoring.rules.rubric import draft_problems, read_marks, running_total

FORMAT = formats.get("legal_explanation")
SETTINGS = FORMAT.defaults()
RUBRIC = FORMAT.rubric(SETTINGS, "")
CHAIN = ("exact_value", "key_criterion", "untrimmed_mean", "play_off", "shared_rank")

Sheets = list[dict[str, Decimal]]
Field = list[Contender]

few = trial(max_examples=100, deadline=None)

halves = st.integers(0, 20).map(lambda n: Decimal(n) / 2)
# Three criteria of ten points: narrow enough that equal totals and shared extremes are common.
marks = st.fixed_dictionaries({"law": halves, "reasoning": halves, "bearing": halves})
panels = st.lists(marks, min_size=3, max_size=11)
penalties = st.lists(
    st.builds(Penalty, st.sampled_from(["overtime", "other"]), st.integers(1, 300).map(lambda n: Decimal(n) / 100)),
    max_size=3,
)
rules = st.builds(
    PanelRules,
    trim=st.booleans(),
    trim_from=st.integers(3, 7),
    minimum_valid=st.just(1),
    decimals=st.integers(2, 4),
)


def seated(sheets: Sheets) -> list[JudgeSheet]:
    return [JudgeSheet(str(seat), Standing.COUNTED, given) for seat, given in enumerate(sheets, start=1)]


def figures(score: PanelScore) -> tuple[object, ...]:
    explained = score.explanation
    sums = explained.counted_sum, explained.penalty_sum
    return score.exact, score.final, score.mean, score.untrimmed_exact, law_mean(score), *sums


def law_mean(score: PanelScore) -> Fraction:
    counted = [Fraction(line.marks["law"]) for line in score.explanation.judges if line.fate == "counted"]
    return sum(counted, Fraction(0)) / len(counted)


@few
@given(panels, penalties, rules, st.randoms(use_true_random=False))
def test_the_order_in_which_sheets_arrive_never_matters(
    sheets: Sheets, off: list[Penalty], panel_rules: PanelRules, chance: Random
) -> None:
    in_order = seated(sheets)
    shuffled = list(in_order)
    chance.shuffle(shuffled)
    assert score_panel(shuffled, off, panel_rules, "law") == score_panel(in_order, off, panel_rules, "law")


@few
@given(panels, penalties, rules, st.randoms(use_true_random=False))
def test_who_sits_where_never_changes_a_figure(
    sheets: Sheets, off: list[Penalty], panel_rules: PanelRules, chance: Random
) -> None:
    moved = list(sheets)
    chance.shuffle(moved)
    before = score_panel(seated(sheets), off, panel_rules, "law")
    assert figures(score_panel(seated(moved), off, panel_rules, "law")) == figures(before)


@few
@given(panels, penalties, rules, st.data())
def test_raising_one_mark_never_lowers_the_final(
    sheets: Sheets, off: list[Penalty], panel_rules: PanelRules, data: st.DataObject
) -> None:
    seat = data.draw(st.integers(0, len(sheets) - 1))
    key = data.draw(st.sampled_from(sorted(sheets[seat])))
    raised = sheets[seat][key] + data.draw(st.integers(1, 20)) * Decimal("0.5")
    before = score_panel(seated(sheets), off, panel_rules, "law")
    higher = [*sheets[:seat], {**sheets[seat], key: raised}, *sheets[seat + 1 :]]
    after = score_panel(seated(higher), off, panel_rules, "law")
    assert after.exact >= before.exact
    assert after.final >= before.final
    assert after.untrimmed_exact > before.untrimmed_exact
    if after.exact == before.exact:
        assert law_mean(after) >= law_mean(before)


@few
@given(panels, penalties, rules)
def test_the_shown_parts_always_add_up_to_the_shown_whole(
    sheets: Sheets, off: list[Penalty], panel_rules: PanelRules
) -> None:
    explained = Explanation.from_data(score_panel(seated(sheets), off, panel_rules).explanation.to_data())
    for line in explained.judges:
        assert sum(line.marks.values()) == line.total
    counted = [line.total for line in explained.judges if line.fate == "counted" and line.total is not None]
    assert len(counted) == explained.counted
    assert sum(counted) == explained.counted_sum
    assert round_half_up(Fraction(explained.counted_sum) / explained.counted, panel_rules.decimals) == explained.mean
    assert sum(line.points for line in explained.penalties) == explained.penalty_sum
    assert explained.mean - explained.penalty_sum == explained.final


@few
@given(panels, penalties, rules)
def test_at_most_one_highest_and_one_lowest_is_dropped(
    sheets: Sheets, off: list[Penalty], panel_rules: PanelRules
) -> None:
    explained = score_panel(seated(sheets), off, panel_rules).explanation
    totals = sorted(line.total for line in explained.judges if line.total is not None)
    trimmed = panel_rules.trim and len(sheets) >= panel_rules.trim_from
    assert explained.counted_sum == sum(totals[1:-1] if trimmed else totals)
    assert (explained.highest, explained.lowest) == ((totals[-1], totals[0]) if trimmed else (None, None))
    assert [line.fate for line in explained.judges].count("counted") == len(sheets) - 2 * trimmed


@few
@given(panels, rules)
def test_the_score_lies_between_the_lowest_and_the_highest_total(sheets: Sheets, panel_rules: PanelRules) -> None:
    score = score_panel(seated(sheets), [], panel_rules)
    totals = [sum(sheet.values()) for sheet in sheets]
    assert min(totals) <= score.exact <= max(totals)


@few
@given(panels, penalties, rules, st.lists(st.sampled_from([Standing.RECUSED, Standing.ABSTAINED]), max_size=3))
def test_judges_who_stand_aside_never_change_a_figure(
    sheets: Sheets, off: list[Penalty], panel_rules: PanelRules, aside: list[Standing]
) -> None:
    others = [JudgeSheet(f"R{n}", standing, {"law": Decimal(1)}) for n, standing in enumerate(aside)]
    with_them = score_panel([*seated(sheets), *others], off, panel_rules, "law")
    assert figures(with_them) == figures(score_panel(seated(sheets), off, panel_rules, "law"))
    assert len(with_them.explanation.judges) == len(sheets) + len(aside)


@few
@given(panels, penalties, rules)
def test_every_explanation_survives_json(sheets: Sheets, off: list[Penalty], panel_rules: PanelRules) -> None:
    score = score_panel(seated(sheets), off, panel_rules)
    back = Explanation.from_data(json.loads(json.dumps(score.explanation.to_data())))
    assert back == score.explanation
    assert back.exact == score.exact


tie_values = st.dictionaries(st.sampled_from(CHAIN[1:4]), st.integers(0, 2).map(lambda n: Fraction(n, 3)), max_size=3)
# Sevenths within one point: many equal values, many that only differ beyond the shown places.
exacts = st.one_of(
    st.integers(0, 7).map(lambda n: 90 + Fraction(n, 7)),
    st.integers(0, 9).map(lambda n: 90 + Fraction(n, 3000)),
)
fields = st.lists(st.tuples(exacts, tie_values), max_size=12).map(
    lambda rows: [
        Contender(f"c{n:02}", exact, round_half_up(exact, 2), values) for n, (exact, values) in enumerate(rows)
    ]
)


@few
@given(fields)
def test_ranks_agree_with_exact_values(field: Field) -> None:
    exact = {c.key: c.exact for c in field}
    ranked = rank(field, CHAIN)
    assert sorted(r.key for r in ranked) == sorted(exact)
    for better, worse in pairwise(ranked):
        assert exact[better.key] >= exact[worse.key]
        if better.rank == worse.rank:
            assert exact[better.key] == exact[worse.key]


@few
@given(fields)
def test_without_a_chain_the_rank_is_one_more_than_the_number_ahead(field: Field) -> None:
    for ranked in rank(field, ()):
        assert ranked.rank == 1 + sum(other.exact > ranked.exact for other in field)
        assert ranked.shared == (sum(other.exact == ranked.exact for other in field) > 1)


@few
@given(fields)
def test_ranks_count_one_two_two_four(field: Field) -> None:
    ranks = [r.rank for r in rank(field, CHAIN)]
    assert ranks == [1 + sum(other < own for other in ranks) for own in ranks]


@few
@given(fields, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_changes_a_rank(field: Field, chance: Random) -> None:
    shuffled = list(field)
    chance.shuffle(shuffled)
    assert rank(shuffled, CHAIN) == rank(field, CHAIN)


@few
@given(fields)
def test_what_is_shown_precisely_orders_as_the_ranks_do(field: Field) -> None:
    for one in (ranked := rank(field, CHAIN)):
        for other in ranked:
            if one.shown == other.shown:
                assert (one.exact > other.exact) == (Decimal(one.shown_precise) > Decimal(other.shown_precise))
            if one.shown != other.shown and one.exact > other.exact:
                assert one.shown > other.shown
        assert one.shared <= (one.decided_by == "shared_rank")


@few
@given(
    st.fixed_dictionaries(
        {c.key: st.integers(0, int(c.maximum * 2)).map(lambda n: plain(Decimal(n) / 2)) for c in RUBRIC.criteria}
    )
)
def test_every_good_sheet_is_read_back_as_it_was(sheet: dict[str, str]) -> None:
    clean = FORMAT.read_sheet(SETTINGS, ("",), sheet)
    assert clean == sheet
    assert FORMAT.running_total(SETTINGS, ("",), sheet) == sum(Decimal(mark) for mark in sheet.values())
    assert FORMAT.draft_problems(SETTINGS, ("",), sheet) == ()


anything = st.one_of(st.text(max_size=15), st.integers(), st.floats(), st.booleans(), st.none(), st.binary(max_size=3))


@few
@given(st.dictionaries(st.sampled_from([c.key for c in RUBRIC.criteria] + ["charm"]), anything))
def test_whatever_a_tablet_sends_a_draft_is_answered_and_never_adds_a_bad_mark(
    raw: dict[str, object],
) -> None:
    wrong = {problem.field for problem in draft_problems(RUBRIC, raw)}
    good = {
        key: mark for key, mark in raw.items() if key not in wrong and not (isinstance(mark, str) and not mark.strip())
    }
    assert running_total(RUBRIC, raw) == sum(read_decimal(mark) for mark in good.values())
    complete = {c.key: good.get(c.key, "0") for c in RUBRIC.criteria}
    assert list(read_marks(RUBRIC, complete)) == [c.key for c in RUBRIC.criteria]


@few
@given(st.fractions(min_value=-200, max_value=200, max_denominator=5000), st.integers(0, 6))
def test_rounding_is_never_off_by_more_than_a_half_and_a_half_goes_up(value: Fraction, decimals: int) -> None:
    unit = Fraction(1, 10**decimals)
    rounded = Fraction(round_half_up(value, decimals))
    assert (rounded / unit).denominator == 1
    assert -unit / 2 < rounded - value <= unit / 2


@few
@given(st.fractions(max_denominator=10**6, min_value=-(10**6), max_value=10**6))
def test_every_exact_value_survives_its_text(value: Fraction) -> None:
    assert read_exact(exact_text(value)) == value
