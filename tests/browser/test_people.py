"""An organizer's morning: judges from a spreadsheet, the conflicts found, a reserve, and the cards from the printer."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESK
from tests.browser.signing_in import sign_in_as
from tests.imports.making import HEADINGS, xlsx

JUDGES = [
    ("席位", "姓名", "单位", "部门", "职务", "候补"),
    ("1", "李国栋", "明州市江北区人民检察院", "第一检察部", "检委会委员", ""),
    ("2", "王芳", "明州市中级人民法院", "", "庭长", ""),
    ("8", "郑和", "省人民检察院", "", "", "是"),
]


def upload(page: Page, kind: str, rows: Sequence[tuple[str, ...]]) -> None:
    """Choose a filled-in list; its preview opens by itself."""
    page.set_input_files(f"#file-{kind}", files=FilePayload(name="名单.xlsx", mimeType="", buffer=xlsx(rows)))
    expect(page.locator(".import-table")).to_be_visible()


@pytest.mark.browser
def test_judges_are_imported_their_conflicts_found_and_their_cards_printed(server, visit):
    desk = f"{server.url}/desk/{server.facts['contest']['id']}"
    page = visit(f"{desk}/import", DESK)
    sign_in_as(page, server, "administrator")
    upload(page, "contestants", [HEADINGS, ("1", "陈思源"), ("37", "")])
    expect(page.locator("#confirm")).to_have_count(0)
    assert violations(page) == []
    page.goto(f"{desk}/import")
    assert violations(page) == []
    upload(page, "judges", JUDGES)
    page.locator("#confirm").click()
    expect(page.locator(".message-done")).to_be_visible()
    page.goto(f"{desk}/relations")
    expect(page.locator(".conflict-rows > li").first).to_contain_text("李国栋")
    assert violations(page) == []
    page.goto(f"{desk}/seats")
    expect(page.locator(".seats-page")).to_contain_text("郑和")
    assert violations(page) == []
    page.goto(f"{desk}/cards")
    expect(page.locator(".seat-card")).to_have_count(8)
    expect(page.locator(".seat-card .card-code")).to_have_count(0)
    assert violations(page) == []
    page.goto(f"{server.url}/desk/installation")
    page.locator("#address").fill("http://10.0.0.5:5000")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".message-done")).to_be_visible()
    page.goto(f"{desk}/cards")
    expect(page.locator(".seat-card .card-code")).to_have_count(8)
    assert violations(page) == []
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 2
    page.goto(f"{server.url}/desk/accounts")
    assert violations(page) == []
