"""The leaderboard and the hall screen in a real browser: alive, calm where asked, and honest when the wire is cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from scoring import create_app
from scoring.actions.running import releases, sheets, turns
from scoring.actions.transaction import Actor
from scoring.actions.transaction import perform as run
from scoring.extensions import db
from scoring.serving import autoplay
from tests.browser.axe import violations
from tests.browser.conftest import HALL, PHONE, Visit
from tests.conftest import DESK, Server, demo_installation, marks_worth, start_server, stop_server
from tests.installations import copied
from tests.patience import milliseconds

pytestmark = pytest.mark.browser
CONTESTANTS = 36
SLOW = milliseconds(15)  # milliseconds until something that should appear is missed


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose first two contestants have their scores; each test that needs news plays one more."""
    server = start_server(tmp_path_factory.mktemp("played"))
    play(server, 2)
    yield server
    stop_server(server)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose contest of city size is over."""
    folder = tmp_path_factory.mktemp("finished") / "instance"
    copied(demo_installation(), folder)
    facts = json.loads((folder / "demo.json").read_text())
    app = create_app(INSTANCE=folder, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'saiping.db'}")
    with app.app_context():
        for turn in facts["turns"]:
            play_out(turn["id"], facts)
        db.engine.dispose()
    server = start_server(folder)
    yield server
    stop_server(server)


def play_out(turn_id: int, facts: dict[str, Any]) -> None:
    """Call a contestant, let all judges submit marks from 80 to 97, and release the score."""
    run(turns.call, DESK, turn_id)
    for seat in facts["seats"]:
        typed = marks_worth(str(80 + (turn_id * 5 + seat["id"] * 3) % 18))
        run(sheets.submit, Actor("seat"), turn_id, seat["id"], typed, f"sheet-of-{turn_id}-by-{seat['id']}")
    run(releases.release, DESK, turn_id)


def play(server: Server, turns: int) -> None:
    """Let the demo play so many contestants, quickly."""
    autoplay.play(server.facts, pace=0.2, turns=turns)


def leaderboard(server: Server) -> str:
    return str(server.facts["addresses"]["leaderboard"])


def screen(server: Server) -> str:
    return str(server.facts["addresses"]["screen"])


def written(page: Page) -> list[str]:
    """All that can be read in the main part, line by line."""
    return [line for line in page.locator("main").inner_text().splitlines() if line.strip()]


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_a_page_kept_up_to_date_reads_like_a_page_newly_made(
    played: Server, visit: Visit, browser: Browser, language: str
) -> None:
    alive = visit(leaderboard(played), PHONE, language)
    before = alive.locator(".rows > .row").count()
    play(played, 1)
    expect(alive.locator(".rows > .row")).to_have_count(before + 1, timeout=SLOW)
    context = browser.new_context(viewport=PHONE, locale=language, java_script_enabled=False)
    made = context.new_page()
    made.goto(leaderboard(played))
    for row in (*alive.locator("summary").all(), *made.locator("summary").all()):
        row.click()
    assert written(made) == written(alive)
    context.close()


def test_an_open_row_stays_open_and_keeps_the_focus_while_others_pass_it(played: Server, visit: Visit) -> None:
    page = visit(leaderboard(played), PHONE)
    row = page.locator(".rows > .row").last
    number = row.locator("summary .number").inner_text()
    row.locator("summary").click()
    before = page.locator(".rows > .row").count()
    play(played, 1)
    expect(page.locator(".rows > .row")).to_have_count(before + 1, timeout=SLOW)
    opened = page.locator(".row:has(details[open])")
    expect(opened.locator("summary .number")).to_have_text(number)
    expect(opened.locator("summary")).to_be_focused()


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_rows_glide_only_for_those_who_have_not_asked_for_less_motion(
    played: Server, browser: Browser, motion: Any, moves: bool
) -> None:
    context = browser.new_context(viewport=PHONE, reduced_motion=motion)
    page = context.new_page()
    page.add_init_script(
        "window.moved = 0; const plain = Element.prototype.animate;"
        "Element.prototype.animate = function (...all) { window.moved += 1; return plain.apply(this, all); };"
    )
    page.goto(leaderboard(played))
    before = page.locator(".rows > .row").count()
    play(played, 1)
    expect(page.locator(".row.fresh")).to_have_count(1, timeout=SLOW)
    expect(page.locator(".rows > .row")).to_have_count(before + 1)
    assert (page.evaluate("window.moved") > 0) is moves
    context.close()


def said_of_beijing(page: Page) -> None:
    """The note names the time in Beijing of a minute ago at most, whatever the phone takes the time for."""
    said = page.locator("#connection").inner_text()
    minutes = [datetime.now(ZoneInfo("Asia/Shanghai")) - timedelta(minutes=back) for back in (0, 1)]
    known = [f"Connection lost – figures as of {minute:%H:%M} (Beijing time)" for minute in minutes]
    assert said in known, said


def test_a_lost_connection_is_said_with_the_servers_time_and_its_return_too(played: Server, visit: Visit) -> None:
    page = visit(leaderboard(played), PHONE, "en-US")
    page.clock.install(time="2019-03-01T04:44:44")  # a phone whose clock is years behind
    with page.expect_websocket() as opened:
        page.reload()
    with opened.value.expect_event("framereceived", lambda frame: '"at":' in str(frame)):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".rows > .row").first).to_be_visible()
    note = page.locator("#connection")
    page.context.set_offline(True)
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    expect(note).to_have_attribute("data-state", "lost", timeout=SLOW)
    said_of_beijing(page)
    play(played, 1)
    before = page.locator(".rows > .row").count()
    page.context.set_offline(False)
    expect(note).to_have_text("Up to date again", timeout=milliseconds(30))
    expect(page.locator(".rows > .row")).to_have_count(before + 1, timeout=SLOW)
    page.clock.fast_forward(4_000)  # as long as the note stays
    expect(note).to_be_hidden(timeout=SLOW)


def test_without_any_socket_the_page_asks_for_the_figures(played: Server, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, locale="en-US")
    page = context.new_page()
    page.route("**/socket.io/**", lambda route: route.abort())
    page.route_web_socket("**/*", lambda socket: socket.close())
    page.clock.install(time="2019-03-01T04:44:44")
    page.goto(leaderboard(played))
    before = page.locator(".rows > .row").count()
    play(played, 1)
    page.clock.fast_forward(17_000)
    expect(page.locator(".rows > .row")).to_have_count(before + 1, timeout=SLOW)
    page.route("**/board.json", lambda route: route.abort())
    page.clock.fast_forward(17_000)
    expect(page.locator("#connection")).to_have_attribute("data-state", "lost", timeout=SLOW)
    said_of_beijing(page)
    page.unroute("**/board.json")
    page.clock.fast_forward(17_000)
    expect(page.locator("#connection")).to_have_text("Up to date again", timeout=SLOW)
    context.close()


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_the_hall_screen_fits_every_screen_without_scrolling(
    played: Server, visit: Visit, size: tuple[int, int], language: str
) -> None:
    page = visit(screen(played), {"width": size[0], "height": size[1]}, language)
    expect(page.locator(".row.fresh")).to_be_visible()
    root = page.evaluate("(({scrollWidth, scrollHeight}) => [scrollWidth, scrollHeight])(document.documentElement)")
    assert tuple(root) == size
    boxes = [part.bounding_box() for part in page.locator("main :is(h1, h2, .score, .total, svg):visible").all()]
    for box in boxes:
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= size[0]
        assert 0 <= box["y"] <= box["y"] + box["height"] <= size[1]


def test_the_hall_screen_turns_the_pages_of_a_long_ranking(finished: Server, browser: Browser) -> None:
    context = browser.new_context(viewport=HALL, locale="en-US", reduced_motion="reduce")
    page = context.new_page()
    page.clock.install()
    page.goto(screen(finished))
    expect(page.locator(".row.fresh")).to_have_count(1, timeout=SLOW)
    seen: list[str] = []
    for _ in range(4):
        seen += page.locator(".rows > .row:visible .number").all_inner_texts()
        page.clock.fast_forward(12_500)
    assert len(seen) == len(set(seen)) == CONTESTANTS
    assert page.locator(".rows > .row:visible .rank-figure").first.inner_text() == "1"
    context.close()


def test_no_row_stands_out_as_the_newest_while_a_newer_score_is_announced(played: Server, browser: Browser) -> None:
    context = browser.new_context(viewport=HALL, locale="en-US", reduced_motion="no-preference")
    page = context.new_page()
    page.clock.install()
    page.goto(screen(played))
    fresh = page.locator(".row.fresh")
    expect(fresh).to_have_count(1, timeout=SLOW)
    before = fresh.get_attribute("data-id")
    play(played, 1)
    expect(page.locator("body.revealing")).to_be_visible(timeout=SLOW)
    assert fresh.count() == 0
    page.clock.fast_forward(5_500)
    expect(fresh).to_have_count(1)
    assert fresh.get_attribute("data-id") != before
    context.close()


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize("path", ["/", "/c/shifa", "/c/shifa/screen", "/c/none"])
def test_no_rule_of_accessibility_is_broken(played: Server, visit: Visit, path: str, language: str) -> None:
    page = visit(played.url + path, PHONE if "screen" not in path else HALL, language)
    for summary in page.locator(".rows > .row summary").all()[:2]:
        summary.click()
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/", "/c/shifa", "/c/shifa/screen"])
def test_no_page_does_what_its_content_policy_forbids(played: Server, visit: Visit, path: str) -> None:
    page = visit("about:blank", HALL)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(played.url + path)
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert complaints == []


def test_the_leaderboard_of_a_whole_contest_with_all_its_files_and_its_greeting_is_small(
    finished: Server, browser: Browser
) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    sizes: list[int] = []
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    wire.on(
        "Network.webSocketFrameReceived", lambda event: sizes.append(len(event["response"]["payloadData"].encode()))
    )
    with page.expect_response("**/board.json*"):  # fetched after a while, to be patched from
        page.goto(leaderboard(finished))
    page.wait_for_load_state("networkidle")
    assert page.locator(".rows > .row").count() == CONTESTANTS
    assert 30_000 < sum(sizes) < 50_000
    context.close()
