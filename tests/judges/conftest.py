"""A judge's browser at a seat, and how its pages are read."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_babel import force_locale, refresh
from sqlalchemy import select
from werkzeug.test import TestResponse

from scoring import wording
from scoring.actions.running import turns
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.store import Sheet, SheetVersion
from tests.conftest import DESK, Venue, entry_of

SCRIPT = {"Accept": "application/json"}


def words_of(answer: TestResponse) -> str:
    """What a reader may see in the page's main part, with single blanks."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r"<(script|template).*?</\1>", " ", main, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", f"<main{main}")).split())


def element(answer: TestResponse, id_: str) -> str:
    """The tag with this id, and the text up to the next tag."""
    found = re.search(rf'<[^>]*\bid="{id_}"[^>]*>[^<]*', answer.text)
    assert found, f"no element {id_}"
    return " ".join(unescape(found.group()).split())


def sentence(language: str, code: str, **figures: str) -> str:
    """The sentence for a refusal in that language."""
    with force_locale(language):
        return wording.sentence(code, **figures)


def call_beside(venue: Venue, number: str) -> None:
    """The organizer calls a contestant while the one before is still being marked."""
    perform(turns.call, DESK, venue.turn(number).id, leave_open=True)


def take_back(venue: Venue, number: str) -> None:
    """The organizer takes a wrong call back."""
    perform(turns.undo_call, DESK, venue.turn(number).id)


@dataclass
class Tablet:
    """One judge's browser, signed in at the seat."""

    browser: FlaskClient
    venue: Venue
    judge: int

    @property
    def home(self) -> str:
        """The tablet's address."""
        return f"/judge/{self.venue.seat(self.judge).id}"

    def address(self, number: str) -> str:
        """The address of the sheet for one contestant."""
        return f"{self.home}/turn/{self.venue.turn(number).id}"

    def reads(self, language: str) -> None:
        """The judge switches the language; the tests share one application context, which remembers the last one."""
        self.browser.set_cookie("language", language)
        refresh()

    def look(self, number: str | None = None) -> TestResponse:
        """The page as it is now."""
        answer = self.browser.get(self.address(number) if number else self.home)
        assert answer.status_code == 200
        return answer

    def press(self, verb: str, number: str, typed: dict[str, str], **sent: Any) -> TestResponse:
        """Press one of the sheet's buttons, without a script."""
        return self.browser.post(self.address(number), data=self._form(verb, typed, sent))

    def send(self, verb: str, number: str, typed: dict[str, str], **sent: Any) -> tuple[int, dict[str, Any]]:
        """Post the sheet as the script does when it has no socket; status and answer."""
        answer = self.browser.post(self.address(number), data=self._form(verb, typed, sent), headers=SCRIPT)
        return answer.status_code, answer.get_json()

    def stored(self, number: str) -> list[SheetVersion]:
        """Every version of this judge's sheet."""
        db.session.rollback()
        seat_id, turn_id = self.venue.seat(self.judge).id, self.venue.turn(number).id
        sheet = db.session.scalar(select(Sheet).where(Sheet.seat_id == seat_id, Sheet.turn_id == turn_id))
        return list(sheet.versions) if sheet else []

    def _form(self, verb: str, typed: dict[str, str], sent: dict[str, Any]) -> dict[str, Any]:
        entries = {f"typed-{key}": text for key, text in typed.items()}
        return {"verb": verb, "base": 0, "submission": secrets.token_hex(16), **entries, **sent}


@pytest.fixture
def tablet_of(anyone: FlaskClient, venue: Venue) -> Callable[[int], Tablet]:
    """Signs judges in with their PINs, each in a browser of their own, reading English."""

    def sign_in(judge: int) -> Tablet:
        browser = venue.app.test_client()
        browser.set_cookie("language", "en")
        answer = browser.post("/judge/", data={"pin": entry_of(venue.seat(judge))[1]})
        assert answer.status_code == 303
        return Tablet(browser, venue, judge)

    return sign_in


@pytest.fixture
def tablet(tablet_of: Callable[[int], Tablet]) -> Tablet:
    """Judge 1's tablet."""
    return tablet_of(1)
