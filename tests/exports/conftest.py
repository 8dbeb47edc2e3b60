"""A record as the board gives it, made by the rulebook itself: a tie, a recusal, a penalty and nasty names."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.rules import ranking
from scoring.rules.formats import legal_explanation as format_of_contest
from scoring.rules.formats.base import PenaltyFacts, Score, SheetFacts, TurnFacts
from scoring.rules.panel import Standing

SETTINGS = format_of_contest.defaults()
FULL = {
    "facts": "15",
    "law": "25",
    "reasoning": "25",
    "plain_language": "15",
    "response": "10",
    "bearing": "10",
}

# name, points below 100 by seat (None: recused, or a standing), overtime points.
# Nos. 01 and 02 tie and 01 has the better law mark.
CONTESTANTS: list[tuple[str, list[Any], str | None]] = [
    ("=1+1", [(2, "law"), 3, 4, 5, 6, 7, 8], None),
    ("+86 张三", [2, 3, 4, 5, 6, (7, "law"), 8], None),
    ("-李四", [1, 2, 2, 3, 4, 4, 5], "0.5"),
    ("@欧阳", [5, 5, None, 6, 7, 7, 8], None),
    ("\t王五", [9, 9, 9, 9, 9, 9, 9], None),
    ("\r赵六", [9, 9, 9, 9, 9, 9, 9], None),
    ('𠮷野, "家"；O\'Neil', [10, 10, None, 11, 11, Standing.AWAY, 11], None),
]


def marks_below(lost: Any) -> dict[str, str]:
    """Full marks but for `lost` points, in reasoning or in the criterion named with them."""
    points, key = lost if isinstance(lost, tuple) else (lost, "reasoning")
    return FULL | {key: str(Decimal(FULL[key]) - points)}


def score_of(losses: list[Any], overtime: str | None) -> Score:
    """The rulebook's score for a contestant."""
    sheets = tuple(
        SheetFacts(str(seat), lost or Standing.RECUSED)
        if lost is None or isinstance(lost, Standing)
        else SheetFacts(str(seat), Standing.COUNTED, marks_below(lost))
        for seat, lost in enumerate(losses, 1)
    )
    penalties = (PenaltyFacts("", "overtime", Decimal(overtime), "提醒后仍未停"),) if overtime else ()
    return format_of_contest.score(SETTINGS, TurnFacts(("",), sheets, penalties, {})).scores[""]


@pytest.fixture(scope="session")
def record() -> dict[str, Any]:
    """The record of a contest with seven released contestants."""
    scores = {str(place): score_of(losses, overtime) for place, (_, losses, overtime) in enumerate(CONTESTANTS)}
    no_play_off: dict[str, Fraction] = {}
    contenders = [
        format_of_contest.FORMAT.contender(SETTINGS, key, [score], no_play_off) for key, score in scores.items()
    ]
    return {
        "revision": 57,
        "contest": {
            "id": 1,
            "slug": "shifa",
            "title": {"zh": "释法说理 & 竞赛", "en": "Legal explanation"},
            "subject": "performance",
        },
        "rubric": SETTINGS["rubric"],
        "rows": [row_of(place, scores[place.key]) for place in ranking.rank(contenders, SETTINGS["ties"])],
    }


def row_of(place: ranking.Ranked, score: Score) -> dict[str, Any]:
    """One row of the leaderboard, in the shape of scoring.board."""
    position = int(place.key)
    return {
        "turn": position + 1,
        "number": f"{position + 1:02}",
        "name": CONTESTANTS[position][0],
        "office": "@城东区人民检察院",
        "rank": place.rank,
        "shared": place.shared,
        "score": str(score.final),
        "precise": place.shown_precise,
        "decided_by": place.decided_by,
        "explanation": score.explanation.with_tie(place.tie).to_data() | {"penalties": named_penalties(score)},
        "turns": [
            {"number": f"{position + 1:02}", "judges": [line.to_data() for line in score.explanation.judges]},
        ],
    }


def named_penalties(score: Score) -> list[dict[str, Any]]:
    """Its penalties as the board gives them, with their names."""
    return [line.to_data() | {"zh": "超时", "en": "Overtime"} for line in score.explanation.penalties]
