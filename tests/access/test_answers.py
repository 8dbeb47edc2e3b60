"""What every answer of a real server says to a browser, and what it never gives out."""

from __future__ import annotations

import base64
import json
import os
import re
import socket
import zlib
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import socketio

from tests.attacks.phone import WAIT, Phone
from tests.conftest import Server

#: Pages, files, refusals and what sockets poll, as a visitor meets them; SHEET and SCRIPT are those of the page.
ADDRESSES = (
    "/",
    "/c/shifa",
    "/c/shifa/board.json",
    "/c/shifa/screen",
    "/judge/",
    "/judge/enter/no-such-code",
    "/desk/sign-in",
    "/desk/",
    "/nowhere",
    "/healthz",
    "/metrics",
    "STYLE",
    "/static/nowhere.js",
    "/socket.io/?EIO=4&transport=polling",
    "/socket.io/?EIO=3",
)
#: What others have left in the folders of their pages, and lists of what is in a folder.
NOT_SERVED = (
    "/.git/HEAD",
    "/.git/config",
    "/.npmrc",
    "/static/",
    "/static",
    "FOLDER/",
    "FOLDER/judges/",
    "FOLDER/../../saiping.db",
    "FOLDER/%2e%2e/%2e%2e/secret",
    "/instance/saiping.db",
    "/saiping.db",
    "/secret",
    "/demo.json",
    "/wsgi.py",
    "/scoring/config.py",
    "/tests/conftest.py",
    "/README.md",
    "/setup.cfg",
    "/static/base.css.bak",
    "/base.css~",
    "/console",
    "/console?__debugger__=yes&cmd=resource&f=debugger.js",
    "/server-status",
)


@pytest.fixture(scope="module")
def organizer(session_server: Server) -> Phone:
    """The organizer's browser, signed in."""
    phone = Phone(session_server.url)
    assert phone.signs_in(**session_server.facts["organizer"]).status_code == 302
    return phone


@pytest.fixture(scope="module")
def style(session_server: Server) -> str:
    """The address of a style sheet of the home page."""
    return re.search(r'href="(/static/[^"]+/base\.css)"', Phone(session_server.url).opens("/").text)[1]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_guards_the_browser(session_server: Server, style: str, address: str) -> None:
    answer = Phone(session_server.url).asks("GET", address.replace("STYLE", style))
    policy = answer.headers["Content-Security-Policy"]
    for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    kind = answer.headers.get("Content-Type", "")
    assert not answer.content or re.fullmatch(r'(?i:text/[a-z]+; charset="?utf-8"?)|application/json', kind), kind


def test_a_host_that_nobody_has_is_not_repeated_in_a_header(session_server: Server) -> None:
    for host in ("x; script-src *", "x" * 64, "x" * 3000, "a..b", "\xe9"):
        answer = Phone(session_server.url).asks("GET", "/desk/", headers={"Host": host})
        assert (host, answer.status_code, answer.text) == (host, 400, "")
        assert host not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["/", "/desk/", "/judge/", "/healthz", "STYLE", "/socket.io/?EIO=4&transport=polling"]
)
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "PUT", "DELETE", "CONNECT"])
def test_a_method_that_nothing_needs_is_refused_and_nothing_is_echoed(
    session_server: Server, style: str, address: str, method: str
) -> None:
    answer = Phone(session_server.url).asks(method, address.replace("STYLE", style), headers={"X-Own": "said-by-me"})
    assert answer.status_code in (400, 404, 405)
    assert "said-by-me" not in answer.text


@pytest.mark.parametrize("address", NOT_SERVED)
def test_neither_a_folder_nor_a_file_that_is_no_page_is_given_out(
    session_server: Server, style: str, address: str
) -> None:
    with closing(socket.create_connection(("127.0.0.1", int(session_server.url.rpartition(":")[2])), WAIT)) as wire:
        folder = style.rpartition("/")[0]  # sent as it is written: clients tidy up what leads upwards
        asked = address.replace("FOLDER", folder)
        wire.sendall(f"GET {asked} HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n".encode())
        said = b"".join(iter(lambda: wire.recv(65536), b"")).decode(errors="replace")
    status = int(said.split()[1])
    assert status == 404, said[:200]
    assert not re.search(r"Index of|Directory listing|Traceback|werkzeug|DebuggedApplication", said, re.IGNORECASE)


