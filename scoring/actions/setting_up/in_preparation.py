"""A contest in preparation: begun, described, given another format, opened, or given up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from scoring.actions.find import contest_of
from scoring.actions.preparing.relations import apply_relations
from scoring.actions.registry import EVERYWHERE, _l, logged, typed, verb
from scoring.actions.said import stated
from scoring.actions.setting_up.contests import open_room, seat_panel
from scoring.actions.setting_up.entry_list import lay_out
from scoring.actions.site.demonstration import check_not_demo, end_codes_of_demo
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.set_up import set_up_of
from scoring.board.reading.facts import format_of
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.folding import written_plainly
from scoring.rules.formats.base import Benches, Format
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.store import Contest, Event, Round
from scoring.store.contests import DISCARDED, LEVELS, OPEN, PREPARING
from scoring.store.demonstration import is_of_demo
from scoring.store.model import is_storable

JUDGES, INSPECTORS = 7, 4  # [D]; domain page 1, panel, and page 6, inspectors in pairs
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,38}[a-z0-9]")
LONGEST = {"title_zh": 120, "title_en": 120, "office": 120, "line": 60, "venue": 120}
TOLD = ("title_zh", "title_en", "office", "level", "line", "practice", "held_on", "venue")


@dataclass(frozen=True)
class Identity:
    """What a contest is called, who holds it, when ("2026-11-29") and where; `slug` names it in the public addresses.

    All but the Chinese name may be "".
    """

    title_zh: str
    title_en: str = ""
    office: str = ""
    level: str = ""
    line: str = ""
    practice: bool = False
    slug: str = ""
    held_on: str = ""
    venue: str = ""


@dataclass(frozen=True)
class Beginning:
    """What an event begins with: a format, its settings, and the scale that the maxima should add up to."""

    format: str
    settings: Mapping[str, Any]
    full_marks: str = "100"


@verb()
@logged("setup", _l("began to set the contest up"))
def begin(actor: Actor, identity: Identity, beginning: Beginning) -> int:
    """Create a contest that is being set up: one event, one room with a panel, one round; answers its id.

    Raises Refused: unknown_format, the problems of the settings, and as `describe` does.
    """
    kind = formats.get(beginning.format)
    kind.check_settings(beginning.settings)
    contest = Contest(slug=_free_slug(), title_zh="", title_en="", state=PREPARING)
    db.session.add(contest)
    _write(contest, identity)
    begin_event(contest, beginning)
    record(contest, actor, "begin", format=kind.key, title=contest.title_zh, practice=contest.practice)
    return contest.id


def begin_event(contest: Contest, beginning: Beginning, position: int = 1) -> Event:
    """Give a contest in preparation an event of this format with one room, its panel and one round."""
    kind = formats.get(beginning.format)
    event = Event(contest=contest, position=position)
    db.session.add(event)
    _give_format(event, kind, beginning)
    open_room(event, INSPECTORS if isinstance(kind, Benches) else JUDGES)
    db.session.refresh(event, ["rooms", "rounds"])
    db.session.refresh(contest, ["events"])
    return event


def _free_slug() -> str:
    """The next of c1, c2, … that no contest has."""
    taken = set(db.session.scalars(select(Contest.slug)))
    return next(name for number in range(1, len(taken) + 2) if (name := f"c{number}") not in taken)


def _give_format(event: Event, kind: Format, beginning: Beginning) -> None:
    event.format, event.title_zh, event.title_en = kind.key, kind.zh, kind.en
    event.settings, event.full_marks = dict(beginning.settings), beginning.full_marks
    for played in list(event.rounds):
        db.session.delete(played)
    db.session.flush()
    db.session.add(Round(event=event, name_zh="决赛", name_en="Final"))
    db.session.flush()


@verb()
@logged("setup", _l("changed the contest's name or office"), EVERYWHERE)
def describe(actor: Actor, contest_id: int, identity: Identity) -> None:
    """Change what a contest is called, who holds it, and whether it is a practice run.

    Raises Refused: contest_unknown, practice_fixed once a sheet could have been handed in, contest_of_demo where one of
    the demo's is called otherwise, and with its field:
    field_missing (title_zh), field_too_long, field_not_text, level_unknown, date_malformed (held_on), slug_malformed,
    slug_taken.
    """
    contest = contest_of(contest_id)
    if identity.practice != contest.practice and contest.state == OPEN:
        raise Refused.because("practice_fixed", "practice")
    if (identity.title_zh, identity.slug or contest.slug) != (contest.title_zh, contest.slug):
        check_not_demo(contest_id)
    _write(contest, identity)
    told = {name: getattr(contest, name) for name in TOLD}
    record(contest, actor, "describe", **told, slug=contest.slug)


def _write(contest: Contest, identity: Identity) -> None:
    refuse_any(_problems(contest, identity))
    contest.title_zh, contest.title_en = identity.title_zh, identity.title_en or identity.title_zh
    contest.office, contest.level, contest.line = identity.office, identity.level, identity.line
    contest.practice = identity.practice
    contest.held_on, contest.venue = identity.held_on, identity.venue
    contest.slug = identity.slug or contest.slug


def _problems(contest: Contest, identity: Identity) -> list[Problem]:
    values = {name: getattr(identity, name) for name in LONGEST}
    problems = [] if identity.title_zh else [Problem("field_missing", "title_zh")]
    problems += [Problem("field_not_text", name) for name, value in values.items() if not is_storable(value)]
    problems += [
        Problem("field_too_long", name, {"most": str(most)})
        for name, most in LONGEST.items()
        if len(values[name]) > most
    ]
    if identity.level and identity.level not in LEVELS:
        problems.append(Problem("level_unknown", "level"))
    if identity.held_on and not _is_date(identity.held_on):
        problems.append(Problem("date_malformed", "held_on"))
    if identity.slug and identity.slug != contest.slug:
        if not SLUG.fullmatch(identity.slug):
            problems.append(Problem("slug_malformed", "slug"))
        elif db.session.scalar(select(Contest.id).where(Contest.slug == identity.slug)):
            problems.append(Problem("slug_taken", "slug"))
    return problems


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@verb()
@logged("setup", _l("changed the format"), EVERYWHERE)
def change_format(actor: Actor, contest_id: int, beginning: Beginning) -> None:
    """Begin a contest's first event again with another format or template, before anybody is entered.

    Raises Refused: contest_unknown, already_open, format_fixed once contestants are entered, unknown_format, and the
    problems of the settings.
    """
    contest = contest_of(contest_id)
    kind = formats.get(beginning.format)
    kind.check_settings(beginning.settings)
    if contest.state != PREPARING:
        raise Refused.because("already_open")
    if contest.contestants:
        raise Refused.because("format_fixed")
    event = contest.events[0]
    if beginning.format != event.format or dict(beginning.settings) != event.settings:
        had_judges = not format_of(event).entered
        _give_format(event, kind, beginning)
        if had_judges == kind.entered:
            _seat_anew(event, kind)
    record(contest, actor, "change_format", format=kind.key)


def _seat_anew(event: Event, kind: Format) -> None:
    """Where judges sat nobody does now, or the other way round: no code of before opens anything."""
    for room in event.rooms:
        for seat in list(room.seats):
            db.session.delete(seat)
        db.session.flush()
        db.session.refresh(room, ["seats"])
        seat_panel(room, INSPECTORS if isinstance(kind, Benches) else JUDGES)
        db.session.refresh(room, ["seats"])


@verb()
@logged("setup", _l("opened the contest"), EVERYWHERE)
def open_contest(actor: Actor, contest_id: int) -> None:
    """Let turns be called: everything that must be there is there. The demo's seat codes end where it counts.

    Raises Refused: contest_unknown, already_open, and everything that the check list misses.
    """
    contest = contest_of(contest_id)
    if contest.state != PREPARING:
        raise Refused.because("already_open")
    for event in contest.events:
        lay_out(event)
    missing = [problem for event in contest.events for problem in set_up_of(contest.id, event.position).missing]
    refuse_any([problem for place, problem in enumerate(missing) if problem not in missing[:place]])
    contest.state = OPEN
    seats = [seat.id for event in contest.events for room in event.rooms for seat in room.seats]
    record(contest, actor, "open_contest", seats, practice=contest.practice)
    apply_relations(actor, contest)
    if not contest.practice and not is_of_demo(contest.id):
        end_codes_of_demo()


@verb((typed("typed"), typed("reason")))
@logged("setup", _l("gave the contest up"))
def discard(actor: Actor, contest_id: int, typed: str, reason: str) -> None:
    """Give up a contest that was not opened: it stays on record and is listed no more.

    Raises Refused: contest_unknown, already_open, reason_missing, confirmation_wrong unless its address was typed.
    """
    contest = contest_of(contest_id)
    if contest.state != PREPARING:
        raise Refused.because("already_open")
    if written_plainly(typed).strip() != contest.slug:
        raise Refused.because("confirmation_wrong", "typed", expected=contest.slug)
    reason = stated(reason)
    contest.state = DISCARDED
    record(contest, actor, "discard", reason=reason)
