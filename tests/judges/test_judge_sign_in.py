"""A judge signs in at a seat by PIN or by QR code."""

from __future__ import annotations

from html import unescape

import pytest
from flask.testing import FlaskClient

from scoring.actions.setting_up.contests import open_room
from scoring.extensions import db
from tests.conftest import Venue, entry_of
from tests.judges.conftest import SCRIPT, Tablet, element, sentence, words_of


def test_the_pin_of_a_seat_opens_its_tablet(anyone: FlaskClient, venue: Venue) -> None:
    answer = anyone.post("/judge/", data={"pin": entry_of(venue.seat(3))[1]})
    assert (answer.status_code, answer.location) == (303, f"/judge/{venue.seat(3).id}")
    assert "Judge 3" in anyone.get(answer.location).text


def test_a_pin_typed_with_full_width_digits_and_blanks_is_the_same_pin(anyone: FlaskClient, venue: Venue) -> None:
    pin = entry_of(venue.seat(3))[1]
    typed = " ".join((pin[:3], pin[3:])).translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})
    assert anyone.post("/judge/", data={"pin": typed}).status_code == 303


def test_the_code_of_a_seat_opens_its_tablet(anyone: FlaskClient, venue: Venue) -> None:
    address = f"/judge/enter/{entry_of(venue.seat(3))[0]}"
    assert "Take my seat" in anyone.get(address).text
    answer = anyone.post(address)
    assert (answer.status_code, answer.location) == (303, f"/judge/{venue.seat(3).id}")
    assert anyone.get(address).location == f"/judge/{venue.seat(3).id}"
    assert anyone.get(answer.location).status_code == 200


def test_the_page_of_a_card_says_whose_seat_it_is(anyone: FlaskClient, venue: Venue) -> None:
    """Seats are called alike in every contest: who scanned the wrong card saw “Judge 3” and nothing else."""
    shown = anyone.get(f"/judge/enter/{entry_of(venue.seat(3))[0]}")
    assert "Judge 3" in shown.text
    assert element(shown, "seat-contest").endswith(">Final")
    open_room(venue.seat(3).room.event, 0, 2)
    db.session.commit()
    assert element(anyone.get(f"/judge/enter/{entry_of(venue.seat(3))[0]}"), "seat-contest").endswith(">Final · Room 1")


def test_one_browser_may_hold_several_seats(anyone: FlaskClient, venue: Venue) -> None:
    for judge in (1, 2):
        anyone.post(f"/judge/enter/{entry_of(venue.seat(judge))[0]}")
    assert all(anyone.get(f"/judge/{venue.seat(judge).id}").status_code == 200 for judge in (1, 2))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_unknown_pin_is_refused_beside_the_field_and_stays_in_it(
    anyone: FlaskClient, venue: Venue, language: str
) -> None:
    pins = {entry_of(venue.seat(judge))[1] for judge in range(1, 8)}
    wrong = next(pin for pin in ("000000", "000001", "000002", "000003", "000004", "000005", "000006", "000007")
                 if pin not in pins)  # fmt: skip
    anyone.set_cookie("language", language)
    answer = anyone.post("/judge/", data={"pin": wrong})
    assert answer.status_code == 403
    assert sentence(language, "pin_unknown") in element(answer, "pin-problem")
    assert f'value="{wrong}"' in element(answer, "pin")
    assert 'aria-invalid="true"' in element(answer, "pin")


@pytest.mark.parametrize("typed", ["12345", "1234567", "12a456", "١٢٣٤٥٦"])
def test_what_is_not_six_digits_is_refused_before_it_is_tried(anyone: FlaskClient, typed: str) -> None:
    answer = anyone.post("/judge/", data={"pin": typed})
    assert answer.status_code == 422
    assert "A PIN has six digits" in element(answer, "pin-problem")


def test_no_pin_at_all_is_refused(anyone: FlaskClient) -> None:
    answer = anyone.post("/judge/", data={"pin": " "})
    assert answer.status_code == 422
    assert "Please enter the PIN." in element(answer, "pin-problem")


