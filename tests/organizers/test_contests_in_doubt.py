"""A contest whose record does not agree stops no other one, and there is a way on that stands on record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from scoring.board.reading import examination
from scoring.board.reading.doubts import keep_doubts
from scoring.board.reading.log import check_chain
from scoring.extensions import db
from scoring.store import Entry
from tests.conftest import PASSWORD, Venue
from tests.organizers.conftest import words_of
from tests.passwords import quickly_checked


@pytest.fixture
def changed(venue: Venue) -> Iterator[Venue]:
    """Somebody has changed an office by hand while the server stood."""
    db.session.execute(text("UPDATE contestant SET office = '市院' WHERE number = '02'"))
    db.session.commit()
    examination.examine({})
    yield venue
    keep_doubts({})


@pytest.mark.parametrize("role", ["chief", "tallier", "host", "auditor", "administrator"])
def test_whoever_signs_in_finds_the_list_and_what_is_in_doubt(changed: Venue, anyone: FlaskClient, role: str) -> None:
    perform(add_account, "她", quickly_checked(PASSWORD), role)
    assert anyone.post("/desk/sign-in", data={"name": "她", "password": PASSWORD}).status_code == 302
    page = anyone.get("/desk/")
    assert page.status_code == 200
    assert "In doubt Final" in words_of(page)
    assert "were changed outside of this software" in words_of(page)


def test_the_log_of_a_contest_in_doubt_can_be_read(changed: Venue, organizer: FlaskClient) -> None:
    link = f"/desk/{changed.contest_id}/log"
    assert f'href="{link}"' in organizer.get("/desk/").text
    assert organizer.get(link).status_code == 200


def test_rows_that_are_right_as_they_are_are_accepted_at_the_machine_and_the_log_says_so(changed: Venue) -> None:
    terminal = changed.app.test_cli_runner()
    wanted = ["accept-changes", "shifa", "--by", "李明", "--reason"]
    assert terminal.invoke(args=[*wanted, " "]).exit_code == 1
    assert terminal.invoke(args=["accept-changes", "nothing", *wanted[2:], "x"]).exit_code == 1
    done = terminal.invoke(args=[*wanted, "单位已核对"])
    assert (done.exit_code, done.output) == (0, "")
    assert examination.examine({}) == {}
    entry = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert entry is not None
    assert (entry.verb, entry.actor, entry.details) == ("accept_rows", "account:李明", {"reason": "单位已核对"})
    assert check_chain(changed.contest_id)["altered"] == entry.revision
