"""The hall screens and the phones in every state: at every size nothing is cut, nothing lies over anything else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from scoring import create_app
from scoring.actions.running import draws, late_entries, releases, screens
from scoring.actions.setting_up import panels
from scoring.actions.site.installation import set_installation
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.store import Contest
from tests.browser import hall_states as made
from tests.browser.boxes import HALLS, PHONES, Size, faults_at
from tests.browser.debate_halls import PRELIMINARIES, debate_decided, debate_over, debating
from tests.browser.hall_states import Stage
from tests.conftest import DESK, Installation, Server, leave_to_the_disk, start_server, stop_server
from tests.patience import milliseconds

pytestmark = pytest.mark.browser
Served = tuple[Server, Flask]


def frozen(slug: str) -> Stage:
    """The board stands still, and a score was taken back."""
    stage = made.explanation(slug, 7, 3)
    stage.play_each(3, 3)
    number = stage.turns[2].number
    perform(releases.undo_release, DESK, stage.turns[2].id, "按错了", number)
    stage.asks(screens.freeze)
    return stage


def some_away(slug: str) -> Stage:
    """Somebody is absent and somebody has withdrawn, while the others go on."""
    stage = made.explanation(slug, 7, 7, publication="at_once")
    for place, kind in ((1, "absent"), (6, "withdrawn")):
        made.is_out(stage, place, kind)
    for place in (0, 2):
        stage.plays(place, *("90.5", "91.5") * 3, "92")
    return stage


def stood_in(slug: str) -> Stage:
    """A reserve stands in for a judge who is away, one with the longest name came late, and the first has a score."""
    stage = made.explanation(slug, 7, 7)
    turn = stage.turns[0]
    reserve = stage.asks(panels.add_reserve, turn.room_id, {"name": "候补"})
    perform(panels.seat_reserve, DESK, stage.turns[0].id, stage.turns[0].panel[2].id, reserve, "away", "发烧")
    stage.asks(late_entries.enter_late, "08", made.LONG_NAME, "路上堵车", made.LONG_OFFICE)
    stage.plays(0, *("90.5", "91.5") * 3, "92")
    stage.calls(1, "speak")
    return stage


def dark(slug: str) -> Stage:
    """The hall is dark."""
    stage = made.explanation(slug, 1, 3)
    stage.asks(screens.black_out, True)
    return stage


def nobody_came(slug: str) -> Stage:
    """It is over, and nobody has a score."""
    stage = made.explanation(slug, 2, 3)
    for place in (0, 1):
        made.is_out(stage, place, "absent")
    return stage


def over(slug: str, count: int) -> Stage:
    """Everybody has a score, and the prizes are given."""
    stage = made.explanation(slug, count, 3)
    stage.play_each(count, 3)
    return stage


def second_batch(slug: str) -> Stage:
    """The first batch has its results while the second is at work."""
    stage = made.inspected(made.benches_at_work(slug, 8, 4, 4, batch=4, publication="at_once"), 4)
    perform(made.benches.start_benches, made.TIMEKEEPER, stage.turns[4].id)
    perform(made.benches.stop_bench, made.TIMEKEEPER, stage.turns[4].id)
    return stage


#: By slug, with the page of the hall where that is not the event's.
STATES: dict[str, Callable[[str], Stage]] = {
    "one": lambda slug: made.explanation(slug, 1, 3),
    "few": lambda slug: made.explanation(slug, 7, 3),
    "city": lambda slug: made.explanation(slug, 36, 7),
    "province": lambda slug: made.explanation(slug, 120, 3),
    "usual": made.in_its_usual_state,
    "panel-21": lambda slug: made.in_its_usual_state(slug, 21, before=3),
    "everything": made.with_everything,
    "long-and-corrected": made.long_and_corrected,
    "nobody-came": nobody_came,
    "over-1": lambda slug: over(slug, 1),
    "over-36": lambda slug: over(slug, 36),
    "ranking": lambda slug: made.on_air(made.in_its_usual_state(slug, 3, before=4), "ranking"),
    "current": lambda slug: made.on_air(made.in_its_usual_state(slug, 3, before=4), "current"),
    "message": lambda slug: made.on_air(made.explanation(slug, 1, 3), "message", "请各位选手到候考室等候，" * 6),
    "frozen": frozen,
    "some-away": some_away,
    "stood-in": stood_in,
    "dark": dark,
    "benches-planned": lambda slug: made.benches_at_work(slug, 20, 0, 0),
    "benches-racing": lambda slug: made.benches_at_work(slug, 20, 5, 2),
    "benches-52": lambda slug: made.benches_at_work(slug, 52, 9, 2, batch=52),
    "benches-inspected": lambda slug: made.benches_at_work(slug, 4, 4, 3),
    "benches-second": second_batch,
    "benches-over": lambda slug: made.inspected(made.benches_at_work(slug, 4, 4, 4), 4),
    "review-collecting": lambda slug: made.review(slug, 24),
    "review-open": lambda slug: made.reviewed(made.review(slug, 7), 3),
    "review-over": made.review_over,
    "debate-drawn": lambda slug: made.debate(slug, 104, 4, rounds=(PRELIMINARIES,)),
    "debating": debating,
    "debate-decided": debate_decided,
    "debate-over": debate_over,
    "all-round-coming": made.all_round,
    "all-round-running": lambda slug: made.events_played(slug, 5, 2),
    "all-round-totals": lambda slug: made.events_played(slug, 5, 5, 3),
    "all-round-over": lambda slug: made.events_played(slug, 12, 12, 12),
}


STAYS = "() => { const show = document.querySelector('.draw-show'); show.replaceWith(show.cloneNode(true)); }"
#: Tickets through which those that lie under them, until they fall as well, would be read.
SHOWN_THROUGH = """() => [...document.querySelectorAll(".ticket")]
  .filter((one) => getComputedStyle(one).backgroundColor.startsWith("rgba")).map((one) => one.textContent)"""
#: How much of their place in the hall the tickets take, from the top of the first to the bottom of the last.
TAKEN = """() => {
  const [place, ...tickets] = document.querySelectorAll(".tickets, .ticket");
  const boxes = tickets.map((one) => one.getBoundingClientRect());
  return (Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top))) / place.clientHeight;
}"""
SCORE_LAID_OUT = """() => {
  dispatchEvent(new Event("resize"));
  return getComputedStyle(document.querySelector(".latest .score")).fontSize;
}"""
TICKET_LAID_OUT = """() => {
  dispatchEvent(new Event("resize"));
  return getComputedStyle(document.querySelector(".ticket b")).fontSize;
}"""
LAST_FALLS = """() => new Promise((done) => {
  const look = () => {
    const [falling] = document.querySelector(".ticket:last-child").getAnimations();
    falling?.effect.getComputedTiming().progress > 0.1 ? done() : requestAnimationFrame(look);
  };
  look();
})"""
ALL_APPEARED = """() => {
  const appearing = document.getAnimations().filter((one) => one.animationName === "appear");
  appearing.forEach((one) => one.finish());
  return appearing.length;
}"""
#: The words of titles that a line's end breaks inside.
TITLES = ".welcome .phrases, .hall-head .phrases, .event-name"
BROKEN = """(titles) => [...document.querySelectorAll(titles)].flatMap((title) => {
  const walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
  const broken = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const word of node.data.matchAll(/[A-Za-z'-]+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) broken.push(word[0]);
    }
  }
  return broken;
})"""
RANKED = ("#ranking", ".latest")
REVEALED = ("usual", "stood-in", "panel-21", "everything", "benches-second", "debating")
#: Where English says more in a line than Chinese does, and one size of each shape for that.
LONGER_IN_ENGLISH = (
    "everything",
    "over-36",
    "frozen",
    "some-away",
    "stood-in",
    "benches-racing",
    "review-open",
    "debating",
    "debate-over",
    "all-round-coming",
    "all-round-totals",
)
SHAPES = ((1024, 768), (1920, 1080), (1080, 1920))


@pytest.fixture(scope="module")
def states(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server with a contest in each state."""
    folder = tmp_path_factory.mktemp("states")
    installation.begin_in(folder)
    app = create_app(INSTANCE=folder, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'saiping.db'}")
    with app.app_context():
        leave_to_the_disk()
        for slug, make in STATES.items():
            make(slug)
        db.engine.dispose()
    server = start_server(folder)
    with app.app_context():  # the server answers this machine only, and the halls show the code all the same
        perform(set_installation, DESK, "Asia/Shanghai", "http://192.168.101.110:5000")
        db.engine.dispose()
    yield server, app
    stop_server(server)


