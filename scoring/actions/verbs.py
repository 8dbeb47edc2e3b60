"""The desk's verbs by name, so that the page and the socket go through one door with one reading of what was sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.actions.find import turn_of
from scoring.actions.results import totals
from scoring.actions.running import (
    attempts,
    benches,
    calibration,
    calls,
    clocks,
    draws,
    late_entries,
    late_panels,
    marking,
    matches,
    not_performing,
    penalties,
    recusals,
    releases,
    seals,
    seats,
    send_back,
    settlements,
    split_rooms,
    turns,
)
from scoring.actions.setting_up import panels
from scoring.actions.transaction import Actor, is_request_id, perform
from scoring.extensions import db
from scoring.rules.refusal import Problem, Refused, problems_of, refuse_any
from scoring.store import ChiefCall, Contest, NotPerforming, Penalty, SeatAttempt
from scoring.store.model import is_storable
from scoring.store.people import CHECKER, CHIEF, CODER, ORGANIZER, SUPERVISOR, TALLIER, TIMEKEEPER, acts_as

LONGEST_TEXT = 400
MOST_LINES = 200
_KEYBOARD = str.maketrans("０１２３４５６７８９－", "0123456789-")
_WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
_BETWEEN = re.compile(r"[\s,，、;；]+")
_FLAGS = {True: True, False: False, "1": True, "0": False, "": False}


@dataclass(frozen=True)
class Field:
    """One argument of a verb: its name in what is sent, its name in the action, and how it is read."""

    name: str
    argument: str
    read: Callable[[str, object], Any]
    optional: bool = False


@dataclass(frozen=True)
class Verb:
    """A verb of the desk: the action it runs, what it is told, whether that belongs to the contest, and who may.

    One that is about the whole contest (`of_contest`) is told its id and nothing that could belong to another.
    """

    name: str
    action: Callable[..., None]
    fields: tuple[Field, ...]
    check: Callable[[int, Mapping[str, Any]], None]
    roles: tuple[str, ...] = (ORGANIZER,)
    of_contest: bool = False

    def read(self, payload: Mapping[str, object]) -> dict[str, Any]:
        """The action's arguments from what was sent; raises Refused with the problem of every field."""
        given = [field for field in self.fields if not (field.optional and field.name not in payload)]
        refuse_any([problem for field in given for problem in _problems(field, payload)])
        return {field.argument: field.read(field.name, payload.get(field.name)) for field in given}


def _problems(field: Field, payload: Mapping[str, object]) -> tuple[Problem, ...]:
    return problems_of(lambda: field.read(field.name, payload.get(field.name)))


def read_whole(name: str, raw: object) -> int:
    """A whole number of at most nine digits, as a number or as typed (full-width digits too).

    Raises Refused: field_missing, field_not_a_number.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        raise Refused.because("field_missing", name)
    typed = str(raw) if type(raw) is int else raw
    if not isinstance(typed, str) or not _WHOLE.fullmatch(typed.strip().translate(_KEYBOARD)):
        raise Refused.because("field_not_a_number", name)
    return int(typed.strip().translate(_KEYBOARD))


def read_text(name: str, raw: object) -> str:
    """Text without outer white space. Raises Refused: field_missing, field_not_text, field_too_long."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        raise Refused.because("field_missing", name)
    if not isinstance(raw, str) or not is_storable(raw):
        raise Refused.because("field_not_text", name)
    if len(raw.strip()) > LONGEST_TEXT:
        raise Refused.because("field_too_long", name, most=LONGEST_TEXT)
    return raw.strip()


def read_text_if_any(name: str, raw: object) -> str:
    """Text that may be empty: the side of a clock that has none, a reason nobody needs. Raises as `read_text`."""
    return "" if raw in (None, "") else read_text(name, raw)


