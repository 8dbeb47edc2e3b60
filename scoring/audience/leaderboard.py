"""The leaderboard for phones and desktops, and its figures as JSON for those who cannot have a socket."""

from __future__ import annotations

from flask import Response, jsonify, request

from scoring.audience.contests import board_of
from scoring.audience.page import page


def leaderboard(slug: str) -> Response:
    """Show what is released, right without any script."""
    return page("audience/leaderboard.html", board=board_of(slug))


def board_json(slug: str) -> Response:
    """The same snapshot that the socket pushes; its revision is the ETag, so that an unchanged one costs nothing."""
    board = board_of(slug)
    response = jsonify(board)
    response.set_etag(str(board["revision"]))
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response
