"""A change costs the rows that it changes, and no row is ever an older one."""

from __future__ import annotations

from scoring.actions.running import penalties
from scoring.actions.transaction import perform as run
from scoring.audience.kept_rows import KEPT
from tests.audience.conftest import CALM, LIVELY, Visitor, perform
from tests.conftest import DESK, Venue


def rows(venue: Venue) -> int:
    """How many heads of rows and explanations have been made."""
    kept = KEPT.of(venue.app)
    return sum(name in ("who", "explanation") for _language, _file, name, *_ in (*kept.alike, *kept.very_same))


def test_who_only_changes_places_is_not_explained_anew(venue: Venue, english: Visitor) -> None:
    perform(venue, "01", CALM)
    english.get("/c/shifa")
    before = rows(venue)
    perform(venue, "02", LIVELY)
    names = [row.one("span", "name").text for row in english.reads("/c/shifa").all("li", "row")]
    assert names == ["林晓彤", "陈思远"]
    assert rows(venue) - before == 2  # the new one's


def test_a_row_that_was_shown_before_is_shown_as_it_is_now(venue: Venue, english: Visitor) -> None:
    perform(venue, "01", CALM)
    assert "82.40" in english.get("/c/shifa").text
    venue.call("02")
    venue.all_submit("02", CALM)
    run(penalties.add_overtime, DESK, venue.turn("02").id, 40)
    venue.release("02")
    scores = [row.one("span", "score").text for row in english.reads("/c/shifa").all("li", "row")]
    assert scores == ["82.40", "81.40"]
