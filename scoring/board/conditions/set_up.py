"""How far a contest's preparation is: what must still be done before it opens, and what would be wise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from scoring.board.conditions.approving import approvers
from scoring.board.conditions.draws import draw_of
from scoring.board.reading.facts import format_of, turns_of
from scoring.board.reading.look import event_of
from scoring.board.reading.offices import unclear_offices, unclear_recusals
from scoring.board.reading.unplaced import unplaced_of
from scoring.extensions import db
from scoring.rules.figures import plain, read_decimal
from scoring.rules.formats.base import Benches
from scoring.rules.formats.common import panel_of
from scoring.rules.grouping import asked_of
from scoring.rules.judge_groups import Group
from scoring.rules.panel_rules import PanelRules
from scoring.rules.refusal import Problem, problems_of
from scoring.store import Account, Document, Event, Room, Sheet
from scoring.store.contests import PREPARING
from scoring.store.demonstration import is_of_demo, open_accounts_of_demo
from scoring.store.documents import CLEARED
from scoring.store.installation import is_separated
from scoring.store.people import CHIEF, CODER, SUPERVISOR

#: The steps of the path in order. A problem of the check list names the step that mends it as its field.
FORMAT, IDENTITY, RUBRIC, RULES = "format", "identity", "rubric", "rules"
CONTESTANTS, DOCUMENTS, JUDGES = "contestants", "documents", "judges"
ROOMS, CHECK = "rooms", "check"
STEPS = (FORMAT, IDENTITY, RUBRIC, RULES, CONTESTANTS, DOCUMENTS, JUDGES, ROOMS, CHECK)


@dataclass(frozen=True)
class SetUp:
    """An event in preparation: what is missing before it can be opened, and advice that stops nobody."""

    event: Event
    missing: tuple[Problem, ...]
    advice: tuple[Problem, ...]

    @property
    def preparing(self) -> bool:
        """Whether the contest still waits to be opened."""
        return self.event.contest.state == PREPARING

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of this event: documents are taken in only where they are judged, judges named where they judge."""
        kind = format_of(self.event)
        without = {DOCUMENTS} if kind.subject != "document" else set()
        without |= {JUDGES} if kind.entered else set()
        return tuple(step for step in STEPS if step not in without)

    def problems_of(self, step: str) -> tuple[Problem, ...]:
        """What the step must still do."""
        return tuple(problem for problem in self.missing if problem.field == step)


def set_up_of(contest_id: int, position: int | None = None) -> SetUp:
    """The state of an event's preparation; raises LookupError."""
    event = event_of(contest_id, position)
    people = [*_people(event), *_documents(event), *_rooms(event), *_offices(event)]
    missing = [*_identity(event), *_rubric(event), *people, *_course(event), *_demo(event)]
    return SetUp(event, tuple(missing), tuple(_advice(event)))


def marking_begun(event: Event) -> bool:
    """Whether anybody has a sheet of this event, be it a draft."""
    return (
        db.session.scalar(select(Sheet.id).where(Sheet.turn_id.in_([turn.id for turn in turns_of(event)]))) is not None
    )


def _identity(event: Event) -> Iterator[Problem]:
    if not event.contest.title_zh:
        yield Problem("title_missing", IDENTITY)


def _rubric(event: Event) -> Iterator[Problem]:
    """The settings hold together, and each sheet's maxima add up to the scale."""
    kind = format_of(event)
    wrong = problems_of(lambda: kind.check_settings(event.settings))
    if wrong:
        yield Problem("settings_wrong", RULES, {"count": str(len(wrong))})
        return
    scale = read_decimal(event.full_marks)
    sums = {kind.rubric(event.settings, part).maximum for part in kind.parts(event.settings)}
    for whole in sorted(sums - {scale}):
        yield Problem("maxima_not_full", RUBRIC, {"sum": plain(whole), "full": plain(scale)})


def _people(event: Event) -> Iterator[Problem]:
    entrants = [one for one in event.contest.contestants if one.team_id is None]
    least = 2 if format_of(event).subject == "match" else 1
    if len(entrants) < least:
        yield Problem("contestants_missing", CONTESTANTS, {"least": str(least), "given": str(len(entrants))})


def _documents(event: Event) -> Iterator[Problem]:
    """Where documents are sent in, somebody must have handed in; written on the day they come after the opening."""
    if _written_before(event) and event.contest.contestants and not _handed_in(event):
        yield Problem("documents_none", DOCUMENTS)


def _written_before(event: Event) -> bool:
    """Whether finished documents are sent in and not written on the day."""
    return format_of(event).sent_in(event.settings)


def _handed_in(event: Event) -> list[Document]:
    return [one.document for one in event.contest.contestants if one.document is not None]


def _advice_on_documents(event: Event, roles: Counter[str]) -> Iterator[Problem]:
    """Whose document is not there or not cleared yet, when they come, and who codes them."""
    if format_of(event).subject != "document":
        return
    entrants = [one for one in event.contest.contestants if one.team_id is None]
    handed_in = _handed_in(event)
    uncleared = sum(document.state != CLEARED for document in handed_in)
    if not _written_before(event):
        yield Problem("documents_on_the_day", DOCUMENTS)
    elif handed_in and len(handed_in) < len(entrants):
        yield Problem("documents_lacking", DOCUMENTS, {"count": str(len(entrants) - len(handed_in))})
    if uncleared:
        yield Problem("documents_uncleared", DOCUMENTS, {"count": str(uncleared)})
    if CODER not in roles:
        yield Problem("coder_missing", CHECK)
    elif roles[CODER] == 1 and is_separated():
        yield Problem("coder_alone", CHECK)


