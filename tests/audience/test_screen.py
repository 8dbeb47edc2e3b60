"""The hall screen without scripts: the same figures as the leaderboard, and a code that leads to it."""

from __future__ import annotations

import io

import segno

from scoring.audience.screen import qr_code
from tests.audience.conftest import CALM, LIVELY, Visitor, perform
from tests.conftest import Venue

PAGE = "/c/shifa/screen"


def test_the_ranking_equals_the_leaderboards(venue: Venue, visitor: Visitor) -> None:
    perform(venue, "01", CALM)
    perform(venue, "02", LIVELY)
    hall, phone = (visitor.reads(page).all("li", "row") for page in (PAGE, "/c/shifa"))
    assert len(hall) == 2
    for part in ("rank-figure", "name", "office", "score"):
        assert [row.one("span", part).text for row in hall] == [row.one("span", part).text for row in phone]


def test_the_newest_score_is_shown_with_all_marks_mean_and_final_score(venue: Venue, english: Visitor) -> None:
    perform(venue, "01", LIVELY)
    latest = english.reads(PAGE).one("section", "latest")
    assert latest.one("p", "who").text == "No. 01 陈思远 江北区院"
    marks = latest.one("ol", "marks").all("li")
    assert [mark.attributes["data-is"] for mark in marks] == ["dropped_low", *["counted"] * 5, "dropped_high"]
    assert latest.one("dl", "mean").text == "Sum of the other five 463 Mean 92.60"
    assert latest.one("p", "final").text == "Final score 92.60 Rank 1"


def test_who_performs_is_shown_by_number_with_the_count_of_sheets(venue: Venue, english: Visitor) -> None:
    venue.call("01")
    now = english.reads(PAGE).one("section", "now")
    assert now.text == "Performing now No. 01 0 of 7 sheets in"


def test_where_all_judges_abstain_hall_and_phones_say_so_and_count_no_sheets(venue: Venue, english: Visitor) -> None:
    venue.call("01")
    for seat in range(1, 8):
        venue.recuse(seat, "01", "abstained")
    for page in (PAGE, "/c/shifa"):
        shown = english.reads(page).one("section", "now").text
        assert "No. 01 No judge marks at present" in shown
        assert "of 0" not in shown


def test_shared_ranks_are_shown_as_such(venue: Venue, english: Visitor) -> None:
    for number in ("01", "02"):
        perform(venue, number, CALM)
    assert [row.one("span", "shared").text for row in english.reads(PAGE).all("li", "row")] == ["tied", "tied"]


def test_before_the_first_release_there_are_the_title_the_running_order_and_who_is_next(english: Visitor) -> None:
    page = english.reads(PAGE)
    assert page.one("section", "welcome").text.startswith("Welcome Final Seal of the next draw ")
    assert [step.text for step in page.one("ol", "order").all("li")] == ["01 waiting", "02 waiting", "03 waiting"]
    assert page.one("section", "next").text == "Next No. 01"
    assert page.all("section", "ranking") == []


def test_the_running_order_makes_room_for_the_ranking(venue: Venue, english: Visitor) -> None:
    perform(venue, "01", CALM)
    page = english.reads(PAGE)
    assert page.all("section", "running-order") == []
    assert len(page.one("section", "ranking").all("li", "row")) == 1


def test_the_code_leads_to_the_leaderboard_at_the_address_that_the_screen_uses(english: Visitor) -> None:
    page = english.client.get(PAGE, base_url="http://192.168.1.20:5000").text
    assert qr_code("http://192.168.1.20:5000/c/shifa") in page
    assert "http://192.168.1.20:5000/c/shifa" in page.replace("<wbr>", "")


def test_the_code_is_the_one_that_segno_draws_for_the_address() -> None:
    drawn = io.BytesIO()
    segno.make("http://saiping.lan/c/shifa", error="m").save(drawn, kind="svg", border=2, svgns=False, omitsize=True)
    path = drawn.getvalue().decode().split(' d="')[1].split('"')[0]
    assert path in qr_code("http://saiping.lan/c/shifa")
