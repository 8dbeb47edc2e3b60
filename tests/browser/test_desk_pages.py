"""The pages of the desk in a browser, as each role: nothing is cut or lies over anything; the desk's card stays."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import groupby

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from scoring import create_app
from scoring.actions.results.spot_checks import draw_spot_check
from scoring.actions.running import split_rooms
from scoring.actions.running.late_entries import enter_late
from scoring.actions.running.late_places import DRAWN
from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.organizers.setting_up import STEPS
from scoring.rules.spot_check import SpotCheckRule
from scoring.store.people import ROLES
from tests.access.table import ELSEWHERE, ORGANIZERS, PAGES
from tests.actions.hall import checklist
from tests.actions.matches import sheet_worth
from tests.browser import hall_states as made
from tests.browser.boxes import Size, faults_at
from tests.browser.conftest import DESK, PHONE
from tests.browser.debate_halls import TWO_ROUNDS
from tests.browser.hall_states import Stage
from tests.browser.signing_in import sign_in
from tests.browser.test_every_page import NO_PAGES
from tests.conftest import (
    ORGANIZER,
    PASSWORD,
    Installation,
    Server,
    leave_to_the_disk,
    marks_worth,
    start_server,
    stop_server,
)
from tests.passwords import quickly_checked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
WIDE = (1366, 768)
SIZES = (WIDE, (1180, 820))
DESK_SIZES = (*SIZES, (1280, 800))
ON_A_PHONE = (PHONE["width"], PHONE["height"])
ONE_COLUMN: ViewportSize = {"width": 880, "height": 700}
TOO_LOW: ViewportSize = {"width": 880, "height": 560}
Served = tuple[Server, dict[str, int]]
# The buttons and links of the desk that are filled with a colour, as only its next step may be.
FILLED = """() => [...document.querySelectorAll("#desk button, #desk a.button")]
  .filter(one => one.checkVisibility() && !one.matches("[aria-disabled=true]"))
  .filter(one => !["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"].includes(getComputedStyle(one).backgroundColor))
  .map(one => one.textContent.trim())"""
SCROLLED = """() => {
  for (const one of [document.scrollingElement, ...document.querySelectorAll("#desk-rest, #order-rows")])
    one.scrollTop = one.scrollHeight;
  const { top, bottom } = document.querySelector(".stage .main").getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}"""
#: Whether a print says whose it is, and on what: the masthead's own colour would be ink on ink.
WHOSE = """() => [document.querySelector(".desk-title").clientHeight > 0,
  getComputedStyle(document.querySelector(".masthead")).backgroundColor]"""
STUCK = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.checkVisibility() && getComputedStyle(one).position === "sticky")
  .map(one => one.className || one.tagName)"""
PRESSED = """() => [...document.querySelectorAll("button, .button, .skip")].filter(one => one.checkVisibility())
  .map(one => one.textContent.trim())"""
UNFOLDED = """() => {
  const folded = [...document.querySelectorAll("main details:not([open])")];
  for (const one of folded) one.open = true;
  return folded.length;
}"""
WIDTHS = """() => [...document.querySelectorAll(".stage, #desk-rest, .order")]
  .map(one => one.getBoundingClientRect().width)"""


def performing(slug: str, handed_in: int) -> Stage:
    """Nine have their scores, the tenth is called and speaks; so many of the seven judges have handed in."""
    stage = made.explanation(slug, 36, 7)
    stage.play_each(9, 7)
    turn = stage.calls(9, "speak")
    stage.submits(turn, [marks_worth("90")] * handed_in)
    return stage


def split(slug: str) -> Stage:
    """Half of those who wait were moved to a second room while one performs in the first."""
    stage = performing(slug, 0)
    stage.asks(split_rooms.split_room, stage.turns[0].room_id, 3, "赶时间")
    return stage


def released(slug: str) -> Stage:
    """Nine of 36 have their scores, and nobody is called; one who came late was drawn into the others."""
    stage = made.explanation(slug, 36, 7)
    stage.play_each(9, 7)
    drawn = {"place": DRAWN, "seed": "7-31-4", "witness": "监督员"}
    perform(enter_late, made.DESK, stage.contest_id, "37", "郑凯", "路上堵车", **drawn)
    return stage


