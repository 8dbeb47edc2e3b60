"""Setting a contest up as a path: a page for each step, each saved by itself, and a check list at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from scoring.organizers import doors
from scoring.organizers.setting_up import check, contestants, identity, judges, rooms, settings_pages, starts

Answer = Response | tuple[str, int]
STEPS: Mapping[str, Callable[[int], Answer]] = {
    "format": starts.format_step,
    "identity": identity.identity_step,
    "rubric": partial(settings_pages.settings_step, step="rubric"),
    "rules": partial(settings_pages.settings_step, step="rules"),
    "contestants": contestants.contestants_step,
    "judges": judges.judges_step,
    "rooms": rooms.rooms_step,
}
PRESSES: Mapping[str, Callable[[int], Answer]] = {
    "open": check.opened,
    "discard": check.discarded,
    "template": settings_pages.template_saved,
    "new-version": settings_pages.new_version,
}


@doors.behind("set_up")
def set_up(contest_id: int) -> Answer:
    """Show the check list."""
    return check.check_step(contest_id)


@doors.behind("set_up")
def set_up_step(contest_id: int, step: str) -> Answer:
    """Show or save one step."""
    if step not in STEPS:
        abort(404)
    return STEPS[step](contest_id)


@doors.behind("set_up")
def set_up_press(contest_id: int, press: str) -> Answer:
    """Press one of the buttons beside the steps."""
    if press not in PRESSES:
        abort(404)
    return PRESSES[press](contest_id)


def add_routes(bp: Blueprint) -> None:
    """Give the pages their addresses."""
    bp.add_url_rule("/new", view_func=starts.new_contest, methods=["GET", "POST"])
    bp.add_url_rule("/<int:contest_id>/set-up", view_func=set_up)
    bp.add_url_rule("/<int:contest_id>/set-up/<step>", view_func=set_up_step, methods=["GET", "POST"])
    bp.add_url_rule("/<int:contest_id>/set-up/press/<press>", view_func=set_up_press, methods=["POST"])
