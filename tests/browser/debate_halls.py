"""Debates in the states that the hall shows: a match that goes on, some that are decided, a final that is over."""

from __future__ import annotations

from scoring.actions.running import late_entries, matches
from scoring.actions.setting_up.match_plans import ALL_PLAY, KNOCKOUT, RoundPlan
from scoring.actions.transaction import perform
from tests.browser import hall_states as made
from tests.browser.hall_states import Stage
from tests.conftest import DESK

PRELIMINARIES = RoundPlan(("初赛", "Preliminaries"), ALL_PLAY)
TWO_ROUNDS = (PRELIMINARIES, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT, 4))


def debating(slug: str) -> Stage:
    """A match goes on with its motion, after another."""
    stage = made.debate(slug, 52, 2, rounds=TWO_ROUNDS, motions=[made.MOTION])
    made.matches_played(stage, 0, 1, 2)
    stage.calls(4, "opening_control")
    return stage


def debate_decided(slug: str) -> Stage:
    """Two matches are over, others are to come, and a team that came late waits for its own."""
    stage = made.matches_played(made.debate(slug, 8, 1, rounds=TWO_ROUNDS), 0, 1)
    late = made.LONG_NAME, "路上堵车", made.LONG_OFFICE, "", ["辩手1", "辩手2"]
    stage.asks(late_entries.enter_late, "009", *late)
    return stage


def debate_over(slug: str) -> Stage:
    """A knockout to its final."""
    stage = made.debate(slug, 4, 1, rounds=(RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT),))
    made.matches_played(stage, 0, 1)
    perform(matches.draw_sides, DESK, stage.turns[2].id, "42", "监督员", "监督员未到场")
    return made.matches_played(stage, 2)
