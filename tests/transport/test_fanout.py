"""The fan-out, as its clients see it: a real server process, real sockets, slow and rude clients."""

from __future__ import annotations

import json
import random
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from wsproto.events import CloseConnection, Message, Ping, Pong, TextMessage

from tests.transport.fanout_running import PollingClient, RunningServer, running
from tests.transport.watcher import PATIENCE, Watcher

#: Enough broadcasts of 4 KB to fill every buffer between the server and a client that does not read.
FLOOD = 200


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """One server for the tests that do not end it."""
    with running() as process:
        yield process


@pytest.fixture
def fresh() -> Iterator[RunningServer]:
    """A server of the test's own, for tests that count its clients."""
    with running() as process:
        yield process


@pytest.fixture
def crowd(server: RunningServer, request: pytest.FixtureRequest) -> Iterator[list[Watcher]]:
    """Five watchers in the room named after the test."""
    with ExitStack() as stack:
        yield [stack.enter_context(Watcher(server.port)).join(request.node.name) for _ in range(5)]


@pytest.fixture
def room(request: pytest.FixtureRequest) -> str:
    """A room for this test alone."""
    name: str = request.node.name
    return name


def test_every_watcher_gets_every_broadcast_whole_and_in_order(
    server: RunningServer, crowd: list[Watcher], room: str
) -> None:
    server.broadcast(room, count=50)
    assert [watcher.until_delta(49) for watcher in crowd] == [list(range(50))] * 5


@pytest.mark.parametrize("size", [3, 100, 1400, 70_000])
def test_frames_of_every_length_arrive_whole(server: RunningServer, crowd: list[Watcher], room: str, size: int) -> None:
    server.broadcast(room, count=2, size=size)
    for watcher in crowd:
        assert len(watcher.until("delta")[1]["fill"]) == size // 3
        assert watcher.until_delta(1) == [0, 1]


def test_the_offer_to_compress_is_declined(crowd: list[Watcher]) -> None:
    assert {"Sec-WebSocket-Extensions" in watcher.answer for watcher in crowd} == {False}


def test_watchers_hold_no_place_on_the_stock_path(fresh: RunningServer) -> None:
    with Watcher(fresh.port), Watcher(fresh.port):
        state = fresh.state()
        assert (state["sessions"], state["direct"], state["goodbyes"]) == (2, 2, [])


def test_who_leaves_the_room_gets_nothing_more_and_who_joins_late_gets_the_rest(
    server: RunningServer, crowd: list[Watcher], room: str
) -> None:
    server.broadcast(room)
    assert crowd[0].ask("leave", room) == room
    with Watcher(server.port) as late:
        late.join(room)
        server.broadcast(room, start=1)
        assert late.until_delta(1) == [1]
    assert crowd[1].until_delta(1) == [0, 1]
    assert crowd[0].ask("echo", "still here") == "still here"
    assert crowd[0].numbers == [0]


def test_the_skipped_client_is_skipped(server: RunningServer, crowd: list[Watcher], room: str) -> None:
    server.broadcast(room, skip=crowd[0].sid)
    server.broadcast(room, start=1)
    assert crowd[0].until_delta(1) == [1]
    assert crowd[1].until_delta(1) == [0, 1]


def test_a_client_in_two_of_the_rooms_addressed_gets_the_message_once(
    server: RunningServer, crowd: list[Watcher], room: str
) -> None:
    crowd[0].join("other")
    server.broadcast(f"{room},other")
    server.broadcast(room, start=1)
    assert crowd[0].until_delta(1) == [0, 1]
    assert crowd[1].until_delta(1) == [0, 1]


def test_attachments_follow_their_message(server: RunningServer, crowd: list[Watcher], room: str) -> None:
    server.get(f"/binary/{room}")
    for watcher in crowd:
        assert str(watcher.text()).startswith('452-["files"')
        assert [watcher.text(), watcher.text()] == [b"\x00\x01", b"\x02"]


def test_a_client_can_be_asked_and_its_answer_comes_back(server: RunningServer) -> None:
    with Watcher(server.port) as watcher:
        answers: list[str] = []
        asking = threading.Thread(target=lambda: answers.append(server.get(f"/ask/{watcher.sid}")))
        asking.start()
        text = str(watcher.text())
        number = text[2 : text.index("[")]
        watcher.sock.sendall(watcher.frames.send(TextMessage(f'43{number}["a lot"]')))
        asking.join()
        assert json.loads(answers[0]) == {"answer": "a lot"}


