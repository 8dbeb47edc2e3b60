"""The date and the venue of a contest stand wherever its name does: home page, hall, lists, cards and files."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from scoring.actions.setting_up.in_preparation import Identity, describe
from scoring.actions.transaction import Actor, perform
from tests.organizers.conftest import words_of

SAID = "November 29, 2026 · 培训中心礼堂"


@pytest.fixture
def dated(venue, organizer):
    """The organizer's browser, where the contest has a date and a venue."""
    named = Identity("释法说理决赛", "Final", slug="shifa", held_on="2026-11-29", venue="培训中心礼堂")
    perform(describe, Actor("何组长"), venue.contest_id, named)
    return organizer


@pytest.mark.parametrize("address", ["/", "/c/shifa", "/c/shifa/screen", "/desk/", "/desk/1/cards"])
def test_a_page_says_when_and_where(dated, address):
    assert SAID in words_of(dated.get(address))


def test_the_ranking_says_so_above_its_table(dated):
    sheet = load_workbook(BytesIO(dated.get("/desk/1/ranking.xlsx").data)).worksheets[0]
    assert sheet["A1"].value.startswith(f"Final · Ranking · {SAID}")


def test_the_set_up_offers_today_and_says_how_a_date_is_written(organizer):
    form = organizer.get("/desk/new?start=format:legal_explanation:").text
    assert 'type="date"' in form
    answer = organizer.post("/desk/1/set-up/identity", data={"title_zh": "决赛", "held_on": "yesterday"})
    assert answer.status_code == 409
    assert "Please enter the date as year, month and day" in words_of(answer)


def test_a_contest_without_them_shows_no_empty_line(organizer):
    assert "when-where" not in organizer.get("/c/shifa").text