def read_lines(name: str, raw: object) -> tuple[str, ...]:
    """Lines of text, as a list or as typed one a line; empty ones do not count.

    Raises Refused: field_not_text, field_too_long (one line), too_many_lines (more than 200).
    """
    lines = raw.splitlines() if isinstance(raw, str) else raw
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise Refused.because("field_not_text", name)
    if len(lines) > MOST_LINES:
        raise Refused.because("too_many_lines", name, most=MOST_LINES)
    return tuple(read_text(name, line) for line in lines if line.strip())


def read_numbers(name: str, raw: object) -> tuple[str, ...]:
    """Contestants' numbers as a list, or as typed with commas or blanks between them. Raises as `read_lines`."""
    return read_lines(name, _BETWEEN.sub("\n", raw) if isinstance(raw, str) else raw)


def read_flag(name: str, raw: object) -> bool:
    """Yes or no, as a form or a socket sends it. Raises Refused: field_not_a_flag."""
    if not isinstance(raw, bool | str) or raw not in _FLAGS:
        raise Refused.because("field_not_a_flag", name)
    return _FLAGS[raw]


def _turn_belongs(contest_id: int, arguments: Mapping[str, Any]) -> None:
    if turn_of(arguments["turn_id"]).contest.id != contest_id:
        raise Refused.because("turn_unknown")


def _contest_exists(contest_id: int, arguments: Mapping[str, Any]) -> None:
    if db.session.get(Contest, contest_id) is None:
        raise Refused.because("contest_unknown")


def _penalty_belongs(contest_id: int, arguments: Mapping[str, Any]) -> None:
    penalty = db.session.get(Penalty, arguments["penalty_id"])
    if penalty is None or penalty.turn.contest.id != contest_id:
        raise Refused.because("penalty_unknown")


def _decision_belongs(contest_id: int, arguments: Mapping[str, Any]) -> None:
    decision = db.session.get(NotPerforming, arguments["decision_id"])
    if decision is None or decision.contestant.contest_id != contest_id:
        raise Refused.because("not_performing_gone")


def _seat_belongs(contest_id: int, arguments: Mapping[str, Any]) -> None:
    if seats.seat_called(arguments["seat_id"]).room.event.contest_id != contest_id:
        raise Refused.because("seat_unknown", "seat")


def _call_belongs(contest_id: int, arguments: Mapping[str, Any]) -> None:
    call = db.session.get(ChiefCall, arguments["call_id"])
    if call is None or call.seat.room.event.contest_id != contest_id:
        raise Refused.because("call_unknown", "call")


def _attempt_belongs(contest_id: int, arguments: Mapping[str, Any]) -> None:
    attempt = db.session.get(SeatAttempt, arguments["attempt_id"])
    if attempt is None or attempt.seat.room.event.contest_id != contest_id:
        raise Refused.because("attempt_unknown", "attempt")


_TURN = Field("turn", "turn_id", read_whole)
_SEAT = Field("seat", "seat_id", read_whole)
_SEAT_IF_ANY = Field("seat", "seat_id", read_whole, optional=True)
_SHEET_IF_ANY = Field("sheet", "sheet", read_text_if_any, optional=True)
_QUESTION = Field("question", "question", read_text)
_CALL = Field("call", "call_id", read_whole)
_ATTEMPT = Field("attempt", "attempt_id", read_whole)
_REASON = Field("reason", "reason", read_text)
_GROUND = Field("ground", "ground", read_text)
_RESERVE = Field("reserve", "reserve_id", read_whole)
_ANY_GROUND = Field("ground", "ground", read_text_if_any, optional=True)
_ONWARD = Field("onward", "onward", read_flag, optional=True)
_SECONDS = Field("seconds", "seconds", read_whole)
_PENALTY = Field("penalty", "penalty_id", read_whole)
_LINE = Field("line", "line", read_text)
_BENCHES = Field("benches", "benches", read_whole)
_COUNT = Field("count", "count", read_whole)
_KIND = Field("kind", "kind", read_text)
_LEAVE_OPEN = Field("leave_open", "leave_open", read_flag, optional=True)
_PART = Field("part", "part", read_text, optional=True)
_SPEAKER = Field("speaker", "speaker", read_text)
_SILENT = Field("silent", "silent", read_flag)
_SIDE = Field("side", "side", read_text)
_SEED = Field("seed", "seed", read_text)
_CLOCK = Field("clock", "clock", read_text)
_CLOCK_SIDE = Field("side", "side", read_text_if_any, optional=True)
_CASES = Field("cases", "cases", read_lines, optional=True)
_EVENT = Field("event", "event", read_whole, optional=True)

