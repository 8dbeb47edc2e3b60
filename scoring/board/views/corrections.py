"""The requests for corrections with old and new values, and what can be asked about."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from scoring.board.conditions.play_offs import played_off
from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import format_of, parts_of
from scoring.board.reading.heading import contest_of
from scoring.board.reading.not_performing import decision_view, decisions_in_force, who_appears
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.checking import (
    CorrectedScore,
    CorrectionRequest,
    Corrections,
    DecisionToCorrect,
    ListedHeld,
    SheetToCorrect,
    TurnToCorrect,
)
from scoring.board.snapshots.judging import EntryName, SeatOfTurn
from scoring.board.snapshots.shared import Titles
from scoring.board.views.sheet_form import drawn_sheet, entry_names, judged_of
from scoring.extensions import db
from scoring.rules.figures import plain
from scoring.rules.listed import ON, listed_in
from scoring.rules.not_performing import KINDS, VERDICT
from scoring.rules.panel import Standing
from scoring.store import Correction, Event, NotPerforming, Release, Round, Seat, Sheet, Turn
from scoring.store.contests import RELEASED
from scoring.store.corrections import OPEN
from scoring.store.ledger import name_behind

NOT_PERFORMING: EntryName = {"zh": "不参赛", "en": "Not performing", "part": ""}


def corrections(contest_id: int, event: int | None = None) -> Corrections:
    """All requests, and the released turns with what can be asked of each; raises LookupError."""
    core = core_of(contest_id, event)
    requests = corrections_of(core.event)
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "open": [request for request in requests if request["state"] == OPEN],
        "decided": [request for request in requests if request["state"] != OPEN][::-1],
        "turns": [
            _turn(core, state, _waiting(requests))
            for state in core.turns
            if state.turn.state == RELEASED and not state.turn.not_held
        ],
        "outs": _outs(core.event, _waiting(requests)),
        "played_off": played_off(core),
    }


#: About which turns a request waits, and there about which seats' sheets; None for anything else of the turn.
Waiting = set[tuple[int, int | None]]


def _waiting(requests: Sequence[CorrectionRequest]) -> Waiting:
    return {(request["turn"], request["seat"]) for request in requests if request["state"] == OPEN}


def _outs(event: Event, waiting: Waiting) -> list[DecisionToCorrect]:
    """Whom a correction has put out and another could let in again."""
    corrected = [one for one in decisions_in_force(event) if one.event_id == event.id and one.correction_id is not None]
    return [{**decision_view(one), "waiting": (one.turn_id, None) in waiting} for one in corrected if one.turn_id]


def corrections_of(event: Event) -> list[CorrectionRequest]:
    """Every request of an event in the order in which they were made, with old and new values."""
    wanted = select(Correction).join(Turn).join(Round).where(Round.event_id == event.id).order_by(Correction.id)
    return [_request(correction) for correction in db.session.scalars(wanted)]


def _request(correction: Correction) -> CorrectionRequest:
    turn = correction.turn
    names = entry_names(turn) | {VERDICT: NOT_PERFORMING} | _listed_names(correction)
    return {
        "id": correction.id,
        "turn": turn.id,
        "number": turn.number,
        "whom": _whom(correction),
        "seat": correction.seat.number if correction.seat else None,
        "part": correction.part,
        "changes": [
            {"field": field, "name": names.get(field), "old": _said(old), "new": _said(new), "out": field == VERDICT}
            for field, (old, new) in correction.changes.items()
        ],
        "reason": correction.reason,
        "asked_by": correction.asked_by,
        "requested_by": name_behind(correction.requested_by),
        "requested_at": correction.requested_at.isoformat(),
        "state": correction.state,
        "decided_by": name_behind(correction.decided_by),
        "decided_at": correction.decided_at.isoformat() if correction.decided_at else None,
        "decision": correction.decision,
        "scores": _scores(correction),
    }


def _listed_names(correction: Correction) -> dict[str, EntryName]:
    """What of the list a request can be about, by the names that its changes have."""
    listed = listed_in(correction.turn.round.event.settings)
    return {f"listed.{one.key}": {"zh": one.zh, "en": one.en, "part": correction.part} for one in listed}


def _whom(correction: Correction) -> str:
    """Whom a request is about: who performs alone, or whom of several it puts out or lets in again; "" for a match."""
    appearing = who_appears(correction.turn)
    if len(appearing) == 1:
        return str(appearing[0]["name"])
    asked = correction.typed.get("contestant")
    if ruled := correction.typed.get("decision"):
        asked = str(db.session.get_one(NotPerforming, int(ruled)).contestant_id)
    return next((f"{one['number']} {one['name']}" for one in appearing if str(one["id"]) == asked), "")


def _scores(correction: Correction) -> list[CorrectedScore]:
    """Of an approved request: the final score of each part before and after."""
    releases = correction.turn.releases
    place = next((place for place, one in enumerate(releases) if one.correction_id == correction.id), 0)
    if not place:
        return []
    before, after = releases[place - 1], releases[place]
    parts = {**before.announced, **after.announced}
    return [{"part": part, "old": _final(before, part), "new": _final(after, part)} for part in parts]


def _said(value: str) -> str | Titles:
    """A value as it was entered; a kind of not performing by its names."""
    return {"zh": KINDS[value]["zh"], "en": KINDS[value]["en"]} if value in KINDS else value


def _final(release: Release, part: str) -> str:
    """The score that was announced of a part, "" where a correction took it away."""
    return str(release.announced[part]["final"]) if part in release.announced else ""


def _turn(core: Core, state: TurnState, waiting: Waiting) -> TurnToCorrect:
    counted = [place.seat for place in state.places if place.standing is Standing.COUNTED]
    kind = format_of(core.event)
    parts = [] if kind.coded else parts_of(state.turn)
    return {
        "id": state.turn.id,
        "number": state.turn.number,
        "sides": who_appears(state.turn),
        "seats": [{**_seat(seat), "waiting": (state.turn.id, seat.number) in waiting} for seat in counted],
        "waiting": (state.turn.id, None) in waiting,
        "overtimes": [{"part": part, "seconds": _seconds(state.turn, part)} for part in parts],
        "parts": [part for part in parts_of(state.turn) if part],
        "listed": _listed(state.turn),
    }


def _listed(turn: Turn) -> list[ListedHeld]:
    """What of the list can be corrected, with the points that stand now, "0" for none."""
    standing = {one.kind: one.points for one in turn.penalties if one.withdrawn_at is None}
    return [
        {
            "key": one.key,
            "zh": one.zh,
            "en": one.en,
            "adds": one.effect == ON,
            "points": plain(one.points),
            "most": plain(one.most),
            "held": standing.get(one.key, "0"),
        }
        for one in listed_in(turn.round.event.settings)
    ]


def _seat(seat: Seat) -> SeatOfTurn:
    return {"id": seat.id, "number": seat.number, "name": seat.name}


def _seconds(turn: Turn, part: str) -> int:
    held = [one for one in turn.penalties if (one.kind, one.part, one.withdrawn_at) == ("overtime", part, None)]
    return (held[0].seconds or 0) if held else 0


def sheet_to_correct(contest_id: int, turn_id: int, seat_id: int) -> SheetToCorrect:
    """One judge's sheet of a released turn, for the form that asks for its correction; raises LookupError."""
    turn, seat = db.session.get(Turn, turn_id), db.session.get(Seat, seat_id)
    if turn is None or seat is None or turn.contest.id != contest_id or turn.state != RELEASED:
        raise LookupError(turn_id, seat_id)
    sheet = db.session.scalar(select(Sheet).where(Sheet.turn_id == turn.id, Sheet.seat_id == seat.id))
    if sheet is None:
        raise LookupError(turn_id, seat_id)
    return {
        "seat": {"id": seat.id, "number": seat.number, "name": seat.name},
        "judged": judged_of(turn),
        "tablet": drawn_sheet(turn, sheet.newest.typed),
    }
