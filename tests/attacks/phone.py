"""Somebody with a browser and no page: requests as a browser sends them, with cookies and the forms' own tokens."""

from __future__ import annotations

import queue
import re
import secrets
from collections.abc import Mapping
from typing import Any

import requests
import socketio
from requests.adapters import HTTPAdapter

from tests.conftest import Server
from tests.patience import within

Json = dict[str, Any]
WAIT = within(15)  # seconds until a missing message fails the test
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]*)"')


class FromElsewhere(HTTPAdapter):
    """Opens its connections from an address of its own; the whole net 127.0.0.0/8 is this machine."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *sizes: Any, **more: Any) -> None:
        """As the library does it, from there."""
        super().init_poolmanager(*sizes, source_address=(self._address, 0), **more)


class Phone:
    """A browser of somebody's own at a server, from this address if one is given."""

    def __init__(self, url: str, address: str = "") -> None:
        self.url, self._session = url, requests.Session()
        self._session.headers["Accept-Language"] = "en"
        if address:
            self._session.mount("http://", FromElsewhere(address))

    def asks(self, method: str, path: str, **more: Any) -> requests.Response:
        """What is answered, without following where it leads."""
        more.setdefault("allow_redirects", False)
        return self._session.request(method, f"{self.url}{path}", timeout=WAIT, **more)

    def opens(self, path: str) -> requests.Response:
        """Open a page, wherever that leads."""
        return self.asks("GET", path, allow_redirects=True)

    def presses(self, path: str, form: Mapping[str, Any] | None = None, *, seen_at: str = "") -> requests.Response:
        """Open the page that has the form, then send it."""
        page = self.opens(seen_at or path).text
        token = _TOKEN.search(page)
        return self.asks("POST", path, data={"csrf_token": token[1] if token else "", **(form or {})})

    def signs_in(self, name: str, password: str, to: str = "") -> requests.Response:
        """Sign in at the desk."""
        return self.presses("/desk/sign-in", {"name": name, "password": password, "next": to})

    def takes(self, seat: Json) -> requests.Response:
        """Scan the seat's card and press the button."""
        return self.presses(f"/judge/enter/{seat['key']}")

    @property
    def cookies(self) -> requests.cookies.RequestsCookieJar:
        """What the browser was given."""
        return self._session.cookies

    def cookie(self) -> str:
        """The header with all its cookies, as its sockets send it."""
        return "; ".join(f"{each.name}={each.value}" for each in self.cookies)

    def joins(self, namespace: str, **auth: Any) -> Socket:
        """Open a socket with the browser's cookies."""
        return Socket(self.url, namespace, auth, self.cookie())


class Socket:
    """A socket: what it is sent, what it is answered, and whether it is still open."""

    def __init__(self, url: str, namespace: str, auth: Json, cookie: str = "") -> None:
        self._namespace, self.heard = namespace, queue.Queue[tuple[str, Any]]()
        self.closed: queue.Queue[str] = queue.Queue()
        self._client = socketio.Client(reconnection=False)
        self._client.on("*", lambda event, *said: self.heard.put((event, *said)), namespace=namespace)
        self._client.on("disconnect", lambda *why: self.closed.put(str(why)), namespace=namespace)
        headers = {"Cookie": cookie} if cookie else {}
        wanted = {"namespaces": [namespace], "auth": auth, "headers": headers, "wait_timeout": WAIT}
        self._client.connect(url, transports=["websocket"], **wanted)

    def asks(self, event: str, payload: Json) -> Json:
        """Send an event and wait for its answer."""
        return dict(self._client.call(event, payload, namespace=self._namespace, timeout=WAIT))

    def presses(self, verb: str, **fields: Any) -> Json:
        """Press a button of the desk."""
        return self.asks(verb, {**fields, "request": secrets.token_hex(8)})

    def hears(self, event: str) -> Any:
        """Wait for this event; answers what came with it."""
        while True:
            name, *said = self.heard.get(timeout=WAIT)
            if name == event:
                return said[0]

    def is_cut_off(self) -> None:
        """Wait until the server has ended the socket."""
        self.closed.get(timeout=WAIT)

    def leaves(self) -> None:
        """Leave."""
        self._client.disconnect()


def refused(url: str, namespace: str, auth: Json, cookie: str = "") -> Json:
    """Why a socket is not let in."""
    client = socketio.Client(reconnection=False)
    said: queue.Queue[Json] = queue.Queue()
    client.on("connect_error", said.put, namespace=namespace)
    headers = {"Cookie": cookie} if cookie else {}
    try:
        wanted = {"namespaces": [namespace], "auth": auth, "headers": headers, "wait_timeout": WAIT}
        client.connect(url, transports=["websocket"], **wanted)
    except socketio.exceptions.ConnectionError:
        return dict(said.get(timeout=WAIT)["data"])
    client.disconnect()
    raise AssertionError("the socket was let in")


def handover_code(server: Server, seat: int) -> str:
    """The code that the desk shows while the handover of this seat is open, the first seat being 0."""
    organizer = Phone(server.url)
    organizer.signs_in(**server.facts["organizer"])
    shown = organizer.opens(f"/desk/{server.facts['contest']['id']}/handovers").text
    return _code_of(server.facts["seats"][seat]["id"], shown)


def opened_handover(server: Server, contest_id: int, seat_id: int, account: Mapping[str, str] | None = None) -> str:
    """The code of the handover that the desk of this contest, the demo's organizer or this one, opens for the seat."""
    organizer, page = Phone(server.url), f"/desk/{contest_id}/handovers"
    organizer.signs_in(**(account or server.facts["organizer"]))
    sent = {"seat": seat_id, "page": "handovers", "request": secrets.token_hex(8)}
    organizer.presses(f"/desk/{contest_id}/open_handover", sent, seen_at=page)
    return _code_of(seat_id, organizer.opens(page).text)


def _code_of(seat_id: int, shown: str) -> str:
    """The code that stands at this seat on the page of the handovers."""
    at_seat = shown.partition(f'id="handover-{seat_id}"')[2].partition('id="handover-')[0]
    return at_seat.partition("/judge/handover/")[2].partition("<")[0]
