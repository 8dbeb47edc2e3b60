"""The sheet's door for browsers without a socket: by form with whole pages, by script with the socket's answers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from tests.conftest import FULL_MARKS
from tests.judges.conftest import Tablet, call_beside, element, sentence, take_back, words_of

BAD_MARKS: list[tuple[str, str, dict[str, str]]] = [
    ("", "mark_empty", {}),
    ("plenty", "mark_not_a_number", {}),
    ("1e1", "mark_not_a_number", {}),
    ("25.5", "mark_out_of_range", {"minimum": "0", "maximum": "25"}),
    ("-1", "mark_out_of_range", {"minimum": "0", "maximum": "25"}),
    ("22.3", "mark_off_step", {"step": "0.5", "below": "22", "above": "22.5"}),
]
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.fixture
def open_sheet(tablet: Tablet) -> Tablet:
    """Judge 1's tablet with the sheet for contestant 01."""
    tablet.venue.call("01")
    return tablet


def test_saving_a_draft_keeps_what_is_typed_good_or_bad(open_sheet: Tablet) -> None:
    answer = open_sheet.press("draft", "01", {"facts": "13.5", "law": "plenty"})
    assert (answer.status_code, answer.location) == (302, open_sheet.home)
    page = open_sheet.look()
    assert "Your draft is saved. It is not submitted yet." in page.text
    assert 'value="plenty"' in element(page, "mark-law")
    assert "This is not a number." in element(page, "problem-law")


def test_checking_a_good_sheet_saves_it_and_asks_with_every_mark_and_the_total(open_sheet: Tablet) -> None:
    answer = open_sheet.press("check", "01", FULL_MARKS | {"law": "24.5"})
    assert answer.status_code == 200
    assert "open" in element(answer, "confirm").partition(">")[0]
    asked = words_of(answer).partition("Contestant 01: submit the sheet?")[2]
    assert "Accuracy of law 24.5 of 25" in asked
    assert "Total 99.5 of 100" in asked
    assert [version.state for version in open_sheet.stored("01")] == ["draft"]


def test_submitting_locks_the_sheet(open_sheet: Tablet) -> None:
    answer = open_sheet.press("submit", "01", FULL_MARKS, submission="a" * 32)
    assert (answer.status_code, answer.location) == (302, open_sheet.home)
    assert "Submitted and locked" in words_of(open_sheet.look())
    (version,) = open_sheet.stored("01")
    assert (version.state, version.submission, version.marks) == ("submitted", "a" * 32, FULL_MARKS)


def test_pressing_submit_twice_stores_one_sheet(open_sheet: Tablet) -> None:
    for _ in range(2):
        assert open_sheet.press("submit", "01", FULL_MARKS, submission="a" * 32).status_code == 302
    assert len(open_sheet.stored("01")) == 1


def test_pressing_save_twice_is_no_conflict(open_sheet: Tablet) -> None:
    for _ in range(2):
        assert open_sheet.press("draft", "01", {"facts": "9"}).status_code == 302
    assert len(open_sheet.stored("01")) == 1


def test_an_owed_sheet_is_saved_and_the_judge_stays_with_it(open_sheet: Tablet) -> None:
    call_beside(open_sheet.venue, "02")
    answer = open_sheet.press("draft", "01", {"facts": "9"})
    assert answer.location == open_sheet.address("01")


def test_a_script_gets_the_answers_of_the_socket(open_sheet: Tablet) -> None:
    status, answer = open_sheet.send("draft", "01", {"facts": "13.5", "law": "26"})
    assert (status, answer["ok"], answer["sheet"]["version"], answer["sheet"]["total"]) == (200, True, 1, "13.5")
    assert answer["sheet"]["problems"]["law"]["code"] == "mark_out_of_range"
    status, answer = open_sheet.send("submit", "01", FULL_MARKS, base=1)
    assert (status, answer["sheet"]["state"], answer["sheet"]["total"]) == (200, "submitted", "100")


