"""Two servers on one host keep their cookies apart: a browser sends to each what both have given it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from scoring import config, create_app
from tests.conftest import ORGANIZER, PASSWORD, Venue, entry_of


def names_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    folder.mkdir()
    monkeypatch.setenv("SAIPING_INSTANCE", str(folder))
    known = config.settings()
    return {str(known["SESSION_COOKIE_NAME"]), str(known["LANGUAGE_COOKIE_NAME"])}


def test_no_two_installations_have_a_cookie_of_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (names_of(tmp_path / name, monkeypatch) for name in ("one", "other"))
    assert len(one | other) == 4


def test_an_installation_keeps_its_names_over_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = names_of(tmp_path / "one", monkeypatch)
    assert {str(config.settings()["SESSION_COOKIE_NAME"]), str(config.settings()["LANGUAGE_COOKIE_NAME"])} == first


def test_every_cookie_that_a_server_gives_bears_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, venue: Venue
) -> None:
    monkeypatch.setenv("SAIPING_INSTANCE", str(tmp_path))
    app = create_app(SQLALCHEMY_DATABASE_URI=venue.app.config["SQLALCHEMY_DATABASE_URI"], WTF_CSRF_ENABLED=False)
    browser = app.test_client()
    browser.post("/language", data={"language": "en", "next": "/"})
    browser.get("/judge/")
    own = config.own_name(config.secret_key(tmp_path))
    given = {cookie.key for cookie in browser._cookies.values()}
    assert given == {own, *(f"{own}-{of}" for of in ("language", "seats"))}
    assert 'lang="en"' in browser.get("/judge/").text


def arrives_late(browser: FlaskClient, other_tab: FlaskClient) -> None:
    """What another tab has asked for before anything came of this one arrives now, with the cookies that it sets."""
    for page in ("/", "/judge/", "/desk/sign-in"):
        given = {one.partition("=")[0] for one in other_tab.get(page).headers.getlist("Set-Cookie")}
        browser._cookies.update({key: held for key, held in other_tab._cookies.items() if held.key in given})


def test_an_answer_that_another_tab_waited_for_takes_away_neither_the_seat_nor_the_sign_in(venue: Venue) -> None:
    venue.app.config["WTF_CSRF_ENABLED"] = False
    browser, other_tab = venue.app.test_client(), venue.app.test_client()
    browser.get("/judge/")
    other_tab._cookies = dict(browser._cookies)
    seat = venue.seat(1)
    browser.post(f"/judge/enter/{entry_of(seat)[0]}")
    browser.post("/desk/sign-in", data={"name": ORGANIZER, "password": PASSWORD})
    arrives_late(browser, other_tab)
    assert browser.get(f"/judge/{seat.id}").status_code == 200
    assert browser.get(f"/desk/{venue.contest_id}").status_code == 200
