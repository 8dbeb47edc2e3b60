"""The home page: the contests with their state, and the doors for audience, judges and organizers."""

from __future__ import annotations

from flask import Response

from scoring.actions.first_start import has_accounts
from scoring.audience.contests import View, all_boards, titles_in_doubt
from scoring.audience.page import page


def home() -> Response:
    """Show every contest and every door."""
    contests = [{"board": board, "stage": stage_of(board)} for board in all_boards()]
    return page("audience/home.html", contests=contests, in_doubt=titles_in_doubt(), first=not has_accounts())


def stage_of(board: View) -> str:
    """How far a contest is: "coming", "live" or "over"."""
    if board["total"] and board["released"] == board["total"]:
        return "over"
    begun = any(step["state"] != "waiting" for step in board["order"])
    return "live" if begun else "coming"
