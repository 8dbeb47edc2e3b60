"""Paper sheets: entered twice by two people, compared, stored only when both agree, and marked as from paper."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.running import paper
from scoring.actions.transaction import Actor, perform
from scoring.board.views.desk import desk
from scoring.board.views.paper import paper as paper_view
from scoring.board.views.paper import paper_sheet
from scoring.board.views.seat import seat as seat_view
from scoring.extensions import db
from scoring.store import PaperEntry, SheetVersion
from tests.conftest import FULL_MARKS, Venue, marks_worth
from tests.record.conftest import CHECKER, NAMES, TALLIER, verbs_of
from tests.refusals import entries, refused

OTHER_TALLIER = Actor("account:陈统分", role="tallier")


def enters(venue: Venue, who: Actor, typed: dict[str, str], judge: int = 3, number: str = "01") -> str | None:
    seat, turn = venue.seat(judge).id, venue.turn(number).id
    return perform(paper.enter_paper, who, venue.contest_id, turn, seat, typed)


def sheets_of(venue: Venue, judge: int = 3) -> list[SheetVersion]:
    db.session.rollback()
    seat = venue.seat(judge).id
    return [version for version in db.session.scalars(select(SheetVersion)) if version.sheet.seat_id == seat]


@pytest.fixture
def called(venue: Venue) -> Venue:
    """No. 01 is called, and every judge but the third has submitted."""
    venue.call("01")
    for judge in (1, 2, 4, 5, 6, 7):
        venue.submits(judge, "01", marks_worth("90"))
    return venue


def test_one_entry_alone_is_never_in_force(called):
    assert enters(called, TALLIER, FULL_MARKS) == paper.FIRST
    assert sheets_of(called) == []
    with refused("missing_sheets"):
        called.release("01")


def test_a_second_person_who_reads_the_same_makes_it_a_sheet_from_paper(called):
    enters(called, TALLIER, FULL_MARKS)
    assert enters(called, CHECKER, FULL_MARKS) == paper.STORED
    sheet = sheets_of(called)[-1]
    assert (sheet.state, sheet.source, sheet.marks) == ("submitted", "paper", FULL_MARKS)
    assert sheet.reason == f"{TALLIER.label} · {CHECKER.label}"
    assert verbs_of(called.contest_id)[-2:] == ["enter_paper", "store_paper"]
    called.release("01")
    judges = called.audience()["rows"][0]["explanation"]["judges"]
    assert [line.get("source", "") for line in judges] == ["", "", "paper", "", "", "", ""]


def test_another_tallier_may_be_the_second(called):
    enters(called, TALLIER, FULL_MARKS)
    assert enters(called, OTHER_TALLIER, FULL_MARKS) == paper.STORED


def test_the_same_account_cannot_confirm_itself(called):
    enters(called, TALLIER, FULL_MARKS)
    with refused("paper_same_person"):
        enters(called, TALLIER, FULL_MARKS)
    assert sheets_of(called) == []


def test_twelve_and_twelve_point_nought_are_the_same_mark(called):
    enters(called, TALLIER, FULL_MARKS | {"facts": "12"})
    assert enters(called, CHECKER, FULL_MARKS | {"facts": "12.0"}) == paper.STORED


def test_entries_that_differ_are_shown_to_both_cell_by_cell_and_settled_by_entering_again(called):
    seat, turn = called.seat(3).id, called.turn("01").id
    enters(called, TALLIER, FULL_MARKS | {"law": "21"})
    assert enters(called, CHECKER, FULL_MARKS | {"law": "24"}) == paper.DIFFERS
    assert sheets_of(called) == []
    shown = paper_sheet(called.contest_id, turn, seat, TALLIER.label)["differences"]
    assert (shown["mine"]["law"], shown["theirs"]["law"]) == ("21", "24")
    assert enters(called, TALLIER, FULL_MARKS | {"law": "22"}) == paper.DIFFERS
    assert enters(called, TALLIER, FULL_MARKS | {"law": "24"}) == paper.STORED
    assert sheets_of(called)[-1].marks["law"] == "24"


def test_a_third_person_settles_nothing(called):
    enters(called, TALLIER, FULL_MARKS)
    enters(called, CHECKER, FULL_MARKS | {"law": "24"})
    with refused("paper_two_entries"):
        enters(called, OTHER_TALLIER, FULL_MARKS)


def test_the_second_person_is_not_shown_the_first_entry(called):
    enters(called, TALLIER, FULL_MARKS | {"law": "21"})
    shown = paper_sheet(called.contest_id, called.turn("01").id, called.seat(3).id, CHECKER.label)
    assert shown["tablet"]["sheet"]["typed"] == {}
    assert shown["differences"] is None
    assert "'21'" not in str(paper_view(called.contest_id, CHECKER.label)["turns"])  # the hour may be 21


def test_an_own_entry_can_be_taken_back_and_stays_stored(called):
    seat, turn = called.seat(3).id, called.turn("01").id
    enters(called, TALLIER, FULL_MARKS)
    perform(paper.withdraw_paper, TALLIER, called.contest_id, turn, seat)
    with refused("paper_entry_unknown"):
        perform(paper.withdraw_paper, TALLIER, called.contest_id, turn, seat)
    assert [entry.closed_at is not None for entry in db.session.scalars(select(PaperEntry))] == [True]
    assert enters(called, CHECKER, FULL_MARKS) == paper.FIRST


def test_nobody_takes_back_what_another_has_entered(called):
    enters(called, TALLIER, FULL_MARKS)
    with refused("paper_entry_unknown"):
        perform(paper.withdraw_paper, CHECKER, called.contest_id, called.turn("01").id, called.seat(3).id)


def test_marks_out_of_range_are_named_by_their_criterion(called):
    with refused("mark_out_of_range") as problem:
        enters(called, TALLIER, FULL_MARKS | {"law": "26", "bearing": "11"})
    assert [item.field for item in problem.value.problems] == ["law", "bearing"]
    assert list(db.session.scalars(select(PaperEntry))) == []


def test_nothing_is_entered_for_a_released_turn(called):
    called.submits(3, "01", FULL_MARKS)
    called.release("01")
    with refused("turn_released"):
        enters(called, TALLIER, FULL_MARKS)


def test_nothing_is_entered_for_a_recused_seat(called):
    called.recuse(3, "01")
    with refused("paper_seat_recused"):
        enters(called, TALLIER, FULL_MARKS)


def test_nothing_is_entered_for_a_sheet_that_came_in_on_the_tablet_meanwhile(called):
    enters(called, TALLIER, FULL_MARKS)
    called.submits(3, "01", marks_worth("88"))
    with refused("paper_sheet_in"):
        enters(called, CHECKER, FULL_MARKS)
    assert sheets_of(called)[-1].source == ""


def test_nothing_is_entered_for_a_turn_that_is_not_called(called):
    with refused("turn_not_open"):
        enters(called, TALLIER, FULL_MARKS, number="02")


def test_a_turn_of_another_contest_is_not_found(called):
    with refused("turn_unknown"):
        perform(paper.enter_paper, TALLIER, called.contest_id + 1, called.turn("01").id, called.seat(3).id, FULL_MARKS)


def test_a_draft_on_the_tablet_gives_way_and_the_tablet_says_that_the_sheet_came_from_paper(called):
    enters(called, TALLIER, FULL_MARKS)
    enters(called, CHECKER, FULL_MARKS)
    shown = seat_view(called.seat(3).id)["sheet"]
    assert (shown["state"], shown["source"], shown["typed"]) == ("submitted", "paper", FULL_MARKS)
    with refused("sheet_submitted"):
        called.submits(3, "01", marks_worth("70"))


def test_the_desk_shows_which_sheet_is_from_paper(called):
    enters(called, TALLIER, FULL_MARKS)
    enters(called, CHECKER, FULL_MARKS)
    db.session.rollback()
    assert [seat["source"] for seat in desk(called.contest_id)["seats"]] == ["", "", "paper", "", "", "", ""]


def test_the_list_has_the_missing_sheets_only_and_says_who_has_entered(called, staff):
    tallier, checker = staff("tallier"), staff("checker")
    assert "No. 01 Judge 3 no sheet yet Enter from paper" in tallier.reads("paper")
    enters(called, TALLIER, FULL_MARKS)
    page = checker.reads("paper")
    assert f"Entered once, by {NAMES['tallier']}" in page
    assert "Enter as the second" in page
    assert "Take my entry back" not in page
    assert "Enter as the second" not in tallier.reads("paper")


def test_a_sheet_is_entered_through_the_page_and_counts_after_the_second(called, staff):
    seat, turn = called.seat(3).id, called.turn("01").id
    typed = {f"typed-{key}": mark for key, mark in FULL_MARKS.items()}
    said = staff("tallier").after(f"paper/{turn}/{seat}", **typed)
    assert "A second person enters the same sheet now, without seeing yours." in said
    checker = staff("checker")
    assert "You are the second to enter this sheet." in checker.reads(f"paper/{turn}/{seat}")
    said = checker.after(f"paper/{turn}/{seat}", **(typed | {"typed-law": "20"}))
    assert "The two entries differ" in said
    assert "You read The other one read" in said
    said = checker.after(f"paper/{turn}/{seat}", **typed)
    assert "Both entries agree: the sheet is stored as submitted and marked as from paper." in said


def test_a_wrong_mark_comes_back_with_what_was_typed_and_the_sentence_beside_it(called, staff):
    seat, turn = called.seat(3).id, called.turn("01").id
    typed = {f"typed-{key}": mark for key, mark in FULL_MARKS.items()} | {"typed-law": "26"}
    answer = staff("tallier").press(f"paper/{turn}/{seat}", status=409, **typed)
    assert "The mark must be between 0 and 25." in answer.text
    assert 'value="26"' in answer.text


def test_an_entry_that_is_sent_twice_is_kept_once(called, staff):
    seat, turn = called.seat(3).id, called.turn("01").id
    typed = {f"typed-{key}": mark for key, mark in FULL_MARKS.items()}
    tallier = staff("tallier")
    tallier.press(f"paper/{turn}/{seat}", request="the-same-press-0001", **typed)
    before = entries()
    tallier.press(f"paper/{turn}/{seat}", request="the-same-press-0001", **typed)
    assert entries() == before


def test_the_own_entry_is_taken_back_on_the_page(called, staff):
    enters(called, TALLIER, FULL_MARKS)
    seat, turn = called.seat(3).id, called.turn("01").id
    assert "Your entry is taken back." in staff("tallier").after(f"paper/{turn}/{seat}/withdraw")
    assert "You have no entry of this sheet to take back." in staff("checker").after(f"paper/{turn}/{seat}/withdraw")


def test_an_address_of_nothing_is_not_found(called, staff):
    staff("tallier").look("paper/999/1", 404)
    staff("tallier").look(f"paper/{called.turn('01').id}/999", 404)


@pytest.mark.parametrize("role", ["organizer", "chief", "host", "timekeeper", "supervisor", "operator", "coder"])
def test_only_tallier_and_checker_enter_paper(called, staff, role):
    seat, turn = called.seat(3).id, called.turn("01").id
    staff(role).look("paper", 403)
    staff(role).look(f"paper/{turn}/{seat}", 403)
    staff(role).press(f"paper/{turn}/{seat}", status=403)
