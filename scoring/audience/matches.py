"""The pages about matches: the standings and the knockout bracket, right without any script."""

from __future__ import annotations

from flask import Response, abort

from scoring.audience.contests import board_of
from scoring.audience.page import page
from scoring.board.snapshots.audience import Board


def standings(slug: str) -> Response:
    """Who is ranked where after the matches so far."""
    return page("audience/standings.html", board=_matches_of(slug))


def bracket(slug: str) -> Response:
    """The knockout as far as the released results go."""
    return page("audience/bracket.html", board=_matches_of(slug))


def _matches_of(slug: str) -> Board:
    """The board of a contest of matches; answers 404 for any other."""
    board = board_of(slug)
    if board["contest"]["subject"] != "match":
        abort(404)
    return board
