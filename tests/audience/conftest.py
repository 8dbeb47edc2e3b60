"""The audience's tests: a visitor who opens a page in one of the two languages and reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_babel import refresh
from werkzeug.test import TestResponse

from tests.audience.reading import Element, read
from tests.conftest import Venue


@dataclass
class Visitor:
    """Somebody who is not signed in, with a language."""

    client: FlaskClient
    language: str

    def get(self, path: str, **headers: str) -> TestResponse:
        """The answer at an address; header names have underscores for hyphens."""
        refresh()  # the story's application context outlives the request, and Babel keeps the language in it
        self.client.set_cookie("language", self.language)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers=named)

    def reads(self, path: str) -> Element:
        """The page at an address, as it is seen."""
        answer = self.get(path)
        assert answer.status_code == 200
        return read(answer.text)

    def board(self) -> dict[str, Any]:
        """The figures at board.json."""
        return dict(self.get("/c/shifa/board.json").get_json())


@pytest.fixture
def english(venue: Venue) -> Visitor:
    """A visitor who reads English."""
    return Visitor(venue.app.test_client(), "en")


@pytest.fixture
def chinese(venue: Venue) -> Visitor:
    """A visitor who reads Chinese."""
    return Visitor(venue.app.test_client(), "zh")


@pytest.fixture(params=["zh", "en"])
def visitor(venue: Venue, request: pytest.FixtureRequest) -> Visitor:
    """A visitor in either language."""
    return Visitor(venue.app.test_client(), request.param)


LIVELY = ["90", "91.5", "92", "92", "93", "94.5", "96"]
CALM = ["80", "81", "82", "82", "83", "84", "85"]


def perform(venue: Venue, number: str, totals: list[str]) -> None:
    """A contestant performs, is marked by all and released."""
    venue.call(number)
    venue.all_submit(number, totals)
    venue.release(number)
