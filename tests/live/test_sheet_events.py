"""Sheets on the wire: each message is answered, in the judge's language, and by nobody who was not let in."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.access.attendance import ATTENDANCE, Speaker
from scoring.live.sheet_events import SheetEvents
from tests.conftest import FULL_MARKS, Venue

Json = dict[str, Any]


@pytest.fixture
def events(venue: Venue) -> SheetEvents:
    venue.call("01")
    return SheetEvents(venue.app)


def joined(venue: Venue, sid: str, judge: int = 1, language: str = "zh", epoch: int = 1) -> str:
    """A socket that was let in at a judge's seat."""
    attendance = ATTENDANCE.of(venue.app)
    attendance.join(Speaker(venue.seat(judge).id, epoch, "", language), sid)
    return sid


def sheet(venue: Venue, typed: Json, **more: Any) -> Json:
    return {"turn": venue.turn("01").id, "typed": typed, "base": 0} | more


def test_a_sheet_is_answered_with_what_the_server_holds_of_it(events: Any, venue: Venue) -> None:
    sid = joined(venue, "a")
    kept = events.draft(sid, sheet(venue, {"law": "20"}))
    assert (kept["ok"], kept["sheet"]["typed"], kept["sheet"]["reached"]) == (True, {"law": "20"}, "server")
    locked = events.submit(sid, sheet(venue, FULL_MARKS, base=1, submission="submission-1"))
    assert (locked["sheet"]["state"], locked["sheet"]["total"], locked["sheet"]["problems"]) == ("submitted", "100", {})


@pytest.mark.parametrize(("language", "said"), [("zh", "0 到 25"), ("en", "between 0 and 25")])
def test_what_is_wrong_is_said_in_the_judges_language(events: Any, venue: Venue, language: str, said: str) -> None:
    answer = events.draft(joined(venue, "a", language=language), sheet(venue, {"law": "99"}))
    problem = answer["sheet"]["problems"]["law"]
    assert problem["code"] == "mark_out_of_range"
    refused = events.submit("a", sheet(venue, FULL_MARKS | {"law": "99"}, base=1, submission="submission-1"))
    assert refused["fields"]["law"]["message"] == problem["message"]
    assert refused["holds"]["typed"] == {"law": "99"}
    assert said in problem["message"]


@pytest.mark.parametrize(
    "nonsense", [None, [], "sheet", {}, {"turn": "1"}, {"turn": -1}, {"turn": True}, {"turn": 2**31}]
)
def test_nonsense_is_answered(events: Any, venue: Venue, nonsense: Any) -> None:
    sid = joined(venue, "a")
    assert events.draft(sid, nonsense)["code"] == "payload_malformed"
    assert events.submit(sid, nonsense)["code"] == "payload_malformed"


def test_nobody_who_was_not_let_in_is_heard(events: Any, venue: Venue) -> None:
    assert events.draft("a stranger's socket", sheet(venue, {"law": "20"}))["code"] == "seat_not_yours"


def test_whose_code_was_renewed_is_told_nothing_of_the_sheet(events: Any, venue: Venue) -> None:
    assert events.draft(joined(venue, "new"), sheet(venue, {"law": "20"}))["ok"]
    answer = events.draft(joined(venue, "old", epoch=0), sheet(venue, {"law": "21"}, base=1))
    assert answer["code"] == "seat_code_renewed"
    assert "holds" not in answer


def test_a_failure_that_nobody_foresaw_is_answered_too(
    events: Any, venue: Venue, caplog: pytest.LogCaptureFixture
) -> None:
    sid = joined(venue, "a")
    del venue.app.extensions["saiping.writer"]
    assert events.draft(sid, sheet(venue, {"law": "20"}))["code"] == "storage_failed"
    assert "a sheet could not be taken in" in caplog.text
