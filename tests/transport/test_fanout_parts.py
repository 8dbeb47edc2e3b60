"""What the fan-out relies on: the listening socket, the libraries' private parts, the limits."""

from __future__ import annotations

import inspect
import socket
from importlib.metadata import version

import engineio
import pytest
import socketio

from scoring.transport import fanout, listener, session, wire


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


def test_the_parts_of_the_libraries_that_the_fanout_relies_on_are_as_they_were() -> None:
    pinned = {
        "flask-socketio": "5.7.0",
        "python-socketio": "5.18.1",
        "python-engineio": "4.15.1",
    }
    pinned |= {"gevent": "26.9.0", "simple-websocket": "1.1.0"}
    assert {name: version(name) for name in pinned} == pinned
    for method in (
        "send",
        "schedule_ping",
        "close",
        "_upgrade_websocket",
        "_websocket_handler",
        "receive",
    ):
        theirs, ours = (
            getattr(engineio.socket.Socket, method),
            getattr(session.Session, method),
        )
        assert list(inspect.signature(theirs).parameters) == list(inspect.signature(ours).parameters)
    for method in (
        "basic_enter_room",
        "basic_leave_room",
        "basic_disconnect",
        "emit",
        "set_server",
        "initialize",
    ):
        theirs, ours = (
            getattr(socketio.Manager, method),
            getattr(fanout.Manager, method),
        )
        assert list(inspect.signature(theirs).parameters) == list(inspect.signature(ours).parameters)
    assert engineio.Server().sockets == {}


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
