"""What the fan-out relies on: the listening socket, the libraries' private parts, the limits."""

from __future__ import annotations

import inspect
import re
import socket
from importlib.metadata import version
from typing import Any

import engineio
import pytest
import socketio

from scoring.config import ROOT
from scoring.transport import fanout, listener, session, wire

PAGE = (ROOT / "docs" / "transport.md").read_text()


def test_the_listening_socket_sends_small_messages_at_once() -> None:
    with listener.listening_socket("127.0.0.1", 0) as sock:
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        with socket.create_connection(sock.getsockname()):
            sock.setblocking(True)
            accepted, _ = sock.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        with pytest.raises(OSError, match="in use"):
            listener.listening_socket(*sock.getsockname())


def rows_of(heading: str) -> list[tuple[str, str]]:
    """The first two cells of each row of the page's table under this heading, without code marks."""
    part = PAGE.partition(f"## {heading}")[2].partition("\n## ")[0]
    return [(where, what) for where, what in re.findall(r"^\| ([^|]+) \| `([^|]+)` \|", part, re.MULTILINE)]


@pytest.fixture(scope="module")
def parts() -> dict[str, Any]:
    """The libraries' own objects, by the page's names."""
    server = socketio.Server(async_mode="gevent")
    session_of_one = engineio.socket.Socket(server.eio, "one")
    return {"manager": server.manager, "server": server, "engine": server.eio, "session": session_of_one}


def test_the_libraries_are_those_that_the_page_names() -> None:
    named = dict(re.findall(r"([A-Z]?[\w-]+) (\d+\.\d+\.\d+)[,.]", PAGE.partition("Pinned in")[2].partition("\n\n")[0]))
    assert len(named) == 5
    assert {name: version(name) for name in named} == named


@pytest.mark.parametrize(("where", "names"), rows_of("What of the libraries it relies on"))
def test_what_is_used_of_the_libraries_is_there(parts: dict[str, Any], where: str, names: str) -> None:
    assert [name for name in names.split("`, `") if not hasattr(parts[where.split(maxsplit=1)[0]], name)] == []


OVERRIDDEN = {
    (engineio.socket.Socket, session.Session): (
        *("send", "schedule_ping", "close", "receive", "handle_post_request"),
        *("_upgrade_websocket", "_websocket_handler"),
    ),
    (socketio.Manager, fanout.Manager): (
        *("basic_enter_room", "basic_leave_room", "basic_disconnect"),
        *("emit", "set_server", "initialize"),
    ),
}


@pytest.mark.parametrize(("classes", "methods"), OVERRIDDEN.items(), ids=["session", "manager"])
def test_what_is_done_otherwise_than_by_the_libraries_takes_the_same(
    classes: tuple[type, type], methods: tuple[str, ...]
) -> None:
    for method in methods:
        theirs, ours = (inspect.signature(getattr(one, method)).parameters for one in classes)
        assert list(theirs) == list(ours), method


def test_a_manager_with_a_message_queue_takes_the_same_path() -> None:
    class Distributed(socketio.RedisManager, fanout.FanoutMixin, socketio.Manager):
        pass

    order = [cls.__name__ for cls in Distributed.__mro__]
    assert order.index("PubSubManager") < order.index("FanoutMixin") < order.index("Manager")


def test_the_limits_leave_room_for_a_snapshot() -> None:
    assert wire.BROADCASTS_MOST < wire.HELD_MOST


class Elsewhere(dict[str, str]):
    """A room of others."""

    def __contains__(self, sid: object) -> bool:
        raise AssertionError(f"{sid} was looked for where it never was")


def test_who_goes_is_looked_for_in_its_own_rooms_alone() -> None:
    server = socketio.Server(async_mode="gevent", client_manager=fanout.Manager())
    manager = server.manager
    sid = manager.connect("eio-1", "/audience")
    stays = manager.connect("eio-2", "/audience")
    for one in (sid, stays):
        manager.basic_enter_room(one, "/audience", "event-1")
    manager.rooms["/audience"]["event-2"] = Elsewhere()
    manager.pre_disconnect(sid, "/audience")
    manager.disconnect(sid, "/audience")
    assert manager.count_listeners("/audience", "event-1") == 1
    assert not manager.is_connected(sid, "/audience")
    assert manager.is_connected(stays, "/audience")
    assert not manager.pending_disconnect["/audience"]