@LANGUAGES
@pytest.mark.parametrize("verb", ["check", "submit"])
def test_a_bad_mark_is_refused_beside_its_field_and_stays_in_it(open_sheet: Tablet, verb: str, language: str) -> None:
    open_sheet.reads(language)
    for mark, code, figures in BAD_MARKS:
        base = len(open_sheet.stored("01"))
        answer = open_sheet.press(verb, "01", FULL_MARKS | {"law": mark}, base=base)
        assert answer.status_code == 409
        assert f'value="{mark}"' in element(answer, "mark-law")
        assert 'aria-invalid="true"' in element(answer, "mark-law")
        assert "problem-law" in element(answer, "mark-law")
        assert element(answer, "problem-law").endswith(sentence(language, code, **figures))
        assert 'value="15"' in element(answer, "mark-facts")
        assert "aria-invalid" not in element(answer, "mark-facts")
    assert not [version for version in open_sheet.stored("01") if version.state == "submitted"]


def test_every_bad_mark_has_its_own_message(open_sheet: Tablet) -> None:
    status, answer = open_sheet.send("submit", "01", {"facts": "16", "law": "x", "reasoning": "1.2"})
    assert status == 409
    assert {field: said["code"] for field, said in answer["fields"].items()} == {
        "facts": "mark_out_of_range",
        "law": "mark_not_a_number",
        "reasoning": "mark_off_step",
        "plain_language": "mark_empty",
        "response": "mark_empty",
        "bearing": "mark_empty",
    }


def submitted(tablet: Tablet) -> None:
    """The sheet is in."""
    tablet.venue.submits(1, "01", FULL_MARKS)


def recused(tablet: Tablet) -> None:
    """The judge is recused."""
    tablet.venue.recuse(1, "01")


def released(tablet: Tablet) -> None:
    """The score is out, without this judge."""
    tablet.venue.recuse(1, "01")
    for judge in range(2, 8):
        tablet.venue.submits(judge, "01", FULL_MARKS)
    tablet.venue.release("01")


def taken_back(tablet: Tablet) -> None:
    """The call was a mistake."""
    take_back(tablet.venue, "01")


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        (submitted, "sheet_submitted"),
        (recused, "seat_recused"),
        (released, "turn_released"),
        (taken_back, "turn_not_open"),
    ],
)
def test_a_turn_that_has_moved_on_refuses_the_sheet_and_shows_what_was_typed(
    open_sheet: Tablet, happens: Callable[[Tablet], None], code: str
) -> None:
    happens(open_sheet)
    before = len(open_sheet.stored("01"))
    for language, verb in product(("zh", "en"), ("draft", "check", "submit")):
        open_sheet.reads(language)
        answer = open_sheet.press(verb, "01", FULL_MARKS | {"law": "19.5"})
        assert answer.status_code == 409
        assert sentence(language, code, number="01") in words_of(answer)
        both = "data-mine>19.5<" in answer.text and "data-held>25<" in answer.text
        assert both if happens is submitted else 'data-mark-of="law">19.5<' in answer.text
    assert len(open_sheet.stored("01")) == before


@pytest.mark.parametrize(
    ("happens", "code"), [(submitted, "sheet_submitted"), (recused, "seat_recused"), (taken_back, "turn_not_open")]
)
def test_a_script_is_told_what_the_server_holds(
    open_sheet: Tablet, happens: Callable[[Tablet], None], code: str
) -> None:
    happens(open_sheet)
    status, answer = open_sheet.send("draft", "01", {"law": "19.5"})
    assert (status, answer["ok"], answer["code"]) == (409, False, code)
    assert answer["holds"]["typed"] == (FULL_MARKS if happens is submitted else {})


