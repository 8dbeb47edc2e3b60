"""A turn as those who mark it need it: read by its own statements it is what the records say, in every format."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import select

from scoring import demo
from scoring.actions.running import recusals
from scoring.actions.transaction import perform
from scoring.board.reading.facts import parts_of
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.settings import Settled
from scoring.store import Coding, Turn
from scoring.store.held import met
from scoring.store.to_mark import RecusalToMark, SeatToMark, TurnToMark, turn_to_mark
from tests.conftest import DESK, Venue


def read(turn_id: int, frame: str = "") -> TurnToMark:
    return turn_to_mark(db.session.connection(), turn_id, frame)


def as_marked(turn: Turn) -> TurnToMark:
    """The turn by its records: what the statements must find."""
    event = turn.round.event
    kind = formats.get(event.format)
    seats = [SeatToMark(seat.id, seat.number, seat.epoch, seat.holder, seat.taken_at) for seat in turn.panel]
    return TurnToMark(
        id=turn.id,
        contest_id=event.contest_id,
        number=turn.number,
        alias=turn.alias,
        state=turn.state,
        closed=turn.closed_at is not None,
        handed_in=bool(turn.code) or not kind.coded,
        sided=bool(turn.sides),
        not_held=turn.not_held,
        seats={seat.id: seat for seat in seats},
        recused={seat_id: RecusalToMark(recusal.ground) for seat_id, recusal in turn.recused.items()},
        parts=parts_of(turn),
        kind=kind,
        settings=Settled(event.settings),
        settings_version=event.settings_version,
    )


def frame_of(venue: Venue, turn_id: int) -> str:
    db.session.rollback()
    found = met(db.session.connection(), turn_id, venue.seat(1).id)
    assert found is not None
    return found.frame


def test_every_turn_of_the_demo_is_read_as_its_records_say(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        demo.make("http://127.0.0.1", tmp_path / "demo.json")
        turns = list(db.session.scalars(select(Turn)))
        first = next(turn for turn in turns if len(turn.panel) > 3)
        perform(recusals.recuse, DESK, first.id, first.panel[1].id, "kin", "cousins")
        for coding in db.session.scalars(select(Coding)):
            coding.decoded_at = None
        db.session.flush()
        db.session.expire_all()
        assert {turn.round.event.format for turn in turns} > {"debate", "case_binding", "legal_explanation"}
        assert [read(turn.id) for turn in turns] == [as_marked(turn) for turn in turns]
        assert first.panel[1].id in read(first.id).recused


def test_a_turn_is_kept_until_anything_but_a_sheet_changes(venue: Venue) -> None:
    venue.call("01")
    turn_id = venue.turn("01").id
    called = frame_of(venue, turn_id)
    kept = read(turn_id, called)
    venue.submits(1, "01", dict.fromkeys(("facts", "law", "reasoning", "plain_language", "response", "bearing"), "8"))
    assert frame_of(venue, turn_id) == called
    assert read(turn_id, called) is kept
    venue.recuse(2, "01")
    changed = frame_of(venue, turn_id)
    assert changed != called
    assert venue.seat(2).id in read(turn_id, changed).recused
