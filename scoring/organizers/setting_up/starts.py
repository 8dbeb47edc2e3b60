"""What a contest begins with: a format, an own template, or a copy of a contest that was held before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from scoring import access
from scoring.actions.setting_up.copying import Wanted
from scoring.actions.setting_up.in_preparation import Beginning
from scoring.extensions import db
from scoring.organizers.pressing import press
from scoring.organizers.setting_up import path
from scoring.organizers.setting_up.identity import identity_sent, identity_words
from scoring.pages.moments import today
from scoring.rules import formats
from scoring.rules.numbers import whole_number
from scoring.rules.refusal import Refused
from scoring.store import Contest, SettingsTemplate
from scoring.store.contests import DISCARDED
from scoring.store.people import ORGANIZER


@dataclass(frozen=True)
class Choice:
    """Something to begin with, by the value that its button sends: "format:debate:2v2", "template:3", "copy:7"."""

    value: str
    zh: str
    en: str
    about_zh: str = ""
    about_en: str = ""


def format_choices() -> list[dict[str, Any]]:
    """Every format with the ways in which it may begin."""
    return [
        {"format": kind, "starts": [_start(kind.key, one) for one in kind.all_starts]} for kind in formats.all_formats()
    ]


def _start(key: str, start: Any) -> Choice:
    return Choice(f"format:{key}:{start.key}", start.zh, start.en)


def template_choices() -> list[Choice]:
    """The own templates, each with its format's name."""
    kept = db.session.scalars(select(SettingsTemplate).order_by(SettingsTemplate.name))
    known = {kind.key: kind for kind in formats.all_formats()}
    return [
        Choice(f"template:{one.id}", one.name, one.name, known[one.format].zh, known[one.format].en)
        for one in kept
        if one.format in known
    ]


def copy_choices() -> list[Choice]:
    """The contests that can be copied, the newest first."""
    account = access.signed_in()
    kept = db.session.scalars(select(Contest).where(Contest.state != DISCARDED).order_by(Contest.id.desc()))
    mine = [one for one in kept if account.is_admitted(one.id)]
    return [Choice(f"copy:{one.id}", one.title_zh, one.title_en, one.office, one.office) for one in mine]


def beginning_of(value: str) -> Beginning | None:
    """What a chosen format or template begins with; None for anything else."""
    kind, _, rest = value.partition(":")
    if kind == "template" and (template := whole_number(rest)) is not None:
        kept = db.session.get(SettingsTemplate, template)
        return Beginning(kept.format, kept.settings, kept.full_marks) if kept else None
    key, _, start = rest.partition(":")
    known = {one.key: one for one in formats.all_formats()}
    if kind != "format" or key not in known:
        return None
    found = next((one for one in known[key].all_starts if one.key == start), None)
    return Beginning(key, found.settings()) if found else None


def _copied(value: str) -> int | None:
    kind, _, rest = value.partition(":")
    wanted = whole_number(rest) if kind == "copy" else None
    return next((wanted for one in copy_choices() if one.value == f"copy:{wanted}"), None)


@access.role(ORGANIZER)
def new_contest() -> Response | tuple[str, int]:
    """Choose what to begin with, then name the contest; only with its name is anything stored.

    Rubric and rules are filled in, so what comes next are the people; the check list leads back to both.
    """
    start = (request.form if request.method == "POST" else request.args).get("start", "")
    if not start:
        return _choose(), 200
    if beginning_of(start) is None and _copied(start) is None:
        abort(404)
    if request.method != "POST":
        return _name(start, {}), 200
    try:
        contest_id = _begin(start)
    except Refused as refused:
        return _name(start, path.sentences(refused.problems)), 409
    flash(
        gettext("The contest is created. Rubric and rules are filled in and stand on the check list; now the people."),
        "done",
    )
    return redirect(path.address(contest_id, "contestants"), 303)


def _begin(start: str) -> int:
    identity, source, beginning = identity_sent(), _copied(start), beginning_of(start)
    if source is not None:
        wanted = Wanted("contestants" in request.form, "judges" in request.form)
        made: int = press("copy_contest", source, further=True, source_id=source, identity=identity, wanted=wanted)
    else:
        made = press("begin", 0, further=True, identity=identity, beginning=beginning)
    return made


def _choose() -> str:
    return render_template(
        "organizers/setting_up/new.html",
        formats=format_choices(),
        templates=template_choices(),
        copies=copy_choices(),
    )


def _name(start: str, problems: dict[str, str]) -> str:
    return render_template(
        "organizers/setting_up/new_name.html",
        start=start,
        chosen=_chosen(start),
        copying=_copied(start) is not None,
        problems=problems,
        typed=request.form if request.method == "POST" else {"held_on": today()},
        **identity_words(),
    )


def _chosen(start: str) -> Choice:
    kinds = [choice for one in format_choices() for choice in one["starts"]]
    found = next(one for one in [*kinds, *template_choices(), *copy_choices()] if one.value == start)
    kind = next((one for one in formats.all_formats() if start.startswith(f"format:{one.key}:")), None)
    if kind is None or kind.zh == found.zh:
        return found
    return Choice(found.value, f"{kind.zh} · {found.zh}", f"{kind.en} · {found.en}")


def format_step(contest_id: int) -> Response | tuple[str, int]:
    """The step "format" of a contest that is there: what it is, and another one as long as nobody is entered."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        beginning = beginning_of(request.form.get("start", ""))
        if beginning is None:
            abort(404)
        problems = path.sentences(path.act("change_format", contest_id, beginning=beginning))
        if not problems:
            return path.onward(contest_id, "format", gettext("The contest begins with this format's rubric and rules."))
    kind = formats.get(path.set_up_called(contest_id).event.format)
    status = 409 if problems else 200
    shown = {"formats": format_choices(), "templates": template_choices()}
    return path.show(contest_id, "format", status, kind=kind, problems=problems, **shown)
