"""Finds on an open page what a person sees at once: text that is cut, boxes outside the window or over one another.

    from tests.browser.boxes import PHONES, TABLETS, faults, faults_at

    assert faults(page) == []                  # as the page stands now
    assert faults_at(page, *TABLETS) == {}     # one page, each size in turn; {"800x1280": ["cut: …"]} where not

A line of a fault names what it is about: "cut: span.name “欧阳静怡” by li.row (14 px)" says that the row cuts 14 px off
the name, an ellipsis counts as a cut; "over: p.address “http://…” and #qr" that two boxes share a place on the screen;
"out: span.total “91.5” of li (3 px)" that a text is wider than the ground it stands on.
"cut: select#ties “the event that …” by its field (31 px)" that the choice does not fit; "wide: …" that the page is
broader than the window. Boxes are the lines of every text (as high as its signs), pictures, controls, and whatever
has a ground or a border.

- What scrolls may go on beyond its window, up and down or sideways as it scrolls. On a page that scrolls, fixed and
  sticky bars may lie over what can be moved from under them, and so may the sticky head of a list that scrolls by
  itself; on a page that does not, such as the hall, nothing else may.
- Where a dialog is open or something fixed covers the whole window, only what is in that is looked at.
- Animations must be over: open the page with reduced motion, as `visit` does. The content policy does not matter.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

Size = tuple[int, int]
TOLERANCE = 1.5  # pixels of the browser's rounding
HALLS: tuple[Size, ...] = ((1024, 768), (1280, 720), (1366, 768), (1920, 1080), (3840, 2160), (1080, 1920))
PHONES: tuple[Size, ...] = ((390, 844), (360, 640))
TABLETS: tuple[Size, ...] = ((1280, 800), (1180, 820), (800, 1280))
DESKS: tuple[Size, ...] = ((1366, 768), (1920, 1080))
SETTLED = """([width, height]) => new Promise(done => {
  const look = () => innerWidth === width && innerHeight === height ? requestAnimationFrame(done) : look_again();
  const look_again = () => requestAnimationFrame(look);
  look_again();
})"""


@cache
def script() -> str:
    """The function that runs in the page."""
    return Path(__file__).with_suffix(".js").read_text()


def faults(page: Page) -> list[str]:
    """What is cut, outside or over one another on the page as it stands, one line each; [] where all is well."""
    size = page.viewport_size
    assert size is not None
    page.evaluate(SETTLED, [size["width"], size["height"]])
    return list(page.evaluate(script(), TOLERANCE))


def faults_at(page: Page, *sizes: Size) -> dict[str, list[str]]:
    """The faults of the page at each of these sizes, in place, by "width x height"; only sizes that have any."""
    found = {}
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        if wrong := faults(page):
            found[f"{width}x{height}"] = wrong
    return found
