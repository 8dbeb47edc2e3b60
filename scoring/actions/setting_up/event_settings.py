"""An event's rubric and rules: changed freely until somebody marks, afterwards only as a new version with a recount."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from scoring.actions.registry import EVERYWHERE, _l, logged, typed, verb
from scoring.actions.running.next_round import check_next_round
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.set_up import marking_begun
from scoring.board.reading.facts import format_of, outcome_of, turns_of
from scoring.board.reading.freeze import frozen_since, release_in_force
from scoring.board.reading.look import event_of
from scoring.board.reading.recount import Recount, recount
from scoring.extensions import db
from scoring.rules.figures import read_decimal
from scoring.rules.folding import written_plainly
from scoring.rules.formats.common import completed, meeting_of, rulings_of
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.rulings import read_reason
from scoring.store import Event, EventSettings, SettingsTemplate
from scoring.store.contests import RELEASED
from scoring.store.model import is_storable, now

LONGEST_NAME = 60


@verb()
@logged("setup", _l("changed the rules"), EVERYWHERE)
def change_settings(
    actor: Actor, contest_id: int, settings: Mapping[str, Any], full_marks: str, event: int | None = None
) -> None:
    """Replace the event's settings while nobody has a sheet of it yet.

    Raises Refused: marking_begun, parts_stand where matches are made already for other parts, meeting_stands where
    they are paired by other camps, full_marks_malformed, and the problems of the settings.
    """
    found = event_of(contest_id, event)
    _check(found, settings, full_marks)
    if marking_begun(found):
        raise Refused.because("marking_begun")
    before, found.settings, found.full_marks = found.settings, dict(settings), full_marks
    told: dict[str, Any] = {"event": found.position, "full_marks": full_marks}
    told["changed"] = {name: settings.get(name) for name in _changed(before, settings)}
    record(found.contest, actor, "change_settings", _seats(found), **told)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    old, new = completed(before), completed(after)
    return sorted(name for name in {*old, *new} if old.get(name) != new.get(name))


def _check(event: Event, settings: Mapping[str, Any], full_marks: str) -> None:
    kind = format_of(event)
    kind.check_settings(settings)
    try:
        whole = read_decimal(full_marks) > 0
    except ValueError:
        whole = False
    if not whole:
        raise Refused.because("full_marks_malformed", "full_marks")
    _check_list(event, settings)
    appearing = any(turn.appearances for turn in turns_of(event))
    if appearing and set(kind.parts(settings)) != set(kind.parts(event.settings)):
        raise Refused.because("parts_stand")
    if appearing and meeting_of(settings) != meeting_of(event.settings):
        raise Refused.because("meeting_stands", "meeting.by")


def _check_list(event: Event, settings: Mapping[str, Any]) -> None:
    """Refused(listed_in_use) where something goes from the list that was entered by it: nobody could name it then."""
    kept = {one["key"] for one in rulings_of(settings, "penalties")}
    entered = {penalty.kind for turn in turns_of(event) for penalty in turn.penalties}
    for place, one in enumerate(rulings_of(event.settings, "penalties")):
        if one["key"] in entered - kept:
            raise Refused.because("listed_in_use", "penalties", name=one["zh"], place=place + 1)


def _seats(event: Event) -> list[int]:
    return [seat.id for room in event.rooms for seat in room.seats]


@verb((typed("reason"), typed("typed")))
@logged("changes", _l("changed the rules after the marking had begun"), EVERYWHERE)
def renew_settings(
    actor: Actor,
    contest_id: int,
    settings: Mapping[str, Any],
    full_marks: str,
    reason: str,
    typed: str,
    event: int | None = None,
) -> int:
    """Put a new version of the settings in force after marking has begun, and count everything again; answers it.

    Every sheet handed in stays as it is and must be readable under the new settings. The settings before are kept with
    their version, which the sheets of their time name; the entry holds every total and rank that changes.
    Raises Refused: reason_missing, reason_too_long, confirmation_wrong unless the contest's address was typed,
    settings_same, board_frozen while the audience's board stands still, correction_ties_match,
    correction_changes_next_round, as `change_settings` does, and for each sheet that cannot be read any more
    sheet_unreadable.
    """
    found = event_of(contest_id, event)
    given = read_reason(reason)
    counted = _recounted(found, settings, full_marks, typed)
    before = found.settings
    _put_in_force(actor, found, settings, full_marks, given)
    told: dict[str, Any] = {"event": found.position, "version": found.settings_version, "reason": given}
    told["changed"] = {
        name: {"before": before.get(name), "after": settings.get(name)} for name in _changed(before, settings)
    }
    told["recount"] = [line.to_data() for line in counted.lines if line.changed]
    record(found.contest, actor, "renew_settings", _seats(found), **told)
    return found.settings_version


def _recounted(event: Event, settings: Mapping[str, Any], full_marks: str, typed: str) -> Recount:
    """What the new settings would make of every sheet, once it is sure that they may come into force now."""
    if written_plainly(typed).strip() != event.contest.slug:
        raise Refused.because("confirmation_wrong", "typed", expected=event.contest.slug)
    _check(event, settings, full_marks)
    if completed(settings) == completed(event.settings) and full_marks == event.full_marks:
        raise Refused.because("settings_same")
    counted = recount(event, settings)
    refuse_any(counted.unreadable)
    if frozen_since(event.contest) is not None:
        raise Refused.because("board_frozen")
    return counted


def _put_in_force(actor: Actor, event: Event, settings: Mapping[str, Any], full_marks: str, reason: str) -> None:
    """Keep the settings so far with their version, and go on under the new ones."""
    _keep(event, actor, reason)
    event.settings, event.full_marks = dict(settings), full_marks
    event.settings_version += 1
    db.session.flush()
    _check_released(event)


def _check_released(event: Event) -> None:
    """No new version ties a match that was decided, or puts somebody out of a round that is filled already."""
    for turn in turns_of(event):
        released = release_in_force(turn) if turn.state == RELEASED else None
        if released is None:
            continue
        outcome = outcome_of(turn)
        if outcome.verdict.get("needs"):
            raise Refused.because("correction_ties_match", number=turn.number)
        check_next_round(turn, released, outcome)


def _keep(event: Event, actor: Actor, reason: str) -> None:
    kept = EventSettings(event_id=event.id, version=event.settings_version, settings=event.settings, reason=reason)
    kept.full_marks, kept.actor, kept.replaced_at = event.full_marks, actor.label, now()
    db.session.add(kept)


@verb(typed("name"))
@logged("setup", _l("saved the rules as a template"))
def save_template(actor: Actor, contest_id: int, name: str, event: int | None = None) -> None:
    """Keep the event's rubric and rules under a name of one's own; the same name again replaces what it stood for.

    Raises Refused (field name): field_missing, field_too_long, field_not_text.
    """
    found, called = event_of(contest_id, event), name.strip()
    refuse_any(_problems_of_name(called))
    template = db.session.scalar(select(SettingsTemplate).where(SettingsTemplate.name == called)) or SettingsTemplate()
    template.name, template.format, template.settings = called, found.format, dict(found.settings)
    template.full_marks, template.actor, template.at = found.full_marks, actor.label, now()
    db.session.add(template)
    record(found.contest, actor, "save_template", event=found.position, name=called, format=found.format)


def _problems_of_name(name: str) -> list[Problem]:
    if not name:
        return [Problem("field_missing", "name")]
    problems = [] if is_storable(name) else [Problem("field_not_text", "name")]
    if len(name) > LONGEST_NAME:
        problems.append(Problem("field_too_long", "name", {"most": str(LONGEST_NAME)}))
    return problems
