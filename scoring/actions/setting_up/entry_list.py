"""The entry list: who takes part, entered as one table, and a turn in the running order for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import SystemRandom

from sqlalchemy import select

from scoring.actions.find import contest_of, put_in_order
from scoring.actions.preparing.relations import apply_relations
from scoring.actions.registry import EVERYWHERE, _l, logged, verb
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.draws import draw_of
from scoring.board.reading.facts import format_of
from scoring.extensions import db
from scoring.rules.numbers import number_key, spelled_as, written_number
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.store import Appearance, ChiefCall, Contest, Contestant, Event, NotPerforming, Turn
from scoring.store.contests import PERSON, TEAM, WAITING
from scoring.store.model import is_storable
from scoring.store.references import tables_pointing_to

MOST_LINES = 1000
LONGEST = {"number": 12, "name": 60, "office": 120, "department": 120, "category": 60, "team": 12}


@dataclass(frozen=True)
class EntryLine:
    """One line of the entry list; `id` is that of a contestant entered before, `team` the number of the one's team."""

    number: str
    name: str
    office: str = ""
    department: str = ""
    team: str = ""
    id: int | None = None
    category: str = ""


@verb()
@logged("setup", _l("changed the list of contestants"), EVERYWHERE)
def enter(actor: Actor, contest_id: int, lines: Sequence[EntryLine]) -> None:
    """Make the entry list what these lines say: new ones are entered, known ones changed, absent ones taken off.

    Numbers are one however they are typed: ０１ is kept as 01, a team that is named 1 is team 01.
    Each entrant of an event without matches gets a turn; while nothing is drawn the order is that of the numbers.
    Raises Refused: contest_unknown, entries_closed, coded_already, pairings_stand, document_is_there,
    contestant_in_use, and with the
    place of the line ("lines.3.name"): field_missing, field_too_long, field_not_text, number_twice, team_unknown,
    team_of_team; too_many_lines.
    """
    contest = contest_of(contest_id)
    _check_open(contest)
    refuse_any(_problems(lines))
    lines = _spelled(lines)
    known = {one.id: one for one in contest.contestants}
    kept = {line.id for line in lines if line.id in known}
    for one in [known[key] for key in known if key not in kept]:
        take_off(one)
    _write(contest, known, lines)
    for event in contest.events:
        lay_out(event)
    record(contest, actor, "enter", contestants=len(lines), removed=len(known) - len(kept))
    apply_relations(actor, contest)


def _check_open(contest: Contest) -> None:
    for event in contest.events:
        turns = [turn for played in event.rounds for turn in played.turns]
        if any(turn.state != WAITING for turn in turns):
            raise Refused.because("entries_closed")
        if event.coding is not None:
            raise Refused.because("coded_already")
        if any(turn.pairing for turn in turns):
            raise Refused.because("pairings_stand")


def _problems(lines: Sequence[EntryLine]) -> list[Problem]:
    if len(lines) > MOST_LINES:
        return [Problem("too_many_lines", "", {"most": str(MOST_LINES)})]
    numbers = [number_key(line.number) for line in lines]
    teams = {number_key(line.number): line.team for line in lines}
    problems = []
    for place, line in enumerate(lines):
        problems += [problem.under(f"lines.{place}") for problem in problems_of_line(line, teams)]
        if line.number and number_key(line.number) in numbers[:place]:
            problems.append(Problem("number_twice", f"lines.{place}.number", {"number": line.number}))
    return problems


def problems_of_line(line: EntryLine, teams: Mapping[str, str]) -> list[Problem]:
    """What is wrong with one line by itself; `teams` is the team of each number of the list."""
    values = {name: getattr(line, name) for name in LONGEST}
    problems = [Problem("field_missing", name) for name in ("number", "name") if not values[name]]
    problems += [
        Problem("field_too_long", name, {"most": str(LONGEST[name])})
        for name, value in values.items()
        if len(value) > LONGEST[name]
    ]
    problems += [Problem("field_not_text", name) for name, value in values.items() if not is_storable(value)]
    team = number_key(line.team)
    if line.team and team not in teams:
        problems.append(Problem("team_unknown", "team", {"team": line.team[:12]}))
    elif line.team and (teams[team] or team == number_key(line.number)):
        problems.append(Problem("team_of_team", "team"))
    return problems


def _spelled(lines: Sequence[EntryLine]) -> list[EntryLine]:
    """The lines with numbers as they are kept, and with their teams' numbers as the teams' lines spell them."""
    plain = [replace(line, number=written_number(line.number)) for line in lines]
    numbers = [line.number for line in plain]
    return [replace(line, team=spelled_as(numbers, line.team)) if line.team else line for line in plain]


