"""The desk's forms: what each looks like. What it means is read by the verb that it is sent to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField

from scoring.exports.words import named
from scoring.organizers.grounds import GROUNDS
from scoring.organizers.running import late_forms
from scoring.rules.not_performing import CONTEST, EVENT, KINDS, TURN
from scoring.wording import subjects

LONGEST_REASON = 400


class RecuseForm(FlaskForm):
    """Which judge does not mark whom, on what ground and why."""

    turn = SelectField(_l("Contestant"))
    seat = SelectField(_l("Judge"))
    ground = SelectField(_l("Ground"))
    reason = StringField(_l("Reason"), render_kw={"maxlength": LONGEST_REASON})


class OvertimeForm(FlaskForm):
    """By how many seconds a contestant was over time."""

    turn = SelectField(_l("Contestant"))
    part = SelectField(_l("Side"))
    seconds = StringField(_l("Seconds over"), render_kw={"inputmode": "numeric", "maxlength": 6})


class SendBackForm(FlaskForm):
    """Which judge is asked what about the sheet for whom."""

    turn = SelectField(_l("Contestant"))
    seat = SelectField(_l("Judge"))
    question = StringField(_l("Question"), render_kw={"maxlength": LONGEST_REASON, "autocomplete": "off"})


class NotPerformingForm(FlaskForm):
    """Who does not perform, of which kind, why, and who decided it."""

    turn = SelectField(_l("Turn"))
    contestant = SelectField(_l("Who"))
    kind = SelectField(_l("Ground"))
    reach = SelectField(_l("Holds for"))
    reason = StringField(_l("Reason"), render_kw={"maxlength": LONGEST_REASON})
    decided_by = StringField(_l("Decided by"), render_kw={"maxlength": 60})


class WithdrawForm(FlaskForm):
    """Why a penalty, or a decision, is taken back."""

    reason = StringField(_l("Reason"), render_kw={"maxlength": LONGEST_REASON})


class UndoReleaseForm(FlaskForm):
    """Why a release is taken back, and the number typed once more so that no press does it by chance."""

    reason = StringField(_l("Reason"), render_kw={"maxlength": LONGEST_REASON})
    confirmation = StringField(_l("Type the number to confirm"), render_kw={"maxlength": 40, "autocomplete": "off"})


class DrawForm(FlaskForm):
    """What the witness gives for the draw of the order, who that is, why it is drawn so, and the cases."""

    seed, witness, reason = StringField(), StringField(), StringField()
    cases = TextAreaField(_l("Cases, one a line"), render_kw={"rows": 6})


# The verbs that a person fills in; every other verb is one button.
FORMS: Mapping[str, type[FlaskForm]] = {
    "recuse": RecuseForm,
    "add_overtime": OvertimeForm,
    "send_back": SendBackForm,
    "withdraw_penalty": WithdrawForm,
    "draw": DrawForm,
    "undo_release": UndoReleaseForm,
    "record_not_performing": NotPerformingForm,
    "withdraw_not_performing": WithdrawForm,
    **late_forms.FORMS,
}


def recuse_form(desk: Mapping[str, Any], sent: Any = None) -> RecuseForm:
    """The recusal's form for the turns that are not released, the current one first."""
    form = RecuseForm(formdata=sent)
    form.turn.label.text, form.seat.label.text = _headings(desk)
    form.turn.choices = _turns(desk, "recuse")
    choose, called = ("", gettext("Choose…")), judge_of(desk["subject"])
    form.seat.choices = [choose, *((str(seat["id"]), called(seat)) for seat in desk["seats"])]
    form.ground.choices = [choose, *GROUNDS.items()]
    return form


def send_back_form(desk: Mapping[str, Any], sent: Any = None) -> SendBackForm:
    """The question's form for the turns with a sheet that could be sent back, the current one first."""
    form = SendBackForm(formdata=sent)
    form.turn.label.text, form.seat.label.text = _headings(desk)
    form.turn.choices = _turns(desk, "send_back")
    called = judge_of(desk["subject"])
    form.seat.choices = [("", gettext("Choose…")), *((str(seat["id"]), called(seat)) for seat in desk["seats"])]
    return form


def overtime_form(desk: Mapping[str, Any], sent: Any = None) -> OvertimeForm:
    """The overtime's form for the turns that were called and are not released, the current one first.

    In a match it asks for the side or the speaker, too.
    """
    form = OvertimeForm(formdata=sent)
    form.turn.label.text, _ = _headings(desk)
    form.turn.choices = _turns(desk, "add_overtime")
    form.part.choices = [(part, subjects.part(part, desk["parts"])) for part in desk["parts"]]
    if not desk["parts"]:
        del form.part
    return form


def not_performing_form(desk: Mapping[str, Any], events: int, out: str = "", sent: Any = None) -> NotPerformingForm:
    """The form for the turns that are not over, the one that was asked for (`out`) or the current one first."""
    form = NotPerformingForm(formdata=sent)
    turns = _turns(desk, "record_not_performing")
    form.turn.choices = sorted(turns, key=lambda choice: choice[0] != out)
    form.turn.label.text, _ = _headings(desk)
    _choose_who(form, desk, out if out in dict(turns) else "")
    form.kind.choices = [("", gettext("Choose…")), *((kind, named(names)) for kind, names in KINDS.items())]
    form.reach.choices = [
        ("", gettext("as usual")),
        (TURN, gettext("this turn only")),
        (EVENT, gettext("all that is left of the event")),
        *([(CONTEST, gettext("all events of the contest"))] if events > 1 else []),
    ]
    return form


def _choose_who(form: NotPerformingForm, desk: Mapping[str, Any], out: str) -> None:
    """Who of those who appear in the turn is asked only where there are several."""
    meant = [turn for turn in desk["turns"] if "record_not_performing" in turn["can"] and out in ("", str(turn["id"]))]
    if all(len(turn["may_be_out"]) < 2 for turn in meant):
        del form.contestant
        return
    people = {one["id"]: one for turn in meant for one in turn["may_be_out"]}
    shown = [(str(one["id"]), f"{one['number']} {one['name']}") for one in people.values()]
    form.contestant.choices = [("", gettext("Choose…")), *shown]


def _turns(desk: Mapping[str, Any], verb: str) -> list[tuple[str, str]]:
    """The turns that allow the verb: those called already come before those that wait."""
    allowed = [turn for turn in desk["turns"] if verb in turn["can"]]
    current = desk["current"]["id"] if desk["current"] else None
    allowed.sort(key=lambda turn: (turn["id"] != current, turn["state"] == "waiting"))
    return [(str(turn["id"]), _named(turn)) for turn in allowed]


def _named(turn: Mapping[str, Any]) -> str:
    """A turn to choose: 07 陈思远, or 05 对 01 · 林晓彤 对 郑凯."""
    number, name = subjects.paired(turn["number"]), subjects.paired(turn["name"])
    return f"{number} · {name}" if number != turn["number"] and name else f"{number} {name}"


def judge_of(subject: str) -> Callable[[Mapping[str, Any]], str]:
    """How the seats of a panel are called that judges this subject, with the judge's name where it is known."""
    return lambda seat: subjects.judge(subject, seat["number"], seat["name"])


def _headings(desk: Mapping[str, Any]) -> tuple[str, str]:
    """The words for what is judged and for who judges it."""
    words = subjects.words_of(desk["subject"])
    return str(words.judged), str(words.judge)