def test_a_slow_client_gets_whole_frames_and_delays_nobody(
    server: RunningServer, crowd: list[Watcher], room: str
) -> None:
    with Watcher(server.port, receive_buffer=4096) as slow:
        slow.join(room)
        for start in range(0, FLOOD, 10):
            server.broadcast(room, start=start, count=10, size=4000)
            for watcher in crowd:
                assert watcher.until_delta(start + 9) == list(range(start + 10))
        assert slow.until("snapshot")[1]["room"] == room
        assert slow.numbers == list(range(len(slow.numbers)))
        assert 0 < len(slow.numbers) < FLOOD
        server.broadcast(room, start=FLOOD)
        slow.until_delta(FLOOD)


def test_what_was_meant_for_a_stalled_client_alone_is_kept_and_stays_in_order(fresh: RunningServer, room: str) -> None:
    with Watcher(fresh.port, receive_buffer=4096) as slow:
        slow.join(room)
        fresh.broadcast(room, count=FLOOD, size=4000)
        for number in range(10):
            slow.emit("echo", number, ack=number)
        fresh.until(lambda state: state["echoes"] == 10)
        fresh.broadcast(room, start=FLOOD, count=FLOOD, size=4000)
        acknowledged = [slow.until("ack")[1:] for _ in range(10)]
        assert acknowledged == [[number, number] for number in range(10)]
        assert slow.until("snapshot")[1]["room"] == room
        assert max(slow.numbers) < FLOOD - 1


def test_a_client_that_takes_nothing_is_cut_off_before_it_costs_a_megabyte(
    fresh: RunningServer,
) -> None:
    with Watcher(fresh.port, receive_buffer=4096) as greedy:
        with suppress(ConnectionError):  # it may be cut off while it still asks
            for number in range(40):
                greedy.emit("echo", "x" * 60_000, ack=number)
        assert fresh.goodbyes(1) == ["transport close"]


def test_without_snapshots_a_client_that_missed_messages_is_disconnected(
    room: str,
) -> None:
    with (
        running("--no-snapshots") as bare,
        Watcher(bare.port, receive_buffer=4096) as slow,
    ):
        slow.join(room)
        bare.broadcast(room, count=FLOOD, size=4000)
        assert slow.wait_for_the_end() == 1000
        assert bare.goodbyes(1) == ["server disconnect"]


def test_clients_that_vanish_in_the_middle_break_nobody(fresh: RunningServer, room: str) -> None:
    with Watcher(fresh.port) as stays:
        stays.join(room)
        for start in range(0, 100, 10):
            reset, reset_later, closed = [Watcher(fresh.port).join(room) for _ in range(3)]
            reset.reset()
            fresh.broadcast(room, start=start, count=10)
            reset_later.reset()
            closed.sock.close()
        assert stays.until_delta(99) == list(range(100))
        assert fresh.goodbyes(30) == ["transport close"] * 30
        assert fresh.state()["sessions"] == 1


@pytest.mark.parametrize("seed", range(3))
def test_whoever_stays_comes_to_the_present_however_slowly_it_reads(fresh: RunningServer, room: str, seed: int) -> None:
    chance = random.Random(seed)
    with ExitStack() as stack:
        watchers = [stack.enter_context(Watcher(fresh.port, receive_buffer=4096)).join(room) for _ in range(12)]
        for start in range(0, 400, 10):
            fresh.broadcast(room, start=start, count=10, size=4000)
            for watcher in watchers:
                watcher.sip(chance.choice((1, 1000, 50_000, 1_000_000)))
            if chance.random() < 0.2:
                watchers.pop(chance.randrange(len(watchers))).reset()
                watchers.append(stack.enter_context(Watcher(fresh.port, receive_buffer=4096)).join(room))
        fresh.broadcast(room, start=400)
        for watcher in watchers:
            seen = watcher.until_present(400)
            assert seen == sorted(seen)


def test_a_goodbye_is_answered_with_a_goodbye(fresh: RunningServer) -> None:
    with Watcher(fresh.port) as watcher:
        watcher.sock.sendall(watcher.frames.send(CloseConnection(code=1000)))
        assert watcher.wait_for_the_end() == 1000
        assert watcher.sock.recv(1) == b""
        assert fresh.goodbyes(1) == ["transport close"]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        pytest.param(b"\x81\x02hi", 1002, id="unmasked"),
        pytest.param(b"\xc1\x80\x00\x00\x00\x00", 1002, id="compressed"),
        pytest.param(b"\x80\x80\x00\x00\x00\x00", 1002, id="continues nothing"),
        pytest.param(b"\x83\x80\x00\x00\x00\x00", 1002, id="unknown kind"),
        pytest.param(b"\x89\xfe\x00\x80\x00\x00\x00\x00", 1002, id="long ping"),
        pytest.param(b"\x09\x80\x00\x00\x00\x00", 1002, id="fragmented ping"),
        pytest.param(b"\x81\x81\x00\x00\x00\x00\xff", 1007, id="not utf-8"),
        pytest.param(b"\x81\xff\x00\x00\x00\x00\x00\x10\x00\x00", 1009, id="too big"),
    ],
)
def test_a_client_that_breaks_the_protocol_is_sent_away_with_the_right_code(
    server: RunningServer, broken: bytes, code: int
) -> None:
    with Watcher(server.port) as rude:
        rude.sock.sendall(broken)
        assert rude.wait_for_the_end() == code


