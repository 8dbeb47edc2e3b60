"""The desk as the tests press it, and the words that a page shows."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
import segno
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import refresh
from werkzeug.test import TestResponse

from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from scoring.board.snapshots.desk import TurnOnDesk
from scoring.board.views.desk import desk as desk_view
from scoring.extensions import db
from tests.conftest import ORGANIZER, PASSWORD, Venue
from tests.organizers.path import Path
from tests.passwords import quickly_checked
from tests.refusals import entries


def words_of(answer: TestResponse) -> str:
    """What a reader sees in the page's main part, with single blanks; where a line may break, nothing is read."""
    main = answer.text.replace("<wbr>", "").partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", f"<main{main}")).split())


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that was put into a code."""
    made: list[str] = []
    make = segno.make

    def noting(text: str, **named: Any) -> segno.QRCode:
        made.append(text)
        return make(text, **named)

    monkeypatch.setattr(segno, "make", noting)
    return made


@dataclass
class Desk:
    """The organizer's browser at the desk of the venue's contest."""

    browser: FlaskClient
    venue: Venue

    @property
    def path(self) -> str:
        """The desk's address."""
        return f"/desk/{self.venue.contest_id}"

    def reads(self, language: str) -> None:
        """Switch the language; Babel keeps the one before in the test's own application context."""
        self.browser.set_cookie("language", language)
        refresh()

    def look(self) -> str:
        """The words on the desk."""
        answer = self.browser.get(self.path)
        assert answer.status_code == 200
        return words_of(answer)

    def press(self, verb: str, request: str = "", **sent: Any) -> TestResponse:
        """Press a verb's button, with a request id of its own unless one is given."""
        return self.browser.post(f"{self.path}/{verb}", data={"request": request or secrets.token_hex(16), **sent})

    def after(self, verb: str, **sent: Any) -> str:
        """Press a button that is granted, and read the desk that follows."""
        answer = self.press(verb, **sent)
        assert (answer.status_code, answer.location) == (303, self.path)
        return self.look()

    def refused(self, verb: str, **sent: Any) -> TestResponse:
        """Press a button that is refused: the desk stays, with the reason, and nothing is stored."""
        before = entries()
        answer = self.press(verb, **sent)
        assert answer.status_code == 409
        assert entries() == before
        return answer

    def turn(self, number: str) -> TurnOnDesk:
        """A turn as the board shows it to the desk."""
        db.session.rollback()
        turns = desk_view(self.venue.contest_id)["turns"]
        return next(turn for turn in turns if turn["number"] == number)


@pytest.fixture
def desk(organizer: FlaskClient, venue: Venue) -> Desk:
    """The desk, with nobody called yet."""
    return Desk(organizer, venue)


@pytest.fixture
def path(app: Flask) -> Iterator[Path]:
    """An organizer who is signed in where there is no contest yet."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        perform(add_account, ORGANIZER, quickly_checked(PASSWORD))
        client = app.test_client()
        client.set_cookie("language", "en")
        client.post("/desk/sign-in", data={"name": ORGANIZER, "password": PASSWORD})
        yield Path(client)
