"""Every page, as whoever may open it, in both languages: axe finds nothing, and nothing is cut off sideways."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
import socketio
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from scoring.store.people import ROLES
from tests.access.table import ELSEWHERE, JUDGE, PAGES, VISITOR
from tests.attacks.phone import handover_code, opened_handover
from tests.browser import axe
from tests.browser.conftest import DESK, HALL, PHONE, TABLET
from tests.browser.signing_in import sign_in_as
from tests.browser.tablets import Desk
from tests.conftest import FULL_MARKS, Installation, Server, start_server, stop_server
from tests.patience import within

CASTING = (VISITOR, JUDGE, "organizer", "administrator", *ROLES)
# Pages that are left out, each group with its reason.
FILES = {
    "audience.board_json",
    "audience.overall_json",
    "organizers.import_template",
    "organizers.overall_xlsx",
    "organizers.ranking_csv",
    "organizers.ranking_xlsx",
    "organizers.job_file",
    "organizers.session",
}
LEAD_ELSEWHERE = {"healthz", "metrics", "organizers.back_from_verb", "organizers.first_start"}
NOTHING_IN_THE_DEMO = {
    "organizers.job",
    "judges.document",
    "judges.photo",
    "organizers.correction_sheet",
    "organizers.import_preview",
    "organizers.photo",
    "organizers.points",
    "organizers.spot_check_line",
}
NO_PAGES = FILES | LEAD_ELSEWHERE | NOTHING_IN_THE_DEMO
HANDED_OVER = 1  # the seat, from 0, whose handover is open and that nobody takes
# A full-width sign is as wide as a sign with its blank; so is a Chinese word before the name of a time zone.
GAPS = """() => [...document.querySelectorAll("html:lang(zh) :is(p, li, dd, .soft, .hint)")]
  .filter(one => one.checkVisibility())
  .flatMap(one => one.innerText.match(/.{0,12}([。；：，！？] (?=[^ ])|[\u4e00-\u9fff] 北京时间).{0,12}/g) ?? [])
  .map(said => `a blank in “${said}”`)"""
# What came of a press stands apart from what is above and below it, on every page that says it.
TOUCHING = """() => {
  const place = document.getElementById("outcome");
  if (!place) return [];
  const said = place.appendChild(Object.assign(document.createElement("p"), {className: "message", textContent: "✓"}));
  const beside = (way) => {
    let one = place[way];
    while (one && !one.getBoundingClientRect().height) one = one[way];
    return one?.getBoundingClientRect();
  };
  const {top, bottom} = said.getBoundingClientRect();
  const above = beside("previousElementSibling"), below = beside("nextElementSibling");
  const gaps = {above: above && top - above.bottom, below: below && below.top - bottom};
  said.remove();
  return Object.entries(gaps).filter(([, gap]) => gap < 8).map(([way, gap]) => `a notice has ${gap} px ${way} it`);
}"""
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def underway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo after a first release, while the second contestant is being marked and one seat is to be handed over."""
    started = start_server(tmp_path_factory.mktemp("underway"))
    organizer = Desk(started)
    organizer.does("call", "01")
    for seat in started.facts["seats"]:
        tablet = socketio.Client(reconnection=False)
        auth = {"key": seat["key"], "tablet": seat["key"]}
        tablet.connect(started.url, namespaces=["/judge"], auth=auth, transports=["websocket"], wait_timeout=within(10))
        sheet = {"turn": started.facts["turns"][0]["id"], "typed": FULL_MARKS, "submission": secrets.token_hex(8)}
        assert tablet.call("submit", sheet, namespace="/judge", timeout=within(10))["ok"]
        tablet.disconnect()
    organizer.does("release", "01")
    organizer.does("call", "02")
    organizer.asks("open_handover", seat=started.facts["seats"][HANDED_OVER]["id"])
    organizer.leave()
    yield started
    stop_server(started)