def test_all_cookies_are_kept_from_scripts_and_from_other_sites(session_server: Server, organizer: Phone) -> None:
    phone = Phone(session_server.url)
    given = [
        phone.asks("GET", "/desk/sign-in"),
        phone.asks("GET", "/judge/"),
        phone.asks("POST", "/language", data={"language": "en", "next": "/"}),
        phone.presses("/judge/", {"pin": "000000"}),
        organizer.presses("/desk/sign-out", seen_at="/desk/"),
        organizer.signs_in(**session_server.facts["organizer"]),
    ]
    cookies = [cookie for answer in given for cookie in answer.raw.headers.getlist("Set-Cookie")]
    named = {cookie.partition("=")[0] for cookie in cookies}
    assert {cookie.name for cookie in phone.cookies} <= named
    assert {one.rpartition("-")[2] for one in named} >= {"language", "seats", "account"}
    for cookie in cookies:
        said = {part.strip() for part in cookie.split(";")[1:]}
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= said, cookie
        assert not [part for part in said if part.startswith("Domain")], cookie


def name_of_session(phone: Phone) -> str:
    """What the cookie calls the session; anybody may read that, nobody may change it."""
    (cookie,) = (one.value for one in phone.cookies if one.name.endswith("-account"))
    body = cookie.partition(".")[0] if not cookie.startswith(".") else cookie.split(".")[1]
    raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    return str(json.loads(zlib.decompress(raw) if cookie.startswith(".") else raw)["sign_in"])


def test_after_headers_alone_the_next_answer_of_a_connection_is_read_as_it_is(session_server: Server) -> None:
    auditor = Phone(session_server.url)
    auditor.signs_in(**session_server.facts["accounts"]["auditor"])
    where = urlsplit(session_server.url)
    with closing(HTTPConnection(where.hostname, where.port, timeout=WAIT)) as connection:
        for method, address in (("HEAD", "/desk/access-log.csv"), ("GET", "/healthz")):
            connection.request(method, address, headers={"Cookie": auditor.cookie()})
            answer = connection.getresponse()
            assert answer.status == 200
            assert (answer.read() == b"") is (method == "HEAD")


def test_a_session_has_a_new_name_of_256_bits_at_each_sign_in_and_the_one_before_ends(session_server: Server) -> None:
    phone, copied = Phone(session_server.url), Phone(session_server.url)
    phone.signs_in(**session_server.facts["organizer"])
    first = name_of_session(phone)
    copied.cookies.update(phone.cookies)
    phone.signs_in(**session_server.facts["organizer"])
    assert name_of_session(phone) != first
    assert {len(base64.urlsafe_b64decode(name + "=")) for name in (first, name_of_session(phone))} == {32}
    assert (phone.asks("GET", "/desk/").status_code, copied.asks("GET", "/desk/").status_code) == (200, 302)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
@pytest.mark.parametrize("way", ["websocket", "polling"])
def test_a_page_of_another_server_opens_no_socket(
    session_server: Server, organizer: Phone, origin: str, way: str
) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        connect(session_server, organizer, origin, way)
    connect(session_server, organizer, session_server.url, way).disconnect()


def connect(server: Server, organizer: Phone, origin: str, way: str) -> socketio.Client:
    """The organizer's browser opens the desk's socket from a page of this origin."""
    client = socketio.Client(reconnection=False, websocket_extra_options={"suppress_origin": True})
    headers, auth = {"Cookie": organizer.cookie(), "Origin": origin}, {"contest": server.facts["contest"]["id"]}
    client.connect(server.url, namespaces=["/desk"], auth=auth, headers=headers, transports=[way], wait_timeout=WAIT)
    return client


def test_what_the_server_keeps_is_for_its_own_user_alone(session_server: Server) -> None:
    kept = [session_server.folder / "saiping.db", session_server.folder / "secret", *session_server.folder.iterdir()]
    assert {oct(file.stat().st_mode & 0o077) for file in kept} == {"0o0"}


def test_one_port_is_open_and_no_other(session_server: Server) -> None:
    links = [Path(file.path) for file in os.scandir(f"/proc/{session_server.process.pid}/fd")]
    own = {os.readlink(link) for link in links if link.is_symlink()}
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    open_to_all = {int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in own}
    assert open_to_all == {int(session_server.url.rpartition(":")[2])}
