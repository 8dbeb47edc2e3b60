"""The screens of the day that goes wrong, and what people do there: desk, hall, phone, a tablet and its spare."""

from __future__ import annotations

import secrets
from io import BytesIO
from pathlib import Path
from typing import Any

import socketio
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.bad_day_contests import PASSWORD
from tests.browser.conftest import DESK, HALL, PHONE, TABLET, Visit
from tests.browser.signing_in import sign_in
from tests.browser.tablets import SLOW, is_online, on_this_machine
from tests.machines import Machine
from tests.patience import within

WHO_DECIDED = "评委会主任"


class Day:
    """One contest on a machine whose clock is an hour ahead, and who looks at it."""

    def __init__(self, machine: Machine, facts: dict[str, Any], visit: Visit) -> None:
        self.machine, self._facts, self._visit = machine, facts, visit
        self.url = machine.server.url
        self.desk = self.signed_in("organizer")
        self.hall = visit(f"{self.url}/c/{facts['slug']}/screen", HALL)
        self.phone = visit(f"{self.url}/c/{facts['slug']}", PHONE)

    def signed_in(self, role: str, page: str = "") -> Page:
        """A page of the desk, signed in as this role."""
        opened = self._visit(f"{self.url}/desk/sign-in?next=/desk/{self._facts['id']}{page}", DESK)
        sign_in(opened, role, PASSWORD)
        return opened

    def go(self, page: str = "") -> Page:
        """The desk's browser opens a page of the contest."""
        self.desk.goto(f"{self.url}/desk/{self._facts['id']}{page}")
        return self.desk

    def sits_down(self) -> Page:
        """Judge 1 takes the first seat with a tablet."""
        tablet = self._visit(f"{self.url}/judge/enter/{self._facts['seats'][0]['key']}", TABLET)
        is_online(tablet)
        return tablet

    def gets_a_spare(self, dead: Page) -> Page:
        """The tablet dies for good; the desk hands its seat over to a spare one."""
        dead.context.close()
        self.go("/handovers").locator(f"#open-{self._facts['seats'][0]['id']}").click()
        address = self.desk.locator(".handover-address").inner_text()
        spare = self._visit(on_this_machine(self.machine.server, address), TABLET)
        spare.locator("#take").click()
        is_online(spare)
        return spare

    def others_submit(self, *sheets: dict[str, str], about: str = "") -> None:
        """The judges after the first submit these sheets, of the document or file `about`."""
        for seat, typed in zip(self._facts["seats"][1:], sheets, strict=True):
            with socketio.SimpleClient() as tablet:
                auth = {"key": seat["key"], "tablet": seat["key"]}
                tablet.connect(self.url, namespace="/judge", auth=auth, wait_timeout=within(10))
                shown = tablet.receive(timeout=within(15))[1]
                listed = {item["number"]: item["turn"] for item in shown.get("list") or ()}
                turn = listed[about] if about else shown["turn"]["id"]
                answer = tablet.call("submit", {"turn": turn, "typed": typed, "submission": secrets.token_hex(8)})
                assert answer["ok"], answer

    def comes_late(self, number: str, name: str, **more: str) -> None:
        """The desk enters a latecomer on the page of late arrivals."""
        self.go("/late")
        fill_form(self.desk, "#enter-late-form", number=number, name=name, reason="路上堵车", **more)
        self.desk.locator("#enter-late-button").click()
        expect(self.desk.locator(".late-list").first).to_contain_text(number)

    def does_not_perform(self, number: str, kind: str, who: str = "") -> None:
        """The desk records it at the row of the running order."""
        self.go().locator("#order-rows tr", has_text=number).locator(".row-out").first.click()
        more = {"contestant": self.option(who)} if who else {}
        fill_form(self.desk, "#not-performing-form", kind=kind, reason="三次点名未到", decided_by=WHO_DECIDED, **more)
        self.desk.locator("#not-performing-button").click()
        expect(self.desk.locator(".message-done")).to_be_visible()

    def is_put_out(self, number: str, who: str = "") -> None:
        """After the release: the desk asks for it as a correction, the chief approves."""
        asked = self.go("/corrections").locator("details[id^=turn-]", has_text=number).first
        asked.locator("summary").click()
        form = f"#{asked.locator('form[id^=out-]').get_attribute('id')}"
        more = {"contestant": self.option(who)} if who else {}
        fill_form(self.desk, form, asked_by="监督员", reason="查实携带材料", **more)
        self.desk.locator(f"{form} button").click()
        expect(self.desk.locator(".message-done")).to_be_visible()
        chief = self.signed_in("chief", "/corrections")
        chief.locator("form[id^=approve-] [name=reason]").fill("情况属实")
        chief.locator("form[id^=approve-] button").click()
        expect(chief.locator(".message-done")).to_be_visible()
        chief.context.close()

    def option(self, number: str) -> str:
        """The option of the open form that stands for the team of this number."""
        option = self.desk.locator("select[name=contestant] option", has_text=number).first
        return option.get_attribute("value") or ""

    def shows_nothing_of(self, *words: str) -> None:
        """Neither the hall nor the phone has any of this, not even where nobody sees it."""
        shown = self.hall.content() + self.phone.content()
        assert not [word for word in words if word in shown]

    def ranking(self, *rows: tuple[str, str, str]) -> None:
        """Rank, number and score of each row, on the phone."""
        on_phone = self.phone.locator(".rows > .row")
        for row, (rank, number, score) in enumerate(rows):
            one = on_phone.nth(row)
            expect(one.locator(".rank-figure")).to_have_text(rank, timeout=SLOW)
            expect(one.locator("summary .number")).to_contain_text(number)
            expect(one.locator("summary .score")).to_have_text(score)
        expect(on_phone).to_have_count(len(rows))

    def is_without_a_rank(self, number: str, *said: str) -> None:
        """On the phone and in the hall it stands why somebody has no rank."""
        for screen in (self.phone, self.hall):
            one = screen.locator(".unranked li", has_text=number).first
            for word in said:
                expect(one).to_contain_text(word, timeout=SLOW)

    def workbook(self) -> list[tuple[str, str, str, str]]:
        """Rank, number, score or ground, and award of each row of the ranking as it is downloaded and printed."""
        self.go()
        with self.desk.expect_download() as download:
            self.desk.locator(".exports a[href$='ranking.xlsx']").click()
        sheet = load_workbook(BytesIO(Path(download.value.path()).read_bytes())).worksheets[0]
        rows: list[tuple[str, str, str, str]] = []
        for cells in sheet.iter_rows(min_row=3):
            rank, number, _, _, score, *_, award = cells
            figure = f"{score.value:.2f}" if score.data_type == "n" and score.value is not None else score.value or ""
            rows.append((str(rank.value or ""), str(number.value), str(figure), str(award.value or "")))
        return rows

    def log_says(self, *sentences: str) -> None:
        """The log's page has all of this."""
        rows = self.go("/log").locator(".log-rows")
        for sentence in sentences:
            expect(rows).to_contain_text(sentence)


def fill_form(page: Page | Locator, form: str, **values: str) -> None:
    """Fill the form's fields, or choose in them by what is sent or by what is shown."""
    for name, value in values.items():
        field = page.locator(f"{form} [name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def submit(tablet: Page) -> None:
    """Submit the sheet on a tablet and confirm it."""
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    expect(tablet.locator("[data-stage=locked], [data-stage=waiting]")).to_be_visible(timeout=SLOW)