_PLACE = Field("place", "place", read_whole)
_ALONE = Field("alone", "alone", read_flag, optional=True)
_WHY = Field("reason", "reason", read_text_if_any, optional=True)
_SEED_IF_ANY = Field("seed", "seed", read_text_if_any, optional=True)
_WITNESS_IF_ANY = Field("witness", "witness", read_text_if_any, optional=True)
_FIGURES = Field("figures", "figures", read_text)
_WANTED = Field("wanted", "wanted", read_flag)
_DECISION = Field("decision", "decision_id", read_whole)
_DECIDED_BY = Field("decided_by", "decided_by", read_text)
_CONTESTANT = Field("contestant", "contestant_id", read_whole, optional=True)
_WHO = Field("contestant", "contestant_id", read_whole)
_REACH = Field("reach", "reach", read_text_if_any, optional=True)
_CONFIRMATION = Field("confirmation", "confirmation", read_text)
_NUMBER = Field("number", "number", read_text)
_NAME = Field("name", "name", read_text)
_LOTS = (_SEED_IF_ANY, _WITNESS_IF_ANY)
_BELONGING = (
    Field("office", "office", read_text_if_any, optional=True),
    Field("department", "department", read_text_if_any, optional=True),
)
_LATE = (
    _NUMBER,
    _NAME,
    *_BELONGING,
    Field("speakers", "speakers", read_lines, optional=True),
    Field("place", "place", read_text),
    *_LOTS,
    Field("opponent", "opponent", read_text_if_any, optional=True),
    _REASON,
    _EVENT,
)
_ROOM = Field("room", "room_id", read_whole)
_JUDGE = (_NAME, *_BELONGING, Field("title", "title", read_text_if_any, optional=True))
_NUMBERS = Field("numbers", "numbers", read_numbers, optional=True)
_MATCH = (Field("first", "first", read_text), Field("second", "second", read_text), *_LOTS, _REASON, _EVENT)
_SPLIT = (
    _ROOM,
    Field("judges", "judges", read_whole),
    Field("name", "name", read_text_if_any, optional=True),
    _NUMBERS,
    _REASON,
)

_CLOCK_ROLES = (ORGANIZER, TIMEKEEPER)
#: Who confirms totals: not the organizer, who releases them.
_CHECK_ROLES = (CHECKER, TALLIER, CHIEF)

