"""What a judge sees: the sheet while it is open, the own marks afterwards, and why there is nothing to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from flask import render_template_string

from scoring.board.snapshots.tablet import Tablet as TabletView
from scoring.judges.tablet import stage_of
from scoring.rules import formats
from scoring.rules.formats import legal_explanation
from tests.conftest import FULL_MARKS, ROOT, Venue, contest_of
from tests.judges.conftest import Tablet, call_beside, element, words_of


def test_before_the_first_call_the_judge_is_asked_to_wait(tablet: Tablet) -> None:
    page = tablet.look()
    assert "Please wait" in words_of(page)
    assert 'name="typed-' not in page.text


def test_the_called_contestant_shows_by_number_and_never_by_name(tablet: Tablet) -> None:
    tablet.venue.call("01")
    page = tablet.look()
    assert "Contestant 01" in words_of(page)
    assert "陈思远" not in page.text
    assert "江北区院" not in page.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_criterion_shows_its_name_its_maximum_and_what_to_look_for(tablet: Tablet, language: str) -> None:
    tablet.venue.call("01")
    tablet.reads(language)
    page = tablet.look()
    for criterion in legal_explanation.RUBRIC.criteria:
        name, hint = (criterion.zh, criterion.hint_zh) if language == "zh" else (criterion.en, criterion.hint_en)
        assert name in words_of(page)
        assert hint in element(page, f"hint-{criterion.key}")
        assert str(criterion.maximum) in element(page, f"of-{criterion.key}")


def test_a_draft_comes_back_with_its_total_and_its_problems(tablet: Tablet) -> None:
    tablet.venue.call("01")
    tablet.send("draft", "01", {"facts": "13.5", "law": "22.3"})
    page = tablet.look()
    assert 'value="22.3"' in element(page, "mark-law")
    assert 'aria-invalid="true"' in element(page, "mark-law")
    assert "choose 22 or 22.5" in element(page, "problem-law")
    assert element(page, "total").endswith("13.5")
    assert 'data-reached="server"' in element(page, "steps")


def test_after_submitting_the_judge_sees_the_own_marks_locked(tablet: Tablet) -> None:
    tablet.venue.call("01")
    tablet.venue.submits(1, "01", FULL_MARKS | {"law": "24.5"})
    page = tablet.look()
    assert "Submitted and locked" in words_of(page)
    assert "Accuracy of law 24.5 of 25" in words_of(page)
    assert "Total 99.5 of 100" in words_of(page)
    assert 'data-reached="counted"' in element(page, "steps")
    assert "<input" not in page.text.partition("<main")[2]


def test_a_judge_never_sees_another_judges_marks(tablet_of: Callable[[int], Tablet], venue: Venue) -> None:
    venue.call("01")
    mine, other = tablet_of(1), tablet_of(2)
    other.send("draft", "01", {"facts": "11.5", "law": "17.5"})
    venue.submits(3, "01", FULL_MARKS | {"response": "6.5", "bearing": "4.5"})
    page = mine.look().text + mine.look("01").text
    assert not [mark for mark in ("11.5", "17.5", "6.5", "4.5", "29") if f'"{mark}"' in page or f">{mark}<" in page]


@pytest.mark.parametrize(
    ("ground", "reason"), [("kin", "a close relative"), ("mentor", "a mentor or pupil"), ("office", "the same office")]
)
def test_a_recused_judge_is_told_why_there_is_nothing_to_do(tablet: Tablet, ground: str, reason: str) -> None:
    tablet.venue.call("01")
    tablet.venue.recuse(1, "01", ground)
    page = tablet.look()
    assert f"You are recused ({reason}). There is nothing for you to do" in words_of(page)
    assert 'name="typed-' not in page.text


def test_a_judge_who_abstains_is_told_that_it_is_recorded(tablet: Tablet) -> None:
    tablet.venue.call("01")
    tablet.venue.recuse(1, "01", "abstained")
    assert "The desk has recorded that you abstain." in words_of(tablet.look())


def test_an_owed_sheet_has_a_door_of_its_own(tablet: Tablet) -> None:
    tablet.venue.call("01")
    assert "hidden" in element(tablet.look(), "owed")
    call_beside(tablet.venue, "02")
    page = tablet.look()
    assert "Contestant 02" in words_of(page)
    assert "Contestant 01: your sheet is not submitted yet." in words_of(page)
    assert tablet.address("01") in page.text
    owed = tablet.look("01")
    assert 'id="contestant"' in owed.text
    assert 'name="typed-facts"' in owed.text
    assert "data-follows" not in owed.text


def test_the_page_says_which_contest_and_seat_a_tablet_keeps_its_sheets_for(tablet: Tablet) -> None:
    shelf = f'data-shelf="shifa:{contest_of(tablet.venue).created_at:%Y%m%d%H%M%S%f}:{tablet.venue.seat(1).id}"'
    assert shelf in tablet.look().text


def test_a_turn_that_is_not_of_the_seats_room_is_not_found(tablet: Tablet) -> None:
    assert tablet.browser.get(f"{tablet.home}/turn/999").status_code == 404


def test_no_browser_keeps_a_copy_of_a_sheet(tablet: Tablet) -> None:
    assert tablet.look().headers["Cache-Control"] == "no-store"


def test_a_finished_contestant_waits_for_the_next_call(tablet: Tablet) -> None:
    tablet.venue.call("01")
    tablet.venue.all_submit("01", ["90"] * 7)
    tablet.venue.release("01")
    assert "Submitted and locked" in words_of(tablet.look())


def test_whoever_waits_is_told_who_comes_next(tablet: Tablet) -> None:
    assert "Next: Contestant 01" in words_of(tablet.look())
    tablet.venue.call("01")
    tablet.venue.submits(1, "01", FULL_MARKS)
    assert "Next: Contestant 02" in words_of(tablet.look())


def test_the_own_earlier_sheets_can_be_read_while_waiting_and_nobody_elses(tablet: Tablet) -> None:
    tablet.venue.call("01")
    tablet.venue.submits(1, "01", FULL_MARKS | {"law": "24.5"})
    call_beside(tablet.venue, "02")
    tablet.venue.submits(1, "02", FULL_MARKS)
    tablet.venue.submits(2, "02", FULL_MARKS | {"law": "11.5"})
    page = tablet.look()
    assert "My earlier sheets (1), to read Contestant 01 99.5" in words_of(page)
    assert tablet.address("01") in page.text
    assert "86.5" not in page.text
    earlier = tablet.look("01")
    assert "Accuracy of law 24.5 of 25" in words_of(earlier)
    assert "<input" not in earlier.text.partition("<main")[2]


THANKS = "All is done: thank you for judging The judging of this event is over. Nothing is left for you to do here."


def test_whoever_judges_is_thanked_once_nothing_is_left_and_only_then(
    tablet: Tablet, tablet_of: Callable[[int], Tablet]
) -> None:
    venue = tablet.venue
    numbers = [turn.number for turn in contest_of(venue).events[0].rounds[0].turns]
    recused = tablet_of(7)
    for number in numbers:
        venue.call(number)
        if number == numbers[-1]:
            venue.recuse(7, number, "kin")
        venue.all_submit(number, ["90"] * (6 if number == numbers[-1] else 7))
        assert THANKS not in words_of(tablet.look())
        venue.release(number)
    for page in (tablet.look(), recused.look(), tablet.look(numbers[0])):
        assert THANKS in words_of(page)
        assert "appears here by itself" not in words_of(page)
    assert "Submitted and locked" in words_of(tablet.look())


def view(**changed: Any) -> TabletView:
    """What the face is told from of a seat's view: of a performing turn, with an empty sheet."""
    shown = {"turn": {"state": "performing"}, "sheet": {"state": "empty"}, "recused": None, "ballot": None} | changed
    shown["turn"] = shown["turn"] and shown["turn"] | {"not_held": False}
    return cast(TabletView, shown)


