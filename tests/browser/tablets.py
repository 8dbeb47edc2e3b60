"""The tablet in a real browser: its desk, its judge, and what a test looks at and does with it."""

from __future__ import annotations

import re
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import socketio
from playwright.sync_api import Page, expect

from tests.conftest import FULL_MARKS, Server
from tests.patience import milliseconds, within

SLOW = milliseconds(30)  # milliseconds until something that should appear is missed


class Desk:
    """The organizer as a socket client."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client = socketio.Client()
        auth = {"contest": server.facts["contest"]["id"], **server.facts["organizer"]}
        self._client.connect(server.url, namespaces=["/desk"], auth=auth, wait_timeout=within(10))

    def does(self, verb: str, number: str, **more: Any) -> None:
        turn = next(turn["id"] for turn in self._server.facts["turns"] if turn["number"] == number)
        self.asks(verb, turn=turn, **more)

    def asks(self, verb: str, **more: Any) -> None:
        payload = {"request": secrets.token_hex(8), **more}
        answer = self._client.call(verb, payload, namespace="/desk", timeout=within(10))
        assert answer == {"ok": True}, answer

    def leave(self) -> None:
        self._client.disconnect()


@dataclass
class Judge:
    """A judge of the hall: the tablet with the open sheet of contestant 01, and which seat it is."""

    page: Page
    server: Server
    seat: int


def press(desk: Page, verb: str) -> None:
    """Press the desk's one main button once it stands for this verb and may be pressed."""
    ready = desk.locator(f"#main-form[data-verb={verb}] #main-button:not([aria-disabled=true])")
    expect(ready).to_be_visible(timeout=SLOW)
    ready.click()


def on_this_machine(server: Server, address: str) -> str:
    """An address that the page gives to other devices, for this one: the tests' server listens on no network."""
    return server.url + urlsplit(address).path


def is_online(page: Page) -> None:
    expect(page.locator("#wire")).to_have_attribute("data-state", re.compile("online|resumed"), timeout=SLOW)


def has_reached(page: Page, step: str) -> None:
    expect(page.locator("#steps")).to_have_attribute("data-reached", step, timeout=SLOW)


def fill(page: Page, marks: dict[str, str] = FULL_MARKS) -> None:
    for criterion, mark in marks.items():
        page.locator(f"#mark-{criterion}").fill(mark)


def lose_network(page: Page) -> None:
    page.context.set_offline(True)
    page.evaluate("window.dispatchEvent(new Event('offline'))")


def saves_in_another_tab(judge: Judge, marks: dict[str, str]) -> None:
    """The same browser saves a newer draft by form, which the tab on the screen has not seen."""
    seat, turn = judge.server.facts["seats"][judge.seat]["id"], judge.server.facts["turns"][0]["id"]
    base = len(versions(judge.server, judge.seat))
    token = judge.page.locator("meta[name=csrf-token]").get_attribute("content")
    form: dict[str, str | float | bool] = {"verb": "draft", "base": str(base), "csrf_token": token or ""}
    form |= {f"typed-{key}": mark for key, mark in marks.items()}
    headers = {"Accept": "application/json", "Referer": judge.page.url}
    answer = judge.page.request.post(f"{judge.server.url}/judge/{seat}/turn/{turn}", form=form, headers=headers)
    assert answer.ok, answer.text()


def versions(server: Server, seat: int = 0) -> list[tuple[str, str | None]]:
    """State and submission id of every stored version of a seat's sheets, in order."""
    with sqlite3.connect(server.folder / "saiping.db") as database:
        wanted = (
            "SELECT version.state, version.submission FROM sheet_version version"
            " JOIN sheet ON sheet.id = version.sheet_id WHERE sheet.seat_id = ? ORDER BY version.id"
        )
        return list(database.execute(wanted, (server.facts["seats"][seat]["id"],)))


def submissions(server: Server, seat: int = 0) -> list[str | None]:
    return [submission for state, submission in versions(server, seat) if state == "submitted"]


KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open("saiping");
  opening.onsuccess = () => {
    const all = opening.result.transaction("sheets").objectStore("sheets").getAll();
    all.onsuccess = () => { opening.result.close(); resolve(all.result); };
  };
})"""


# As in browsers that were asleep: the requests are taken, and nothing ever comes of them.
SILENT_STORE = """() => {
  const silent = () => ({});
  IDBDatabase.prototype.transaction = () => ({ objectStore: () => ({ put: silent, delete: silent }) });
}"""
