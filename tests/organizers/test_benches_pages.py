"""The timekeeper's benches and the chief's differences as pages: who may open them, and each press without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from tests.actions.hall import Hall, checklist, open_hall
from tests.organizers.conftest import words_of
from tests.passwords import quickly_checked

As = Callable[[str], FlaskClient]


@pytest.fixture
def hall(app: Flask) -> Iterator[Hall]:
    """Two clerks in one batch, two inspectors, and an account in each role that these pages know."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        opened = open_hall()
        hashed = quickly_checked("correct horse")
        for role in ("organizer", "timekeeper", "chief", "supervisor"):
            perform(add_account, role, hashed, role)
        yield opened


@pytest.fixture
def signed_in(app: Flask, hall: Hall) -> As:
    """A browser of their own for an account, reading English."""

    def sign_in(role: str) -> FlaskClient:
        browser = app.test_client()
        browser.set_cookie("language", "en")
        answer = browser.post("/desk/sign-in", data={"name": role, "password": "correct horse"})
        assert answer.status_code == 302
        return browser

    return sign_in


@pytest.mark.parametrize(
    ("page", "role", "status"),
    [
        ("benches", "timekeeper", 200),
        ("benches", "organizer", 200),
        ("benches", "chief", 403),
        ("differences", "chief", 200),
        ("differences", "organizer", 200),
        ("differences", "timekeeper", 403),
        ("differences", "supervisor", 403),
    ],
)
def test_each_page_opens_to_its_roles_alone(hall: Hall, signed_in: As, page: str, role: str, status: int) -> None:
    assert signed_in(role).get(f"/desk/{hall.contest_id}/{page}").status_code == status


@pytest.mark.parametrize("page", ["benches", "differences"])
def test_a_contest_without_benches_has_no_such_page(venue, organizer, page: str) -> None:
    assert organizer.get(f"/desk/{venue.contest_id}/{page}").status_code == 404


def test_the_timekeeper_starts_stops_and_hands_in_and_comes_back_to_the_benches(hall: Hall, signed_in: As) -> None:
    browser, home = signed_in("timekeeper"), f"/desk/{hall.contest_id}"
    sent = {"turn": hall.turn("01").id, "page": "benches"}
    for place, verb in enumerate(("start_benches", "stop_bench", "hand_in")):
        answer = browser.post(f"{home}/{verb}", data={**sent, "request": f"request-{place}"})
        assert (answer.status_code, answer.location) == (303, f"{home}/benches")
    page = words_of(browser.get(f"{home}/benches"))
    assert "1 at work, 1 of 2 handed in" in page
    assert hall.turn("01").code in page


def test_a_second_stop_is_refused_on_the_page_with_a_sentence(hall: Hall, signed_in: As) -> None:
    hall.start("01")
    hall.stop("01")
    sent = {"turn": hall.turn("01").id, "page": "benches", "request": "pressed-again"}
    answer = signed_in("timekeeper").post(f"/desk/{hall.contest_id}/stop_bench", data=sent)
    assert answer.status_code == 409
    assert "The time of no. 01 is stopped already." in words_of(answer)


def test_a_chief_starts_no_bench_and_a_timekeeper_settles_nothing(hall: Hall, signed_in: As) -> None:
    turn, home = hall.turn("01").id, f"/desk/{hall.contest_id}"
    start = {"turn": turn, "request": "from-the-chief"}
    assert signed_in("chief").post(f"{home}/start_benches", data=start).status_code == 409
    settle = {"turn": turn, "line": "order.misplaced", "count": 1, "reason": "x", "request": "from-the-timekeeper"}
    assert signed_in("timekeeper").post(f"{home}/settle_difference", data=settle).status_code == 409
    assert hall.turn("01").called_steady is None


def test_the_chief_settles_a_line_by_its_code_and_never_reads_a_name(hall: Hall, signed_in: As) -> None:
    hall.start("01", minutes_ago=10)
    hall.stop("01")
    code = hall.hand_in("01")
    hall.submits(1, "01", checklist(index__wrong_entry="3"))
    hall.submits(2, "01", checklist(index__wrong_entry="1"))
    browser, home = signed_in("chief"), f"/desk/{hall.contest_id}"
    page = words_of(browser.get(f"{home}/differences"))
    assert f"{code} Open: 1" in page
    assert "陈思远" not in page
    sent = {"turn": hall.turn("01").id, "line": "index.wrong_entry", "count": "2", "page": "differences"}
    refused = browser.post(f"{home}/settle_difference", data={**sent, "reason": " ", "request": "no-reason"})
    assert (refused.status_code, "Please fill this in." in words_of(refused)) == (409, True)
    done = browser.post(f"{home}/settle_difference", data={**sent, "reason": "当面复核", "request": "a-reason"})
    assert (done.status_code, done.location) == (303, f"{home}/differences")
    assert "The inspectors agree, or every difference is settled." in words_of(browser.get(f"{home}/differences"))
