"""The operator drives the hall, the host reads from the prompter and the supervisor from the log, each live."""

from __future__ import annotations

from typing import Any

import pytest
import socketio
from playwright.sync_api import expect

from tests.browser.conftest import HALL, Visit
from tests.browser.signing_in import at_the_desk
from tests.browser.tablets import Desk
from tests.conftest import FULL_MARKS, Server
from tests.patience import within

pytestmark = pytest.mark.browser


def submits(server: Server, seat: dict[str, Any], number: str) -> None:
    """A judge hands full marks in."""
    turn = next(turn["id"] for turn in server.facts["turns"] if turn["number"] == number)
    client = socketio.SimpleClient()
    auth = {"key": seat["key"], "tablet": seat["key"]}
    client.connect(server.url, namespace="/judge", auth=auth, wait_timeout=within(10))
    sheet = {"turn": turn, "typed": FULL_MARKS, "submission": f"sheet-of-{number}-by-{seat['number']}"}
    answer = client.call("submit", sheet, timeout=within(10))
    client.disconnect()
    assert answer["ok"], answer


def test_hall_prompter_and_log_follow_by_themselves(server: Server, visit: Visit) -> None:
    operator = at_the_desk(server, visit, "operator", "/screens")
    host = at_the_desk(server, visit, "host", "/prompter")
    supervisor = at_the_desk(server, visit, "supervisor", "/log")
    hall = visit(server.facts["addresses"]["screen"], HALL, "en-GB")
    expect(host.locator(".say-now")).to_contain_text("No. 01 comes next")
    desk = Desk(server)
    desk.does("call", "01")
    expect(host.locator(".say-now")).to_contain_text("Contestant no. 01, please.")
    expect(supervisor.locator(".log-rows tbody tr").first).to_contain_text("called no. 01")
    operator.locator("#message").fill("休息十分钟")
    operator.get_by_role("button", name="Put into the preview").click()
    expect(hall.locator(".hall-message")).to_be_hidden()
    operator.locator("#take").click()
    expect(hall.locator(".hall-message")).to_have_text("休息十分钟")
    expect(supervisor.locator(".log-rows tbody tr").first).to_contain_text("changed what the hall screens show")
    operator.get_by_role("button", name="Blackout").click()
    expect(hall.locator(".hall-dark")).to_be_visible()
    operator.get_by_role("button", name="Light again").click()
    expect(hall.locator(".hall-dark")).to_be_hidden()
    operator.get_by_role("button", name="By itself").click()
    operator.locator("#take").click()
    expect(hall.locator(".hall-message")).to_be_hidden()
    operator.get_by_role("button", name="Freeze the board").click()
    expect(hall.locator(".hall-frozen")).to_be_visible()
    for seat in server.facts["seats"]:
        submits(server, seat, "01")
    desk.does("release", "01")
    expect(operator.locator(".monitor-air")).to_contain_text("Scores held back: 1")
    expect(hall.locator(".latest")).to_be_hidden()
    operator.get_by_role("button", name="Let the board move").click()
    expect(hall.locator(".latest .score")).to_have_text("100.00")
    expect(host.locator(".say-final")).to_have_text("The final score of contestant 01 is 100.00.")
    desk.leave()
