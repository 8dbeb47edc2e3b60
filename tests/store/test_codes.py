"""Seat codes: unique, unguessable, revoked by a new epoch, and not in the database."""

from __future__ import annotations

import sqlite3

from sqlalchemy import select

from scoring.extensions import db
from scoring.store import Seat
from scoring.store.codes import give_code, seat_by_key, seat_by_pin, seat_key, seat_pin


def test_each_seat_opens_with_its_own_key_and_pin(venue):
    for seat in db.session.scalars(select(Seat)):
        assert seat_by_key(seat_key(seat)) is seat
        assert seat_by_pin(seat_pin(seat)) is seat
        assert len(seat_pin(seat)) == 6


def test_a_new_epoch_revokes_the_old_codes(venue):
    seat = venue.seat(3)
    key, pin = seat_key(seat), seat_pin(seat)
    seat.epoch += 1
    give_code(seat)
    assert seat_by_key(key) is None
    assert seat_by_pin(pin) is None
    assert seat_by_key(seat_key(seat)) is seat


def test_no_two_seats_share_a_pin(venue):
    first, second = venue.seat(1), venue.seat(2)
    taken = seat_pin(first)
    give_code(second)
    assert seat_pin(second) != taken


def test_nonsense_opens_no_seat(venue):
    for key in ("", "-", "1", "1-", "x-1", "999-0", "1-" + "0" * 32, "¹-x", "1" * 40, "1-é"):
        assert seat_by_key(key) is None
    for pin in ("", "abcdef", "0", "１２３４５６"):
        assert seat_by_pin(pin) is None


def test_the_database_holds_neither_keys_nor_pins(venue):
    seat = venue.seat(1)
    db.session.commit()
    dump = "\n".join(sqlite3.connect(str(db.engine.url.database)).iterdump())
    assert seat_pin(seat) not in dump
    assert seat_key(seat).partition("-")[2] not in dump