@pytest.mark.parametrize("key", ["nonsense", "1-", "999-00", "-", "1-%E8%B5%9B", "١-00"])
def test_an_unknown_code_is_refused_and_the_pin_is_asked_for(anyone: FlaskClient, key: str) -> None:
    answer = anyone.get(f"/judge/enter/{key}")
    assert answer.status_code == 403
    assert sentence("en", "key_unknown") in words_of(answer)
    assert element(answer, "pin")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_after_ten_wrong_pins_even_the_right_one_has_to_wait(anyone: FlaskClient, venue: Venue, language: str) -> None:
    anyone.set_cookie("language", language)
    guess_pins(anyone, venue)
    answer = anyone.post("/judge/", data={"pin": entry_of(venue.seat(1))[1]})
    assert answer.status_code == 429
    assert sentence(language, "too_many_attempts", minutes="1") in element(answer, "pin-problem")


def test_a_guesser_does_not_keep_out_who_scans_the_code_of_a_seat(anyone: FlaskClient, venue: Venue) -> None:
    guess_pins(anyone, venue)
    assert anyone.post(f"/judge/enter/{entry_of(venue.seat(1))[0]}").location == f"/judge/{venue.seat(1).id}"


def test_a_guesser_does_not_keep_out_who_was_let_in_before(tablet: Tablet) -> None:
    guess_pins(tablet.venue.app.test_client(), tablet.venue)
    answer = tablet.browser.post("/judge/", data={"pin": entry_of(tablet.venue.seat(2))[1]})
    assert answer.location == f"/judge/{tablet.venue.seat(2).id}"


def test_who_was_let_in_before_has_ten_guesses_too(tablet: Tablet) -> None:
    guess_pins(tablet.browser, tablet.venue)
    answer = tablet.browser.post("/judge/", data={"pin": entry_of(tablet.venue.seat(2))[1]})
    assert answer.status_code == 429


def test_codes_cannot_be_guessed_without_end(anyone: FlaskClient, venue: Venue) -> None:
    statuses = [anyone.get(f"/judge/enter/1-{guess}").status_code for guess in range(11)]
    assert statuses == [403] * 10 + [429]


def guess_pins(browser: FlaskClient, venue: Venue) -> None:
    """Ten PINs that open no seat: all that an address may try in a minute."""
    taken = {entry_of(venue.seat(number))[1] for number in range(1, 8)}
    wrong = [pin for pin in (f"{guess:06d}" for guess in range(20)) if pin not in taken]
    for pin in wrong[:10]:
        assert browser.post("/judge/", data={"pin": pin}).status_code == 403


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_browser_that_was_not_let_in_is_led_to_the_sign_in(anyone: FlaskClient, venue: Venue, language: str) -> None:
    anyone.set_cookie("language", language)
    answer = anyone.get(f"/judge/{venue.seat(1).id}")
    assert (answer.status_code, answer.location) == (302, "/judge/")
    assert sentence(language, "seat_not_yours") in unescape(anyone.get("/judge/").text)


def test_a_judge_cannot_open_another_judges_tablet(tablet: Tablet) -> None:
    other = tablet.venue.seat(2).id
    assert tablet.browser.get(f"/judge/{other}").location == "/judge/"
    answer = tablet.browser.post(
        f"/judge/{other}/turn/{tablet.venue.turn('01').id}", data={"verb": "draft"}, headers=SCRIPT
    )
    assert (answer.status_code, answer.get_json()["code"]) == (409, "seat_not_yours")


def test_a_renewed_code_ends_the_sessions_of_the_old_one(tablet: Tablet) -> None:
    tablet.venue.seat(1).epoch += 1
    db.session.commit()
    assert tablet.browser.get(tablet.home).location == "/judge/"


def test_a_form_from_another_site_is_refused(anyone: FlaskClient, venue: Venue) -> None:
    venue.app.config["WTF_CSRF_ENABLED"] = True
    assert anyone.post("/judge/", data={"pin": entry_of(venue.seat(1))[1]}).status_code == 400
