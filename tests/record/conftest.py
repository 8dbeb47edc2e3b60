"""Those who keep the record: an account and a browser for each role of the venue's contest."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.store import Account, Entry
from tests.conftest import Venue, signed_in_as
from tests.organizers.conftest import words_of

NAMES = {
    "chief": "赵主任",
    "host": "孙主持",
    "tallier": "李统分",
    "checker": "王核分",
    "supervisor": "周监督",
    "operator": "吴屏幕",
    "organizer": "郑组长",
    "timekeeper": "钱计时",
    "coder": "刘编码",
    "administrator": "冯管理",
}


def actor(role: str) -> Actor:
    """The account of that role, as it signs what it does."""
    return Actor(f"account:{NAMES[role]}", role=role)


TALLIER, CHECKER, CHIEF, SUPERVISOR, OPERATOR = map(actor, ("tallier", "checker", "chief", "supervisor", "operator"))


@dataclass
class Staff:
    """A signed-in browser on the pages of the venue's contest, reading English."""

    browser: FlaskClient
    contest_id: int

    def look(self, page: str, status: int = 200) -> TestResponse:
        """Open a page of the contest."""
        answer = self.browser.get(f"/desk/{self.contest_id}/{page}")
        assert answer.status_code == status, (page, answer.status_code)
        return answer

    def reads(self, page: str) -> str:
        """The words on a page of the contest."""
        return words_of(self.look(page))

    def press(self, address: str, status: int = 303, **sent: Any) -> TestResponse:
        """Send a form of a page."""
        data = {"request": secrets.token_hex(16), **sent}
        answer = self.browser.post(f"/desk/{self.contest_id}/{address}", data=data)
        assert answer.status_code == status, (address, answer.status_code)
        return answer

    def after(self, address: str, **sent: Any) -> str:
        """Send a form and read the page that follows."""
        answer = self.browser.get(self.press(address, **sent).location)
        assert answer.status_code == 200
        return words_of(answer)

    def refused(self, address: str, **sent: Any) -> str:
        """Send a form that is refused, and read why."""
        return words_of(self.press(address, 409, **sent))


@pytest.fixture
def staff(venue: Venue) -> Callable[[str], Staff]:
    """Lets an account of a role sign in."""
    venue.app.config["WTF_CSRF_ENABLED"] = False

    def signs_in(role: str) -> Staff:
        name = NAMES[role]
        if db.session.scalar(select(Account.id).where(Account.name == name)) is None:
            perform(add_account, name, "no password", role)
        db.session.rollback()
        browser = venue.app.test_client()
        browser.set_cookie("language", "en")
        signed_in_as(browser, db.session.scalars(select(Account).where(Account.name == name)).one())
        return Staff(browser, venue.contest_id)

    return signs_in


def verbs_of(contest_id: int) -> list[str]:
    """The verbs on record, in order."""
    db.session.rollback()
    wanted = select(Entry.verb).where(Entry.contest_id == contest_id).order_by(Entry.revision)
    return list(db.session.scalars(wanted))