def differing(slug: str) -> Stage:
    """Three files are handed in, and the inspectors differ on the first."""
    stage = made.benches_at_work(slug, 4, 4, 3)
    stage.submits(stage.turns[0], [checklist(), checklist(index__wrong_entry="1")])
    return stage


def tied(slug: str) -> Stage:
    """The first match is over, and the second is tied."""
    stage = made.debate(slug, 8, 1, rounds=TWO_ROUNDS, motions=[made.MOTION])
    made.matches_played(stage, 0)
    stage.submits(stage.calls(1, "opening_control"), [sheet_worth("90", "90")] * 3)
    return stage


def spot_checked(slug: str) -> Stage:
    """Everybody has a score, and the spot check is drawn from a number as long as the machine makes one."""
    stage = made.explanation(slug, 4, 3)
    stage.play_each(4, 3)
    stage.asks(draw_spot_check, None, "4d" * 32, "王监督", SpotCheckRule().to_data(), "监督员未到场")
    return stage


STATES: dict[str, Callable[[str], Stage]] = {
    "nothing-called": lambda slug: made.explanation(slug, 36, 7),
    "performing": lambda slug: performing(slug, 0),
    "marking": lambda slug: performing(slug, 5),
    "split": split,
    "all-in": lambda slug: performing(slug, 7),
    "released": released,
}
#: Other kinds of contests, whose pages the desk of single performances does not have.
OTHERS: dict[str, Callable[[str], Stage]] = {
    "differing": differing,
    "reviewed": lambda slug: made.reviewed(made.review(slug, 5), 2),
    "tied": tied,
    "spot-checked": spot_checked,
}
#: Who else looks at which pages of which contest: what is not the organizer's, or stands otherwise for this role.
WALKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("organizer", "tied", ("", "/late", "/draw", "/events", "/set-up/rooms", "/set-up/rules")),
    ("organizer", "marking", ("?out=1",)),
    ("organizer", "released", ("/late",)),
    ("organizer", "reviewed", ("", "/assignment", "/late")),
    ("administrator", "", ("accounts", "duties", "installation", "password")),
    ("auditor", "released", ("/log",)),
    ("auditor", "", ("access-log", "site-log")),
    ("chief", "all-in", ("", "/marks", "/totals")),
    ("chief", "differing", ("", "/differences")),
    ("chief", "reviewed", ("", "/marks", "/assignment")),
    ("chief", "tied", ("", "/marks", "/totals")),
    ("supervisor", "released", ("", "/log", "/spot-check")),
    ("supervisor", "reviewed", ("/witness",)),
    ("tallier", "marking", ("/tally", "/paper", "/totals")),
    ("checker", "all-in", ("/totals", "/corrections", "/spot-check")),
    ("checker", "spot-checked", ("/spot-check",)),
    ("timekeeper", "performing", ("/clocks",)),
    ("timekeeper", "differing", ("/benches",)),
    ("timekeeper", "tied", ("/clocks",)),
    ("host", "released", ("/prompter",)),
    ("host", "tied", ("/prompter",)),
    ("coder", "reviewed", ("/coding",)),
    ("operator", "tied", ("/screens",)),
)


