"""The list of penalties and bonuses: what may be entered, the limit of the bonuses, and that nothing falls below 0."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules import formats
from scoring.rules.after_mean import Penalty, after_mean
from scoring.rules.explanation import Explanation
from scoring.rules.formats.base import PenaltyFacts, SheetFacts, TurnFacts
from scoring.rules.formats.common import completed
from scoring.rules.formats.debate.ballots import judge_ballots
from scoring.rules.formats.debate.settings import read_rules
from scoring.rules.listed import Listed, listed_in
from scoring.rules.panel import JudgeSheet, PanelRules, Standing, score_panel
from scoring.rules.refusal import Problem

from .cast import refusal, refusals

CONDUCT = Listed("conduct", "违反赛场纪律", "Conduct", Decimal(1), Decimal(10))
LATE = Listed("late", "迟到", "Late", Decimal(5))


@pytest.mark.parametrize("typed", ["1", "5.5", "10"])
def test_of_a_range_what_was_typed_is_entered(typed: str) -> None:
    assert CONDUCT.entered(typed, 2) == Decimal(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "points_needed"),
        ("viel", "points_needed"),
        ("0.5", "points_out_of_range"),
        ("-1", "points_out_of_range"),
        ("10.01", "points_out_of_range"),
        ("1.005", "penalty_too_fine"),
    ],
)
def test_points_outside_the_range_or_finer_than_a_score_are_refused(typed: str, code: str) -> None:
    problem = refusal(lambda: CONDUCT.entered(typed, 2))
    assert (problem.code, problem.field) == (code, "points")


def test_a_fixed_penalty_has_its_points_and_no_others() -> None:
    assert LATE.entered("", 2) == LATE.entered("5.0", 2) == 5
    assert refusal(lambda: LATE.entered("4", 2)) == Problem("points_fixed", "points", {"points": "5"})


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"points": "0"}, "points_not_positive", "points"),
        ({"points": "-5"}, "points_not_positive", "points"),
        ({"most": "4"}, "range_upside_down", "most"),
        ({"effect": "double"}, "unknown_choice", "effect"),
        ({"hits": "judge"}, "unknown_choice", "hits"),
        ({"enters": "audience"}, "unknown_choice", "enters"),
        ({"confirms": "self"}, "unknown_choice", "confirms"),
        ({"key": ""}, "ruling_key_missing", "key"),
        ({"zh": "", "en": ""}, "ruling_name_missing", "zh"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_at_its_field(wrong: dict[str, str], code: str, field: str) -> None:
    (problem,) = refusals(lambda: Listed.from_data(LATE.to_data() | wrong))
    assert (problem.code, problem.field) == (code, field)


@pytest.mark.parametrize(
    ("hits", "known", "parts"),
    [
        ("person", ("",), ("",)),
        ("document", ("",), ("",)),
        ("side", ("control", "defence", "control.1", "defence.1"), ("control", "defence")),
        ("person", ("control", "defence", "control.1", "defence.1"), ("control.1", "defence.1")),
        # Where individuals are ranked the sides have no score: what the side does hits who stands on it.
        ("side", ("control.1", "defence.1"), ("control.1", "defence.1")),
        # Where only sides are marked, a person's fault costs the side.
        ("person", ("control", "defence"), ("control", "defence")),
    ],
)
def test_it_hits_the_parts_that_have_a_score_of_their_own(
    hits: str, known: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    assert Listed("late", "迟到", "Late", Decimal(5), hits=hits).parts(known) == parts


def test_the_start_list_of_a_performance_is_what_published_lists_name() -> None:
    """Seen: conduct, identity, dress, props, late, tools, and a bonus for prizes of at most three points."""
    names = {one.key: (one.effect, str(one.points), str(one.most)) for one in listed_of("legal_explanation")}
    assert [*names] == ["conduct", "identity", "dress", "props", "late", "tools", "prize"]
    assert (names["conduct"], names["late"], names["prize"]) == (
        ("off", "1", "10"),
        ("off", "5", "0"),
        ("on", "1", "3"),
    )
    assert "few_speeches" in {one.key for one in listed_of("debate")}


def listed_of(key: str) -> tuple[Listed, ...]:
    return listed_in(formats.get(key).defaults())


ALL = [(kind, start.settings()) for kind in formats.all_formats() for start in kind.all_starts]


@pytest.mark.parametrize(("kind", "settings"), ALL, ids=lambda one: getattr(one, "key", ""))
def test_an_event_of_an_earlier_release_has_no_list_and_its_rules_are_accepted(kind: Any, settings: Any) -> None:
    before = {name: value for name, value in settings.items() if name not in ("listed", "floor")}
    if kind.key == "suggestion_review":  # had fixed penalties, of which only name and points were said
        before["penalties"] = [
            {name: row[name] for name in ("key", "zh", "en", "points")} for row in settings["penalties"]
        ]
    else:
        del before["penalties"]
    kind.check_settings(before)
    shown = completed(before)
    assert shown["listed"] == {"bonus_most": "3"}
    assert shown.get("floor", False) is False, "what was below 0 stays so"
    kind.check_settings(shown)
    assert [one.to_data() for one in listed_in(before)] == shown["penalties"]


@pytest.mark.parametrize(
    ("key", "hits"), [("legal_explanation", "side"), ("suggestion_review", "person"), ("debate", "document")]
)
def test_what_an_event_does_not_score_cannot_be_hit(key: str, hits: str) -> None:
    kind = formats.get(key)
    settings = kind.defaults() | {"penalties": [LATE.to_data() | {"hits": hits}]}
    assert refusal(lambda: kind.check_settings(settings)) == Problem("hits_nobody_here", "penalties.0.hits")


def test_points_of_the_list_finer_than_a_score_shows_are_refused() -> None:
    kind = formats.get("written_test")
    settings = kind.defaults() | {"decimals": 0, "listed": {"bonus_most": "2.5"}}
    assert refusal(lambda: kind.check_settings(settings)).field == "listed.bonus_most"


def test_bonuses_add_to_the_mean_and_penalties_come_off() -> None:
    # 91 92 93 94 95 without 90 and 96: 465 / 5 = 93; + 2 for a prize − 1.5 for dress = 93.5.
    sheets = [JudgeSheet(str(seat), Standing.COUNTED, {"all": Decimal(89 + seat)}) for seat in range(1, 8)]
    given = [Penalty("prize", Decimal(2), "市级能手", adds=True), Penalty("dress", Decimal("1.5"), "未着制服")]
    scored = score_panel(sheets, given, PanelRules(floor=True), bonus_most=Decimal(3))
    assert (str(scored.mean), str(scored.final)) == ("93.00", "93.50")
    told = scored.explanation.to_data()
    assert told["penalties"] == [
        {"kind": "prize", "points": "2", "reason": "市级能手", "adds": True},
        {"kind": "dress", "points": "1.5", "reason": "未着制服"},
    ]
    assert (told["penalty_sum"], told["figures"]) == ("1.5", {"added": "2"})
    assert Explanation.from_data(told).exact == scored.exact == Fraction(187, 2)
    assert scored.explanation.announcement()["added"] == "2"


POINTS = st.decimals(Decimal("0.01"), Decimal(60), places=2)
ENTERED = st.lists(st.tuples(POINTS, st.booleans()), max_size=8)


@given(st.fractions(0, 100, max_denominator=700), ENTERED, st.decimals(0, 10, places=1), st.booleans())
def test_limit_and_floor_are_what_counting_in_whole_hundredths_gives(
    mean: Fraction, entered: list[tuple[Decimal, bool]], most: Decimal, floor: bool
) -> None:
    """Counted again without any of the rulebook: points as whole hundredths, one after another."""
    room, on, off = int(most * 100), 0, 0
    for points, adds in entered:
        hundredths = int(points * 100)
        if not adds:
            off += hundredths
        else:
            taken = hundredths if hundredths < room else room
            on, room = on + taken, room - taken
    wanted = mean + Fraction(on - off, 100)
    below = wanted < 0
    wanted = Fraction(0) if below and floor else wanted

    after = after_mean(mean, [Penalty("one", points, adds=adds) for points, adds in entered], most, floor)
    assert after.exact == wanted
    assert ("floor" in after.figures) == (below and floor)
    assert Decimal(after.figures.get("added", "0")) * 100 == on
    assert ("added_most" in after.figures) == (sum(points for points, adds in entered if adds) > most)


@given(ENTERED, st.integers(0, 100))
def test_the_score_of_a_test_is_its_points_with_the_list_and_explains_itself(
    entered: list[tuple[Decimal, bool]], points: int
) -> None:
    kind = formats.get("written_test")
    settings = kind.defaults()
    listed = tuple(PenaltyFacts("", f"one-{at}", worth, "", adds) for at, (worth, adds) in enumerate(entered))
    sheet = SheetFacts("1", Standing.COUNTED, {"points": str(points)})
    scored = kind.score(settings, TurnFacts(("",), (sheet,), listed)).scores[""]
    on = min(sum((worth for worth, adds in entered if adds), Decimal(0)), Decimal(3))
    off = sum((worth for worth, adds in entered if not adds), Decimal(0))
    assert scored.final == max(Decimal(0), points + on - off).quantize(Decimal("0.01"), ROUND_HALF_UP)
    told = Explanation.from_data(scored.explanation.to_data())
    assert told.exact == scored.exact, "what was kept gives the same score"


def test_penalties_and_bonuses_of_a_match_move_the_stage_totals_only_where_the_owner_says_so() -> None:
    rules = read_rules(formats.get("debate").defaults() | {"decide": "three_ballots", "ballot_penalties": True})
    sheet = {f"{side}.{line.key}": "10" for side in ("control", "defence") for line in rules.team.criteria}
    given = (PenaltyFacts("control", "late", Decimal(5)), PenaltyFacts("control", "prize", Decimal(4), "", adds=True))
    sheet |= {"ballot.impression": "control", "ballot.deciding": "control"}
    plain = judge_ballots(rules, "1", sheet, ()).stage_totals
    moved = judge_ballots(rules, "1", sheet, given).stage_totals
    assert moved["control"] == plain["control"] - 5 + 3, "no more than three points are added"
    assert moved["defence"] == plain["defence"]
