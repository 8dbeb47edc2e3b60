"""The laws of every match, tried on generated ones."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given as tried
from hypothesis import settings as trial
from hypothesis import strategies as st

from scoring.rules.explanation import Explanation
from scoring.rules.formats.base import Outcome, PenaltyFacts, SheetFacts, TurnFacts
from scoring.rules.formats.debate.sides import other
from scoring.rules.panel import Standing

from .matches import FORMAT, Sheet, off, settings, speaker, teams, votes

few = trial(max_examples=60, deadline=None)
WAYS = ("scores", "three_ballots", "individual_ranking", "sum_of_speakers")
# A narrow range of marks, so that level sides and shared extremes are common.
halves = st.integers(0, 8).map(lambda n: str(n // 2) + (".5" if n % 2 else ""))
letters = st.sampled_from("cd")
judge = st.tuples(halves, halves, halves, halves, letters, letters)
panels = st.lists(judge, min_size=3, max_size=9)
fines = st.lists(st.builds(off, st.sampled_from(["control.1", "defence.1"]), st.sampled_from(["0.5", "1"])), max_size=2)
Judge = tuple[str, str, str, str, str, str]


def sheet_of(decide: str, marks: Judge) -> Sheet:
    if decide == "three_ballots":
        return votes(teams(marks[0], marks[1]), marks[4], marks[5])
    if decide == "scores":
        return teams(marks[0], marks[1])
    parts = ("control.1", "defence.1", "control.2", "defence.2")
    return {f: m for part, mark in zip(parts, marks, strict=False) for f, m in speaker(part, mark).items()}


def played(decide: str, panel: list[Judge], penalties: list[PenaltyFacts], order: list[int] | None = None) -> TurnFacts:
    rules = settings(2, decide)
    seats = [SheetFacts(str(n), Standing.COUNTED, sheet_of(decide, marks)) for n, marks in enumerate(panel, start=1)]
    fitting = [p if p.part in FORMAT.parts(rules) else off(p.part[:7], str(p.points)) for p in penalties]
    return TurnFacts(FORMAT.parts(rules), tuple(seats[n] for n in order or range(len(seats))), tuple(fitting))


def renamed(name: str) -> str:
    side, dot, rest = name.partition(".")
    return f"{other(side)}{dot}{rest}" if side in ("control", "defence") else name


def swapped(facts: TurnFacts) -> TurnFacts:
    """The same match with the sides' names exchanged, marks, ballots, penalties and all."""
    sheets = tuple(
        SheetFacts(s.seat, s.standing, {renamed(f): renamed(m) for f, m in (s.marks or {}).items()})
        for s in facts.sheets
    )
    penalties = tuple(PenaltyFacts(renamed(p.part), p.kind, p.points) for p in facts.penalties)
    return TurnFacts(facts.parts, sheets, penalties)


def figures(result: Outcome) -> dict[str, Fraction]:
    return {part: score.exact for part, score in result.scores.items()}


@few
@pytest.mark.parametrize("decide", WAYS)
@tried(panels, fines)
def test_swapping_the_sides_names_swaps_the_result(decide: str, panel: list[Judge], fined: list[PenaltyFacts]) -> None:
    rules, facts = settings(2, decide), played(decide, panel, fined)
    before, after = FORMAT.score(rules, facts), FORMAT.score(rules, swapped(facts))
    assert figures(after) == {renamed(part): exact for part, exact in figures(before).items()}
    assert after.verdict["winner"] == (before.verdict["winner"] and other(before.verdict["winner"]))
    assert after.verdict["tied"] == before.verdict["tied"]


@few
@pytest.mark.parametrize("decide", WAYS)
@tried(panels, fines, st.randoms(use_true_random=False))
def test_the_order_of_judges_never_matters(
    decide: str, panel: list[Judge], fined: list[PenaltyFacts], chance: Random
) -> None:
    rules, order = settings(2, decide), list(range(len(panel)))
    chance.shuffle(order)
    in_order = FORMAT.score(rules, played(decide, panel, fined))
    shuffled = FORMAT.score(rules, played(decide, panel, fined, order))
    assert figures(shuffled) == figures(in_order)
    assert {**shuffled.verdict, "missing": []} == {**in_order.verdict, "missing": []}


@few
@tried(panels, fines)
def test_every_judge_gives_three_ballots_and_none_is_lost(panel: list[Judge], fined: list[PenaltyFacts]) -> None:
    result = FORMAT.score(settings(2, "three_ballots"), played("three_ballots", panel, fined))
    assert result.scores["control"].exact + result.scores["defence"].exact == 3 * len(panel)
    assert len(result.verdict["ballots"]) == len(panel)


@few
@pytest.mark.parametrize("decide", WAYS)
@tried(panels, fines)
def test_the_winner_has_the_higher_figure_and_level_sides_have_none(
    decide: str, panel: list[Judge], fined: list[PenaltyFacts]
) -> None:
    verdict = FORMAT.score(settings(2, decide), played(decide, panel, fined)).verdict
    exact = {side: Fraction(data["exact"]) for side, data in verdict["sides"].items()}
    winner = verdict["winner"]
    assert (winner is None) == verdict["tied"] == (exact["control"] == exact["defence"])
    if winner:
        assert exact[winner] > exact[other(winner)]
        assert verdict["sides"]["control"]["precise"] != verdict["sides"]["defence"]["precise"]


@few
@pytest.mark.parametrize("decide", WAYS)
@tried(panels, fines)
def test_every_score_explains_itself_down_to_its_last_line(
    decide: str, panel: list[Judge], fined: list[PenaltyFacts]
) -> None:
    for score in FORMAT.score(settings(2, decide), played(decide, panel, fined)).scores.values():
        told: Any = Explanation.from_data(score.explanation.to_data())
        assert told == score.explanation
        assert told.exact == score.exact
        assert told.mean - told.penalty_sum == told.final
        if told.terms:
            assert sum(t.exact * t.weight for t in told.terms) - Fraction(told.penalty_sum) == score.exact
        else:
            counted = [line.total for line in told.judges if line.fate == "counted"]
            assert sum(counted) == told.counted_sum
