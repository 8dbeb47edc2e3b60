"""Two servers on one host keep their cookies apart: a browser sends to each what both have given it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring import config, create_app
from tests.conftest import Venue


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
    assert {cookie.key for cookie in browser._cookies.values()} == {own, f"{own}-language"}
    assert 'lang="en"' in browser.get("/judge/").text