def addresses(app: Flask, server: Server, who: str) -> Iterator[tuple[str, str]]:
    """The pages that are looked at as this person: those that nobody before in the casting may open."""
    for rule in app.url_map.iter_rules():
        first = next((one for one in CASTING if one in PAGES.get(rule.endpoint, ())), None)
        if "GET" in (rule.methods or ()) and first == who and rule.endpoint not in NO_PAGES:
            yield rule.endpoint, known_address(server, rule)


def known_address(server: Server, rule: Any) -> str:
    """An address of this rule in the demo."""
    slug = ELSEWHERE.get(rule.endpoint, "shifa")
    contest = next(one for one in server.facts["contests"] if one["slug"] == slug)
    turns = {turn["number"]: turn["id"] for turn in server.facts["turns"]}
    known = {"contest_id": contest["id"], "slug": slug, "turn_id": turns["02"], "seat_id": contest["seats"][0]["id"]}
    known |= {
        "key": contest["seats"][0]["key"],
        "name": "none",
        "document_id": 1,
        "kind": "contestants",
        "draft_id": 1,
        "line_id": 1,
        "photo_id": 1,
        "step": "rules",
        "press": "template",
    }
    if rule.endpoint == "judges.enter":
        known["key"] = server.facts["contests"][-1]["seats"][-1]["key"]  # nobody holds this seat
    if rule.endpoint == "judges.handover":
        known["key"] = handover_code(server, HANDED_OVER)
    return str(rule.build({name: known[name] for name in rule.arguments})[1])


@pytest.fixture(params=["zh-CN", "en-US"])
def language(request: pytest.FixtureRequest) -> str:
    """A reader's language."""
    return str(request.param)


@pytest.fixture
def context(browser: Browser, language: str) -> Iterator[BrowserContext]:
    """A browser of somebody's own."""
    context = browser.new_context(locale=language, reduced_motion="reduce", viewport=DESK)
    context.add_init_script(axe.script())
    yield context
    context.close()


def let_in(page: Page, server: Server, who: str) -> None:
    """Let this person in, as they would be; a judge at seats that the desk hands over, whoever held them before."""
    if who == JUDGE:
        for contest in server.facts["contests"]:
            code = opened_handover(server, contest["id"], contest["seats"][0]["id"])
            page.goto(f"{server.url}/judge/handover/{code}")
            page.locator("#take").click()
            expect(page.locator("[data-stage]")).to_be_visible()
    elif who != VISITOR:
        page.goto(f"{server.url}/desk/sign-in")
        sign_in_as(page, server, who)
        page.wait_for_url("**/desk/**")


def size_of(endpoint: str) -> ViewportSize:
    """The screen on which a page is read."""
    if endpoint in ("audience.screen", "audience.overall_screen"):
        return HALL
    return {"audience": PHONE, "judges": TABLET}.get(endpoint.partition(".")[0], DESK)


def broken_on(page: Page) -> list[str]:
    """What axe finds, a page wider than the screen, blanks between Chinese sentences, notices that touch something."""
    wide = ["wider than the screen"] if page.evaluate(WIDE) else []
    return wide + axe.violations(page) + page.evaluate(GAPS) + page.evaluate(TOUCHING)


@pytest.mark.parametrize("who", CASTING[:3] + tuple(role for role in ROLES if role not in CASTING[:4]))
def test_no_page_of_theirs_breaks_a_rule(
    installation: Installation, underway: Server, context: BrowserContext, who: str
) -> None:
    page = context.new_page()
    let_in(page, underway, who)
    broken: dict[str, list[str]] = {}
    for endpoint, address in addresses(installation.app, underway, who):
        page.set_viewport_size(size_of(endpoint))
        answer = page.goto(underway.url + address)
        assert answer is not None
        assert answer.status == 200, address
        if found := broken_on(page):
            broken[address] = found
    assert not broken, json.dumps(broken, ensure_ascii=False, indent=1)
