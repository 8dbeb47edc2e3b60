"""A document on the tablet, beside a stand-in for the rubric, under the policy of every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import ConsoleMessage, Page, ViewportSize, expect

from tests.browser.conftest import TABLET, TABLET_UPRIGHT
from tests.documents.making import docx, pdf, picture, png, scanned_pdf

pytestmark = pytest.mark.browser

INK = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at] < 128) dark += 1;
  return dark;
}"""

# a canvas that knows no choices about itself, as the newest part makes them when it draws, and not when it is read
WITHOUT_CHOICES = """
  const context = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, choices) {
    if (choices) throw new TypeError("unknown choices");
    return context.call(this, kind);
  };
"""


@pytest.fixture
def read(visit: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Opens an address and fails the test when the browser complains, as it does when the policy blocks something."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def read(url: str, size: ViewportSize = TABLET) -> Page:
        page = visit("about:blank", size, "en")
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url)
        return page

    yield read
    assert not complaints


def sheet(page: Page, number: int) -> Any:
    return page.locator(f".document-sheet[data-page='{number}']")


def test_a_pdf_with_a_font_that_it_does_not_bring_shows_its_chinese(room, read):
    page = read(room.lay_out_pdf(pdf("检察建议书\n明州市江北区")))
    expect(page.locator(".document-page")).to_have_text("Page 1 of 1")
    canvas = sheet(page, 1).locator("canvas")
    expect(canvas).to_have_attribute("aria-label", "Page 1")
    assert canvas.evaluate(INK) > 1000
    expect(page.locator(".document-news")).to_be_hidden()


def test_a_scanned_page_is_decoded_under_the_policy(room, read):
    page = read(room.lay_out_pdf(scanned_pdf()))
    canvas = sheet(page, 1).locator("canvas")
    expect(canvas).to_be_visible()
    assert canvas.evaluate(INK) > 0.95 * canvas.evaluate("canvas => canvas.width * canvas.height")


def test_only_pages_near_the_view_are_drawn_and_those_left_behind_are_let_go(room, read):
    page = read(room.lay_out_pdf(pdf(*(f"第{n}页" for n in range(1, 41)))))
    expect(sheet(page, 1).locator("canvas")).to_be_visible()
    expect(page.locator(".document-page")).to_have_text("Page 1 of 40")
    assert page.locator("canvas").count() < 6
    sheet(page, 30).scroll_into_view_if_needed()
    expect(sheet(page, 30).locator("canvas")).to_be_visible()
    expect(sheet(page, 1).locator("canvas")).to_have_count(0)


def test_the_pages_can_be_turned_one_by_one(room, read):
    page = read(room.lay_out_pdf(pdf("一", "二", "三")))
    expect(page.get_by_label("Previous page")).to_be_disabled()
    page.get_by_label("Next page").click()
    expect(page.locator(".document-page")).to_have_text("Page 2 of 3")
    page.get_by_label("Next page").click()
    expect(page.locator(".document-page")).to_have_text("Page 3 of 3")
    expect(page.get_by_label("Next page")).to_be_disabled()


def test_zoom_draws_the_page_anew_at_its_larger_size(room, read):
    page = read(room.lay_out_pdf(pdf("检察建议书")))
    canvas = sheet(page, 1).locator("canvas")
    expect(canvas).to_be_visible()
    before = canvas.evaluate("canvas => canvas.width")
    page.get_by_label("Larger").click()
    expect(page.locator(f"canvas[width='{before}']")).to_have_count(0)
    assert canvas.evaluate("canvas => canvas.width") > before * 1.2
    page.get_by_role("button", name="Fit the width").click()
    expect(page.locator(f"canvas[width='{before}']")).to_have_count(1)


def test_a_pdf_that_does_not_come_is_said_and_can_be_tried_again(room, visit):
    address = room.lay_out_pdf(pdf("检察建议书"))
    room.status = 503
    page = visit(address, TABLET, "en")
    expect(page.get_by_text("The document could not be opened.")).to_be_visible()
    room.status = 200
    page.get_by_role("button", name="Try again").click()
    expect(sheet(page, 1).locator("canvas")).to_be_visible()


def test_what_is_read_but_cannot_draw_gives_way_to_the_older_part_by_itself(room, visit):
    page = visit("about:blank", TABLET, "en")
    page.add_init_script(WITHOUT_CHOICES)
    page.goto(room.lay_out_pdf(pdf("一", "二", "三")))
    for number in (1, 2):
        expect(sheet(page, number).locator("canvas")).to_be_visible()
        assert sheet(page, number).locator("canvas").evaluate(INK) > 0
    expect(page.locator("script[src*=pdfjs-older]")).to_have_count(1)


def test_a_word_document_is_text_with_its_pictures_and_can_be_made_larger(room, read):
    content = docx(
        "检察建议书",
        body=picture("rId5"),
        refers=[("rId5", "image", "media/a.png", False)],
        parts={"word/media/a.png": png(40, 40)},
    )
    page = read(room.lay_out_docx(content))
    text = page.locator(".document-text")
    expect(text).to_contain_text("检察建议书")
    assert text.locator("img").evaluate("img => img.naturalWidth") == 40
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    before = text.evaluate(size)
    page.get_by_label("Larger").click()
    assert text.evaluate(size) == pytest.approx(before * 1.25)


def test_on_an_upright_tablet_the_document_stands_above_the_rubric(room, read):
    page = read(room.lay_out_pdf(pdf("检察建议书")), TABLET_UPRIGHT)
    expect(sheet(page, 1).locator("canvas")).to_be_visible()
    document, rubric = page.locator(".document").bounding_box(), page.locator("form.card").bounding_box()
    assert document is not None
    assert rubric is not None
    assert document["y"] + document["height"] <= rubric["y"]
    assert document["width"] == pytest.approx(rubric["width"])


def test_the_worker_may_decode_but_not_evaluate(app: Flask):
    address: Any = app.jinja_env.globals["asset"]
    with app.test_client().get(address("vendor/pdfjs-worker.js")) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
