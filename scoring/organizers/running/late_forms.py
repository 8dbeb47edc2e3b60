"""The forms of the latecomers' page: who is entered, which match, which seat, which room."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField

from scoring.actions.running.late_entries import closed_to
from scoring.actions.running.late_places import DRAWN, LAST
from scoring.actions.setting_up.entry_list import entrant_kind
from scoring.actions.setting_up.judge_groups import groups_of
from scoring.actions.setting_up.match_plans import KNOCKOUT
from scoring.actions.setting_up.rooms import MOST_JUDGES
from scoring.board.conditions.late import is_begun
from scoring.board.reading.facts import format_of
from scoring.board.reading.unplaced import unplaced_of
from scoring.pages.language import chosen
from scoring.rules.formats.base import Benches
from scoring.rules.not_performing import KINDS
from scoring.store import Contestant, Event, Room
from scoring.store.contests import TEAM

REASON = {"maxlength": 400, "autocomplete": "off", "required": True}
LOT = {"autocomplete": "off"}


class LateForm(FlaskForm):
    """Who is entered late, with what reason, and where in the order."""

    number = StringField(_l("No."), render_kw={"maxlength": 12, "autocomplete": "off", "required": True})
    name = StringField(_l("Name"), render_kw={"maxlength": 60, "autocomplete": "off", "required": True})
    office = StringField(_l("Office"), render_kw={"maxlength": 120, "autocomplete": "off"})
    department = StringField(_l("Department"), render_kw={"maxlength": 120, "autocomplete": "off"})
    speakers = TextAreaField(_l("Speakers, one a line"), render_kw={"rows": 4})
    place = SelectField(_l("Place in the order"))
    opponent = SelectField(_l("Opponent"))
    seed = StringField(_l("What the witness gives"), render_kw=LOT | {"maxlength": 64})
    witness = StringField(_l("Witness"), render_kw=LOT | {"maxlength": 60})
    reason = StringField(_l("Reason"), render_kw=REASON)


class MatchForm(FlaskForm):
    """Which two play one more match."""

    first = SelectField(_l("One side"))
    second = SelectField(_l("The other side"))
    seed = StringField(_l("What the witness gives"), render_kw=LOT | {"maxlength": 64, "required": True})
    witness = StringField(_l("Witness"), render_kw=LOT | {"maxlength": 60, "required": True})
    reason = StringField(_l("Reason"), render_kw=REASON)


class UnplacedForm(FlaskForm):
    """Who of those that wait for a match plays none, and why."""

    contestant = SelectField(_l("Contestant or team"))
    kind = SelectField(_l("Ground"))
    reason = StringField(_l("Reason"), render_kw=REASON)
    decided_by = StringField(_l("Decided by"), render_kw=REASON | {"maxlength": 60})


class SeatForm(FlaskForm):
    """Who gets a new seat of which panel."""

    room = SelectField(_l("Room"))
    group = SelectField(_l("Group of judges"))
    name = StringField(_l("Name"), render_kw={"maxlength": 60, "autocomplete": "off", "required": True})
    office = StringField(_l("Office"), render_kw={"maxlength": 120, "autocomplete": "off"})
    department = StringField(_l("Department"), render_kw={"maxlength": 120, "autocomplete": "off"})
    reason = StringField(_l("Reason"), render_kw=REASON)


class SplitForm(FlaskForm):
    """Which room is split, before how many judges, and who moves."""

    room = SelectField(_l("Room that is split"))
    judges = StringField(_l("Judges of the new room"), render_kw={"inputmode": "numeric", "maxlength": 2})
    name = StringField(_l("Name of the new room"), render_kw={"maxlength": 60})
    numbers = StringField(_l("Who moves, by number"), render_kw={"maxlength": 400})
    reason = StringField(_l("Reason"), render_kw=REASON)


class ReasonForm(FlaskForm):
    """Why something is taken back."""

    reason = StringField(_l("Reason"), render_kw=REASON)


FORMS: Mapping[str, type[FlaskForm]] = {
    "enter_late": LateForm,
    "add_match": MatchForm,
    "record_unplaced": UnplacedForm,
    "add_seat": SeatForm,
    "split_room": SplitForm,
    "remove_late": ReasonForm,
    "remove_seat": ReasonForm,
    "excuse_earlier": ReasonForm,
    "undo_split": ReasonForm,
}


def late_form(event: Event, sent: Any = None) -> LateForm | None:
    """The form of whoever comes late, with only the fields that the format asks for; None once nobody can come in."""
    if closed_to(event, 1):
        return None
    kind = format_of(event)
    form = LateForm(formdata=sent, number=next_number(event.contest.contestants), seed=secrets.token_hex(8))
    form.place.choices = list(places_of(event).items())
    if entrant_kind([event]) != TEAM:
        del form.speakers
    if kind.subject == "match" and not _is_tree(event):
        none = ("", gettext("none yet"))
        form.opponent.choices = [none, *_entrants(event.contest.contestants)]
    else:
        del form.opponent
    if kind.coded and not isinstance(kind, Benches):
        form.place.label.text = gettext("How it is coded")
        del form.seed, form.witness
    else:
        _spare(form, event)
    return form


def places_of(event: Event) -> dict[str, str]:
    """The places that there are to choose, by what the verb calls them."""
    kind, turns = format_of(event), event.rounds[0].turns if event.rounds else []
    if kind.subject == "match":
        if _is_tree(event):
            return {DRAWN: gettext("draw all pairs of the round again")}
        at_end = {LAST: gettext("one match at the end")}
        again = {} if any(is_begun(turn) for turn in turns) else {DRAWN: gettext("draw all pairs of the round again")}
        return at_end | again
    if isinstance(kind, Benches):
        return {
            LAST: gettext("the next free bench"),
            DRAWN: gettext("drawn with all who wait"),
        }
    if kind.coded:
        return {LAST: gettext("with the unopened ones")}
    return {LAST: gettext("last"), DRAWN: gettext("drawn by lot")}


def match_form(event: Event, sent: Any = None) -> MatchForm | None:
    """The form of one more match; None where there are no matches, or nothing can be added, as to a knockout's tree."""
    if format_of(event).subject != "match" or _is_tree(event) or closed_to(event, 1):
        return None
    form = MatchForm(formdata=sent, seed=secrets.token_hex(8))
    form.first.choices = form.second.choices = [("", gettext("Choose…")), *_entrants(event.contest.contestants)]
    if sent is None:
        _propose(form, [one.number for one in unplaced_of(event).waiting])
    _spare(form, event)
    return form


