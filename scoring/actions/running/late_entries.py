"""Who comes late: entered into a contest whose order, pairs, benches or codes stand, with a reason and on record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.actions.find import contest_of, put_in_order
from scoring.actions.preparing.relations import apply_relations
from scoring.actions.registry import EVENT, EVERYWHERE, LOTS, PERSON, REASON, _l, lines, logged, text, text_if_any, verb
from scoring.actions.running.late_places import LAST, Lots, place_in, speakers_needed
from scoring.actions.running.next_round import go_on_without
from scoring.actions.said import stated
from scoring.actions.setting_up.entry_list import EntryLine, entrant_kind, problems_of_line, take_off
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.late import ADD_MATCH, REMOVE_LATE, came_late, is_begun, too_late_for
from scoring.board.reading.facts import format_of, turns_of
from scoring.board.reading.look import event_asked
from scoring.board.reading.unplaced import ENTER_LATE
from scoring.extensions import db
from scoring.rules.numbers import number_key, same_number, written_number
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.store import Contest, Contestant, Event, Turn
from scoring.store.contests import DISCARDED


@verb(
    (text("number"), *PERSON, lines("speakers"), text("place"), *LOTS, text_if_any("opponent"), REASON, EVENT),
    done=_l("No. %(typed)s is entered late. This is on record."),
    heard=True,
)
def enter_late(
    actor: Actor,
    contest_id: int,
    number: str,
    name: str,
    reason: str,
    office: str = "",
    department: str = "",
    speakers: Sequence[str] = (),
    place: str = LAST,
    seed: str = "",
    witness: str = "",
    opponent: str = "",
    event: int | None = None,
) -> None:
    """Enter a contestant, or a team with its speakers' names, after the draw or after the first call.

    `place` is LAST or DRAWN: drawn into those who wait. In matches DRAWN draws all pairs of a
    round again that is not begun, and LAST makes a match against `opponent` at its end, or none yet.
    Raises Refused: contest_unknown, event_unknown, contest_given_up, reason_missing, number_taken_late, the problems of
    the fields (field_missing, field_too_long, field_not_text), speaker_missing, and as `admit` does.
    """
    asked = event_asked(contest_id, event)
    contest = asked.contest
    reason = stated(reason)
    number = written_number(number)
    _check_line(contest, EntryLine(number, name, office, department), speakers)
    entrant = Contestant(contest=contest, number=number, name=name, office=office, department=department)
    entrant.kind = entrant_kind([asked], bool(speakers))
    db.session.add(entrant)
    db.session.flush()
    _enter_speakers(entrant, speakers)
    admit(actor, asked, [entrant], Lots(place, seed, witness, opponent, reason), reason)


def _check_line(contest: Contest, line: EntryLine, speakers: Sequence[str]) -> None:
    refuse_any(problems_of_line(line, {line.number: ""}))
    refuse_any([Problem("field_too_long", "speakers", {"most": "60"}) for one in speakers if len(one) > 60])
    held = {number_key(one.number): one for one in contest.contestants}
    wanted = [line.number, *(f"{line.number}-{seat}" for seat in range(1, len(speakers) + 1))]
    taken = next((held[number_key(one)] for one in wanted if number_key(one) in held), None)
    if taken is not None:
        raise Refused.because("number_taken_late", "number", number=taken.number, name=taken.name)


def _enter_speakers(team: Contestant, speakers: Sequence[str]) -> None:
    for seat, name in enumerate(speakers, 1):
        about = {"number": f"{team.number}-{seat}", "name": name, "office": team.office}
        db.session.add(Contestant(contest=team.contest, department=team.department, team=team, **about))
    db.session.flush()
    db.session.refresh(team.contest, ["contestants"])


@logged("course", _l("entered no. %(turn)s late"), EVERYWHERE, name="enter_late")
def admit(actor: Actor, asked: Event, entrants: Sequence[Contestant], lots: Lots, reason: str) -> None:
    """Give contestants who were just entered their places, in the event that is asked for as the lots say.

    In the other events of the contest they come last; an event in which nobody can be added any more is named on record
    as missed. Raises Refused: contest_given_up, late_in_stage, late_round_over, late_next_round, decoded_already,
    speaker_missing, and what the place refuses (see `place_in`).
    """
    contest = asked.contest
    if contest.state == DISCARDED:
        raise Refused.because("contest_given_up")
    refuse_any([problem for one in entrants for problem in _short_of_speakers(asked, one)])
    if code := closed_to(asked, len(entrants), entrants):
        raise Refused.because(code)
    entered = [{"id": one.id, "number": one.number, "name": one.name, "office": one.office} for one in entrants]
    told: dict[str, Any] = {"event": asked.position, "entered": entered, "place": lots.way, "missed": []}
    told |= place_in(actor, asked, entrants, lots)
    for other in (one for one in contest.events if one is not asked and not one.stage):
        if closed_to(other, len(entrants), entrants):
            told["missed"].append(other.position)
        else:
            place_in(actor, other, entrants, lots.last)
    number = ", ".join(one.number for one in entrants)
    record(contest, actor, ENTER_LATE, number=number, reason=reason.strip(), **told)
    apply_relations(actor, contest)


def closed_to(event: Event, more: int, entering: Sequence[Contestant] = ()) -> str:
    """The code of why nobody can come into the event any more, "" while that is possible.

    Of so many `more`, those `entering` stand in the list already.
    """
    if event.stage:
        return "late_in_stage"  # who takes part in it is said by a promotion
    if event.coding is not None and event.coding.decoded_at is not None:
        return "decoded_already"
    return too_late_for(event, more, [one.id for one in entering])


def _short_of_speakers(event: Event, entrant: Contestant) -> list[Problem]:
    needed = speakers_needed(event)
    members = [one for one in entrant.contest.contestants if one.team_id == entrant.id]
    if len(members or [entrant]) >= needed:
        return []
    return [Problem("speaker_missing", "speakers", {"number": entrant.number, "speakers": str(needed)})]


@verb((text("number"), REASON), done=_l("No. %(typed)s is taken off again. This is on record."), heard=True)
@logged("course", _l("took the latecomer no. %(turn)s off again"), EVERYWHERE)
def remove_late(actor: Actor, contest_id: int, number: str, reason: str) -> None:
    """Take somebody off again who was entered late, before anything was built on it.

    Raises Refused: contest_unknown, reason_missing, not_late (only latecomers are taken off), late_called (who was
    called, is coded, or was drawn into the pairs is recorded as withdrawn instead), document_is_there,
    contestant_in_use.
    """
    contest = contest_of(contest_id)
    reason = stated(reason)
    entrant = entrant_called(contest, number)
    if entrant is None or entrant.id not in came_late(contest_id):
        raise Refused.because("not_late", "number", number=number)
    turns = [turn for event in contest.events for turn in turns_of(event) if _appears(entrant, turn)]
    if any(is_begun(turn) or turn.code or (turn.pairing and "late" not in turn.pairing) for turn in turns):
        raise Refused.because("late_called", number=number)
    told: dict[str, Any] = {"id": entrant.id, "number": entrant.number, "name": entrant.name}
    for one in [*(one for one in contest.contestants if one.team_id == entrant.id), entrant]:
        take_off(one)
    for played in [event.rounds[0] for event in contest.events if event.rounds]:
        put_in_order(sorted(played.turns, key=lambda turn: turn.position))
    for event in contest.events:
        go_on_without(event)
    record(contest, actor, REMOVE_LATE, **told, reason=reason)


def _appears(entrant: Contestant, turn: Turn) -> bool:
    return any(appearance.entrant is entrant for appearance in turn.appearances)


@verb(
    (text("first"), text("second"), *LOTS, REASON, EVENT),
    done=_l("The match is added and its sides are drawn. This is on record."),
    heard=True,
)
@logged("course", _l("added the match %(turn)s by hand, seed %(seed)s, witnessed by %(witness)s"), EVERYWHERE)
def add_match(
    actor: Actor,
    contest_id: int,
    first: str,
    second: str,
    seed: str = "",
    witness: str = "",
    reason: str = "",
    event: int | None = None,
) -> None:
    """Add a match by hand to the first round of an event, its sides drawn.

    Raises Refused: contest_unknown, event_unknown, reason_missing, no_matches_here, late_round_over, late_next_round,
    and what `late_matches.by_hand` refuses.
    """
    asked = event_asked(contest_id, event)
    reason = stated(reason)
    if format_of(asked).subject != "match":
        raise Refused.because("no_matches_here")
    if code := closed_to(asked, 1):
        raise Refused.because(code)
    one, other = (entrant_called(asked.contest, number) for number in (first, second))
    if one is None or other is None:
        raise Refused.because("opponent_unknown", "second" if one else "first", number=second if one else first)
    told = place_in(actor, asked, [one], Lots(LAST, seed, witness, second, reason))
    named: dict[str, Any] = {"event": asked.position, "number": f"{one.number} : {other.number}"}
    record(asked.contest, actor, ADD_MATCH, **named, **told, reason=reason)
    apply_relations(actor, asked.contest)


def entrant_called(contest: Contest, number: str) -> Contestant | None:
    """Who entered under this number, however it is typed; a speaker is none."""
    return next((one for one in contest.contestants if one.team_id is None and same_number(one.number, number)), None)
