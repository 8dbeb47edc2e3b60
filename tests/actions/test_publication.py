"""The three modes of publication: what audience, desk and export show after each release. Source: domain page 2A."""

from __future__ import annotations

import pytest

from scoring.actions.running import not_performing, turns
from scoring.actions.setting_up.contests import Entrant, Plan, set_up
from scoring.actions.transaction import perform
from scoring.board.views.desk import desk as desk_view
from scoring.board.views.record import record_of_marks
from scoring.extensions import db
from scoring.rules import formats
from scoring.store import Contest
from tests.conftest import DESK, Venue

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]
NUMBERS = ["01", "02", "03", "04", "05", "06"]
# how many are public after the release of no. 01, 02, …
PUBLIC = {
    "at_once": [1, 2, 3, 4, 5, 6],
    "one_behind": [0, 0, 3, 3, 4, 6],
    "at_end": [0, 0, 0, 0, 0, 6],
}


@pytest.fixture
def six(venue, request) -> Venue:
    """A contest of six in the mode of the test, in place of the cast's."""
    settings = formats.get("legal_explanation").defaults() | {"publication": request.param}
    entrants = [Entrant(number, f"选手{number}") for number in NUMBERS]
    plan = Plan("six", ("六人赛", "Six"), "", "legal_explanation", 7, entrants, settings)
    return Six(venue.app, perform(set_up, DESK, plan))


class Six(Venue):
    """The story's verbs, for the second contest."""

    def seat(self, number: int):
        """The seat of judge 1 to 7."""
        return next(seat for seat in self._room.seats if seat.number == number)

    def turns(self):
        """The turns of contestants 01 to 06."""
        return self._event.rounds[0].turns

    @property
    def _event(self):
        return db.session.get_one(Contest, self.contest_id).events[0]

    @property
    def _room(self):
        return self._event.rooms[0]

    def call_leaving_open(self, number: str) -> None:
        """Called while sheets of the one before are still owed."""
        perform(turns.call, DESK, self.turn(number).id, True)

    def plays(self, number: str) -> None:
        """From the call to the release."""
        self.call(number)
        self.all_submit(number, ALL_IN)
        self.release(number)


def shown(venue: Six) -> dict[str, list[str]]:
    """Whose score is public by audience, desk and export."""
    audience, desk = venue.audience(), desk_view(venue.contest_id)
    record = record_of_marks(venue.contest_id)
    return {
        "audience": sorted(row["number"] for row in audience["rows"]),
        "steps": [step["number"] for step in audience["order"] if step["state"] == "released"],
        "desk": [turn["number"] for turn in desk["turns"] if turn["score"] is not None],
        "flag": [turn["number"] for turn in desk["turns"] if turn["public"]],
        "export": sorted(row["number"] for row in record["rows"]),
    }


@pytest.mark.parametrize(("six", "counts"), PUBLIC.items(), indirect=["six"], ids=PUBLIC)
def test_after_each_release_every_screen_and_the_export_show_the_same_scores(six, counts):
    for performed, public in enumerate(counts, 1):
        six.plays(NUMBERS[performed - 1])
        assert shown(six) == dict.fromkeys(shown(six), NUMBERS[:public])
        assert six.audience()["released"] == public
        assert desk_view(six.contest_id)["turns"][performed - 1]["state"] == "released"


@pytest.mark.parametrize("six", ["one_behind"], indirect=True)
def test_one_behind_the_approval_of_the_next_shows_the_one_before(six):
    for number in NUMBERS[:4]:
        six.plays(number)
    six.call("05")
    assert shown(six)["audience"] == ["01", "02", "03"]
    six.all_submit("05", ALL_IN)
    assert shown(six)["audience"] == ["01", "02", "03"]
    six.release("05")
    assert shown(six)["audience"] == ["01", "02", "03", "04"]


@pytest.mark.parametrize("six", ["one_behind", "at_end"], indirect=True)
def test_an_approved_score_that_is_not_public_is_in_nothing_the_audience_gets(six):
    six.plays("01")
    seen = str(six.audience())
    assert "93.00" not in seen
    assert "选手01" not in seen
    assert six.audience()["order"][0]["state"] == "performing"  # nobody is told that the score is there
    assert six.audience()["latest"] is None
    six.call("02")
    assert six.audience()["order"][0]["state"] == "performed"


@pytest.mark.parametrize("six", ["one_behind"], indirect=True)
def test_who_is_called_out_of_order_counts_in_the_order_of_the_calls(six):
    for number in ("06", "02", "04", "01"):
        six.plays(number)
    assert shown(six)["audience"] == ["02", "04", "06"]
    six.plays("03")
    assert shown(six)["audience"] == ["01", "02", "04", "06"]


def is_away(six: Six, number: str, kind: str = "absent") -> None:
    """The desk records that a contestant does not perform."""
    perform(not_performing.record_not_performing, DESK, six.turn(number).id, kind, "未到", "评委会主任")


@pytest.mark.parametrize("six", ["one_behind"], indirect=True)
@pytest.mark.parametrize("gone", [("01",), ("02",), ("03",), ("01", "02", "03"), ("02", "05")], ids="-".join)
def test_one_behind_the_first_three_who_perform_are_public_together_and_nobody_waits_for_who_is_away(six, gone):
    there = [number for number in NUMBERS if number not in gone]
    for number in gone[:2]:
        is_away(six, number)
    for place, number in enumerate(there, 1):
        six.plays(number)
        if place == 1:
            for late in gone[2:]:
                is_away(six, late)
        public = len(there) if place == len(there) else 0 if place < 3 else max(3, place - 1)
        assert shown(six)["audience"] == there[:public]
        assert shown(six)["export"] == there[:public]
        assert six.audience()["released"] == public
        assert desk_view(six.contest_id)["performed"] == place


@pytest.mark.parametrize("six", ["one_behind"], indirect=True)
def test_one_behind_who_has_performed_and_is_put_out_keeps_the_place_and_hides_nobody(six):
    six.plays("01")
    six.call("02")
    six.call_leaving_open("03")
    six.all_submit("03", ALL_IN)
    is_away(six, "02", "disqualified")
    assert shown(six)["audience"] == []
    six.release("03")
    assert shown(six)["audience"] == ["01", "03"]
    six.plays("04")
    assert shown(six)["audience"] == ["01", "03"]
    six.plays("05")
    assert shown(six)["audience"] == ["01", "03", "04"]


@pytest.mark.parametrize("six", ["one_behind"], indirect=True)
def test_one_behind_who_is_away_before_the_third_is_not_told_by_what_becomes_public(six):
    """After two performances and one absence nothing is public: two scores would be known before the third."""
    six.plays("01")
    is_away(six, "02")
    six.plays("03")
    seen = six.audience()
    assert (seen["rows"], seen["released"], seen["latest"], seen["closing"]) == ([], 0, None, None)
    assert [one["number"] for one in seen["unranked"]] == ["02"]
