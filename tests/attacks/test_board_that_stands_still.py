"""A watcher without an account notes all that comes while the board stands still: nothing tells what is done behind it.

Two halls play the same for all who look on. In one of them scores are released behind the freeze, sheets come late, are
sent back and checked, and the marks are others. Whatever a visitor is sent must be the same in both, byte for byte, but
for what tells the two servers apart at all: their names, ports and the moment of their start.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.access.test_frames import Tap
from tests.attacks.phone import WAIT, Phone, Socket, refused
from tests.conftest import marks_worth, start_server, stop_server

Json = dict[str, Any]
PAGES = ("", "/screen", "/board.json", "/overall", "/overall.json", "/overall/screen", "/offices")
#: What no two answers have in common.
OF_THE_MOMENT = ("Date", "Set-Cookie")
TOKEN = re.compile(r'(name="csrf-token" content=)"[^"]*"')


class Hall:
    """A server with its desk and its judges, and somebody who looks on."""

    def __init__(self, folder: Path, *, secretly: bool) -> None:
        folder.mkdir()
        self.server, self.secretly = start_server(folder), secretly
        self.facts = self.server.facts
        self.contest, self.slug = self.facts["contest"]["id"], self.facts["contest"]["slug"]
        self.desk = Socket(self.server.url, "/desk", {"contest": self.contest, **self.facts["organizer"]})
        self.operator = Phone(self.server.url)
        self.operator.signs_in(**self.facts["accounts"]["operator"])
        self.judges = [self.judge(seat) for seat in self.facts["seats"]]
        self.visitor = Phone(self.server.url)
        self.first = self.board()["revision"]
        self.run = self.told()["run"]
        self.hall, self.overall = (Tap(self.server.url, "/audience", auth) for auth in self.auths())
        self.noted: list[str] = []

    def auths(self) -> tuple[Json, Json]:
        return {"contest": self.slug}, {"contest": self.slug, "overall": True}

    def judge(self, seat: Json) -> Socket:
        return Socket(self.server.url, "/judge", {"key": seat["key"], "tablet": f"the tablet at {seat['key']}"})

    def board(self) -> Json:
        return dict(self.visitor.opens(f"/c/{self.slug}/board.json").json())

    def told(self) -> Json:
        """What the leaderboard's page tells its script."""
        found = re.search(r'id="page">(.*?)</script>', self.visitor.opens(f"/c/{self.slug}").text, re.S)
        assert found
        return dict(json.loads(found[1]))

    def turn(self, number: int) -> int:
        return int(self.facts["turns"][number - 1]["id"])

    def presses(self, verb: str, **fields: Any) -> None:
        answer = self.desk.presses(verb, **fields)
        assert answer["ok"], answer

    def freezes(self) -> None:
        self.steers("freeze")

    def goes_dark(self) -> None:
        self.steers("dark")

    def steers(self, step: str) -> None:
        """The operator presses a button on the page of the screens."""
        answer = self.operator.presses(f"/desk/{self.contest}/screens/{step}", seen_at=f"/desk/{self.contest}/screens")
        assert answer.status_code in (302, 303), answer.text

    def submits(self, judge: int, number: int, total: str, **more: str) -> None:
        sheet = {"turn": self.turn(number), "typed": marks_worth(total), "submission": secrets.token_hex(8), **more}
        answer = self.judges[judge - 1].asks("submit", sheet)
        assert answer["ok"], answer

    def shows(self, change: Callable[[], None], *, noted: bool = True) -> None:
        """A change that everybody sees: wait until the hall is told, then note all that a visitor sees."""
        heard = self.hall.many()
        change()
        self.hall.until_many(heard + 1)
        if noted:
            self.notes()

    def marked_by(self, judges: Iterable[int], number: int, total: str) -> None:
        """These judges submit, one after the other, and the hall counts."""
        for judge in judges:
            self.shows(partial(self.submits, judge, number, total), noted=judge == 1)

    def notes(self) -> None:
        """Note all that a visitor sees now; before the freeze the page may lack a sheet for a second."""
        until = time.monotonic() + WAIT
        while self.told()["revision"] != self.board()["revision"] and time.monotonic() < until:
            pass
        for page in PAGES:
            self.note(page)
        self.note("/", whole=True)
        self.note("/healthz", whole=True)
        self.greets()

    def note(self, page: str, *, whole: bool = False) -> None:
        answer = self.visitor.asks(
            "GET", page if whole else f"/c/{self.slug}{page}", headers={"Accept-Encoding": "identity"}
        )
        heads = {name: said for name, said in answer.headers.items() if name not in OF_THE_MOMENT}
        self.noted.append(f"{page} {answer.status_code} {sorted(heads.items())}\n{answer.text}")

    def greets(self) -> None:
        """A page comes with what it shows, and asks for all."""
        page = self.told()
        seen = {"contest": self.slug, "event": page["event"], "has": page["revision"], "run": page["run"]}
        with_page = self.visitor.joins("/audience", **seen)
        name, *said = with_page.heard.get(timeout=WAIT)
        self.noted.append(f"{name} {said} {with_page.asks('sync', {})}")
        with_page.leaves()

    def transcript(self) -> list[str]:
        """All that was noted and every frame, as it would be on any server."""
        taps = (self.hall, self.overall)
        for tap in taps:
            tap.until('"blackout":true')
        frames = [frame for tap in taps for frame in tap.heard().splitlines() if frame != "2"]
        return self.anywhere([line for noted in (*self.noted, *frames) for line in noted.splitlines()])

    def anywhere(self, noted: list[str]) -> list[str]:
        tags: dict[str, str] = {}
        own = {self.run: "run", self.server.url: "http://here", self.server.url.partition("://")[2]: "here"}

        def plain(text: str) -> str:
            for name, meant in own.items():
                text = text.replace(name, meant)
            text = TOKEN.sub(r"\1", re.sub(r'"(sid)":"[^"]*"', r'"\1":""', text))
            text = re.sub(r"\b\d{13,}\b", lambda number: f"r{int(number[0]) - self.first}", text)
            return re.sub(r'"[0-9a-f]{20}"', lambda tag: tags.setdefault(tag[0], f"tag {len(tags)}"), text)

        return [plain(text) for text in noted]

    def ends(self) -> None:
        for tap in (self.hall, self.overall):
            tap.leave()
        for socket in (self.desk, *self.judges):
            socket.leaves()
        stop_server(self.server)


