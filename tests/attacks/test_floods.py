"""Floods: whoever sends without measure, hangs up in the middle or never finishes a request stops nobody else."""

from __future__ import annotations

import json
import resource
import socket
import sqlite3
import ssl
import struct
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
import socketio
from wsproto.events import BytesMessage, TextMessage

from scoring.transport.http_server import HALF_OPEN_MOST
from tests.conftest import ROOT, Server, run_server, start_server, stop_server
from tests.patience import within
from tests.transport.fanout_running import RunningServer, running
from tests.transport.watcher import PATIENCE, Watcher

JUDGE = "known=judge"
#: Milliseconds of the loop that each question of the flood costs.
DEAR = 5
#: The beginning of a message by which TLS is agreed upon.
HALF_A_HELLO = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 40


@pytest.fixture
def house() -> Iterator[RunningServer]:
    """A server to which everybody is a stranger who brings no cookie."""
    with running("--strangers", "--request-within", "1") as process:
        yield process


def flood(watcher: Watcher, many: int, event: str = "work", what: object = DEAR) -> None:
    """Send so many questions in one piece, and read nothing."""
    question = watcher.frames.send(TextMessage(f"42{json.dumps([event, what])}"))
    with suppress(ConnectionError):  # it may be cut off while it still sends
        watcher.sock.sendall(question * many)


def test_what_a_stranger_had_sent_is_thrown_away_when_it_hangs_up(house: RunningServer) -> None:
    flooding = [Watcher(house.port) for _ in range(4)]
    for watcher in flooding:
        flood(watcher, 500)
    for watcher in flooding:
        watcher.reset()
    house.goodbyes(4)
    assert house.state()["worked"] < 400


def test_a_judge_is_answered_before_the_flood_of_strangers(house: RunningServer) -> None:
    with ExitStack() as stack:
        judge = stack.enter_context(Watcher(house.port, cookie=JUDGE))
        strangers = [stack.enter_context(Watcher(house.port)) for _ in range(50)]
        for stranger in strangers:
            flood(stranger, 20)
        answers = [judge.ask("work", 0) for _ in range(5)]
    assert answers[-1] < 500, "the judge waited for most of the flood's thousand questions"


def test_a_newcomer_is_greeted_while_another_address_floods_and_so_is_one_of_the_same(house: RunningServer) -> None:
    with ExitStack() as stack:
        for stranger in [stack.enter_context(Watcher(house.port)) for _ in range(20)]:
            flood(stranger, 50)
        before = house.state()["worked"]
        stack.enter_context(Watcher(house.port)).join("hall")
        assert house.state()["worked"] - before < 500


def test_a_stranger_that_sends_without_measure_is_cut_off_and_a_judge_is_only_slowed(house: RunningServer) -> None:
    with Watcher(house.port) as stranger, Watcher(house.port, cookie=JUDGE) as judge:
        flood(stranger, 3000, "echo", 1)
        stranger.wait_for_the_end()
        assert house.state()["echoes"] < 200
        for number in range(300):
            judge.emit("echo", number, ack=number)
        assert [judge.until("ack")[2] for _ in range(300)] == list(range(300))


def test_who_is_cut_off_for_a_flood_is_in_the_log_of_access_with_the_address(server: Server) -> None:
    with Watcher(int(server.url.rpartition(":")[2])) as stranger:
        flood(stranger, 3000, "sync", {})
        stranger.wait_for_the_end()
    stop_server(server)
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database:
        noted = database.execute("SELECT kind, about, address, who FROM access_entry").fetchall()
    assert ("refused", "flood", "127.0.0.1", "") in noted


def test_a_stranger_that_asks_as_a_page_does_is_answered_at_once(house: RunningServer) -> None:
    with Watcher(house.port) as phone:
        assert [phone.ask("echo", number) for number in range(30)] == list(range(30))