@LANGUAGES
def test_an_outdated_draft_shows_both_and_the_judge_chooses(open_sheet: Tablet, language: str) -> None:
    open_sheet.press("draft", "01", {"facts": "9", "law": "20"})
    open_sheet.reads(language)
    answer = open_sheet.press("draft", "01", {"facts": "12", "law": "20"}, base=0)
    assert answer.status_code == 409
    assert "hidden" not in element(answer, "conflict")
    rows = {key: element_of_row(answer.text, key) for key in ("facts", "law")}
    assert "data-mine>12<" in rows["facts"]
    assert "data-held>9<" in rows["facts"]
    assert "hidden" not in rows["facts"]
    assert "hidden" in rows["law"]
    assert 'value="12"' in element(answer, "mark-facts")
    assert open_sheet.press("draft", "01", {"facts": "12", "law": "20"}, base=1).status_code == 302
    assert open_sheet.stored("01")[-1].typed == {"facts": "12", "law": "20"}


def element_of_row(page: str, key: str) -> str:
    """One row of the comparison."""
    return page.partition(f'data-compare="{key}"')[2].partition("</tr>")[0]


@pytest.mark.parametrize(
    "sent", [{"verb": "burn"}, {"verb": ""}, {"base": "one"}, {"base": -1}, {"base": 2**31}], ids=str
)
def test_a_form_that_no_page_of_ours_sends_is_refused(open_sheet: Tablet, sent: dict[str, Any]) -> None:
    verb = sent.pop("verb", "draft")
    status, answer = open_sheet.send(verb, "01", {"facts": "9"}, **sent)
    assert (status, answer["code"]) == (409, "sheet_malformed")
    assert not open_sheet.stored("01")


@pytest.mark.parametrize("submission", ["", "short", "x" * 65])
def test_a_submission_without_a_proper_id_is_refused(open_sheet: Tablet, submission: str) -> None:
    status, answer = open_sheet.send("submit", "01", FULL_MARKS, submission=submission)
    assert (status, answer["code"]) == (409, "submission_malformed")
    page = open_sheet.press("submit", "01", FULL_MARKS, submission=submission)
    assert sentence("en", "submission_malformed") in element(page, "refusal")
    assert 'value="25"' in element(page, "mark-law")


def test_an_entry_that_is_too_long_is_refused_and_stays_in_its_field(open_sheet: Tablet) -> None:
    answer = open_sheet.press("draft", "01", {"law": "9" * 2001})
    assert answer.status_code == 409
    assert sentence("en", "sheet_malformed") in element(answer, "refusal")
    assert "9" * 2001 in element(answer, "mark-law")


def test_a_criterion_that_the_sheet_does_not_have_is_refused(open_sheet: Tablet) -> None:
    status, answer = open_sheet.send("submit", "01", FULL_MARKS | {"charm": "5"})
    assert (status, answer["fields"]["charm"]["code"]) == (409, "unknown_criterion")


def test_a_turn_that_does_not_exist_is_refused(open_sheet: Tablet) -> None:
    data = {"verb": "draft", "base": 0, "typed-facts": "9"}
    address = f"{open_sheet.home}/turn/999"
    answer = open_sheet.browser.post(address, data=data, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.get_json()["code"], answer.get_json()["holds"]) == (409, "turn_unknown", None)
    assert open_sheet.browser.post(address, data=data).status_code == 404


def test_a_sheet_from_another_site_is_refused_and_nothing_is_stored(open_sheet: Tablet) -> None:
    open_sheet.venue.app.config["WTF_CSRF_ENABLED"] = True
    assert open_sheet.press("draft", "01", {"facts": "9"}).status_code == 400
    assert not open_sheet.stored("01")


def test_what_is_typed_is_never_taken_for_markup(open_sheet: Tablet) -> None:
    answer = open_sheet.press("submit", "01", FULL_MARKS | {"law": '"><script>x'})
    assert "<script>x" not in answer.text
    assert '"><script>x' in element(answer, "mark-law")