@pytest.fixture
def halls(tmp_path: Path) -> Iterator[tuple[Hall, Hall]]:
    """One hall where nothing is done but what everybody sees, and one where more is."""
    both = Hall(tmp_path / "plain", secretly=False), Hall(tmp_path / "secret", secretly=True)
    yield both
    for hall in both:
        hall.ends()


def goes_on_in_secret(hall: Hall) -> None:
    """All that may be done about No. 2 behind the freeze while No. 3 performs."""
    hall.submits(7, 2, "61")
    stranger = {"key": hall.facts["seats"][0]["key"], "tablet": "the tablet of a stranger"}
    assert refused(hall.server.url, "/judge", stranger)["code"] == "seat_held"
    assert hall.judges[1].presses("call_chief", message="")["ok"]
    hall.presses("open_handover", seat=hall.facts["seats"][0]["id"])
    hall.presses("add_overtime", turn=hall.turn(2), seconds=40)
    hall.presses("send_back", turn=hall.turn(2), seat=hall.facts["seats"][2]["id"], question="是否误填？")
    hall.submits(3, 2, "75.5", reason="重新核对")
    hall.presses("release", turn=hall.turn(2))


def play(hall: Hall) -> None:
    """What everybody sees, and between it what is done in secret."""
    hall.shows(lambda: hall.presses("call", turn=hall.turn(1)))
    hall.marked_by(range(1, 8), 1, "90")
    hall.shows(lambda: hall.presses("release", turn=hall.turn(1)))
    hall.shows(hall.freezes)
    hall.shows(lambda: hall.presses("call", turn=hall.turn(2)))
    hall.marked_by(range(1, 7), 2, "80" if hall.secretly else "95")
    hall.shows(lambda: hall.presses("call", turn=hall.turn(3), leave_open=True))
    if hall.secretly:
        goes_on_in_secret(hall)
    hall.notes()
    hall.marked_by(range(1, 8), 3, "88" if hall.secretly else "77")
    if hall.secretly:
        hall.presses("release", turn=hall.turn(3))
    hall.notes()
    hall.shows(lambda: hall.presses("call", turn=hall.turn(4)))
    hall.shows(hall.goes_dark)


def test_what_is_done_behind_the_freeze_changes_nothing_that_a_visitor_is_sent(halls: tuple[Hall, Hall]) -> None:
    with ThreadPoolExecutor(2) as both:
        list(both.map(play, halls))
    plain, secret = (hall.transcript() for hall in halls)
    differing = "\n".join(line[:300] for line in unified_diff(plain, secret, lineterm="", n=0))
    assert not differing, differing