@pytest.fixture(scope="module")
def desks(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server with a contest in each state of the desk, and the contests' ids by slug."""
    folder = tmp_path_factory.mktemp("desks")
    installation.begin_in(folder)
    app = create_app(INSTANCE=folder, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'saiping.db'}")
    with app.app_context():
        leave_to_the_disk()
        perform(add_account, ORGANIZER, quickly_checked(PASSWORD))
        for role in ROLES:
            perform(add_account, role, quickly_checked(PASSWORD), role)
        contests = {slug: make(slug).contest_id for slug, make in (STATES | OTHERS).items()}
        db.engine.dispose()
    server = start_server(folder)
    yield server, contests
    stop_server(server)


@pytest.fixture(params=["zh-CN", "en-GB"])
def language(request: pytest.FixtureRequest) -> str:
    """The organizer's language."""
    return str(request.param)


@pytest.fixture
def page(desks: Served, browser: Browser, language: str) -> Iterator[Page]:
    """The organizer is signed in."""
    context = browser.new_context(locale=language, reduced_motion="reduce", viewport=DESK)
    page = context.new_page()
    page.goto(f"{desks[0].url}/desk/sign-in")
    sign_in(page, ORGANIZER, PASSWORD)
    page.wait_for_url("**/desk/")
    yield page
    context.close()


def test_on_the_desk_the_next_step_stays_in_sight_alone_and_nothing_moves(desks: Served, page: Page) -> None:
    server, contests = desks
    found, widths = {}, set()
    for state in STATES:
        contest = contests[state]
        page.set_viewport_size(DESK)
        page.goto(f"{server.url}/desk/{contest}")
        if state == "split":
            page.locator(".match-rooms a").nth(1).click(trial=True)
        assert len(page.evaluate(FILLED)) == 1, (state, page.evaluate(FILLED))
        widths.add(tuple(page.evaluate(WIDTHS)))
        found[state] = faults_at(page, *DESK_SIZES)
        for width, height in DESK_SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(SCROLLED), (state, width)
    assert len(widths) == 1, widths
    sound(found)


@pytest.mark.parametrize("language", ["zh-CN"], indirect=True)
def test_in_one_column_the_next_step_stays_where_there_is_height_for_it(desks: Served, page: Page) -> None:
    page.goto(f"{desks[0].url}/desk/{desks[1]['marking']}")
    page.set_viewport_size(ONE_COLUMN)
    stage, order = page.locator(".stage").bounding_box(), page.locator(".order").bounding_box()
    assert stage is not None
    assert order is not None
    assert (stage["x"], stage["width"]) == (order["x"], order["width"])
    assert page.evaluate(SCROLLED)
    page.set_viewport_size(TOO_LOW)
    assert not page.evaluate(SCROLLED)


def test_no_page_of_the_organizers_lays_anything_over_anything_or_cuts_it(
    installation: Installation, desks: Served, page: Page, language: str
) -> None:
    server, contests = desks
    sizes = (*SIZES, ON_A_PHONE) if language == "zh-CN" else (WIDE, ON_A_PHONE)
    walked = addresses(installation, contests["marking"])
    found = looked_at(page, server, walked, *sizes)
    assert len(found) > 20
    sound(found)


def test_no_page_of_anybody_else_at_the_desk_lays_anything_over_anything_or_cuts_it(
    desks: Served, browser: Browser, language: str
) -> None:
    server, contests = desks
    found: dict[str, dict[str, list[str]]] = {}
    for role, walks in groupby(WALKS, key=lambda walk: walk[0]):
        context = browser.new_context(locale=language, reduced_motion="reduce", viewport=DESK)
        page = context.new_page()
        page.goto(f"{server.url}/desk/sign-in")
        sign_in(page, role, PASSWORD)
        page.wait_for_url("**/desk/**")
        walked = [f"/desk/{contests.get(state, '')}{path}" for _, state, paths in walks for path in paths]
        found |= {f"{role}: {where}": said for where, said in looked_at(page, server, walked, WIDE, ON_A_PHONE).items()}
        context.close()
    sound(found)


def test_the_ways_to_all_pages_of_an_administrator_lie_over_nothing(
    desks: Served, browser: Browser, language: str
) -> None:
    context = browser.new_context(locale=language, viewport=DESK)
    page = context.new_page()
    page.goto(f"{desks[0].url}/desk/sign-in")
    sign_in(page, "administrator", PASSWORD)
    page.wait_for_url("**/desk/**")
    page.goto(f"{desks[0].url}/desk/accounts")
    assert faults_at(page, WIDE, (1100, 800), (1024, 768)) == {}
    context.close()


def test_on_a_phone_the_order_is_read_without_moving_sideways(desks: Served, page: Page) -> None:
    page.set_viewport_size(PHONE)
    for state in ("marking", "released", "differing", "tied"):
        page.goto(f"{desks[0].url}/desk/{desks[1][state]}")
        assert page.locator("#order-rows").evaluate("one => one.scrollWidth <= one.clientWidth"), state


@pytest.mark.parametrize("state", ["all-in", "differing"])
def test_on_a_phone_the_chief_reads_all_marks_without_moving_sideways(
    desks: Served, browser: Browser, language: str, state: str
) -> None:
    context = browser.new_context(locale=language, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{desks[0].url}/desk/sign-in")
    sign_in(page, "chief", PASSWORD)
    page.wait_for_url("**/desk/**")
    page.goto(f"{desks[0].url}/desk/{desks[1][state]}/marks")
    assert page.locator(".marks tbody tr").count() > 1
    assert page.locator(".wide").evaluate_all("all => all.every(one => one.scrollWidth <= one.clientWidth)")
    context.close()


@pytest.mark.parametrize("language", ["zh-CN"], indirect=True)
def test_on_a_printed_page_nothing_stays_over_the_marks_and_there_is_nothing_to_press(
    desks: Served, page: Page
) -> None:
    page.emulate_media(media="print")
    page.goto(f"{desks[0].url}/desk/{desks[1]['released']}/corrections")
    sheet = page.locator("a[href*='/corrections/']").first.get_attribute("href")
    printed = {
        "released": ("", "/late", "/log", "/waiting-room"),
        "nothing-called": ("/set-up", "/set-up/rubric"),
        "tied": ("", "/draw"),
    }
    desk = [f"/desk/{desks[1][state]}{path}" for state, paths in printed.items() for path in paths]
    for address in (sheet, "/desk/", *desk):
        page.goto(f"{desks[0].url}{address}")
        assert page.evaluate(STUCK) == [], address
        assert page.evaluate(PRESSED) == [], address
        if address != "/desk/":
            assert page.evaluate(WHOSE) == [True, "rgba(0, 0, 0, 0)"], address
    page.goto(f"{desks[0].url}/desk/{desks[1]['released']}/draw")
    order = page.pdf(format="A4", margin={"top": "12mm", "right": "12mm", "bottom": "12mm", "left": "12mm"})
    assert len(re.findall(rb"/Type\s*/Page\b", order)) == 2  # three, as the list began on the second
    assert page.locator("#by-hand-heading").inner_text() == "出场顺序"
    page.set_viewport_size({"width": 700, "height": 990})  # the width of A4 between its margins
    page.goto(f"{desks[0].url}/desk/{desks[1]['spot-checked']}/log")
    assert page.locator(".log-rows", has_text="4d4d4d4d").evaluate("one => one.scrollWidth <= one.clientWidth")


def looked_at(page: Page, server: Server, walked: list[str], *sizes: Size) -> dict[str, dict[str, list[str]]]:
    """What is wrong on each of these pages at these sizes, and at the last one with all that can be unfolded."""
    found = {}
    for address in walked:
        answer = page.goto(server.url + address)
        assert answer is not None
        assert answer.status == 200, address
        found[address] = faults_at(page, *sizes)
        if page.evaluate(UNFOLDED):
            found[f"{address}, unfolded"] = faults_at(page, sizes[-1])
    return found


def addresses(installation: Installation, contest: int) -> list[str]:
    """The pages that the organizer may open of this contest, and of the site."""
    known = {"contest_id": contest, "step": "", "kind": "contestants"}
    rules = [one for one in installation.app.url_map.iter_rules() if "GET" in (one.methods or ())]
    mine = [one for one in rules if PAGES.get(one.endpoint, frozenset()) >= ORGANIZERS]
    opened = [one for one in mine if one.endpoint.startswith("organizers.") and one.endpoint not in NO_PAGES]
    own = [one for one in opened if one.arguments <= set(known) and one.endpoint not in ELSEWHERE]
    stepped = [(one, step) for one in own for step in (STEPS if "step" in one.arguments else ("",))]
    built = [one.build({name: (known | {"step": step})[name] for name in one.arguments}) for one, step in stepped]
    return [address for found in built if found is not None for _, address in [found]]


def sound(found: dict[str, dict[str, list[str]]]) -> None:
    """Say what is wrong, page by page and size by size."""
    assert not any(found.values()), json.dumps({k: v for k, v in found.items() if v}, ensure_ascii=False, indent=1)
