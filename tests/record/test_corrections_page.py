"""The page of corrections: asked on a sheet of the same rubric, decided by the chief judge, read by the supervisor."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from scoring.actions.results.corrections import approve_correction
from scoring.actions.site.separation import separate_duties
from scoring.actions.transaction import Actor, perform
from scoring.board.conditions.set_up import set_up_of
from scoring.extensions import db
from scoring.rules.duties import OFFICERS
from scoring.store import Account, Seat
from tests.conftest import FULL_MARKS, Venue
from tests.organizers.conftest import words_of
from tests.record.test_corrections import released

__all__ = ["released"]
ASKED = {"asked_by": "评委3", "reason": "录入有误"}
SHEET = {f"typed-{key}": mark for key, mark in FULL_MARKS.items()}


def address(venue: Venue, judge: int = 3) -> str:
    db.session.rollback()
    return f"corrections/{venue.turn('01').id}/{venue.seat(judge).id}"


def test_a_correction_goes_from_the_tallier_over_the_chief_to_the_board(released, staff):
    tallier, chief, supervisor = staff("tallier"), staff("chief"), staff("supervisor")
    assert "Correct the sheet of Judge 3 for no. 01" in tallier.reads(address(released))
    said = tallier.after(address(released), **SHEET, **ASKED)
    assert "The request waits for the chief judge." in said
    assert "No. 01 陈思远 · Judge 3" in said
    assert "Facts and issues 5 15" in said
    assert "Approve" not in said
    assert "Asked by 评委3, entered by 李统分" in supervisor.reads("corrections")
    said = chief.after("corrections/approve", correction=1, reason="已核对")
    assert "Approved: the score is counted again and shown as corrected." in said
    assert "Final score 90.00 90.00" in said
    page = words_of(released.app.test_client().get("/c/shifa", headers={"Accept-Language": "en"}))
    assert "corrected, was 90.00" in page


def test_a_rejection_shows_its_reason(released, staff):
    staff("organizer").press(address(released), **SHEET, **ASKED)
    assert "Decided by 赵主任" in staff("chief").after("corrections/reject", correction=1, reason="纸质表无误")
    assert "纸质表无误" in staff("tallier").reads("corrections")


def test_an_overtime_is_asked_for_on_the_list(released, staff):
    turn = released.turn("01").id
    said = staff("checker").after("corrections/overtime", turn=turn, part="", seconds="32", **ASKED)
    assert "Seconds over — 32" in said or "Seconds over 0 32" in said
    staff("chief").press("corrections/approve", correction=1, reason="录像复核")
    assert released.audience()["rows"][1]["score"] == "89.00"


def test_the_play_off_of_persons_who_share_a_rank_is_recorded_on_the_page(venue, staff):
    for number in ("01", "02"):
        venue.call(number)
        venue.all_submit(number, ["90"] * 7)
        venue.release(number)
    organizer, turns = staff("organizer"), [venue.turn(number).id for number in ("01", "02")]
    assert "Play-off for equal ranks" not in staff("tallier").reads("corrections"), "whoever counts decides nothing"
    assert "such as 8.5" in organizer.refused("corrections/play-off", turn=turns[0], figure="more", reason="加赛")
    for turn, figure in zip(turns, ("8.5", "9"), strict=True):
        said = organizer.after("corrections/play-off", turn=turn, figure=figure, reason="加赛")
    assert "No. 02 林晓彤 · Rank 1 · Play-off 9" in said
    assert "No. 01 陈思远 · Rank 2 · Play-off 8.5" in said
    board = words_of(venue.app.test_client().get("/c/shifa", headers={"Accept-Language": "en"}))
    assert "Equal scores; the play-off decides the rank." in board
    assert "Mean of all marks 90.00 Play-off 9.00" in board


def test_a_ruling_is_asked_for_and_lifted_on_the_list_and_what_waits_is_not_asked_twice(released, staff):
    turn, checker, chief = released.turn("01").id, staff("checker"), staff("chief")
    assert "Not performing — disqualified" in checker.after("corrections/out", turn=turn, kind="disqualified", **ASKED)
    assert "Ask that no. 01 is not ranked" not in checker.reads("corrections")
    assert "A request about this waits for the chief judge." in checker.reads("corrections")
    chief.press("corrections/approve", correction=1, reason="查实")
    assert "Ask that no. 01 is ranked again" in checker.reads("corrections")
    assert "Not performing disqualified —" in checker.after("corrections/lift", decision=1, **ASKED)
    assert "Final score — 90.00" in chief.after("corrections/approve", correction=2, reason="属实")
    assert "Ask that no. 01 is not ranked" in checker.reads("corrections")


def test_a_wrong_mark_comes_back_with_what_was_typed_and_the_sentence_beside_it(released, staff):
    answer = staff("tallier").press(address(released), status=409, **(SHEET | {"typed-law": "26"}), **ASKED)
    assert "The mark must be between 0 and 25." in answer.text
    assert 'value="录入有误"' in answer.text


def test_a_missing_reason_is_said_beside_its_field(released, staff):
    answer = staff("tallier").press(address(released), status=409, **SHEET, asked_by="评委3", reason="")
    assert 'id="reason-problem">Please give a reason; it goes on record.' in answer.text


@pytest.mark.parametrize(
    ("role", "page"), [("host", 403), ("operator", 403), ("timekeeper", 403), ("coder", 403), ("supervisor", 200)]
)
def test_who_may_only_look_or_not_even_that(released, staff, role, page):
    staff(role).look("corrections", page)
    staff(role).look(address(released), 403)
    staff(role).press(address(released), status=403, **SHEET, **ASKED)
    for step in ("overtime", "approve", "reject"):
        staff(role).press(f"corrections/{step}", status=403, turn=1, seconds=1, correction=1)


@pytest.mark.parametrize("role", ["tallier", "checker", "organizer", "administrator"])
def test_only_the_chief_judge_decides(released, staff, role):
    staff(role).press(address(released), **SHEET, **ASKED)
    for step in ("approve", "reject"):
        staff(role).press(f"corrections/{step}", status=403, correction=1, reason="我自己批准")


def test_the_chief_decides_and_does_not_ask(released, staff):
    staff("chief").press(address(released), status=403, **SHEET, **ASKED)


def test_an_address_of_nothing_is_not_found(released, staff):
    staff("tallier").look(f"corrections/{released.turn('03').id}/{released.seat(3).id}", 404)
    staff("tallier").look("corrections/999/1", 404)
    staff("tallier").press("corrections/forget", status=404)


def workbook(browser: Any, contest_id: int) -> Any:
    answer = browser.get(f"/desk/{contest_id}/ranking.xlsx")
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.data))


def test_the_exported_workbook_has_old_and_new_values_and_where_each_sheet_came_from(released, staff):
    organizer = staff("organizer")
    assert "Corrections" not in workbook(organizer.browser, released.contest_id).sheetnames
    organizer.press(address(released), **SHEET, **ASKED)
    staff("chief").press("corrections/approve", correction=1, reason="已核对")
    book = workbook(organizer.browser, released.contest_id)
    row = [cell.value for cell in book["Corrections"][3]]
    about = ["01", "3", "Facts and issues", "5", "15", "录入有误", "评委3", "郑组长"]
    assert row[1:] == [*about, "approved by the chief judge", "赵主任", "已核对", "90.00", "90.00"]
    marks = [[cell.value for cell in line] for line in book["All marks"].iter_rows(min_row=3)]
    assert [line[-1] for line in marks if line[1] == "01"] == ["tablet"] * 2 + ["correction"] + ["tablet"] * 4


def test_a_chief_judge_who_marks_approves_nothing_where_duties_are_separated_and_the_page_says_who_does(
    released, staff
):
    chief = staff("chief")
    staff("tallier").press(address(released), **SHEET, **ASKED)
    assert "does not approve corrections" not in chief.reads("corrections")
    db.session.add_all(Account(name=office, password="-", role=office) for office in OFFICERS)
    db.session.execute(update(Seat).where(Seat.id == released.seat(2).id).values(name="赵主任（评委）"))
    db.session.commit()
    accounts = {one.role: one.id for one in db.session.scalars(select(Account))}
    perform(separate_duties, Actor("terminal:李明"), {office: accounts[office] for office in OFFICERS})
    assert "Nobody can approve a correction now" in chief.reads("corrections")
    assert "chief_marks" in {one.code for one in set_up_of(released.contest_id).advice}
    assert "who marks does not tally" in chief.refused("corrections/approve", correction=1, reason="已核对")
    db.session.add(Account(name="钱副主任", password="-", role="chief"))
    db.session.commit()
    assert "chief_marks" not in {one.code for one in set_up_of(released.contest_id).advice}
    assert "Approved by: 钱副主任." in chief.reads("corrections")
    perform(approve_correction, Actor("account:钱副主任", role="chief"), released.contest_id, 1, "已核对")
    assert "approved by the chief judge" in chief.reads("corrections")