_ALL = (
    Verb("call", turns.call, (_TURN, _LEAVE_OPEN), _turn_belongs),
    Verb("undo_call", turns.undo_call, (_TURN,), _turn_belongs),
    Verb("close_marking", marking.close_marking, (_TURN,), _turn_belongs),
    Verb("reopen_marking", marking.reopen_marking, (_TURN,), _turn_belongs),
    Verb("ask_for_checks", totals.ask_for_checks, (_WANTED,), _contest_exists, of_contest=True),
    Verb("check_totals", totals.check_totals, (_TURN, _FIGURES), _turn_belongs, _CHECK_ROLES),
    Verb("undo_check", totals.undo_check, (_TURN,), _turn_belongs, _CHECK_ROLES),
    Verb("release", releases.release, (_TURN,), _turn_belongs, (ORGANIZER, CHIEF)),
    Verb(
        "undo_release",
        releases.undo_release,
        (_TURN, _REASON, _CONFIRMATION),
        _turn_belongs,
        (ORGANIZER, CHIEF),
    ),
    Verb(
        "record_not_performing",
        not_performing.record_not_performing,
        (_TURN, _KIND, _REASON, _DECIDED_BY, _CONTESTANT, _REACH),
        _turn_belongs,
        (ORGANIZER, CHIEF),
    ),
    Verb(
        "withdraw_not_performing",
        not_performing.withdraw_not_performing,
        (_DECISION, _REASON),
        _decision_belongs,
        (ORGANIZER, CHIEF),
    ),
    Verb(
        "record_unplaced",
        not_performing.record_unplaced,
        (_WHO, _KIND, _REASON, _DECIDED_BY, _EVENT),
        _contest_exists,
        (ORGANIZER, CHIEF),
        of_contest=True,
    ),
    Verb("move_turn", draws.move_turn, (_TURN, _PLACE, _WHY), _turn_belongs),
    Verb("recuse", recusals.recuse, (_TURN, _SEAT, _GROUND, _REASON), _turn_belongs),
    Verb("reinstate", recusals.reinstate, (_TURN, _SEAT), _turn_belongs),
    Verb("add_overtime", penalties.add_overtime, (_TURN, _SECONDS, _PART), _turn_belongs, _CLOCK_ROLES),
    Verb("draw_sides", matches.draw_sides, (_TURN, *_LOTS, _WHY), _turn_belongs),
    Verb("mark_silent", matches.mark_silent, (_TURN, _SPEAKER, _SILENT), _turn_belongs),
    Verb("record_play_off", matches.record_play_off, (_TURN, _SIDE, _REASON), _turn_belongs),
    Verb(
        "withdraw_penalty",
        penalties.withdraw_penalty,
        (_PENALTY, _REASON),
        _penalty_belongs,
    ),
    Verb("plan_benches", benches.plan_benches, (_TURN, _BENCHES, *_LOTS, _WHY), _turn_belongs),
    Verb("start_benches", benches.start_benches, (_TURN, _ALONE, _WHY), _turn_belongs, (ORGANIZER, TIMEKEEPER)),
    Verb("stop_bench", benches.stop_bench, (_TURN,), _turn_belongs, (ORGANIZER, TIMEKEEPER)),
    Verb("undo_stop", benches.undo_stop, (_TURN, _REASON), _turn_belongs, (ORGANIZER, TIMEKEEPER)),
    Verb("hand_in", benches.hand_in, (_TURN,), _turn_belongs, (ORGANIZER, TIMEKEEPER, CODER)),
    Verb(
        "settle_difference",
        settlements.settle_difference,
        (_TURN, _LINE, _COUNT, _REASON),
        _turn_belongs,
        (ORGANIZER, CHIEF),
    ),
    Verb("rule_cap", settlements.rule_cap, (_TURN, _KIND, _REASON), _turn_belongs, (ORGANIZER, CHIEF)),
    Verb("withdraw_cap", settlements.withdraw_cap, (_TURN, _KIND, _REASON), _turn_belongs, (ORGANIZER, CHIEF)),
    Verb("start_clock", clocks.start_clock, (_TURN, _CLOCK, _CLOCK_SIDE), _turn_belongs, _CLOCK_ROLES),
    Verb("pause_clock", clocks.pause_clock, (_TURN, _CLOCK, _CLOCK_SIDE), _turn_belongs, _CLOCK_ROLES),
    Verb("switch_clock", clocks.switch_clock, (_TURN, _CLOCK, _CLOCK_SIDE), _turn_belongs, _CLOCK_ROLES),
    Verb("add_time", clocks.add_time, (_TURN, _CLOCK, _SECONDS, _CLOCK_SIDE), _turn_belongs, _CLOCK_ROLES),
    Verb("reset_clock", clocks.reset_clock, (_TURN, _CLOCK, _CLOCK_SIDE), _turn_belongs, _CLOCK_ROLES),
    Verb(
        "seat_reserve",
        panels.seat_reserve,
        (_TURN, _SEAT, _RESERVE, _ANY_GROUND, _WHY, _ONWARD),
        _turn_belongs,
    ),
    Verb("stand_down", panels.stand_down, (_TURN, _RESERVE), _turn_belongs),
    Verb("unlock_panel", calibration.unlock_panel, (_TURN,), _turn_belongs, (ORGANIZER, CHIEF)),
    Verb(
        "send_back",
        send_back.send_back,
        (_TURN, _SEAT_IF_ANY, _SHEET_IF_ANY, _QUESTION),
        _turn_belongs,
        (ORGANIZER, CHIEF),
    ),
    Verb("answer_call", calls.answer_call, (_CALL,), _call_belongs, (ORGANIZER, CHIEF)),
    Verb("settle_attempt", attempts.settle_attempt, (_ATTEMPT,), _attempt_belongs),
    Verb("open_handover", seats.open_handover, (_SEAT,), _seat_belongs),
    Verb("close_handover", seats.close_handover, (_SEAT,), _seat_belongs),
    Verb("enter_late", late_entries.enter_late, _LATE, _contest_exists, of_contest=True),
    Verb("remove_late", late_entries.remove_late, (_NUMBER, _REASON), _contest_exists, of_contest=True),
    Verb("add_match", late_entries.add_match, _MATCH, _contest_exists, of_contest=True),
    Verb("add_seat", late_panels.add_seat, (_ROOM, *_JUDGE, _REASON), _contest_exists, of_contest=True),
    Verb("remove_seat", late_panels.remove_seat, (_SEAT, _REASON), _contest_exists, of_contest=True),
    Verb("excuse_earlier", late_panels.excuse_earlier, (_SEAT, _REASON), _contest_exists, of_contest=True),
    Verb("split_room", split_rooms.split_room, _SPLIT, _contest_exists, of_contest=True),
    Verb("undo_split", split_rooms.undo_split, (_ROOM, _REASON), _contest_exists, of_contest=True),
    Verb("type_seed", seals.type_seed, (_SEED, _EVENT), _contest_exists, (SUPERVISOR,), of_contest=True),
    Verb("draw", draws.draw_turns, (*_LOTS, _CASES, _EVENT, _WHY), _contest_exists, of_contest=True),
)
VERBS: Mapping[str, Verb] = {verb.name: verb for verb in _ALL}


