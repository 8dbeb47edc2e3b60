"""The page: what the leaderboard costs while nothing changes, and the first one after a release, by its stages."""

from __future__ import annotations

import json
import socket
import time
import urllib.request
from contextlib import ExitStack
from functools import partial
from typing import Any

from tests.bench.figures import Figures, Target, no_figures
from tests.bench.first_page import first_view
from tests.bench.panel import Panel
from tests.bench.sheets import Stand
from tests.bench.stages import ADDRESS, COMPRESSION, READING, RULES, TEMPLATE, VIEW

#: Turns of the contest; all but the last few are released. 450 are the rows of the largest contest seen.
SIZES = (40, 100, 450)
JUDGES, ROUNDS, WARM_UP = 7, 5, 2
PAGES, CONNECTIONS = 400, 4
#: A browser's question for the page.
_ASKED = (
    b"GET /c/bench HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\n"
    b"Accept-Language: zh-CN,zh;q=0.9\r\nConnection: keep-alive\r\n\r\n"
)

WARM = "the page while nothing changes, CPU, ms"
RATE = "the page, how many a second"
FRESH = "the page after a release, CPU, ms"
FIRST_VIEW = "first view with all files and the greeting, KB"
PAGE_BYTES = "the page alone, compressed, KB"
OF_IT = "of it "
TOLD_APART = (READING, RULES, VIEW, TEMPLATE, COMPRESSION)
FEW, MANY = f"{SIZES[0]} turns", f"{SIZES[-1]} turns"
TARGETS = (
    Target(WARM, 2.0, of=FEW),
    Target(WARM, 5.0, of=MANY),
    Target(RATE, least=500, of=FEW),
    Target(RATE, least=200, of=MANY),
    Target(FRESH, 30.0, of=FEW),
    Target(FRESH, 100.0, of=MANY),
    Target(FIRST_VIEW, 120.0, of=MANY),
)


def contest_of(turns: int) -> tuple[str, ...]:
    """The options of a server with so many turns, all but the last few of them released."""
    waiting = 2 * (WARM_UP + ROUNDS) + 1
    sizes = {"--judges": JUDGES, "--turns": turns, "--released": turns - waiting}
    return (*(str(word) for pair in sizes.items() for word in pair), "--told-apart")


def told_apart(port: int, counting: bool = False) -> dict[str, Any]:
    """What the server's stages have used since this was asked last, and whether it is counted on; see stages.py."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{ADDRESS}?counting={counting:d}", timeout=15) as answer:
        said: dict[str, Any] = json.loads(answer.read())
    return said


class Phone:
    """A browser that keeps its connection; it asks for the page and reads the answer."""

    def __init__(self, port: int) -> None:
        self._sock = socket.create_connection(("127.0.0.1", port), 30)
        self._rest = b""

    def ask(self) -> None:
        """Ask for the page."""
        self._sock.sendall(_ASKED)

    def take(self) -> int:
        """The bytes of the answer's body. Raises ConnectionResetError, ValueError for anything but a page."""
        head, body = self._until(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise ValueError(head[:200].decode())
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += self._more()
        self._rest = body[length:]
        return length

    def close(self) -> None:
        """Hang up."""
        self._sock.close()

    def _until(self, end: bytes) -> tuple[bytes, bytes]:
        data = self._rest
        while end not in data:
            data += self._more()
        head, _, body = data.partition(end)
        return head, body

    def _more(self) -> bytes:
        data = self._sock.recv(1 << 18)
        if not data:
            raise ConnectionResetError("the server hung up on a phone")
        return data


class Quiet(Stand):
    """A contest at which nobody looks: the sheets are in, the judges are gone, the organizer's page hears only news."""

    def __init__(self, stack: ExitStack, turns: int) -> None:
        """Start a server of its own; its phones keep their connections."""
        super().__init__(stack, {}, "ours", *contest_of(turns))
        assert self.server.desk
        self.organizer = stack.enter_context(Panel(self.server.port, [], self.server.desk | {"news": True}))
        self.marked = [self._marked() for _ in range(2 * (WARM_UP + ROUNDS))]
        self.panel.close()
        self.phones = [Phone(self.server.port) for _ in range(CONNECTIONS)]
        for phone in self.phones:
            stack.callback(phone.close)

    def _marked(self) -> int:
        """The next turn, its sheets handed in."""
        self.turn = next(self._turns)
        self.organizer.press("call", turn=self.turn, leave_open=True)
        self.panel.serially(self.sheet)
        return self.turn

    def release(self) -> None:
        """Release the next turn, and let the server rest."""
        self.organizer.press("release", turn=self.marked.pop(0))
        self.organizer.settle(0.5)


def measure() -> Figures:
    """All figures by name, size of the contest and round."""
    figures = no_figures()
    for turns in SIZES:
        with ExitStack() as stack:
            stand = Quiet(stack, turns)
            note = partial(_note, figures, f"{turns} turns")
            for number in range(WARM_UP + ROUNDS):
                stand.release()
                found = _fresh(stand) | _warm(stand) | _apart(stand)
                if number >= WARM_UP:
                    note(found)
            note({FIRST_VIEW: first_view(stand.server) / 1000})
    return figures


def _note(figures: Figures, of: str, found: dict[str, float]) -> None:
    for name, value in found.items():
        figures[name][of].append(value)


def _fresh(stand: Quiet) -> dict[str, float]:
    """The first page after a release."""
    cpu = stand.server.cpu()
    stand.phones[0].ask()
    length = stand.phones[0].take()
    return {FRESH: (stand.server.cpu() - cpu) / 1e6, PAGE_BYTES: length / 1000}


def _apart(stand: Quiet) -> dict[str, float]:
    """What the stages of the first page after another release use."""
    stand.release()
    told_apart(stand.server.port, counting=True)
    stand.phones[0].ask()
    stand.phones[0].take()
    own = told_apart(stand.server.port)["own"]
    return {f"{OF_IT}{stage}, ms": own.get(stage, 0) / 1e6 for stage in TOLD_APART}


def _warm(stand: Quiet) -> dict[str, float]:
    """Pages one after the other on several connections, none of them ever idle."""
    cpu, start = stand.server.cpu(), time.perf_counter()
    for phone in stand.phones:
        phone.ask()
    for number in range(PAGES):
        phone = stand.phones[number % CONNECTIONS]
        phone.take()
        if number < PAGES - CONNECTIONS:
            phone.ask()
    seconds = time.perf_counter() - start
    return {WARM: (stand.server.cpu() - cpu) / PAGES / 1e6, RATE: PAGES / seconds}
