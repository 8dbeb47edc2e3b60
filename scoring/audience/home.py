"""The home page: the contests with their state, and the doors for audience, judges and organizers."""

from __future__ import annotations

from flask import Response, url_for

from scoring.actions.site.first_start import has_accounts
from scoring.audience.contests import all_cards, titles_in_doubt
from scoring.audience.page import page


def home() -> Response:
    """Show every contest and every door; the same for all who ask, whoever they are."""
    doors = {"first": not has_accounts(), "for_all": True, "own_address": url_for("audience.home")}
    return page("audience/home.html", contests=all_cards(), in_doubt=titles_in_doubt(), **doors)
