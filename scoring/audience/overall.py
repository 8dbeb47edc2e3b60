"""The overall ranking and the ranking of the offices, on phones and on the big screen, and their figures as JSON."""

from __future__ import annotations

from flask import Response, jsonify, request

from scoring.audience.contests import contest_id_of
from scoring.audience.page import page
from scoring.audience.screen import code_for_phones
from scoring.board.snapshots.overall import Overall
from scoring.board.views.overall import overall as overall_view
from scoring.pages.found import found
from scoring.venue.addresses import address_of


def overall(slug: str) -> Response:
    """Who is ranked where after all events, each total open to the scores and weights that make it."""
    return page("audience/overall.html", board=_overall_of(slug))


def offices(slug: str) -> Response:
    """Which office is ranked where, each open to its entrants that count."""
    return page("audience/offices.html", board=_overall_of(slug))


def overall_screen(slug: str) -> Response:
    """Both rankings as they are projected; nobody has to touch it."""
    address = address_of("audience.overall", slug=slug)
    return page("audience/overall_screen.html", board=_overall_of(slug), address=address, code=code_for_phones(address))


def overall_json(slug: str) -> Response:
    """The same snapshot that the socket pushes; its revision is the ETag, so that an unchanged one costs nothing."""
    snapshot = _overall_of(slug)
    response = jsonify(snapshot)
    response.set_etag(str(snapshot["revision"]))
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


def _overall_of(slug: str) -> Overall:
    """The overall result of the contest with this slug; answers 404 if there is none."""
    return found(overall_view, contest_id_of(slug))