def test_a_flood_by_long_polling_has_the_same_budget(house: RunningServer) -> None:
    opened = json.loads(house.get("/socket.io/?EIO=4&transport=polling")[1:])
    address = f"/socket.io/?EIO=4&transport=polling&sid={opened['sid']}"
    with ExitStack() as stack:
        for payload in ["40"] + ["\x1e".join([f'42["work",{DEAR}]'] * 16)] * 30:
            posting = stack.enter_context(closing(HTTPConnection("127.0.0.1", house.port, timeout=PATIENCE)))
            posting.request("POST", address, payload)
        judge = stack.enter_context(Watcher(house.port, cookie=JUDGE))
        house.until(lambda state: state["worked"] >= 16)
        assert judge.ask("echo", "there") == "there"
        assert house.state()["worked"] < 300


def test_a_request_that_does_not_come_to_its_end_is_hung_up_on(house: RunningServer) -> None:
    for begun in (b"", b"GET /sta", b"GET /state HTTP/1.1\r\nHost: hall\r\n"):
        with socket.create_connection(("127.0.0.1", house.port), PATIENCE) as half:
            half.sendall(begun)
            assert half.recv(100) == b""


def test_a_request_that_is_broken_off_is_none_and_is_not_answered(house: RunningServer) -> None:
    line = b"GET /state HTTP/1.1\r\n"
    for begun in (line[:10], line[:-2], line, line + b"Ho", line + b"Host: hall\r\n"):
        with socket.create_connection(("127.0.0.1", house.port), PATIENCE) as half:
            half.sendall(begun)
            half.shutdown(socket.SHUT_WR)
            assert half.recv(100) == b""


def test_nobody_works_for_a_stranger_who_has_hung_up_while_waiting(house: RunningServer) -> None:
    with ExitStack() as stack:
        stack.enter_context(Watcher(house.port, cookie=JUDGE)).emit("work", 300)
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", house.port), PATIENCE) as impatient:
                impatient.sendall(b"GET /state HTTP/1.1\r\nHost: hall\r\n\r\n")
        assert house.state()["told"] < 5


def test_more_connections_without_a_request_than_there_is_room_for_keep_nobody_out(house: RunningServer) -> None:
    with ExitStack() as stack:
        half_open = [
            stack.enter_context(socket.create_connection(("127.0.0.1", house.port), PATIENCE))
            for _ in range(HALF_OPEN_MOST + 100)
        ]
        assert house.state()["sessions"] == 0
        assert half_open[0].recv(100) == b""


def test_fifty_phones_that_flood_the_contest_stop_neither_a_judge_nor_the_watch_over_the_server(
    server: Server,
) -> None:
    port, slug = int(server.url.rpartition(":")[2]), server.facts["contest"]["slug"]
    turn, seat = server.facts["turns"][0]["id"], server.facts["seats"][0]
    kinds = ('["sync"]', '["time"]', '["submit",{}]', '["look",{"turn":1}]', "garbage")
    with ExitStack() as stack:
        desk = socketio.SimpleClient()
        auth = {"contest": 1, **server.facts["organizer"]}
        desk.connect(server.url, namespace="/desk", auth=auth, wait_timeout=PATIENCE)
        assert desk.call("call", {"turn": turn, "request": "called-amid-the-flood"})["ok"]
        seated = {"key": seat["key"], "tablet": seat["key"]}
        judge = stack.enter_context(Watcher(port, join=f"/judge,{json.dumps(seated)}"))
        for number in range(50):
            phone = stack.enter_context(Watcher(port, join=f"/audience,{json.dumps({'contest': slug})}"))
            message = phone.frames.send(TextMessage(f"42/audience,{number}{kinds[number % len(kinds)]}"))
            with suppress(ConnectionError):
                phone.sock.sendall(message * 400)
        for version in range(3):
            typed = {"turn": turn, "typed": {"facts": "12"}, "base": version}
            judge.sock.sendall(judge.frames.send(TextMessage(f"42/judge,7{json.dumps(['draft', typed])}")))
            assert judge.until("ack")[2]["ok"]
        with urllib.request.urlopen(f"{server.url}/healthz", timeout=within(1)) as answer:
            assert json.load(answer)["ok"]
        desk.disconnect()


