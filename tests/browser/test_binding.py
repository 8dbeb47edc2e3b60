"""A whole binding contest in real browsers: timekeeper, inspectors, chief, organizer, to the released ranking."""

from __future__ import annotations

import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import socketio
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import select

from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from scoring.board.reading.facts import outcome_of
from scoring.extensions import db
from scoring.rules.explanation import Explanation
from scoring.store import Release
from scoring.store.people import ROLES
from tests.actions.hall import checklist, open_hall
from tests.browser.conftest import DESK, TABLET, TABLET_UPRIGHT, Visit
from tests.browser.signing_in import sign_in
from tests.conftest import Installation, Server, start_server, stop_server
from tests.passwords import quickly_checked
from tests.patience import within

pytestmark = pytest.mark.browser
PASSWORD = "correct horse"


@pytest.fixture
def hall(installation: Installation, app: Flask, tmp_path: Path) -> Iterator[Server]:
    """A server of its own whose one contest has two benches, two inspectors and an account in each role."""
    with app.app_context():
        hashed = quickly_checked(PASSWORD)
        for role in ROLES:
            perform(add_account, role, hashed, role)
        open_hall()
    copy_database(installation.database, tmp_path / "saiping.db")
    started = start_server(tmp_path)
    yield started
    stop_server(started)


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that may be in use, with what still stands in its log."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


def open_page(server: Server, visit: Visit, role: str, page: str, size: ViewportSize) -> Page:
    """A page beside the desk, signed in as this role."""
    opened = visit(f"{server.url}/desk/sign-in?next=/desk/1/{page}", size, "en-GB")
    sign_in(opened, role, PASSWORD)
    expect(opened.locator("#wire")).to_have_attribute("data-state", "online")
    return opened


def up(tablet: Page, line: str, times: int) -> None:
    """Tap a defect up."""
    for _ in range(times):
        tablet.locator(f'[data-entry="{line}"] [data-count=up]').click()


def says_nothing_found(tablet: Page, but: set[str]) -> None:
    for box in tablet.locator("[data-nothing]").all():
        if (box.get_attribute("name") or "").split(".")[0].removeprefix("typed-") not in but:
            box.check()


def submit(tablet: Page) -> None:
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    expect(tablet.locator("#locked-sign, [data-stage=locked], [data-stage=waiting]")).to_be_visible()


@pytest.mark.timeout(180)
def test_two_benches_from_the_common_start_to_the_released_ranking(
    installation: Installation, app: Flask, hall: Server, visit: Visit
) -> None:
    timekeeper = open_page(hall, visit, "timekeeper", "benches", TABLET)
    timekeeper.locator(".start").click()
    expect(timekeeper.locator(".stop")).to_have_count(2)
    for left in (1, 0):
        timekeeper.locator(".stop").first.click()
        expect(timekeeper.locator(".stop")).to_have_count(left)
    codes = []
    for number in (1, 2):
        timekeeper.locator("form[data-verb=hand_in] button").first.click()
        expect(timekeeper.locator(".bench-code b")).to_have_count(number)
    codes = timekeeper.locator(".bench-code b").all_inner_texts()

    keys = [seat["key"] for seat in hall.facts["seats"]]
    inspector = visit(f"{hall.url}/judge/enter/{keys[0]}", TABLET_UPRIGHT, "en-GB")
    expect(inspector.locator("html")).to_have_attribute("lang", "en")
    inspector.get_by_role("link", name=re.compile(codes[0])).click()
    expect(inspector.locator(".contestant-number")).to_have_text(codes[0])
    up(inspector, "index.wrong_entry", 3)
    inspector.locator('[name="typed-index.wrong_entry.1.page"]').fill("7")
    expect(inspector.locator("#total")).to_have_text("97")
    inspector.locator("#submit").click()
    expect(inspector.locator("#problem-covers")).to_contain_text("nothing was found")
    says_nothing_found(inspector, but={"index"})
    submit(inspector)
    inspector.goto(inspector.url.partition("/turn/")[0])
    inspector.locator("details.leave summary").click()
    inspector.locator("details.leave button").click()
    expect(inspector.locator("#pin")).to_be_visible()
    others_mark_over_the_wire(hall, keys, codes)

    chief = open_page(hall, visit, "chief", "differences", DESK)
    line = chief.locator('tr[data-line="index.wrong_entry"]')
    line.locator("[name=count]").fill("2")
    line.locator("[name=reason]").fill("Checked together")
    line.locator("button").click()
    expect(chief.locator(".problem", has_text="Open")).to_have_count(0)

    organizer = open_page(hall, visit, "organizer", "differences", DESK)
    for left in (1, 0):
        organizer.locator("form[data-verb=release] button").first.click()
        expect(organizer.locator("form[data-verb=release]")).to_have_count(left)
    phone = visit(f"{hall.url}/c/zhuangding", TABLET, "en-GB")
    scores = phone.locator(".rows > .row summary .score")
    expect(scores).to_have_text(["100.00", "98.00"])
    copy_database(hall.folder / "saiping.db", installation.database)
    stored_sheets_give_the_released_result(app)


def others_mark_over_the_wire(server: Server, keys: list[str], codes: list[str]) -> None:
    """Inspector 2 finds one wrong entry in the first file; neither finds anything in the second."""
    for place, key in enumerate(keys):
        with socketio.SimpleClient() as tablet:
            auth = {"key": key, "tablet": key}
            tablet.connect(server.url, namespace="/judge", auth=auth, wait_timeout=within(10))
            listed = {item["number"]: item["turn"] for item in tablet.receive(timeout=within(10))[1]["list"]}
            sheets = {codes[1]: checklist()} | ({codes[0]: checklist(index__wrong_entry="1")} if place else {})
            for code, typed in sheets.items():
                sent = {"turn": listed[code], "typed": typed, "submission": secrets.token_hex(8)}
                assert tablet.call("submit", sent)["ok"]


def stored_sheets_give_the_released_result(app: Flask) -> None:
    with app.app_context():
        assert len(list(db.session.scalars(select(Release)))) == 2
        for release in db.session.scalars(select(Release)):
            recounted = outcome_of(release.turn).scores[""].explanation
            assert recounted == Explanation.from_data(release.announced[""])