@pytest.mark.parametrize(
    ("changed", "stage"),
    [
        ({}, "open"),
        ({"turn": {"state": "marking"}}, "open"),
        ({"sheet": {"state": "draft"}}, "open"),
        ({"turn": None, "sheet": None}, "waiting"),
        ({"turn": {"state": "waiting"}, "sheet": {"state": "draft"}}, "waiting"),
        ({"recused": {"ground": "kin"}}, "recused"),
        ({"recused": {"ground": "kin"}, "sheet": {"state": "submitted"}}, "recused"),
        ({"sheet": {"state": "submitted"}}, "locked"),
        ({"turn": {"state": "released"}, "sheet": {"state": "submitted"}}, "locked"),
        ({"turn": {"state": "released"}}, "closed"),
    ],
)
def test_the_face_of_the_tablet_follows_from_turn_sheet_and_recusal(changed: dict[str, Any], stage: str) -> None:
    assert stage_of(view(**changed)) == stage


SHEETS = sorted(path.stem for path in (ROOT / "templates/judges/sheets").glob("*.html"))


@pytest.mark.parametrize("key", SHEETS)
def test_every_sheet_template_belongs_to_a_format_and_has_the_four_macros(venue: Venue, key: str) -> None:
    assert key in [known.key for known in formats.all_formats()]
    with venue.app.test_request_context():
        made = render_template_string(
            "{% import 'judges/sheets/' ~ key ~ '.html' as sheet with context %}"
            "{{ (sheet.entries and sheet.review and sheet.comparison and sheet.out_of) is defined }}",
            key=key,
        )
    assert made == "True"
