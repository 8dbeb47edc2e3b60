"""A whole contest in real browsers: organizer, seven tablets, a hall screen and a phone."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, HALL, PHONE, TABLET, TABLET_UPRIGHT, Visit
from tests.browser.signing_in import sign_in_as
from tests.browser.tablets import press
from tests.conftest import Server, marks_worth
from tests.patience import milliseconds

SLOW = milliseconds(15)  # milliseconds until something that should appear is missed
# contestant -> the seven totals, and the final score worked out by hand
STORY = {
    "01": (["91.5", "92", "93.5", "90", "95", "92.5", "91"], "92.10"),  # 460.5 / 5
    "02": (["88", "89.5", "87.5", "90", "88.5", "86", "91.5"], "88.70"),  # 443.5 / 5
    "03": (["94", "93", "95.5", "92.5", "96", "91", "94.5"], "93.90"),  # 469.5 / 5
}
RANKING = ["03", "01", "02"]


def sign_in_organizer(server: Server, visit: Visit) -> Page:
    desk = visit(server.facts["addresses"]["desk"], DESK)
    sign_in_as(desk, server)
    expect(desk.locator("#main-button")).to_be_visible(timeout=SLOW)
    return desk


def take_seats(server: Server, visit: Visit) -> list[Page]:
    """Six judges scan the code at the seat, the seventh types the PIN; one tablet stands upright."""
    sizes = [TABLET, TABLET_UPRIGHT, *[TABLET] * 4]
    tablets = [visit(seat["enter"], size) for seat, size in zip(server.facts["seats"], sizes, strict=False)]
    last = visit(server.facts["addresses"]["judge"], TABLET)
    last.locator("#pin").fill(server.facts["seats"][6]["pin"])
    last.locator("main form button[type=submit]").click()
    tablets.append(last)
    for tablet in tablets:
        expect(tablet.locator("[data-stage=waiting]")).to_be_visible(timeout=SLOW)
    return tablets


def call(desk: Page, number: str) -> None:
    expect(desk.locator("#main-button")).to_contain_text(number, timeout=SLOW)
    desk.locator("#main-button").click()


def type_marks(tablet: Page, number: str, total: str) -> None:
    expect(tablet.locator("#sheet")).to_be_visible(timeout=SLOW)
    expect(tablet.locator(".layout")).to_contain_text(number, timeout=SLOW)
    for criterion, mark in marks_worth(total).items():
        tablet.locator(f"#mark-{criterion}").fill(mark)


def submit(tablet: Page) -> None:
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    expect(tablet.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)


def release(desk: Page) -> None:
    press(desk, "release")


def shown_rows(page: Page) -> list[tuple[str, str, str]]:
    """Rank, number and score of each row of the leaderboard."""
    rows = []
    for row in page.locator(".rows > .row").all():
        number = re.sub(r"\D", "", row.locator("summary .number").inner_text())
        rows.append((row.locator(".rank-figure").inner_text(), number, row.locator("summary .score").inner_text()))
    return rows


@pytest.mark.browser
@pytest.mark.timeout(240)
def test_three_contestants_from_the_first_call_to_the_exported_ranking(server, visit):
    desk, tablets = sign_in_organizer(server, visit), take_seats(server, visit)
    hall = visit(server.facts["addresses"]["screen"], HALL)
    phone = visit(server.facts["addresses"]["leaderboard"], PHONE)

    for number, (totals, final) in STORY.items():
        call(desk, number)
        for judge, (tablet, total) in enumerate(zip(tablets, totals, strict=True), 1):
            if (number, judge) == ("02", 4):
                marks_without_a_network(tablet, number, total)
            else:
                type_marks(tablet, number, total)
            assert final not in hall.content() + phone.content()
            submit(tablet)
        release(desk)
        expect(phone.locator(".rows")).to_contain_text(final, timeout=SLOW)
        expect(hall.locator("body")).to_contain_text(final, timeout=SLOW)

    expect(phone.locator(".rows > .row")).to_have_count(3)
    board = shown_rows(phone)
    assert board == [(str(rank), number, STORY[number][1]) for rank, number in enumerate(RANKING, 1)]
    assert exported_rows(desk) == board


def marks_without_a_network(tablet: Page, number: str, total: str) -> None:
    """The Wi-Fi drops while the judge types; the tablet says so, keeps everything and comes back by itself."""
    expect(tablet.locator("#sheet")).to_be_visible(timeout=SLOW)
    tablet.locator("#mark-facts").fill("11")
    tablet.context.set_offline(True)
    tablet.evaluate("window.dispatchEvent(new Event('offline'))")
    type_marks(tablet, number, total)
    tablet.context.set_offline(False)
    expect(tablet.locator("#wire[data-state=online], #wire[data-state=resumed]")).to_be_visible(
        timeout=milliseconds(30)
    )
    for criterion, mark in marks_worth(total).items():
        assert tablet.locator(f"#mark-{criterion}").input_value() == mark


def exported_rows(desk: Page) -> list[tuple[str, str, str]]:
    """Rank, number and score as the downloaded workbook shows them."""
    with desk.expect_download() as download:
        desk.locator("a[href$='ranking.xlsx']").first.click()
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).worksheets[0]
    rows = []
    for cells in sheet.iter_rows(min_row=2):
        rank, number = cells[0].value, str(cells[1].value)
        if isinstance(rank, int) and number.isdigit():
            score = next(cell for cell in cells if cell.number_format == "0.00")
            rows.append((str(rank), number, f"{score.value:.2f}"))
    return rows