def test_a_message_in_pieces_with_a_ping_between_them_is_read(
    server: RunningServer,
) -> None:
    with Watcher(server.port) as watcher:
        pieces = [
            Message(data='421["echo",', message_finished=False),
            Ping(payload=b"there?"),
            Message(data='"评分"]', message_finished=True),
        ]
        for byte in b"".join(watcher.frames.send(piece) for piece in pieces):
            watcher.sock.send(bytes((byte,)))
        assert watcher.event() == Pong(payload=b"there?")
        assert watcher.until("ack") == ["ack", 1, "评分"]


def test_many_events_sent_at_once_are_answered_in_order(server: RunningServer) -> None:
    with Watcher(server.port) as watcher:
        for number in range(500):
            watcher.emit("echo", number, ack=number)
        assert sorted(watcher.until("ack")[1] for _ in range(500)) == list(range(500))


@pytest.mark.parametrize(
    "headers",
    [
        "Sec-WebSocket-Version: 13\r\n",
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2hvcnQ=\r\n",
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ???\r\n",
        "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    ],
)
def test_a_bad_handshake_is_refused(server: RunningServer, headers: str) -> None:
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as sock:
        sock.sendall(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade, close\r\n" + headers.encode() + b"\r\n"
        )
        assert sock.recv(65536).startswith(b"HTTP/1.1 400 ")


def test_a_client_on_long_polling_gets_everything(server: RunningServer, crowd: list[Watcher], room: str) -> None:
    polling = PollingClient(server, room, transports=["polling"])
    for start in range(0, 50, 10):
        server.broadcast(room, start=start, count=10)
        assert polling.until(start + 10) == list(range(start + 10))
    assert polling.client.transport() == "polling"
    polling.client.disconnect()
    assert crowd[0].until_delta(49) == list(range(50))


def test_a_client_that_changes_to_the_websocket_takes_the_direct_path(fresh: RunningServer, room: str) -> None:
    upgraded = PollingClient(fresh, room)
    assert upgraded.client.transport() == "websocket"
    state = fresh.state()
    assert state["direct"] == state["sessions"] == 1
    fresh.broadcast(room, count=50)
    assert upgraded.until(50) == list(range(50))
    upgraded.client.disconnect()


def test_who_answers_pings_stays_and_who_does_not_is_let_go() -> None:
    with (
        running("--ping", "0.5", "0.5") as quick,
        Watcher(quick.port) as alive,
        Watcher(quick.port) as dead,
    ):
        dead.pongs = False
        ends: list[int | None] = []
        waiting = threading.Thread(target=lambda: ends.append(dead.wait_for_the_end()))
        waiting.start()
        for number in range(4):
            alive.emit("echo", number)
            assert alive.event().data == "2"  # type: ignore[attr-defined]
            alive.sock.sendall(alive.frames.send(TextMessage("3")))
        waiting.join()
        assert ends == [1000]
        assert quick.goodbyes(1) == ["ping timeout"]
        assert alive.ask("echo", "here") == "here"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A certificate for localhost, made for this run."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 1 -keyout {path} -out {path}.crt"
    subprocess.run(command.split(), check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return str(path)


def test_a_slow_client_on_tls_gets_whole_frames_on_the_stock_path(certificate: str, room: str) -> None:
    trust = ssl.create_default_context(cafile=certificate + ".crt")
    trust.check_hostname = False
    with (
        running("--certificate", certificate) as secure,
        Watcher(secure.port, receive_buffer=4096, tls=trust) as slow,
    ):
        slow.join(room)
        slow.emit("echo", "x" * 400_000, ack=1)
        slow.emit("echo", "y" * 400_000, ack=2)
        answers = [slow.until("ack")[1:] for _ in range(2)]
        assert sorted(answers) == [[1, "x" * 400_000], [2, "y" * 400_000]]
        assert "Sec-WebSocket-Extensions" not in slow.answer


def test_a_stopping_server_finishes_its_answers_and_says_goodbye() -> None:
    with running() as stopping, Watcher(stopping.port) as watcher:
        answers: list[str] = []
        asking = threading.Thread(target=lambda: answers.append(stopping.get("/slow")))
        asking.start()
        assert stopping.said.readline() == "answering\n"
        stopping.process.terminate()
        assert watcher.wait_for_the_end() == 1000
        asking.join()
        assert answers == ["done"]
        stopping.process.join(PATIENCE)
        assert stopping.process.exitcode == 0