def _propose(form: MatchForm, waiting: Sequence[str]) -> None:
    """Who waits for a match stands in the form already."""
    for side, number in zip((form.first, form.second), waiting, strict=False):
        side.data = number


def unplaced_form(waiting: Iterable[Contestant], sent: Any = None) -> UnplacedForm | None:
    """The form of who waits for a match and plays none; None where nobody waits."""
    form = UnplacedForm(formdata=sent)
    form.contestant.choices = [(str(one.id), f"{one.number} {one.name}") for one in waiting]
    form.kind.choices = [(kind, named[chosen()]) for kind, named in KINDS.items()]
    return form if form.contestant.choices else None


def _is_tree(event: Event) -> bool:
    """Whether the first round is a knockout: a match belongs into its tree, and who is late is drawn into that."""
    return bool(event.rounds) and event.rounds[0].plan.get("pairing") == KNOCKOUT


def _spare(form: LateForm | MatchForm, event: Event) -> None:
    """Nobody is asked for what the supervisor has typed already."""
    if event.typed_seed:
        del form.seed, form.witness


def _entrants(contestants: Iterable[Contestant]) -> list[tuple[str, str]]:
    return [(one.number, f"{one.number} {one.name}") for one in contestants if one.team_id is None]


def seat_form(event: Event, sent: Any = None) -> SeatForm | None:
    """The form of a new seat; None where inspectors work in pairs."""
    if isinstance(format_of(event), Benches):
        return None
    form = SeatForm(formdata=sent)
    form.room.choices = rooms_to_choose(event.rooms)
    groups = groups_of(event)
    form.group.choices = [(one.key, one.zh if chosen() == "zh" else one.en) for one in groups]
    if not groups:
        del form.group
    return form


def split_form(event: Event, sent: Any = None) -> SplitForm | None:
    """The form of a room that is split; None where nobody is called into rooms."""
    if format_of(event).coded:
        return None
    form = SplitForm(formdata=sent, judges=str(min(MOST_JUDGES, len(event.rooms[0].panel) if event.rooms else 0)))
    form.room.choices = rooms_to_choose(event.rooms)
    return form


def rooms_to_choose(rooms: Iterable[Room]) -> list[tuple[str, str]]:
    """The rooms by id, by their names in the reader's language."""
    return [(str(room.id), room.name_zh if chosen() == "zh" else room.name_en) for room in rooms]


def next_number(contestants: Iterable[Contestant]) -> str:
    """The next number of figures alone, as wide as the others; "" where numbers are words."""
    figures = [one.number for one in contestants if one.number.isascii() and one.number.isdigit()]
    if not figures:
        return ""
    return str(max(int(number) for number in figures) + 1).zfill(max(len(number) for number in figures))
