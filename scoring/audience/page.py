"""Renders a screen from one snapshot, so that page, words and later pushes agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from flask import Response, make_response, render_template, request, url_for

from scoring import access
from scoring.audience.kept_rows import Rows
from scoring.audience.places import Places
from scoring.audience.words import words
from scoring.board.reading.look import events_of
from scoring.board.snapshots.audience import Board
from scoring.board.snapshots.overall import Overall
from scoring.pages.asked import number_asked
from scoring.pages.event_meant import event_meant
from scoring.pages.moments import minutes_ahead
from scoring.services import RUN
from scoring.store.hidden import is_hidden


def page(template: str | Sequence[str], **figures: Any) -> Response:
    """The template, or the first that there is of several, as an answer that browsers ask for again.

    The page of a contest, which has a `board`, also knows the contest's events, and what its script is `told`.
    """
    said = words(figures["board"]["contest"].get("subject", "") if "board" in figures else "")
    if "board" in figures:
        figures["contest_events"] = events_of(figures["board"]["contest"]["id"])
        more = {"words": said, "minutes_ahead": minutes_ahead(), "place": figures.get("place", 0)}
        figures["told"] = _followed(figures["board"]) | more
        figures |= {
            "for_all": True,
            "kept": Rows(),
            "own_address": url_for(request.endpoint or "audience.home", **_meant()),
        }
    wanted: Any = template if isinstance(template, str) else list(template)
    response = make_response(render_template(wanted, words=said, places=Places(said), **figures))
    response.cache_control.no_cache = True
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def _meant() -> dict[str, Any]:
    """What of this address names the page; anything else somebody may have added is left out."""
    room = number_asked("room")
    shown = {"room": room, "pass": request.args.get("pass")}
    return {**(request.view_args or {}), "event": event_meant()} | {name: one for name, one in shown.items() if one}


def _followed(shown: Board | Overall) -> dict[str, Any]:
    """Which snapshots a page goes on to show, which it shows already, and where the newest one is."""
    slug = shown["contest"]["slug"]
    own: dict[str, Any] = {"pass": access.pass_of(slug)} if is_hidden(shown["contest"]["id"]) else {}
    has = own | {"slug": slug, "revision": shown["revision"], "run": RUN.of()}
    if "event" not in shown:
        return has | {"overall": True, "address": url_for("audience.overall_json", slug=slug, **own)}
    board = cast(Board, shown)
    position, latest = board["event"]["position"], board["latest"]["contestant"] if board["latest"] else None
    return has | {"event": position, "latest": latest, "address": url_for("audience.board_json", slug=slug, **own)}