def _rooms(event: Event) -> Iterator[Problem]:
    """Every room has enough judges for a score, and inspectors in pairs."""
    least = least_judges(event)
    for room in event.rooms:
        if len(room.panel) < least:
            figures = _named(room) | {"given": str(len(room.panel)), "least": str(least)}
            yield Problem("judges_missing", JUDGES, figures)
        elif isinstance(format_of(event), Benches) and len(room.panel) % 2:
            yield Problem("inspectors_unpaired", JUDGES, _named(room) | {"given": str(len(room.panel))})
        yield from _groups(event, room)


def _groups(event: Event, room: Room) -> Iterator[Problem]:
    """Where judges sit in weighed groups, each seat is in one and each group has enough judges for its figure."""
    asked = asked_of(panel_of(event.settings) or PanelRules())
    lost = [seat.number for seat in room.panel if not any(group.has(str(seat.number)) for group, _, _ in asked)]
    if asked and lost:
        yield Problem("seats_ungrouped", RULES, _named(room) | {"seats": ", ".join(map(str, lost))})
    for group, least, _ in asked:
        given = _judges_in(room, group)
        if given < least:
            figures = {**_named(room), **group.names, "given": str(given), "least": str(least)}
            yield Problem("group_judges_missing", JUDGES, figures)


def _judges_in(room: Room, group: Group) -> int:
    return sum(group.has(str(seat.number)) for seat in room.panel)


def _named(room: Room) -> dict[str, str]:
    """A room for a sentence, in both languages."""
    return {"room": room.name_zh, "room.en": room.name_en}


def _offices(event: Event) -> Iterator[Problem]:
    """Nobody is recused, or not, because an office is written in two ways."""
    if pairs := unclear_recusals(event.contest):
        figures = {"count": str(len(pairs)), "one": pairs[0][0], "other": pairs[0][1]}
        yield Problem("offices_unclear", JUDGES, figures)


def least_judges(event: Event) -> int:
    """The fewest judges with whom the rules make a score."""
    return format_of(event).least_panel(event.settings)


def _course(event: Event) -> Iterator[Problem]:
    """What is called: matches with their sides drawn."""
    if format_of(event).subject != "match":
        return
    turns = event.rounds[0].turns if event.rounds else []
    if not turns:
        yield Problem("matches_missing", ROOMS)
    elif any(not turn.pairing.get("seed") for turn in turns):
        yield Problem("sides_missing", ROOMS)


def _demo(event: Event) -> Iterator[Problem]:
    """Where it counts, nobody comes in with the password that the demo shows to everybody."""
    if event.contest.practice or is_of_demo(event.contest_id):
        return
    if names := [account.name for account in open_accounts_of_demo()]:
        yield Problem("accounts_of_demo", CHECK, {"names": ", ".join(names)})


def _advice(event: Event) -> Iterator[Problem]:
    unclear = unclear_offices(event.contest)
    if unclear and not unclear_recusals(event.contest):
        figures = {"one": unclear[0][0], "other": unclear[0][1]}
        yield Problem("offices_alike", CONTESTANTS, figures)
    yield from _advice_on_judges(event)
    if waiting := unplaced_of(event).waiting:
        yield Problem("waiting_for_match", ROOMS, {"numbers": ", ".join(one.number for one in waiting)})
    if format_of(event).subject == "performance" and draw_of(event.contest_id, event.position) is None:
        yield Problem("order_not_drawn", ROOMS)
    if any(room.starts == "" for room in event.rooms):
        yield Problem("times_missing", ROOMS)
    busy = {turn.room_id for turn in turns_of(event)}
    for room in event.rooms:
        if busy and room.id not in busy:
            yield Problem("room_idle", ROOMS, _named(room))
    roles = roles_let_in(event.contest_id)
    yield from _advice_on_documents(event, roles)
    if CHIEF not in roles:
        yield Problem("chief_missing", CHECK)
    elif not approvers(event.contest_id):
        yield Problem("chief_marks", CHECK)
    if SUPERVISOR not in roles:
        yield Problem("supervisor_missing", CHECK)


def roles_let_in(contest_id: int) -> Counter[str]:
    """How many open accounts of each role may enter the contest."""
    accounts = db.session.scalars(select(Account).where(Account.closed_at.is_(None)))
    into = [(one.role, {admission.contest_id for admission in one.admissions}) for one in accounts]
    return Counter(role for role, contests in into if not contests or contest_id in contests)


def _advice_on_judges(event: Event) -> Iterator[Problem]:
    trimmed = format_of(event).trims_from(event.settings)
    asked = asked_of(panel_of(event.settings) or PanelRules())
    for room in [] if format_of(event).entered else event.rooms:
        if len(room.panel) < trimmed:
            figures = _named(room) | {"given": str(len(room.panel)), "from": str(trimmed)}
            yield Problem("too_few_to_trim", JUDGES, figures)
        for group, least, own in asked:
            if least <= (given := _judges_in(room, group)) < own:
                figures = {**_named(room), **group.names, "given": str(given), "from": str(own)}
                yield Problem("group_too_few_to_trim", JUDGES, figures)
        unnamed = [seat for seat in room.panel if not seat.name]
        if unnamed:
            yield Problem("judges_unnamed", JUDGES, _named(room) | {"count": str(len(unnamed))})
