"""Nothing early: no byte of any address that the audience can ask for holds what is not released."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from scoring.actions.running import penalties, sheets
from scoring.actions.transaction import Actor
from scoring.actions.transaction import perform as run
from tests.audience.conftest import Visitor, perform
from tests.conftest import CHEN, DESK, LIN, ZHOU, Venue, entry_of, marks_worth

ADDRESSES = ("/", "/c/shifa", "/c/shifa/screen", "/c/shifa/board.json", "/c/none")
RELEASED = ["80", "81", "82", "82", "83", "84", "85"]
SECRET = ["61.5", "63.5", "64.5", "66.5", "67.5", "68.5", "69.5"]
# What the secret marks would become: their sum, mean and untrimmed mean, and the score after a penalty.
SECRET_RESULTS = ["330.5", "66.1", "66.10", "65.93", "65.60"]
# The marks in facts and law that make up the secret totals.
SECRET_CRITERIA = ["1.5", "3.5", "4.5", "6.5", "7.5", "8.5", "9.5"]


def seen_by(visitor: Visitor) -> str:
    """All that the addresses answer, heads and bodies."""
    answers = [visitor.get(address) for address in ADDRESSES]
    return "\n".join(f"{answer.headers}\n{answer.text}" for answer in answers)


def found(figures: Iterable[str], text: str) -> list[str]:
    """The figures that stand in the text as numbers of their own."""
    there = (figure for figure in figures if figure in text)  # quickly seen, and of most there is none
    return [figure for figure in there if re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", text)]


def test_a_released_figure_would_be_found(venue: Venue, visitor: Visitor) -> None:
    perform(venue, "01", SECRET)
    assert found([*SECRET, "330.5", "66.10"], seen_by(visitor)) == [*SECRET, "330.5", "66.10"]


@pytest.mark.parametrize("submitted", [0, 1, 6, 7])
def test_marks_of_a_turn_that_is_not_released_are_nowhere(venue: Venue, visitor: Visitor, submitted: int) -> None:
    perform(venue, "01", RELEASED)
    venue.call("02")
    venue.all_submit("02", SECRET[:submitted])
    assert found(SECRET + SECRET_RESULTS, seen_by(visitor)) == []


def test_drafts_are_nowhere(venue: Venue, visitor: Visitor) -> None:
    venue.call("01")
    for judge, total in enumerate(SECRET, 1):
        seat = venue.seat(judge).id
        run(sheets.save_draft, Actor(f"seat:{seat}"), venue.turn("01").id, seat, marks_worth(total), base=0)
    assert found(SECRET + SECRET_RESULTS + SECRET_CRITERIA, seen_by(visitor)) == []


def test_a_penalty_and_a_recusal_are_nowhere_before_the_release(venue: Venue, visitor: Visitor) -> None:
    venue.call("01")
    run(penalties.add_overtime, DESK, venue.turn("01").id, 20)
    venue.recuse(7, "01")
    seen = seen_by(visitor)
    assert found(["0.5"], visitor.get("/c/shifa/board.json").text) == []
    assert "declared before the draw" not in seen
    assert "0 of 6" in seen or "0/6" in seen


def test_marks_by_criterion_stay_in_the_record_even_after_the_release(venue: Venue, visitor: Visitor) -> None:
    perform(venue, "01", SECRET)
    assert found(SECRET_CRITERIA, seen_by(visitor)) == []
    assert "plain_language" not in seen_by(visitor)


def test_names_are_nowhere_until_their_score_is_released(venue: Venue, visitor: Visitor) -> None:
    perform(venue, "01", RELEASED)
    venue.call("02")
    seen = seen_by(visitor)
    assert CHEN.name in seen
    assert not any(entrant.name in seen for entrant in (LIN, ZHOU))
    assert LIN.office not in seen


def test_who_has_submitted_is_nowhere_only_how_many(venue: Venue, visitor: Visitor) -> None:
    venue.call("01")
    venue.submits(5, "01", marks_worth("90"))
    by_judge_5 = visitor.get("/c/shifa/board.json").get_json()
    assert by_judge_5["now"] == {
        "turn": venue.turn("01").id,
        "number": "01",
        "state": "performing",
        "submitted": 1,
        "panel": 7,
        "clock": None,
        "sides": [],
        "motion": None,
    }


def test_a_turn_left_open_for_a_late_sheet_looks_like_any_that_waits_for_its_release(
    venue: Venue, visitor: Visitor
) -> None:
    venue.call("01")
    venue.all_submit("01", SECRET)
    venue.call("02")
    steps = visitor.get("/c/shifa/board.json").get_json()["order"]
    assert [step["state"] for step in steps] == ["performed", "performing", "waiting"]
    assert found(SECRET + SECRET_RESULTS, seen_by(visitor)) == []


def test_seat_keys_and_pins_are_nowhere(venue: Venue, visitor: Visitor) -> None:
    perform(venue, "01", RELEASED)
    seen = seen_by(visitor)
    for judge in range(1, 8):
        key, pin = entry_of(venue.seat(judge))
        assert key not in seen
        assert found([pin], seen) == []