@pytest.fixture
def in_chinese(browser: Browser) -> Iterator[Page]:
    """One page that looks at everything."""
    yield from reading(browser, "zh-CN")


@pytest.fixture
def in_english(browser: Browser) -> Iterator[Page]:
    """One page that looks at what is longer in English."""
    yield from reading(browser, "en-US")


def reading(browser: Browser, locale: str) -> Iterator[Page]:
    """One page of a visitor who reads this language."""
    context = browser.new_context(locale=locale, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def pages_of(slug: str) -> list[str]:
    """The addresses at which phones look at this state."""
    more = {"all-round": ("overall", "offices"), "debat": ("standings", "bracket")}
    kind = next((kind for kind in more if slug.startswith(kind)), "")
    return [f"/c/{slug}", *(f"/c/{slug}/{page}" for page in more.get(kind, ()))]


def hall_of(slug: str) -> str:
    """The address of the hall screen that shows this state."""
    return f"/c/{slug}/overall/screen" if slug.startswith("all-round") else f"/c/{slug}/screen"


def sound(found: dict[str, dict[str, list[str]]]) -> None:
    """Say what is wrong, page by page and size by size."""
    assert not any(found.values()), json.dumps({k: v for k, v in found.items() if v}, ensure_ascii=False, indent=1)


def looked_at(page: Page, addresses: dict[str, str], *sizes: Size) -> dict[str, dict[str, list[str]]]:
    """The faults of each of these pages by the state that it shows, also newly released where that looks different."""
    found = {}
    for state, address in addresses.items():
        page.goto(address)
        found[state] = faults_at(page, *sizes)
        if state in REVEALED:
            page.evaluate("document.body.classList.add('revealing')")  # what a release does for twenty seconds
            found[f"{state}, newly released"] = faults_at(page, *reversed(sizes))
    return found


def halls(server: Server, slugs: Iterable[str]) -> dict[str, str]:
    """The hall screens of these states."""
    return {slug: server.url + hall_of(slug) for slug in slugs}


def phones(server: Server, slugs: Iterable[str]) -> dict[str, str]:
    """The home page and the pages for phones of these states, by their addresses."""
    walked = ["/", *(address for slug in slugs for address in pages_of(slug))]
    return {address: server.url + address for address in walked}


@pytest.mark.timeout(300)
def test_no_hall_screen_lays_anything_over_anything_or_cuts_it(states: Served, in_chinese: Page) -> None:
    sound(looked_at(in_chinese, halls(states[0], STATES), *HALLS))


@pytest.mark.timeout(300)
def test_no_page_on_a_phone_or_tablet_lays_anything_over_anything_or_cuts_it(states: Served, in_chinese: Page) -> None:
    sound(looked_at(in_chinese, phones(states[0], STATES), *PHONES, (800, 1280)))


def test_when_all_is_over_a_phone_shows_the_final_ranking_before_the_last_score(
    states: Served, in_chinese: Page
) -> None:
    in_chinese.set_viewport_size({"width": 390, "height": 844})
    over = {"over-36": RANKED, "benches-over": RANKED, "review-over": RANKED, "debate-over": RANKED}
    for address, (ranking, newest) in {**over, "debate-over/standings": ("#placings", ".latest-match")}.items():
        in_chinese.goto(f"{states[0].url}/c/{address}")
        boxes = [in_chinese.locator(one).first.bounding_box() for one in (ranking, newest)]
        assert all(boxes), address
        assert boxes[0]["y"] < boxes[1]["y"], address


def test_when_all_is_over_nobody_is_welcomed_any_more_even_if_nobody_came(states: Served, in_chinese: Page) -> None:
    in_chinese.goto(states[0].url + hall_of("nobody-came"))
    expect(in_chinese.locator(".closing")).to_be_visible()
    expect(in_chinese.locator(".welcome")).to_be_hidden()


@pytest.mark.timeout(300)
def test_what_is_longer_in_english_is_neither_cut_nor_laid_over_anything(states: Served, in_english: Page) -> None:
    sound(looked_at(in_english, halls(states[0], LONGER_IN_ENGLISH), *SHAPES))
    sound(looked_at(in_english, phones(states[0], LONGER_IN_ENGLISH), PHONES[-1]))
    in_english.goto(f"{states[0].url}/c/everything")
    assert in_english.evaluate(BROKEN, ".marks") == []
    for slug in ("city", "debate-drawn", "all-round-coming"):
        in_english.goto(states[0].url + hall_of(slug))
        in_english.set_viewport_size({"width": 1366, "height": 768})
        in_english.wait_for_function("document.querySelector('.stage').style.getPropertyValue('--fit')")
        assert in_english.evaluate(BROKEN, TITLES) == []


def test_a_new_score_is_as_large_while_it_appears_as_when_it_stands(states: Served, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    for slug in ("usual", "everything", "benches-second"):
        page.goto(states[0].url + hall_of(slug))
        page.wait_for_load_state("networkidle")
        page.evaluate("document.body.classList.add('revealing')")
        appearing = page.evaluate(SCORE_LAID_OUT)
        assert page.evaluate(ALL_APPEARED) > 0, slug
        assert appearing == page.evaluate(SCORE_LAID_OUT), slug
    context.close()


def test_the_tickets_of_a_draw_keep_their_size_while_they_fall(states: Served, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    open_hall(page, states, "some-away", lambda contest, slug: came_late(contest, "08"))
    expect(page.locator(".ticket").first).to_be_visible(timeout=milliseconds(15))
    lying = page.evaluate(TICKET_LAID_OUT)
    page.evaluate(LAST_FALLS)
    assert page.evaluate(TICKET_LAID_OUT) == lying
    context.close()


def drawn(contest: int, slug: str) -> None:
    """The running order is drawn."""
    perform(draws.draw_turns, DESK, contest, f"{slug} 2026", "王监督", reason="监督员未到场")


def came_late(contest: int, number: str, *speakers: str) -> None:
    """Somebody who comes late is drawn in, a team with all others anew."""
    given: dict[str, Any] = {
        "office": "江北区院",
        "speakers": speakers,
        "place": "drawn",
        "seed": number,
        "witness": "王监督",
    }
    perform(late_entries.enter_late, DESK, contest, number, "迟到者", "路上堵车", **given)


def open_hall(page: Page, states: Served, slug: str, draw: Callable[[int, str], None]) -> None:
    """A draw is made while the hall screen of this state is open."""
    page.goto(states[0].url + hall_of(slug))
    page.wait_for_load_state("networkidle")  # it knows which draw is the newest: only a newer one is shown
    with states[1].app_context():
        draw(db.session.scalars(select(Contest).where(Contest.slug == slug)).one().id, slug)


def shown_whole(page: Page, states: Served, slug: str, draw: Callable[[int, str], None]) -> dict[str, list[str]]:
    """What is wrong, size by size, with a draw that is made while the hall screen of this state is open."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_hall(page, states, slug, draw)
    expect(page.locator(".draw-show[data-settled]")).to_be_visible(timeout=milliseconds(15))
    page.evaluate(STAYS)
    assert page.evaluate(SHOWN_THROUGH) == []
    assert page.evaluate(TAKEN) > 0.8, slug
    return faults_at(page, *HALLS)


def test_a_draw_is_shown_whole_and_fills_the_hall_at_every_size(
    states: Served, in_chinese: Page, in_english: Page
) -> None:
    found = {slug: shown_whole(in_chinese, states, slug, drawn) for slug in ("one", "few", "city", "province")}
    found["sides"] = shown_whole(
        in_english, states, "debate-drawn", lambda contest, _: came_late(contest, "105", "甲", "乙")
    )
    sound(found)


def test_no_draw_is_laid_over_the_clock_that_runs_in_the_room_of_the_screen(states: Served, in_chinese: Page) -> None:
    asked = ("106", "迟到者", "路上堵车", "江北区院", "", ("甲", "乙"), "last", "106", "王监督", "001")
    with states[1].app_context():
        stage = Stage(db.session.scalars(select(Contest.id).where(Contest.slug == "debate-drawn")).one())
        stage.calls(0)
        stage.calls(1, "opening_control")
    in_chinese.goto(f"{states[0].url}/c/debate-drawn/screen?room=2")
    expect(in_chinese.locator(".floor .clock")).to_be_visible()
    in_chinese.wait_for_load_state("networkidle")
    with states[1].app_context():
        stage.asks(late_entries.enter_late, *asked)
    expect(in_chinese.locator(".running-order")).to_contain_text("106", timeout=milliseconds(15))
    assert in_chinese.locator(".draw-show").count() == 0
