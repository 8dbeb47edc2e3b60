"""What goes on beside the judges, as a process of its own: it says when it is on, and ends with its standard input.

Run as `python -m tests.bench.beside_load KIND`, with the facts of the server as a line of JSON on standard input.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from tests.bench.crowd import Crowd
from tests.bench.line import joined
from tests.plain_browser import Browser

Facts = dict[str, Any]
WATCHERS, STORM, ROWS = 500, 3000, 1900
#: Requests under way at once, right passwords a second, and seconds in which each watcher opens the page once.
AT_ONCE, PASSWORDS, OPENS_WITHIN = 4, 20, 60
#: Loopback addresses that the crowds come from: a hall is more than one phone.
SOURCES = 200
#: Of the storm, so many at once wait to be let in; and the seconds after which each group of them was.
DOORS = 30
arrived: list[float] = []
over = threading.Event()


def pages(facts: Facts) -> Iterator[int]:
    """Anonymous visitors open the leaderboard, a few at once and without a pause."""
    with_threads(AT_ONCE, lambda: get_page(facts))
    while True:
        yield 0


def get_page(facts: Facts) -> None:
    """Open the page over and over on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", facts["port"], timeout=60)
    while not over.is_set():
        connection.request("GET", f"/c/{facts['contest']['slug']}")
        connection.getresponse().read()


def workbooks(facts: Facts) -> Iterator[int]:
    """The organizer takes the ranking away, again and again."""
    clerk = signed_in(facts)
    while True:
        where, _ = clerk.get(f"/desk/{facts['contest']['id']}/ranking.xlsx")
        if "/jobs/" in where:
            clerk.until_done(where)
        yield 1


def lists(facts: Facts) -> Iterator[int]:
    """A list of 1,900 rows is read, shown and confirmed, each into a contest of its own."""
    clerk = signed_in(facts)
    text = "编号\t姓名\t单位\n" + "\n".join(f"{number:05d}\t选手{number}\t市院" for number in range(2, ROWS + 2))
    for contest in facts["lists"]:
        draft, preview = clerk.post(f"/desk/{contest}/import", kind="contestants", pasted=text)
        if digest := re.search(r'name="digest" value="([^"]+)"', preview.decode()):
            where, _ = clerk.post(draft, digest=digest[1], request=f"import-of-{draft[-12:]:>12}".replace("/", "-"))
            clerk.until_done(where)
            yield 1


def passwords(facts: Facts) -> Iterator[int]:
    """Twenty right passwords a second, at the desk's socket."""
    desk = {"contest": facts["contest"]["id"], **facts["organizer"]}

    def sign_in() -> None:
        with suppress(OSError):
            joined(facts["port"], "/desk", desk)[0].close()

    while True:
        threading.Thread(target=sign_in, daemon=True).start()
        time.sleep(1 / PASSWORDS)
        yield 1


def watching(facts: Facts) -> Iterator[int]:
    """Five hundred watch, and each of them opens the page once a minute."""
    crowd = crowd_of(facts, WATCHERS)
    connection = http.client.HTTPConnection("127.0.0.1", facts["port"], timeout=60)
    while True:
        yield 0
        crowd.linger(OPENS_WITHIN / WATCHERS)
        connection.request("GET", f"/c/{facts['contest']['slug']}")
        connection.getresponse().read()


def storm(facts: Facts) -> Iterator[int]:
    """Three thousand watchers come at once, as after a restart."""
    start, left, one = time.monotonic(), [STORM // DOORS] * DOORS, threading.Lock()

    def come() -> None:
        with one:
            many = left.pop()
        crowd = crowd_of(facts, many)
        with one:
            arrived.append(time.monotonic() - start)
        while not over.is_set():
            crowd.linger(0.2)

    with_threads(DOORS, come)
    while True:
        yield 0


def crowd_of(facts: Facts, many: int) -> Crowd:
    """So many watchers, who come from many addresses."""
    return Crowd(facts["port"], many, {"contest": facts["contest"]["slug"]}, sources=SOURCES)


def signed_in(facts: Facts) -> Browser:
    """The organizer's browser."""
    return Browser(f"http://127.0.0.1:{facts['port']}", **facts["organizer"])


def with_threads(many: int, work: Callable[[], None]) -> None:
    """Have this done by so many at once."""
    for _ in range(many):
        threading.Thread(target=work, daemon=True).start()


KINDS = {kind.__name__: kind for kind in (pages, workbooks, lists, passwords, watching, storm)}


def _wait_for_the_end() -> None:
    sys.stdin.read()
    over.set()


def main() -> None:
    """Go on until standard input ends; then say how much was done. The driver beside it goes first."""
    os.nice(15)
    facts = json.loads(sys.stdin.readline())
    threading.Thread(target=_wait_for_the_end, daemon=True).start()
    done, work = 0, KINDS[sys.argv[1]](facts)
    print("on", flush=True)
    for more in work:
        done += more
        if over.wait(0.0 if more else 0.01):
            break
    print(json.dumps({"done": done, "arrived": max(arrived, default=0.0), "groups": len(arrived)}), flush=True)


if __name__ == "__main__":
    main()
