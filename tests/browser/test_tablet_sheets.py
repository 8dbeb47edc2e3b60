"""Every sheet on every tablet: nothing cut, covered or too small in any state, few taps, the own sum."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import open_sheets
from tests.browser.boxes import SETTLED, TABLETS, faults
from tests.browser.conftest import TABLET, Visit
from tests.browser.tablets import SLOW, has_reached, is_online, lose_network
from tests.browser.targets import too_small
from tests.conftest import Installation, Server, start_server, stop_server
from tests.documents.making import png
from tests.processes import printed

SIZES = (*TABLETS, (960, 600), (960, 312))
Venue = tuple[Server, dict[str, Any]]
ENLARGED = ((640, 400), (320, 480))  # a tablet of 1280 at 200 % and at 400 %: WCAG 1.4.10
A_PHONE = (390, 844)  # of a judge whose tablet has died


@pytest.fixture(scope="module")
def server(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    """One server with every kind of sheet open, and how to drive it."""
    folder = tmp_path_factory.mktemp("sheets")
    installation.begin_in(folder)
    facts = json.loads(printed(open_sheets.main, SAIPING_INSTANCE=str(folder)))
    started = start_server(folder)
    yield started, facts
    stop_server(started)


def sheet_of(server: Venue, visit: Visit, kind: str, language: str = "zh-CN", seat: int = 0) -> Page:
    """A judge's tablet with the open sheet of this kind."""
    started, facts = server
    page = visit(f"{started.url}/judge/enter/{facts[kind]['keys'][seat]}", TABLET, language)
    is_online(page)
    if page.locator(".documents a").count():
        page.locator(".documents a").first.click()
        page.wait_for_selector("#sheet")
        is_online(page)
    return page


def wrong_with(page: Page, state: str, sizes: Sequence[tuple[int, int]] = SIZES) -> dict[str, list[str]]:
    """What is wrong with the page in this state, by size."""
    found = {}
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        if height <= 480:
            page.evaluate(SETTLED, [width, height])
            expect(page.locator("html")).to_have_attribute("data-low", "")
            focus_last_field(page)
        if wrong := faults(page) + too_small(page):
            found[f"{state} {width}x{height}"] = wrong
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


def focus_last_field(page: Page) -> None:
    """With a keyboard open the page is low: the last field has the cursor, and nothing lies over it."""
    fields = page.locator("#sheet textarea:visible, #sheet .mark:visible, #sheet .count:visible")
    if page.locator("dialog[open]").count() or not fields.count():
        return
    fields.last.focus()
    covered = """field => {
      const { left, top, width, height } = field.getBoundingClientRect();
      const isMet = (down) => document.elementFromPoint(left + width / 2, top + down) === field;
      return [height / 2, height - 2].every(isMet); }"""
    assert fields.last.evaluate(covered), "the field that has the cursor lies under a bar"
    if page.locator("#pad").is_visible():
        expect(page.locator("#pad-keys button").first).to_be_in_viewport(ratio=1)


def fill_all(page: Page, kind: str) -> None:
    """Fill the sheet: full marks, or nothing found, and ballots for the prosecution."""
    fill = """() => {
      const put = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));
      const sums = JSON.parse(document.getElementById("sums").textContent);
      const limits = Object.assign({}, ...Object.values(sums.marks ?? {}));
      for (const [name, { maximum }] of Object.entries(limits)) {
        const field = document.querySelector(`[name="typed-${name}"]`);
        field.value = maximum;
        put(field);
      }
      for (const box of document.querySelectorAll("[data-nothing], .choice input[value=control]")) box.click();
    }"""
    page.evaluate(fill)


@pytest.mark.parametrize("kind", open_sheets.KINDS)
def test_nothing_of_a_sheet_is_cut_covered_or_too_small_on_any_tablet_in_any_state(
    server: Venue, visit: Visit, kind: str
) -> None:
    language = "en-GB" if kind in ("ballots", "binding") else "zh-CN"
    page = sheet_of(server, visit, kind, language)
    expect(page.locator(".masthead .help")).to_be_visible()
    found = wrong_with(page, "empty")
    page.locator("#submit").click()
    found |= wrong_with(page, "lacking")
    fill_all(page, kind)
    has_reached(page, "server")
    found |= wrong_with(page, "full", (*SIZES, *ENLARGED, A_PHONE))
    lose_network(page)
    page.locator(".mark, .count").first.fill("1")
    expect(page.locator("#send-now")).to_be_visible(timeout=SLOW)
    found |= wrong_with(page, "cut off")
    page.locator("#submit").click()
    expect(page.locator("#confirm")).to_be_visible(timeout=SLOW)
    found |= wrong_with(page, "asked")
    page.locator("#go-back").click()
    page.context.set_offline(False)
    has_reached(page, "server")
    if kind == "binding":
        page.locator("[data-nothing]").first.uncheck()
    page.locator("#submit").click()
    page.locator("#lock").click()
    expect(page.locator("[data-stage=locked], .documents [data-state=submitted]")).to_be_visible(timeout=SLOW)
    found |= wrong_with(page, "handed in")
    if page.locator(".documents a").count():
        page.locator(".documents [data-state=submitted]").click()
        expect(page.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
        found |= wrong_with(page, "locked")
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)