#: What no page sends, as Engine.IO carries it: nothing, no JSON, nested deeply, events that are none of ours or have no
#: name, the library's own, parts of a binary message that never come.
NO_MESSAGES = (
    *("", "zzz", "4", "4zz", "4" + "[" * 50_000, "42[]", '42{"a":1}', "42[null]", '42[["x"]]', '42["echo",1,2,3]'),
    *('42["echo",' + "[" * 50_000, '42["echo",' + "9" * 5000 + "]", '42["connect",{}]', '42["disconnect"]', "44", "49"),
    *('451-["echo",{"_placeholder":true,"num":7}]', "45999999-[]", "43", "43["),
)


def sends_on_a_socket(port: int, malformed: str) -> None:
    """Send it as text and as bytes, and ask for something: it is answered, or the socket is closed at once."""
    with Watcher(port) as watcher, suppress(ConnectionError):
        for sent in (TextMessage(malformed), BytesMessage(malformed.encode()), TextMessage('421["echo","here"]')):
            watcher.sock.sendall(watcher.frames.send(sent))
        watcher.until("ack")


def polls_with(port: int, malformed: str) -> None:
    """The same by long polling; the answer says at once that it is nothing of the kind, or nothing."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        address = "/socket.io/?EIO=4&transport=polling"
        connection.request("GET", address)
        sid = json.loads(connection.getresponse().read()[1:])["sid"]
        connection.request("POST", f"{address}&sid={sid}", body=malformed.encode())
        assert connection.getresponse().status in (200, 400)


def test_nothing_of_what_strangers_send_that_is_no_request_is_printed_where_it_would_fill_the_disk() -> None:
    command = [sys.executable, "-c", "from tests.transport import fanout_server; fanout_server.main('--strangers')"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    port = int(process.stdout.readline())
    wrong = (
        b"GET / HTTP/1.1\r\nHo",
        b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200,
    )
    with ExitStack() as stack:
        for sent in wrong:
            for goes_away in (True, False):
                sender = stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE))
                with suppress(ConnectionError):
                    sender.sendall(sent)
                if goes_away:
                    sender.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    sender.close()
        for malformed in NO_MESSAGES:
            sends_on_a_socket(port, malformed)
            polls_with(port, malformed)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/state", timeout=PATIENCE) as answer:
            assert answer.status == 200
        process.terminate()
        _, printed = process.communicate(timeout=PATIENCE)
    assert printed.decode() == ""


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Server]:
    """A server by TLS."""
    stop_server(start_server(tmp_path))
    started = run_server(tmp_path, "--tls", "--enrol-port", "0")
    yield started
    stop_server(started)


def test_a_flood_of_half_open_handshakes_and_of_phones_by_tls_stops_neither_a_judge_nor_a_newcomer(
    secure: Server,
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    port, facts = int(secure.url.rpartition(":")[2]), secure.facts
    trusting = ssl.create_default_context(cafile=secure.folder / "tls" / "authority.pem")
    seated = json.dumps({"key": facts["seats"][0]["key"], "tablet": facts["seats"][0]["key"]})
    with ExitStack() as stack:
        stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        judge = stack.enter_context(Watcher(port, join=f"/judge,{seated}", tls=trusting))
        for _ in range(5):
            auth = json.dumps({"contest": facts["contest"]["slug"]})
            phone = stack.enter_context(Watcher(port, join=f"/audience,{auth}", tls=trusting))
            with suppress(OSError):
                phone.sock.sendall(phone.frames.send(TextMessage('42/audience,1["sync"]')) * 200)
        half_open = []
        for number in range(1100):
            half_open.append(stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE)))
            if number % 2:
                half_open[-1].sendall(HALF_A_HELLO)
        judge.sock.sendall(judge.frames.send(TextMessage('42/judge,7["beat",{}]')))
        assert judge.until("ack")[2]["ok"]
        with urllib.request.urlopen(f"{secure.url}/healthz", timeout=within(2), context=trusting) as answer:
            assert json.load(answer)["ok"]
        for oldest in half_open[:2]:
            oldest.settimeout(PATIENCE)
            with suppress(ConnectionResetError):
                assert oldest.recv(100) == b""
