"""The tally: the matrix of judges and contestants, what is missing, and totals only where no sheet is missing."""

from __future__ import annotations

import pytest

from scoring.actions.running import paper
from scoring.actions.transaction import perform
from scoring.board.snapshots.judging import TallyRow
from scoring.board.views.tally import tally
from scoring.extensions import db
from tests.conftest import Venue, marks_worth
from tests.record.conftest import CHECKER, TALLIER


def row(venue: Venue, number: str = "01") -> TallyRow:
    db.session.rollback()
    return next(row for row in tally(venue.contest_id)["rows"] if row["number"] == number)


@pytest.fixture
def nearly(venue: Venue) -> Venue:
    """No. 01 is called; judges 1 to 6 have submitted."""
    venue.call("01")
    for judge in range(1, 7):
        venue.submits(judge, "01", marks_worth("93.5"))
    return venue


def test_before_the_last_sheet_nobodys_total_is_known(nearly, staff):
    assert row(nearly)["missing"] == [7]
    assert {cell["total"] for cell in row(nearly)["cells"].values()} == {None}
    answer = staff("tallier").look("tally")
    assert "93.5" not in answer.text
    assert "No. 01 Judge 7" in staff("tallier").reads("tally")


def test_with_the_last_sheet_totals_and_final_score_are_there(nearly):
    nearly.submits(7, "01", marks_worth("90"))
    assert [cell["total"] for cell in row(nearly)["cells"].values()] == ["93.5"] * 6 + ["90"]
    assert row(nearly)["finals"] == [{"part": "", "mean": "93.50", "off": "0", "final": "93.50"}]
    assert tally(nearly.contest_id)["missing"] == []


def test_a_recused_judge_is_shown_as_recused_and_not_as_missing(nearly):
    nearly.recuse(7, "01")
    assert row(nearly)["cells"][7] == {"state": "recused", "source": "", "total": None}
    assert row(nearly)["missing"] == []


def test_a_waiting_contestant_is_missing_nothing(nearly):
    assert row(nearly, "02")["missing"] == []
    assert {cell["state"] for cell in row(nearly, "02")["cells"].values()} == {"waiting"}


def test_too_few_judges_are_said_in_place_of_a_total(venue, staff):
    venue.call("01")
    for judge in range(1, 6):
        venue.recuse(judge, "01")
    for judge in (6, 7):
        venue.submits(judge, "01", marks_worth("90"))
    assert "2 of at least 3" in staff("checker").reads("tally")


def test_a_sheet_from_paper_says_so(nearly, staff):
    for who in (TALLIER, CHECKER):
        about = (nearly.contest_id, nearly.turn("01").id, nearly.seat(7).id)
        perform(paper.enter_paper, who, *about, marks_worth("90"))
    assert "90 from paper" in staff("checker").reads("tally")


@pytest.mark.parametrize("role", ["organizer", "chief", "host", "supervisor", "operator", "timekeeper", "coder"])
def test_the_tally_is_for_tallier_and_checker(venue, staff, role):
    staff(role).look("tally", 403)
