"""A paper sheet of every format: the page draws its form, and two entries that agree become the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from scoring.actions.running import paper, sheets
from scoring.actions.setting_up import match_plans
from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import Actor, perform
from scoring.board.views.paper import paper as paper_view
from scoring.board.views.seat import held_sheet
from scoring.board.views.seat import seat as seat_view
from scoring.extensions import db
from scoring.rules.formats.debate import defaults_for
from scoring.store import Account, Turn
from tests.actions.hall import checklist, open_hall
from tests.actions.matches import Hall, plan, sheet_worth
from tests.actions.test_speakers_away import HEATS, away, team
from tests.conftest import DESK, begin_with, signed_in_as
from tests.record.conftest import CHECKER, TALLIER
from tests.review.conftest import CODER, Review, review, sheet_of

__all__ = ["review"]


def becomes_a_sheet(contest_id: int, turn: Turn, seat_id: int, typed: dict[str, str]) -> None:
    """Both enter it, and the judge's tablet has it then."""
    turn_id = turn.id
    for who, came in ((TALLIER, paper.FIRST), (CHECKER, paper.STORED)):
        assert perform(paper.enter_paper, who, contest_id, turn_id, seat_id, typed) == came
    held = held_sheet(turn_id, seat_id)
    assert held is not None
    assert (held["state"], held["source"], held["typed"]) == ("submitted", "paper", typed)


def form_of(app: Any, contest_id: int, turn_id: int, seat_id: int) -> str:
    """The page on which the tallier enters the sheet."""
    name = TALLIER.label.partition(":")[2]
    perform(add_account, name, "no password", "tallier")
    browser = app.test_client()
    signed_in_as(browser, db.session.query(Account).filter_by(name=name).one())
    answer = browser.get(f"/desk/{contest_id}/paper/{turn_id}/{seat_id}")
    assert answer.status_code == 200
    return str(answer.text)


@pytest.fixture
def empty(installation: Any) -> Iterator[Any]:
    """A database without a contest."""
    for app in begin_with(installation, installation.empty):
        with app.app_context():
            yield app


def test_a_checklist_from_paper(empty):
    hall = open_hall(clerks=1)
    hall.start("01")
    hall.stop("01")
    hall.hand_in("01")
    turn, seat = hall.turn("01"), hall.seat(1)
    page = form_of(empty, hall.contest_id, turn.id, seat.id)
    assert 'name="typed-index.wrong_entry"' in page
    assert turn.code in page
    becomes_a_sheet(hall.contest_id, turn, seat.id, checklist(index__wrong_entry="2"))


def test_a_debates_sheet_from_paper(empty):
    hall = Hall(perform(match_plans.set_up_matches, DESK, plan()))
    hall.call("1.1")
    turn, seat = hall.match("1.1"), hall.seat(1)
    page = form_of(empty, hall.contest_id, turn.id, seat.id)
    assert 'name="typed-control.opening"' in page
    assert 'name="typed-defence.opening"' in page
    becomes_a_sheet(hall.contest_id, turn, seat.id, sheet_worth("90", "80"))


def test_on_a_debates_paper_sheet_stands_who_is_away(empty):
    wanted = plan(2, HEATS, **defaults_for(2) | {"individual_sheets": True})
    object.__setattr__(wanted, "entrants", [team("A", 2), team("B", 2)])
    hall = Hall(perform(match_plans.set_up_matches, DESK, wanted))
    hall.call("1")
    away(hall, "control.2")
    page = form_of(empty, hall.contest_id, hall.match("1").id, hall.seat(1).id)
    assert "nobody marks this speaker" in page or "这名辩手不评分" in page
    assert "typed-control.2." not in page


def test_a_match_that_paper_leaves_tied_asks_the_whole_panel_for_its_votes(empty):
    hall = Hall(perform(match_plans.set_up_matches, DESK, plan()))
    hall.call("1.1")
    for judge in (1, 2):
        hall.submits(judge, "1.1", sheet_worth("85", "85"))
    becomes_a_sheet(hall.contest_id, hall.match("1.1"), hall.seat(3).id, sheet_worth("85", "85"))
    assert seat_view(hall.seat(1).id)["ballot"] is not None


def test_a_review_of_a_document_from_paper_under_its_code(review: Review):
    review.begins()
    turn, seat = review.turn("01"), review.seat(1)
    review.app.config["WTF_CSRF_ENABLED"] = False
    perform(paper.name_paper, CODER, review.contest_id, turn.id, seat.id)
    page = form_of(review.app, review.contest_id, turn.id, seat.id)
    assert turn.code in page
    assert turn.appearances[0].contestant.name not in page
    becomes_a_sheet(review.contest_id, turn, seat.id, sheet_of("80"))


def test_what_was_not_handed_in_yet_is_not_entered(empty):
    hall = open_hall(clerks=1)
    hall.start("01")
    assert paper_view(hall.contest_id, TALLIER.label)["turns"] == []
    with pytest.raises(Exception, match="not_handed_in"):
        perform(paper.enter_paper, TALLIER, hall.contest_id, hall.turn("01").id, hall.seat(1).id, checklist())


def test_a_server_that_starts_again_still_has_the_first_entry(empty):
    hall = Hall(perform(match_plans.set_up_matches, DESK, plan()))
    hall.call("1.1")
    turn_id, seat_id = hall.match("1.1").id, hall.seat(1).id
    perform(paper.enter_paper, TALLIER, hall.contest_id, turn_id, seat_id, sheet_worth("90", "80"))
    db.session.remove()
    db.engine.dispose()
    assert perform(paper.enter_paper, CHECKER, hall.contest_id, turn_id, seat_id, sheet_worth("90", "80")) == "stored"
    with pytest.raises(Exception, match="sheet_submitted"):
        perform(
            sheets.submit, Actor(f"seat:{seat_id}"), turn_id, seat_id, sheet_worth("1", "1"), "late-from-the-tablet"
        )
