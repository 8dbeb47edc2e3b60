"""Uploads: who, role and the form's token come before the body, and what nobody wanted is not read."""

from __future__ import annotations

import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

import pytest

from scoring.transport.http_server import check_ends
from tests.attacks.phone import Phone, Socket
from tests.conftest import Server
from tests.patience import within

#: Bytes that the attacker says it will send. The answer must come after the first piece.
SAID = 1_200_000_000
PIECE = b"x" * 65536
PATIENCE = within(10)
FORM = "application/x-www-form-urlencoded"


def connected(server: Server) -> closing[HTTPConnection]:
    """A connection to the server, closed at the end."""
    return closing(HTTPConnection("127.0.0.1", int(server.url.rpartition(":")[2]), timeout=PATIENCE))


def begin(server: Server, path: str, cookie: str = "") -> int:
    """Begin to send a huge body; the status of the answer that comes before its end."""
    with connected(server) as connection:
        connection.putrequest("POST", path)
        connection.putheader("Content-Type", "multipart/form-data; boundary=x")
        connection.putheader("Content-Length", str(SAID))
        if cookie:
            connection.putheader("Cookie", cookie)
        connection.endheaders(PIECE)
        return connection.getresponse().status


def organizer(server: Server) -> str:
    """The cookie of a browser in which the organizer has signed in."""
    with connected(server) as connection:
        connection.request("GET", "/desk/sign-in")
        answer = connection.getresponse()
        cookie, page = _cookie(answer), answer.read().decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token
        fields = {"csrf_token": token[1], **{name: server.facts["organizer"][name] for name in ("name", "password")}}
        connection.request("POST", "/desk/sign-in", urlencode(fields), {"Cookie": cookie, "Content-Type": FORM})
        answer = connection.getresponse()
        assert answer.status in (302, 303)
        return _cookie(answer)


def _cookie(answer: HTTPResponse) -> str:
    return "; ".join(one.partition(";")[0] for one in answer.headers.get_all("Set-Cookie") or [])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/desk/1/documents/upload", 302),
        ("/desk/1/import", 302),
        ("/desk/sign-in", 413),
        ("/judge/1/turn/1/photo", 409),
        ("/judge/", 409),
        ("/desk/1/call", 413),
    ],
)
def test_nobody_sends_more_than_a_short_form_before_it_is_known_who_sends_it(
    server: Server, path: str, status: int
) -> None:
    assert begin(server, path) == status


def test_the_organizers_own_upload_needs_the_forms_token_before_its_files(server: Server) -> None:
    cookie = organizer(server)
    assert begin(server, "/desk/1/documents/upload", cookie) == 400
    assert begin(server, "/desk/1/import?token=made-up", cookie) == 400


def test_a_chunked_body_without_a_length_is_not_read_to_its_end(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), PATIENCE) as sender:
        head = "POST /desk/1/documents/upload HTTP/1.1\r\nHost: hall\r\nTransfer-Encoding: chunked\r\n\r\n"
        sender.sendall(head.encode() + b"10000\r\n" + PIECE + b"\r\n")
        assert sender.recv(4096).startswith(b"HTTP/1.1 302 ")


def test_while_a_pasted_list_of_nothing_but_blanks_is_read_the_judges_are_answered(server: Server) -> None:
    organizer, seat = Phone(server.url), server.facts["seats"][0]
    organizer.signs_in(**server.facts["organizer"])
    judge = Socket(server.url, "/judge", {"key": seat["key"], "tablet": "the judge's own tablet"})
    hostile = {"kind": "contestants", "pasted": "1" + " " * 150_000 + "x"}
    sent_to = re.search(r'action="(/desk/1/import\?token=[^"]+)"', organizer.opens("/desk/1/import").text)
    assert sent_to
    with ThreadPoolExecutor(1) as beside:
        pasting = beside.submit(organizer.presses, sent_to[1], hostile, seen_at="/desk/1/import")
        slowest = 0.0
        while not pasting.done():
            begun = time.monotonic()
            assert judge.asks("sync", {})["ok"]
            slowest = max(slowest, time.monotonic() - begun)
        assert pasting.result().status_code == 303
    assert slowest < within(1)
    judge.leaves()


@pytest.mark.parametrize(
    "ends",
    [
        "Host: hall\r\nContent-Length: 0\r\nContent-Length: 33",
        "Host: hall\r\nContent-Length: +0",
        "Host: hall\r\nContent-Length: 0_0",
        "Host: hall\r\nContent-Length : 33",
        "Host: hall\r\nX-Much: 1\r\n more\r\nContent-Length: 0",
        "Host: hall\r\nTransfer-Encoding: xchunked",
        "Host: hall\r\nTransfer-Encoding: identity, chunked",
        "Host: hall\r\nTransfer-Encoding: chunked\r\nContent-Length: 0",
        "Content-Length: 0",
    ],
)
def test_a_message_whose_end_is_in_doubt_is_refused_and_nothing_after_it_is_read(ends: str) -> None:
    with pytest.raises(ValueError):
        check_ends(f"{ends}\r\n\r\n".encode(), "HTTP/1.1")


def test_what_follows_a_message_in_doubt_is_no_request(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    begun = b"POST /language HTTP/1.1\r\nHost: hall\r\nContent-Length: 0\r\nContent-Length: 33\r\n\r\n"
    with socket.create_connection((host, int(port)), within(15)) as sender:
        sender.sendall(begun + b"GET /healthz HTTP/1.1\r\nHost: hall\r\n\r\n")
        with sender.makefile("rb") as answers:
            answered = answers.read()
    assert (answered.count(b"HTTP/1.1 "), answered[:12]) == (1, b"HTTP/1.1 400")