def test_six_criteria_take_at_most_twelve_taps(server: Venue, visit: Visit) -> None:
    page = sheet_of(server, visit, "legal", seat=1)
    marks = {
        "facts": "12.5",
        "law": "22",
        "reasoning": "19.5",
        "plain_language": "13",
        "response": "9.5",
        "bearing": "8",
    }
    expect(page.locator("#sheet .mark:not([inputmode=none])")).to_have_count(0)  # the system's keyboard stays away
    page.locator("#mark-bearing").click()
    expect(page.locator("#marked")).to_have_text("还差 6 项")
    page.locator("#marked").click()
    expect(page.locator("#mark-facts")).to_be_focused()
    taps = 0
    for place, mark in enumerate(marks.values()):
        whole, _, half = mark.partition(".")
        page.locator(f'#pad-keys [data-value="{whole}"]').click()
        taps += 1
        if half:
            page.locator("#pad-fractions [data-fraction]").click()
        elif place < len(marks) - 1:
            page.locator("#pad [data-pad=next]").click()
        taps += bool(half) or place < len(marks) - 1
    assert taps <= 12
    for criterion, mark in marks.items():
        expect(page.locator(f"#mark-{criterion}")).to_have_value(mark)
    expect(page.locator("#total")).to_have_text("84.5", timeout=SLOW)
    expect(page.locator("#marked")).to_be_hidden()
    page.locator("#submit").click()
    expect(page.locator("#confirm-total")).to_have_text("84.5")
    page.locator("#go-back").click()
    page.locator("#mark-facts").click()
    page.keyboard.type("11")
    expect(page.locator("#mark-facts")).to_have_value("11")


def test_a_step_on_an_empty_field_asks_for_the_mark_first(server: Venue, visit: Visit) -> None:
    page = sheet_of(server, visit, "single", seat=1)
    cell = page.locator('[data-entry="control.1.opening"], .cell').first
    cell.locator("[data-step=up]").click()
    expect(cell.locator(".mark")).to_have_value("")
    expect(page.locator("#pad-name")).to_contain_text("请先选分数")
    page.locator('#pad-keys [data-value="20"]').click()
    cell.locator("[data-step=up]").click()
    expect(cell.locator(".mark")).to_have_value("20.5")
    page.set_viewport_size({"width": 960, "height": 600})
    expect(page.locator("html[data-short]")).to_be_attached()
    assert page.locator(".closing").evaluate("(panel) => panel.scrollWidth <= panel.clientWidth"), "it scrolls sideways"


def test_without_network_the_tablet_shows_its_own_sum_and_sends_none(server: Venue, visit: Visit) -> None:
    page = sheet_of(server, visit, "review", seat=1)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.on("websocket", lambda wire: wire.on("framesent", lambda said: sent.append(str(said))))
    label = page.locator("#sum-label")
    expect(label).to_have_text("合计")
    lose_network(page)
    page.locator(".mark").nth(0).fill("7.5")
    page.locator(".mark").nth(1).fill("12")
    expect(page.locator("#total")).to_have_text("19.5")
    expect(label).to_have_text("本机合计")
    page.context.set_offline(False)
    expect(label).to_have_text("合计", timeout=SLOW)
    expect(page.locator("#total")).to_have_text("19.5")
    assert any("7.5" in said for said in sent)
    assert not [said for said in sent if "19.5" in said]


def test_large_print_is_kept_and_no_tap_loses_the_page_without_network(server: Venue, visit: Visit) -> None:
    page = sheet_of(server, visit, "legal", seat=2)
    page.locator("#larger").click()
    page.reload()
    expect(page.locator("html")).to_have_css("font-size", "20px")
    expect(page.locator("#larger")).to_have_attribute("aria-pressed", "true")
    assert wrong_with(page, "large print") == {}
    page.set_viewport_size({"width": 960, "height": 600})
    expect(page.locator("html")).to_have_attribute("data-low", "")  # nothing is sticky: five criteria are in sight
    page.set_viewport_size(TABLET)
    lose_network(page)
    for way in (page.locator(".brand"), page.locator(".language button")):
        way.click()
        expect(page.locator("#news")).to_contain_text("没有网络")
    page.locator("#chief summary").click()
    page.locator("#chief-form button").click()
    expect(page.locator("#chief-problem")).to_contain_text("自动重新发送", timeout=SLOW)
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#chief[data-waits]")).to_be_attached(timeout=SLOW)
    expect(page.locator("#mark-law")).to_be_visible()


def test_a_photo_is_kept_until_it_is_sent_and_holds_the_submission_back(server: Venue, visit: Visit) -> None:
    page = sheet_of(server, visit, "binding", seat=1)
    expect(page.locator("#total")).to_be_empty()
    expect(page.locator(".closing .starts")).to_be_visible()
    page.locator("[data-count=up]").first.click()
    for box in page.locator("[data-nothing]").all()[1:]:
        box.check()
    has_reached(page, "server")
    expect(page.locator("#total")).to_have_text("99")
    lose_network(page)
    files = [{"name": "p.png", "mimeType": "image/png", "buffer": png()}]
    page.locator("[data-photo-file]").first.set_input_files(files)  # type: ignore[arg-type]
    expect(page.locator(".photo-said").first).to_contain_text("自动重发", timeout=SLOW)
    page.locator("#submit").click()
    expect(page.locator("#status")).to_contain_text("照片")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator(".photo-shown img").first).to_be_visible(timeout=SLOW)
    has_reached(page, "server")
    page.locator("#submit").click()
    expect(page.locator("#confirm")).to_be_visible(timeout=SLOW)
