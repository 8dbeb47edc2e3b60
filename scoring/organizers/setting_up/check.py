"""The check list: what is missing, what would be wise, and the door to an open contest."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions.preparing.codes import turn_out_former_tablets
from scoring.board.conditions.set_up import SetUp
from scoring.board.reading.facts import format_of
from scoring.organizers.running.course_words import course_words
from scoring.organizers.setting_up import path
from scoring.organizers.setting_up.fields import SettingsView, as_shown, at
from scoring.organizers.setting_up.page_of_rules import GROUPS
from scoring.organizers.setting_up.specs import RUBRICS
from scoring.pages.language import chosen
from scoring.rules.refusal import Problem
from scoring.store.demonstration import contests_of_demo
from scoring.store.people import ADMINISTRATOR


def check_step(contest_id: int) -> tuple[str, int]:
    """Show the check list."""
    return _page(contest_id)


def _page(contest_id: int, problems: dict[str, str] | None = None) -> tuple[str, int]:
    found = path.set_up_called(contest_id)
    entrants = sum(one.team_id is None for one in found.event.contest.contestants)
    return path.show(
        contest_id,
        "check",
        409 if problems else 200,
        missing=[(_where(contest_id, item), wording.sentence(item)) for item in found.missing],
        advice=[(_where(contest_id, item), wording.sentence(item)) for item in found.advice],
        entrants=entrants,
        taken_over=_taken_over(found),
        problems=problems or {},
    )


def _taken_over(found: SetUp) -> list[tuple[str, str, str]]:
    """Rubric and rules as they stand, each with its name and the way to it: nobody opens what they never saw."""
    settings, contest_id = found.event.settings, found.event.contest_id
    kind = format_of(found.event)
    rows = [row for name in RUBRICS if name in settings for row in settings[name]]
    named = "、" if chosen() == "zh" else ", "
    sheet = named.join(f"{row.get(chosen()) or row.get('zh', '')} {row.get('maximum', '')}" for row in rows)
    view = SettingsView(settings, kind.start_of(settings).settings())
    rules = [view.field(name) for _title, singles, _lists in GROUPS[:4] for name in singles if view.has(name)]
    said = gettext("; ").join(
        f"{one.spec.label}{gettext(': ')}{as_shown(one.spec, at(settings, one.path), one.choices)}" for one in rules[:8]
    )
    return [
        (str(path.NAMES["rubric"]), sheet, path.address(contest_id, "rubric")),
        (str(path.named("rules", kind.subject)), said, path.address(contest_id, "rules")),
    ]


def _where(contest_id: int, advised: Problem) -> str | None:
    """Where it can be mended: by a step, at the draw, at the relations, or by who gives out accounts."""
    if advised.code in ("offices_unclear", "offices_alike"):
        return url_for("organizers.relations", contest_id=contest_id, _anchor="offices")
    if advised.code == "order_not_drawn":
        return url_for("organizers.draw", contest_id=contest_id)
    if advised.field != "check":
        return path.address(contest_id, advised.field)
    return url_for("organizers.accounts") if access.may(ADMINISTRATOR) else None


def opened(contest_id: int) -> Response:
    """Open the contest, or say what is still missing."""
    problems = path.act("open_contest", contest_id)
    if problems:
        for problem in problems:
            flash(wording.sentence(problem), "refused")
        return redirect(path.address(contest_id, "check"), 303)
    for contest in contests_of_demo():
        turn_out_former_tablets(contest.id)
    subject = format_of(path.set_up_called(contest_id).event).subject
    flash(str(course_words(subject).opened), "done")
    return redirect(url_for("organizers.desk", contest_id=contest_id), 303)


def discarded(contest_id: int) -> Response | tuple[str, int]:
    """Give the contest up, after its address was typed."""
    problems = path.act("discard", contest_id)
    if problems:
        return _page(contest_id, path.sentences(problems))
    flash(gettext("The contest is given up. It stays on record."), "done")
    return redirect(url_for("organizers.contests"), 303)
