"""The demo's contests, and everybody who may knock at their doors, each in a browser of their own."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from scoring import demo
from scoring.extensions import db
from scoring.store import Account, Contest, Document, Seat
from tests.access.table import ELSEWHERE, JUDGE, PEOPLE, VISITOR
from tests.conftest import Installation, begin_with, entry_of, signed_in_as


@dataclass(frozen=True)
class Demo:
    """A database with the demo and everybody signed in, and everybody's cookies."""

    template: Path
    cookies: dict[str, Any]

    def browser(self, app: Flask, who: str) -> FlaskClient:
        """Somebody's browser, as it was when the template was made."""
        browser = app.test_client()
        browser._cookies = dict(self.cookies[who])
        return browser


@pytest.fixture(scope="session")
def with_demo(installation: Installation) -> Demo:
    """Made once: a dozen people who sign in take longer than most tests."""
    template = installation.empty.parent / "with-demo"
    for app in begin_with(installation, installation.empty):
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            demo.make("http://127.0.0.1:1", template.with_suffix(".json"))
            cookies = {who: dict(browser_of(app, who)._cookies) for who in PEOPLE}
            db.session.remove()
            db.engine.dispose()
            shutil.copy(installation.database, template)
    return Demo(template, cookies)


@dataclass
class House:
    """The installation with everybody at its doors."""

    app: Flask
    browsers: dict[str, FlaskClient]

    def contest(self, slug: str) -> Contest:
        """One of the demo's contests."""
        return db.session.scalars(select(Contest).where(Contest.slug == slug)).one()

    def address(self, rule: Any) -> str:
        """An address of this rule that exists."""
        contest = self.contest(ELSEWHERE.get(rule.endpoint, "shifa"))
        turn = contest.events[0].rounds[0].turns[0]
        seat = self.seat_of(contest)
        known = {
            "contest_id": contest.id,
            "slug": contest.slug,
            "turn_id": turn.id,
            "seat_id": seat.id,
            "key": entry_of(seat)[0],
            "verb": "call",
            "name": "none",
            "filename": "base.css",
            "document_id": db.session.scalar(select(Document.id)) or 1,
            "kind": "contestants",
            "photo_id": 1,
            "draft_id": 1,
            "job_id": "0123456789abcdef",
            "line_id": 1,
            "step": "rules",
            "press": "template",
        }
        return str(rule.build({name: known[name] for name in rule.arguments})[1])

    def seat_of(self, contest: Contest) -> Seat:
        """The first judge's seat."""
        return contest.events[0].rooms[0].seats[0]

    def knock(self, who: str, method: str, address: str) -> TestResponse:
        """What somebody is answered at an address."""
        if method == "GET":
            return self.browsers[who].get(address)
        as_script = {"Accept": "application/json"} if address.startswith("/judge") else {}
        return self.browsers[who].post(address, data={"request": secrets.token_hex(8)}, headers=as_script)


@pytest.fixture
def house(installation: Installation, with_demo: Demo) -> Iterator[House]:
    """Everybody at the doors of the demo."""
    for app in begin_with(installation, with_demo.template):
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            yield House(app, {who: with_demo.browser(app, who) for who in PEOPLE})


def browser_of(app: Flask, who: str) -> FlaskClient:
    """Somebody's browser; signed in by the cookie, because ten passwords take two seconds to check."""
    browser = app.test_client()
    browser.set_cookie("language", "en")
    if who == JUDGE:
        for contest in db.session.scalars(select(Contest)):
            for room in contest.events[0].rooms[:1]:
                browser.post(f"/judge/enter/{entry_of(room.seats[0])[0]}")
    elif who != VISITOR:
        account = db.session.scalars(select(Account).where(Account.role == who)).first()
        assert account is not None
        signed_in_as(browser, account)
    return browser
