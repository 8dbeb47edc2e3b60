"""Reserve judges: who stands in for whom, for one turn or from then on, and what stays as it was; and seat codes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring import access
from scoring.actions.preparing import codes
from scoring.actions.setting_up import panels
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Entry, Seat
from scoring.store.codes import seat_by_key, seat_by_pin, seat_key, seat_pin
from tests.actions.test_relations import sits
from tests.conftest import DESK


@pytest.fixture
def reserve(venue):
    """A reserve judge in the room: seat 8."""
    room_id = venue.seat(1).room_id
    perform(panels.add_reserve, DESK, venue.contest_id, room_id, {"name": "韩冰", "office": "省院"})
    return 8


def stands_in(venue, number, judge, reserve, onward=False, ground="abstained", reason="临时有公务"):
    args = venue.turn(number).id, venue.seat(judge).id, venue.seat(reserve).id, ground, reason, onward
    perform(panels.seat_reserve, DESK, *args)
    db.session.rollback()


def panel(venue, number):
    db.session.rollback()
    return [seat.number for seat in venue.turn(number).panel]


def test_a_reserve_has_a_seat_with_a_code_and_marks_nothing_by_itself(venue, reserve):
    seat = venue.seat(reserve)
    assert (seat.name, seat.reserve, seat_by_pin(seat_pin(seat))) == ("韩冰", True, seat)
    assert panel(venue, "01") == [1, 2, 3, 4, 5, 6, 7]


def test_for_one_turn_the_reserve_marks_in_the_place_of_the_recused_judge(venue, reserve):
    stands_in(venue, "01", 3, reserve)
    assert panel(venue, "01") == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [one.seat.number for one in venue.turn("01").recused.values()] == [3]
    assert panel(venue, "02") == [1, 2, 3, 4, 5, 6, 7]
    venue.call("01")
    for judge in (1, 2, 4, 5, 6, 7, 8):
        venue.submits(
            judge,
            "01",
            {"facts": "15", "law": "25", "reasoning": "25", "plain_language": "15", "response": "10", "bearing": "10"},
        )
    venue.release("01")
    assert venue.audience()["rows"][0]["score"] == "100.00"


def test_a_judge_who_was_recused_before_needs_no_second_ground(venue, reserve):
    venue.recuse(3, "01")
    stands_in(venue, "01", 3, reserve, ground="", reason="")
    assert [one.ground for one in venue.turn("01").recused.values()] == ["kin"]


def test_onward_the_two_change_places_and_called_turns_keep_their_panels(venue, reserve):
    venue.call("01")
    venue.all_submit("01", ["90"] * 7)
    venue.release("01")
    before = venue.audience()["rows"]
    stands_in(venue, "02", 3, reserve, onward=True)
    assert panel(venue, "01") == [1, 2, 3, 4, 5, 6, 7]
    assert panel(venue, "02") == [1, 2, 3, 4, 5, 6, 7, 8]
    assert panel(venue, "03") == [1, 2, 4, 5, 6, 7, 8]
    assert (venue.seat(3).reserve, venue.seat(reserve).reserve) == (True, False)
    assert venue.audience()["rows"] == before
    entry = db.session.scalars(select(Entry).where(Entry.verb == "seat_reserve")).one()
    assert entry.details["onward"] is True


def test_the_judge_who_is_back_may_stand_in_later(venue, reserve):
    stands_in(venue, "02", 3, reserve, onward=True)
    stands_in(venue, "03", 5, 3)
    assert panel(venue, "03") == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_reserve_who_is_related_to_the_contestant_does_not_stand_in(venue, reserve):
    sits(venue, reserve, "韩冰", "江北区院")
    with pytest.raises(Refused, match="reserve_in_conflict"):
        stands_in(venue, "01", 3, reserve)
    assert panel(venue, "01") == [1, 2, 3, 4, 5, 6, 7]


def test_a_reserve_is_taken_off_again_while_nothing_was_entered(venue, reserve):
    stands_in(venue, "01", 3, reserve)
    perform(panels.stand_down, DESK, venue.turn("01").id, venue.seat(reserve).id)
    assert panel(venue, "01") == [1, 2, 3, 4, 5, 6, 7]
    with pytest.raises(Refused, match="not_standing_in"):
        perform(panels.stand_down, DESK, venue.turn("01").id, venue.seat(reserve).id)
    stands_in(venue, "01", 3, reserve)
    venue.call("01")
    venue.submits(
        reserve,
        "01",
        {"facts": "15", "law": "25", "reasoning": "25", "plain_language": "15", "response": "10", "bearing": "10"},
    )
    with pytest.raises(Refused, match="sheet_begun"):
        perform(panels.stand_down, DESK, venue.turn("01").id, venue.seat(reserve).id)


def test_a_judge_who_has_changed_places_is_not_taken_off_a_turn_of_their_own(venue, reserve):
    """Their sheet was missed no more, without a word why: whoever is a reserve now was taken for one standing in."""
    venue.call("01")
    stands_in(venue, "02", 3, reserve, onward=True)
    for number in ("01", "02"):
        with pytest.raises(Refused, match="not_standing_in"):
            perform(panels.stand_down, DESK, venue.turn(number).id, venue.seat(3).id)
        db.session.rollback()
    assert panel(venue, "01") == [1, 2, 3, 4, 5, 6, 7]
    stands_in(venue, "03", 5, 3)
    perform(panels.stand_down, DESK, venue.turn("03").id, venue.seat(3).id)
    assert 3 not in panel(venue, "03")


@pytest.mark.parametrize(
    ("judge", "stand_in", "ground", "reason", "code"),
    [
        (3, 8, "", "x", "ground_unknown"),
        (3, 8, "abstained", " ", "reason_missing"),
        (3, 4, "abstained", "x", "reserve_sits_already"),
        (8, 8, "abstained", "x", "seat_not_in_room"),
    ],
)
def test_a_stand_in_that_cannot_be_is_refused_and_changes_nothing(
    venue, reserve, judge, stand_in, ground, reason, code
):
    with pytest.raises(Refused, match=code):
        stands_in(venue, "01", judge, stand_in, ground=ground, reason=reason)
    assert panel(venue, "01") == [1, 2, 3, 4, 5, 6, 7]
    assert venue.turn("01").recused == {}


def test_a_released_turn_keeps_its_panel(venue, reserve):
    venue.call("01")
    venue.all_submit("01", ["90"] * 7)
    venue.release("01")
    with pytest.raises(Refused, match="turn_released"):
        stands_in(venue, "01", 3, reserve)


def test_nobody_and_a_seat_of_nowhere_do_not_stand_in(venue, reserve):
    with pytest.raises(Refused, match="not_a_reserve"):
        perform(panels.seat_reserve, DESK, venue.turn("01").id, venue.seat(3).id, 99, "abstained", "x")


@pytest.mark.parametrize(
    ("about", "code"),
    [({"name": " "}, "field_missing"), ({"name": "长" * 61}, "field_too_long"), ({"name": "a\0"}, "field_not_text")],
)
def test_a_reserve_without_a_readable_name_is_refused(venue, about, code):
    with pytest.raises(Refused, match=code):
        perform(panels.add_reserve, DESK, venue.contest_id, venue.seat(1).room_id, about)


def test_a_reserve_belongs_to_a_room_of_the_contest(venue):
    with pytest.raises(Refused, match="room_unknown_here"):
        perform(panels.add_reserve, DESK, venue.contest_id, 99, {"name": "韩冰"})


def test_a_renewed_code_locks_the_old_card_and_the_old_tablet_out(venue):
    seat = venue.seat(3)
    key, pin, epoch = seat_key(seat), seat_pin(seat), seat.epoch
    perform(codes.renew_code, DESK, venue.contest_id, seat.id)
    db.session.rollback()
    assert (seat_by_key(key), seat_by_pin(pin)) == (None, None)
    assert seat_by_key(seat_key(venue.seat(3))) is not None
    with pytest.raises(Refused, match="seat_code_renewed"):
        access.check_epoch(venue.seat(3).id, epoch)


def test_a_revoked_code_opens_nothing_until_there_is_a_new_one(venue):
    perform(codes.revoke_code, DESK, venue.contest_id, venue.seat(3).id)
    db.session.rollback()
    seat = venue.seat(3)
    assert (seat_by_key(seat_key(seat)), seat_by_pin(seat_pin(seat))) == (None, None)
    with pytest.raises(Refused, match="code_revoked"):
        perform(codes.revoke_code, DESK, venue.contest_id, seat.id)
    perform(codes.renew_code, DESK, venue.contest_id, seat.id)
    db.session.rollback()
    assert seat_by_key(seat_key(venue.seat(3))) is not None


def test_all_codes_are_renewed_when_the_address_was_typed(venue):
    before = {seat.id: seat.epoch for seat in db.session.scalars(select(Seat))}
    with pytest.raises(Refused, match="typed_wrong"):
        perform(codes.renew_all_codes, DESK, venue.contest_id, "shifo")
    perform(codes.renew_all_codes, DESK, venue.contest_id, " shifa ")
    db.session.rollback()
    assert all(seat.epoch > before[seat.id] for seat in db.session.scalars(select(Seat)))


def test_a_seat_of_another_contest_keeps_its_code(venue):
    for verb in (codes.renew_code, codes.revoke_code):
        with pytest.raises(Refused, match="seat_unknown"):
            perform(verb, DESK, venue.contest_id, 99)
