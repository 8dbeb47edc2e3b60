"""What can be done now with results that the desk enters: asked by the page and by the verbs."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.board.conditions.releasing import why_not_released
from scoring.board.conditions.totals import figures_of, is_held_against
from scoring.board.reading.facts import missing_seats, outcome_of, turns_of
from scoring.store import Event, Turn
from scoring.store.contests import MARKING, WAITING
from scoring.store.model import fingerprint


def to_open(event: Event) -> list[Turn]:
    """The turns whose results cannot be entered yet."""
    return [turn for turn in turns_of(event) if turn.state == WAITING and not turn.not_held]


def to_check(event: Event, who: str) -> list[tuple[Turn, str]]:
    """The turns whose result another took from a list and nobody confirmed, each with its figures."""
    waiting = [turn for turn in turns_of(event) if turn.state == MARKING and not missing_seats(turn)]
    of_others = [turn for turn in waiting if not is_held_against(turn) and who not in _takers(turn)]
    return [(turn, figures_of(outcome_of(turn))) for turn in of_others]


def _takers(turn: Turn) -> set[str]:
    return {sheet.newest.actor for sheet in turn.sheets if sheet.versions}


def figures_of_list(waiting: Sequence[tuple[Turn, str]]) -> str:
    """The fingerprint of all these results together; "" for none."""
    return fingerprint("", {str(turn.id): figures for turn, figures in waiting}) if waiting else ""


def to_release_now(event: Event) -> list[Turn]:
    """The turns whose score nothing keeps from being released."""
    return [turn for turn in turns_of(event) if turn.state == MARKING and why_not_released(turn) is None]