def take_off(one: Contestant) -> None:
    """Take a contestant off the list, with turns that nobody was called for.

    Raises Refused: document_is_there, contestant_in_use.
    """
    if one.document is not None:
        raise Refused.because("document_is_there", number=one.number)
    for turn in [turn for event in one.contest.events for played in event.rounds for turn in played.turns]:
        if any(appearance.contestant is one for appearance in turn.appearances):
            remove_turn(turn)
    for member in one.contest.contestants:
        member.team = None if member.team is one else member.team
    db.session.flush()
    if tables_pointing_to(one):
        raise Refused.because("contestant_in_use", number=one.number)
    contest = one.contest
    db.session.delete(one)
    db.session.flush()
    db.session.refresh(contest, ["contestants"])


def remove_turn(turn: Turn) -> None:
    """Take a turn that nobody performs in out of its round, with what hangs on it.

    Who was decided not to perform in it stays on record. What a judge had begun to type when it was called by mistake
    goes with it; a sheet that came in never does.
    """
    for decision in db.session.scalars(select(NotPerforming).where(NotPerforming.turn_id == turn.id)):
        decision.turn = None
    for asked in db.session.scalars(select(ChiefCall).where(ChiefCall.turn_id == turn.id)):
        asked.turn = None
    drafts = [version for sheet in turn.sheets for version in sheet.versions]
    beside = (turn.penalties, turn.recusals, turn.clocks, turn.releases)
    for kept in (drafts, turn.sheets, turn.appearances, turn.assignments, *beside):
        for one in list(kept):
            db.session.delete(one)
        db.session.flush()
    db.session.expire(turn)  # or what hung on it would be deleted once more with it
    played = turn.round
    db.session.delete(turn)
    db.session.flush()
    db.session.refresh(played, ["turns"])


def entrant_kind(events: Sequence[Event], has_speakers: bool = False) -> str:
    """TEAM for whoever has speakers, and for all where several stand on each side of every match; else PERSON."""
    sizes = [format_of(event).speakers(event.settings) for event in events]
    return TEAM if has_speakers or min(sizes, default=1) > 1 else PERSON


def _write(contest: Contest, known: Mapping[int, Contestant], lines: Sequence[EntryLine]) -> None:
    """Numbers first out of the way, because two contestants may have exchanged theirs."""
    for one in contest.contestants:
        one.number = f"~{one.id}"
    db.session.flush()
    members = {line.team for line in lines}
    written: dict[str, Contestant] = {}
    for line in lines:
        one = known.get(line.id or 0) or Contestant(contest=contest)
        one.number, one.name, one.office, one.department = line.number, line.name, line.office, line.department
        one.category = line.category
        one.kind = PERSON if line.team else entrant_kind(contest.events, line.number in members)
        db.session.add(one)
        written[line.number] = one
    for line in lines:
        written[line.number].team = written.get(line.team) if line.team else None
    db.session.flush()
    db.session.refresh(contest, ["contestants"])


def lay_out(event: Event) -> None:
    """Give every entrant a turn in the first round, in the rooms evenly; matches are made by their pairing instead.

    Where work is coded, all turns are made anew in any order: a turn's id must not tell whose it is. A promotion says
    who takes part in a stage.
    """
    if event.stage:
        return
    if format_of(event).subject == "match" or not event.rooms or event.coding is not None:
        return  # what is coded keeps its turns: whoever comes later is coded with the late documents
    played = event.rounds[0]
    entrants = {one.id: one for one in event.contest.contestants if one.team_id is None}
    laid = {turn.appearances[0].contestant_id: turn for turn in played.turns if turn.appearances}
    missing = [one for key, one in entrants.items() if key not in laid]
    if missing and format_of(event).coded:
        for turn in list(played.turns):
            remove_turn(turn)
        missing = list(entrants.values())
        SystemRandom().shuffle(missing)
    else:
        missing.sort(key=lambda one: by_number(one.number))
    add_turns(event, missing)
    _order(event)


def add_turns(event: Event, entrants: Sequence[Contestant]) -> None:
    """A turn for each, in this order behind the others; all at once, for there may be two thousand."""
    turns = list(event.rounds[0].turns)
    loads = Counter(turn.room for turn in turns)
    last = max((turn.position for turn in turns), default=0)
    with db.session.no_autoflush:
        for position, entrant in enumerate(entrants, last + 1):
            room = min(event.rooms, key=lambda room: (loads[room], room.position))
            loads[room] += 1
            turn = Turn(round=event.rounds[0], room=room, position=position)
            db.session.add_all([turn, Appearance(turn=turn, part="", contestant=entrant)])
    db.session.flush()
    db.session.refresh(event.rounds[0], ["turns"])


def _order(event: Event) -> None:
    """By number until an order was drawn; a drawn one stays, and whoever came later follows it."""
    turns = list(event.rounds[0].turns)
    if draw_of(event.contest_id, event.position) is None:
        turns.sort(key=lambda turn: by_number(turn.appearances[0].contestant.number))
    else:
        turns.sort(key=lambda turn: turn.position)
    put_in_order(turns)
    db.session.refresh(event.rounds[0], ["turns"])


def by_number(number: str) -> tuple[int, str]:
    """The place of a number in the list: 2 comes before 10, and figures before names."""
    return (int(number), number) if number.isascii() and number.isdigit() else (10**12, number)