def perform_named(name: str, actor: Actor, contest_id: int, payload: object, request: object) -> None:
    """Perform the verb of that name on the contest; the same request id again changes nothing.

    `payload` maps field names to numbers or text as they were sent; fields that the verb does not know are ignored.
    Raises Refused: verb_unknown, role_may_not, payload_malformed, request_malformed, contest_unknown, turn_unknown,
    seat_unknown, call_unknown, attempt_unknown, penalty_unknown or not_performing_gone (also for those of another
    contest), the problems of the fields (field_missing, field_not_text, field_not_a_number, field_too_long,
    field_not_a_flag, too_many_lines), and whatever the verb refuses.
    """
    verb = VERBS.get(name)
    if verb is None:
        raise Refused.because("verb_unknown")
    if not acts_as(actor.role, verb.roles):
        raise Refused.because("role_may_not")
    if not isinstance(payload, Mapping):
        raise Refused.because("payload_malformed")
    if not isinstance(request, str) or not is_request_id(request):
        raise Refused.because("request_malformed")
    perform(_act, verb, actor, contest_id, verb.read(payload), request=request)


def _act(verb: Verb, actor: Actor, contest_id: int, arguments: Mapping[str, Any]) -> None:
    verb.check(contest_id, arguments)
    about = {"contest_id": contest_id} if verb.of_contest else {}
    verb.action(actor, **about, **arguments)
