"""The steps of rubric and rules: the same settings on two pages, and the new version once marking has begun."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from flask import flash, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import wording
from scoring.board.conditions.set_up import SetUp, marking_begun
from scoring.board.reading.facts import format_of
from scoring.board.reading.recount import recount, versions_of
from scoring.organizers.setting_up import path
from scoring.organizers.setting_up.changes import changes_between
from scoring.organizers.setting_up.fields import SettingsView, at
from scoring.organizers.setting_up.page_of_rules import GROUPS
from scoring.organizers.setting_up.reading import read_settings, rearranged
from scoring.organizers.setting_up.specs import RUBRICS, STEPS, STEPS_OF_TESTS, table_of
from scoring.pages.event_meant import event_meant
from scoring.rules.formats.base import Format
from scoring.rules.formats.common import completed
from scoring.rules.ranking import TIE_STEPS
from scoring.rules.refusal import Problem, problems_of
from scoring.rules.rubric import Rubric

#: What is asked for only where judges may sit in weighed groups.
OF_GROUPS = ("panel.groups", "panel.empty")
OF_RUBRIC = (*RUBRICS, "stage_weights", "sent_in_only")


def names_of(step: str, settings: Mapping[str, Any]) -> list[str]:
    """The settings that the page of this step asks for."""
    return [name for name in settings if (name in OF_RUBRIC) == (step == "rubric")]


def settings_step(contest_id: int, step: str) -> Response | tuple[str, int]:
    """Show rubric or rules; save them, or show the form again after a row was added, moved or taken away."""
    found = path.set_up_called(contest_id)
    before = completed(found.event.settings)
    if request.method != "POST":
        return _page(contest_id, step, before, found.event.full_marks)
    settings = read_settings(request.form, before, names_of(step, before))
    full_marks = request.form.get("full_marks", found.event.full_marks).strip()
    press = request.form.get("do", "save")
    if press not in ("save", "next"):
        arranged, look_at = rearranged(settings, press)
        return _page(contest_id, step, arranged, full_marks, look_at=look_at, unsaved=True)
    if marking_begun(found.event):
        return preview(contest_id, settings, full_marks, step)
    problems = path.act("change_settings", contest_id, settings=settings, full_marks=full_marks, event=event_meant())
    if problems:
        return _page(contest_id, step, settings, full_marks, problems)
    return path.onward(contest_id, step)


def _page(
    contest_id: int,
    step: str,
    settings: Mapping[str, Any],
    full_marks: str,
    problems: tuple[Problem, ...] = (),
    **shown: Any,
) -> tuple[str, int]:
    found = path.set_up_called(contest_id)
    kind = format_of(found.event)
    view = SettingsView(settings, kind.start_of(found.event.settings).settings(), problems)
    return path.show(
        contest_id,
        step,
        409 if problems else 200,
        view=view,
        full_marks=full_marks,
        begun=marking_begun(found.event),
        versions=versions_of(found.event),
        groups=_groups(view, () if kind.grouped else OF_GROUPS),
        rubrics=[name for name in RUBRICS if name in settings],
        unused=_unused(kind, settings),
        steps=STEPS_OF_TESTS if kind.subject == "test" else STEPS,
        offered=_steps_left(kind, settings),
        criteria=_criteria(settings),
        **shown,
    )


def _groups(view: SettingsView, hidden: Collection[str]) -> list[tuple[Any, list[str], list[str]]]:
    """The groups of the rules that these settings have anything of; an empty list that cannot grow is nothing."""
    groups = [
        (
            title,
            [path for path in singles if view.has(path) and path not in hidden],
            [name for name in lists if _can_show(view, name) and name not in hidden],
        )
        for title, singles, lists in GROUPS
    ]
    return [group for group in groups if group[1] or group[2]]


def _can_show(view: SettingsView, name: str) -> bool:
    return view.has(name) and bool(at(view.settings, name) or table_of(name, view.settings).fresh)


def _unused(kind: Format, settings: Mapping[str, Any]) -> set[str]:
    """The rubrics that no sheet has with the present rules; none where there is only one."""
    rubrics = [name for name in RUBRICS if name in settings]
    if len(rubrics) < 2 or problems_of(lambda: kind.check_settings(settings)):
        return set()
    used = [kind.rubric(settings, part) for part in kind.parts(settings)]
    return {name for name in rubrics if Rubric.from_data(settings[name]) not in used}


def _steps_left(kind: Format, settings: Mapping[str, Any]) -> list[str]:
    """The tie steps that could be added and would decide something."""
    given = settings.get("ties", [])
    sound = kind.defaults() if problems_of(lambda: kind.check_settings(settings)) else settings
    every = problems_of(lambda: kind.check_settings({**sound, "ties": list(TIE_STEPS)}))
    useless = {problem.figures.get("step") for problem in every if problem.code == "tie_step_not_offered"}
    return [step for step in TIE_STEPS if step not in given and step not in useless]


def _criteria(settings: Mapping[str, Any]) -> dict[str, str]:
    return {row["key"]: row.get("zh") or row.get("en") or "" for row in settings.get("rubric", [])}


def template_saved(contest_id: int) -> Response:
    """Keep rubric and rules as they are stored under a name of one's own."""
    problems = path.act("save_template", contest_id, event=event_meant())
    if problems:
        flash(" ".join(wording.sentence(problem) for problem in problems), "refused")
    else:
        flash(gettext("Saved as a template. New contests can begin with it."), "done")
    return redirect(path.address(contest_id, "rubric"), 303)


def preview(
    contest_id: int, settings: Mapping[str, Any], full_marks: str, step: str, problems: tuple[Problem, ...] = ()
) -> tuple[str, int]:
    """What a new version would change: the settings, and every total and rank; or why it cannot be."""
    found = path.set_up_called(contest_id)
    kind = format_of(found.event)
    wrong = problems_of(lambda: kind.check_settings(settings))
    if wrong:
        return _page(contest_id, step, settings, full_marks, wrong)
    counted = recount(found.event, settings)
    return path.show(
        contest_id,
        "new_version",
        409 if problems or counted.unreadable else 200,
        of=step,
        changes=changes_between(completed(found.event.settings), completed(settings)),
        counted=counted,
        settings=json.dumps(settings, ensure_ascii=False),
        full_marks=full_marks,
        typed=request.form,
        problems=path.sentences(problems),
    )


def new_version(contest_id: int) -> Response | tuple[str, int]:
    """Put the version that was shown in force, with its reason and the typed address."""
    found = path.set_up_called(contest_id)
    step = "rubric" if request.form.get("of") == "rubric" else "rules"
    settings = _settings_sent(found)
    full_marks = request.form.get("full_marks", found.event.full_marks)
    about: dict[str, Any] = {"settings": settings, "full_marks": full_marks, "event": event_meant()}
    problems = path.act("renew_settings", contest_id, **about)
    if problems:
        return preview(contest_id, settings, full_marks, step, problems)
    return path.onward(contest_id, step, gettext("The new version is in force and everything is counted again."))


def _settings_sent(found: SetUp) -> dict[str, Any]:
    """The settings of the shown version; those in force where the form was broken."""
    try:
        sent = json.loads(request.form.get("settings", ""))
    except ValueError:
        sent = None
    return sent if isinstance(sent, dict) else dict(found.event.settings)
