"""The registry, and that a format unlike legal explanation fits the same idea."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.rules import formats
from scoring.rules.explanation import Explanation, JudgeLine, PenaltyLine
from scoring.rules.formats.base import (
    Benches,
    Format,
    Judged,
    Outcome,
    PenaltyFacts,
    Score,
    Scoring,
    Settings,
    SheetFacts,
    Sheets,
    Shown,
    TurnFacts,
)
from scoring.rules.panel import Standing
from scoring.rules.ranking import Contender, rank
from scoring.rules.refusal import Problem, Refused
from scoring.rules.rubric import Criterion, Rubric
from tests.conftest import ROOT

from .cast import refusal

SIDES = ("control", "defence")


def read_ballot(settings: Settings, parts: Sequence[str], raw: object) -> dict[str, Any]:
    vote = raw.get("vote") if isinstance(raw, Mapping) else None
    if vote not in parts:
        raise Refused.because("vote_for_no_side", "vote")
    return {"vote": vote}


def draft_ballot(settings: Settings, parts: Sequence[str], raw: object) -> tuple[Problem, ...]:
    return ()


def count_ballots(settings: Settings, facts: TurnFacts) -> Outcome:
    missing = [s.seat for s in facts.sheets if s.marks is None]
    if missing:
        raise Refused.because("missing_sheets", seats=", ".join(missing))
    scores = {part: side_score(part, facts) for part in facts.parts}
    winner = max(scores, key=lambda part: scores[part].exact)
    return Outcome(scores, {"winner": winner})


def side_score(part: str, facts: TurnFacts) -> Score:
    lines = tuple(ballot_line(part, sheet) for sheet in facts.sheets)
    votes = sum((line.total or Decimal(0) for line in lines), Decimal(0))
    penalties = tuple(PenaltyLine(p.kind, p.points, p.reason) for p in facts.penalties if p.part == part)
    off = sum((p.points for p in penalties), Decimal(0))
    n = len(lines)
    explained = Explanation("ballots", lines, n, n, votes, str(votes), votes, penalties, off, votes - off, votes)
    return Score(explained.exact, explained.final, explained)


def ballot_line(part: str, sheet: SheetFacts) -> JudgeLine:
    vote = Decimal(int((sheet.marks or {})["vote"] == part))
    return JudgeLine(sheet.seat, sheet.standing.value, vote, "counted", {"vote": vote})


def over_all_matches(
    settings: Settings, key: str, scores: Sequence[Score], recorded: Mapping[str, Fraction]
) -> Contender:
    won = sum((score.exact for score in scores), Fraction(0))
    return Contender(key, won, Decimal(won.numerator), recorded)


TOY = Format(
    key="toy_match",
    zh="玩具对抗",
    en="Toy match",
    subject="match",
    defaults=lambda: {"ties": ["play_off"]},
    check_settings=lambda settings: None,
    parts=lambda settings: SIDES,
    rubric=lambda settings, part: Rubric((Criterion("vote", "票", "Vote", Decimal(1), Decimal(1)),)),
    read_sheet=read_ballot,
    draft_problems=draft_ballot,
    running_total=lambda settings, parts, raw: None,
    score=count_ballots,
    tie_values=lambda settings, score: {},
    contender=over_all_matches,
    chain=lambda settings: tuple(settings["ties"]),
)


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Format:
    monkeypatch.setattr(formats, "_formats", dict(formats._formats))
    formats.register(TOY)
    return formats.get("toy_match")


def test_legal_explanation_is_known_from_the_start() -> None:
    assert formats.get("legal_explanation").zh == "释法说理"
    known = [f.key for f in formats.all_formats()]
    assert "legal_explanation" in known
    assert known == sorted(known)


def test_an_unknown_format_is_refused() -> None:
    problem = refusal(lambda: formats.get("karaoke"))
    assert problem == Problem("unknown_format", "", {"format": "karaoke"})


def test_a_format_registered_once_is_found_and_twice_is_refused(toy: Format) -> None:
    assert toy in formats.all_formats()
    assert refusal(lambda: formats.register(TOY)) == Problem("format_twice", "", {"format": "toy_match"})


def test_a_match_is_scored_for_both_sides_and_has_a_verdict(toy: Format) -> None:
    # Two votes to one; the defence loses half a point for a late member.
    settings = toy.defaults()
    parts = toy.parts(settings)
    sheets = tuple(
        SheetFacts(seat, Standing.COUNTED, toy.read_sheet(settings, parts, {"vote": vote}))
        for seat, vote in (("1", "control"), ("2", "defence"), ("3", "control"))
    )
    outcome = toy.score(settings, TurnFacts(parts, sheets, (PenaltyFacts("defence", "late", Decimal("0.5")),)))
    assert {part: score.final for part, score in outcome.scores.items()} == {
        "control": 2,
        "defence": Decimal("0.5"),
    }
    assert outcome.verdict == {"winner": "control"}
    kept = outcome.scores["defence"].explanation
    assert Explanation.from_data(kept.to_data()) == kept


def test_a_match_refuses_as_the_others_do(toy: Format) -> None:
    settings = toy.defaults()
    assert refusal(lambda: toy.read_sheet(settings, SIDES, {"vote": "jury"})).field == "vote"
    facts = TurnFacts(SIDES, (SheetFacts("1", Standing.MISSING),))
    assert refusal(lambda: toy.score(settings, facts)).code == "missing_sheets"


def test_contestants_of_several_matches_are_ranked_on_all_of_them(toy: Format) -> None:
    def won(votes: str) -> Score:
        figure = Decimal(votes)
        explained = Explanation("ballots", (), 0, 0, figure, votes, figure, (), Decimal(0), figure, figure)
        return Score(explained.exact, explained.final, explained)

    settings = toy.defaults()
    ranked = rank(
        [
            toy.contender(settings, "a", [won("3"), won("1")], {"play_off": Fraction(1)}),
            toy.contender(settings, "b", [won("2"), won("2")], {"play_off": Fraction(2)}),
            toy.contender(settings, "c", [won("5")], {}),
        ],
        toy.chain(settings),
    )
    assert [(r.key, r.rank, r.decided_by) for r in ranked] == [
        ("c", 1, None),
        ("b", 2, "play_off"),
        ("a", 3, "play_off"),
    ]


@pytest.mark.parametrize("says", [Judged, Sheets, Scoring, Shown])
def test_each_of_the_four_things_that_a_format_says_is_small_and_tells_what_it_asks(says: type[Any]) -> None:
    asked = {one.name for one in fields(says)} - {"key"}
    assert len(asked) <= 10
    page = (ROOT / "docs/adding-a-format.md").read_text()
    assert {name for name in asked if f"`{name}" not in (says.__doc__ or "")} == set()
    assert {name for name in asked if f"`{name}`" not in page} == set()


def test_only_a_format_of_benches_says_anything_of_them() -> None:
    assert [kind.key for kind in formats.all_formats() if isinstance(kind, Benches)] == ["case_binding"]
    of_benches = {one.name for one in fields(Benches)} - {one.name for one in fields(Format)}
    assert of_benches == {"limits", "disputes", "settle", "rule_cap", "caps", "photos"}
    assert not any(hasattr(formats.get("debate"), name) for name in of_benches)
    assert formats.get("case_binding").least_panel(formats.get("case_binding").defaults()) == 2


def test_what_is_handed_in_before_the_day_is_said_by_the_format() -> None:
    review = formats.get("suggestion_review")
    begun = {start.key: review.sent_in(start.settings()) for start in review.all_starts}
    assert begun == {"sent_in": True, "issued": True, "on_the_day": False}
    assert not any(kind.sent_in(kind.defaults()) for kind in formats.all_formats() if kind is not review)


def started(key: str, start: str) -> dict[str, Any]:
    settings = next(one.settings() for one in formats.get(key).all_starts if one.key == start)
    formats.get(key).check_settings(settings)
    return settings


def test_issued_documents_have_five_reviewers_nothing_is_trimmed_and_the_uptake_counts_fifteen() -> None:
    """Form 5, choice 5 and uptake 15 of 100, as the published reports name effect among three features."""
    settings, review = started("suggestion_review", "issued"), formats.get("suggestion_review")
    maxima = {one.key: int(one.maximum) for one in review.rubric(settings, "").criteria}
    assert {key: maxima[key] for key in ("choice", "form", "uptake")} == {"choice": 5, "form": 5, "uptake": 15}
    assert sum(maxima.values()) == 100
    assert (settings["reviewers"]["per_document"], settings["panel"]["trim"]) == (5, False)
    assert settings["severity"]["shown"] is True
    on_the_day = review.rubric(settings | {"mode": "on_the_day"}, "")
    assert on_the_day.maximum == 100


@pytest.mark.parametrize(("start", "speak", "questions"), [("defence_10", 10, 10), ("defence_15", 15, 5)])
def test_a_defence_of_ones_work_takes_ten_or_fifteen_minutes_and_twenty_in_all(
    start: str, speak: int, questions: int
) -> None:
    clocks = {one["key"]: one["seconds"] for one in started("legal_explanation", start)["clocks"]}
    assert (clocks["speak"], clocks["questions"]) == (speak * 60, questions * 60)
    of_before = {one["key"]: one["seconds"] for one in started("legal_explanation", "")["clocks"]}
    assert (of_before["prepare"], of_before["speak"], of_before["questions"]) == (15 * 60, 6 * 60, 3 * 60)


def test_a_file_that_is_archived_has_scanning_and_the_time_as_items_and_says_the_corner_of_its_numbers() -> None:
    items = {one["key"]: one for one in started("case_binding", "archives")["checklist"]}
    assert sum(Decimal(one["maximum"]) for one in items.values()) == 100
    assert (items["on_time"]["zh"], items["scanning"]["zh"]) == ("按时归档", "电子扫描")
    (corner,) = [one for one in items["pagination"]["defects"] if one["key"] == "wrong_corner"]
    assert "正面右上角、背面左上角" in corner["zh"]
