"""One client's session: on its own wire as soon as it has a plain websocket, on the stock path otherwise.

The stock path stays for long polling and for TLS sockets. What is used of engineio is listed in docs/transport.md.
"""

from __future__ import annotations

import io
import time
from collections import deque
from typing import Any, Protocol, TypeAlias

import gevent
from engineio import packet as eio
from engineio.exceptions import EngineIOError, SocketIsClosedError, UnknownPacketError
from engineio.socket import Socket
from gevent import get_hub
from gevent.lock import RLock
from gevent.socket import socket as gevent_socket

from scoring.transport import websocket
from scoring.transport.fair_queue import QueueFull
from scoring.transport.greenlet_pool import GreenletPool
from scoring.transport.hooks import Hooks
from scoring.transport.hung_up import has_hung_up
from scoring.transport.keepalive import Keepalive
from scoring.transport.messages import UNREADABLE
from scoring.transport.visitor import Visitor
from scoring.transport.watchdog import doing
from scoring.transport.wire import Wire

#: Packets that may wait for a client on the stock path; beyond it the client is cut off.
QUEUED_MOST = 1000
#: Messages of one client that may wait to be handled before no more are read from it.
INBOX_MOST = 64
#: How long a client on the stock path is made to wait for its own flood, in seconds.
HELD_BACK_MOST = 10.0

_PING = websocket.frame("2")
_PONG = "3"

#: What a wire brings, text or bytes, or an Engine.IO packet that the stock path has read already.
Message: TypeAlias = Any


class Manager(Protocol):
    """What a session tells the fan-out."""

    keepalive: Keepalive
    #: When somebody known sent something last, by the monotonic clock in seconds.
    heard_at: float
    hooks: Hooks

    def forget_listeners(self) -> None:
        """The session changed from long polling to a wire."""

    def mend(self, session: Session, missed: set[tuple[str, Any]]) -> None:
        """The session can listen again; broadcasts to the rooms `missed` were thrown away."""


class WholeSends:
    """A socket whose `send` sends everything: simple-websocket ignores that a send may be partial.

    With a lock, because its reader answers pings while the writer is still in the middle of a frame.
    """

    def __init__(self, sock: Any, patience: float) -> None:
        """`patience`: seconds after which a client that takes nothing is given up."""
        self._sock = sock
        self._sock.settimeout(patience)
        self._turn = RLock()

    def send(self, data: bytes) -> int:
        """Send all of `data`, waiting as long as it takes."""
        with self._turn:
            self._sock.sendall(data)
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class _Nowhere:
    """Stands in for the queue of a session that has a wire."""

    def put(self, _packet: object) -> None:
        """The stock `close` wakes its writer so; a wire has none."""


_NOWHERE = _Nowhere()
_NO_BODY = io.BytesIO()
_GREENLETS = GreenletPool()


class Session(Socket):
    """An Engine.IO session that sends on a wire as soon as it has one, and on the stock path until then."""

    # Not set in __init__: a stock session becomes one of these by a change of its class.
    wire: Wire | None = None
    manager: Manager
    queue: Any
    connected: bool
    upgrading: bool
    upgraded: bool
    last_ping: float | None
    visitor: Visitor
    _inbox: deque[Message] | None = None
    _held_back: Any = None

    def send(self, pkt: eio.Packet) -> None:
        """Send a packet; nothing happens when the session is over."""
        if self.closed:
            return
        if self.upgraded and self.wire is not None:
            self.wire.put(websocket.frame(pkt.encode()))
        elif self.queue.qsize() < QUEUED_MOST:
            super().send(pkt)
        else:
            gevent.spawn_raw(self.close, False, True, self.server.reason.TRANSPORT_ERROR)

    def schedule_ping(self) -> None:
        """The client answered. Without a question it did not: a flood of pongs must not fill the keepalive."""
        if self.last_ping is not None:
            self.last_ping = None
            self.manager.keepalive.answered(self)

    def ping(self) -> None:
        """Ask whether the client is still there."""
        if not self.closing and not self.closed:
            self.last_ping = time.monotonic()
            self.manager.keepalive.asked(self)
            if self.upgraded and self.wire is not None:
                self.wire.put(_PING)
            else:
                self.send(eio.Packet(eio.PING))

    def let_go(self) -> None:
        """End the session of a client that does not answer; its handlers may wait, so not at once."""
        gevent.spawn_raw(self.close, False, False, self.server.reason.PING_TIMEOUT)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """End the session; runs the application's disconnect handlers."""
        super().close(wait=wait and self.wire is None, abort=abort, reason=reason)
        if self.wire is not None:
            self.wire.finish()
        self.server.sockets.pop(self.sid, None)
        self.visitor.leave()

    def receive(self, pkt: eio.Packet) -> None:
        """What the stock path has read: messages wait for their turn, and their sender while it sends too much."""
        if pkt.packet_type != eio.MESSAGE:
            super().receive(pkt)
            return
        self._take_in(pkt)
        if wait := self.visitor.charge(f"4{pkt.data}" if isinstance(pkt.data, str) else pkt.data):
            gevent.sleep(min(wait, HELD_BACK_MOST))

    def _upgrade_websocket(self, environ: dict[str, Any], start_response: Any) -> Any:
        if self.upgraded:
            raise OSError("the session has its websocket already")
        sock = _plain_socket(environ)
        if sock is None:
            # Offered by every browser, and accepted by simple-websocket at twice the CPU.
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            return super()._upgrade_websocket(environ, start_response)
        try:
            answer = websocket.accept(environ)
        except websocket.HandshakeRefused:
            return self.server._bad_request()
        if self.wire is not None:
            self.wire.close()
        self.wire = Wire(sock.detach(), self, self.server.max_http_buffer_size)
        # The environment lives as long as the session; the request's reader with its 8 KB buffer need not.
        environ["wsgi.input"] = _NO_BODY
        if self.connected:
            self.upgrading = True
            self.wire.put(answer)
        else:
            self.connected = True
            self._go_direct(answer)
        # An empty body that is not a list: a list would be taken for packets to answer with.
        return ()

    def _go_direct(self, first: bytes = b"") -> None:
        """From the stock queue to the wire, with what still waits in the queue."""
        assert self.wire is not None
        waiting = [self.queue.get(block=False) for _ in range(self.queue.qsize())]
        frames = [websocket.frame(pkt.encode()) for pkt in waiting if pkt is not None]
        self.wire.put(first + b"".join(frames))
        self.queue = _NOWHERE
        self.upgraded, self.upgrading = True, False
        self.manager.forget_listeners()

    def _websocket_handler(self, ws: Any) -> Any:
        patience = self.server.ping_interval + self.server.ping_timeout
        ws.ws.sock = WholeSends(ws.ws.sock, patience)
        try:
            return super()._websocket_handler(ws)
        except UNREADABLE:
            self._cut_off()
            return []

    def handle_post_request(self, environ: dict[str, Any]) -> None:
        """Take in what a client that polls has sent. Raises EngineIOError where that is nothing of the kind.

        The session is over then at once: the library would let its sender wait for what it will never fetch.
        """
        try:
            super().handle_post_request(environ)
        except (*UNREADABLE, EngineIOError):
            self._cut_off()
            raise EngineIOError from None

    # What the wire tells, inside the loop.

    def received(self, message: str | bytes) -> None:
        """Handle pongs at once and everything else soon, in order; read no more from whoever sends too much."""
        if self.visitor.charge(message):
            self._hold_back()
        if message == _PONG:
            self.schedule_ping()
        else:
            self._take_in(message)

    def lost(self) -> None:
        """Close the session, or wait for another upgrade when long polling still works."""
        if self.upgraded:
            gevent.spawn_raw(self.close, False, True, self.server.reason.TRANSPORT_CLOSE)
        else:
            self.wire, self.upgrading = None, False

    def caught_up(self, missed: set[tuple[str, Any]]) -> None:
        """Let the application send what was missed afresh."""
        gevent.spawn_raw(self.manager.mend, self, missed)

    def _take_in(self, message: Message) -> None:
        if self._inbox is None:
            self._inbox = deque()
            self._inbox.append(message)
            self._take_up()
        else:
            self._inbox.append(message)
        if self._inbox is not None and len(self._inbox) == INBOX_MOST and self.wire is not None:
            self.wire.pause()

    def _take_up(self) -> None:
        """Have the inbox handled: at once for whoever is known, in the strangers' queue otherwise."""
        if self.visitor.known_as:
            self.manager.heard_at = time.monotonic()
            _GREENLETS.spawn(self._handle_inbox)
            return
        try:
            self.visitor.enqueue(self._handle_one)
        except QueueFull:
            self._turn_away()

    def _handle_inbox(self) -> None:
        inbox = self._inbox
        assert inbox is not None
        while inbox and not self.closed:
            self._handle_next(inbox)
            if inbox:
                gevent.sleep(0)  # the others' messages come in between
        self._inbox = None

    def _handle_one(self) -> None:
        """A stranger's next message; what one had sent that has hung up is thrown away."""
        inbox = self._inbox
        assert inbox is not None
        flooding = not self.closed and self.visitor.is_flooding()
        if flooding:
            self.manager.hooks.on_flood(self.visitor.address)
        if flooding or self.closed or self._hung_up():
            self._turn_away()
            return
        self._handle_next(inbox)
        if inbox:
            self._take_up()
        else:
            self._inbox = None

    def _handle_next(self, inbox: deque[Message]) -> None:
        self._handle(inbox.popleft())
        if len(inbox) == INBOX_MOST // 2 and self.wire is not None and self._held_back is None:
            self.wire.resume()

    def _turn_away(self) -> None:
        self._inbox = None
        if not self.closed:
            gevent.spawn_raw(self.close, False, True, self.server.reason.TRANSPORT_CLOSE)

    def _hung_up(self) -> bool:
        """Whether the client has gone, although there are messages that were not read yet."""
        if self.wire is None or (descriptor := self.wire.fileno()) < 0:
            return self.wire is not None
        return has_hung_up(descriptor)

    def _hold_back(self) -> None:
        """Read nothing more until the budgets are out of debt; the client's network holds what is too much."""
        if self._held_back is None and self.wire is not None:
            self.wire.pause()
            self._held_back = get_hub().loop.timer(self.visitor.debt())
            self._held_back.start(self._look_at_debt)

    def _look_at_debt(self) -> None:
        self._held_back.close()
        self._held_back = None
        if self.closed or self.wire is None:
            return
        if self.visitor.debt():
            self._hold_back()
        elif self._inbox is None or len(self._inbox) < INBOX_MOST:
            self.wire.resume()

    def _handle(self, message: Message) -> None:
        doing("a message")
        try:
            pkt = message if isinstance(message, eio.Packet) else eio.Packet(encoded_packet=message)
        except UNREADABLE:
            self._cut_off()
            return
        try:
            if self.upgraded or pkt is message:
                super().receive(pkt)
            else:
                self._probe(pkt)
        except (SocketIsClosedError, UnknownPacketError):
            pass
        except Exception:
            self.server.logger.exception("a message could not be handled")
            self._cut_off()

    def _cut_off(self) -> None:
        self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)

    def _probe(self, pkt: eio.Packet) -> None:
        """The change from long polling to the websocket, as the client leads it."""
        assert self.wire is not None
        if pkt.packet_type == eio.PING and pkt.data == "probe":
            self.wire.put(websocket.frame("3probe"))
            self.queue.put(eio.Packet(eio.NOOP))  # ends the poll that hangs
        elif pkt.packet_type == eio.UPGRADE:
            self._go_direct()
        else:
            self.wire.finish(websocket.PROTOCOL_ERROR)
            self.lost()


def _plain_socket(environ: dict[str, Any]) -> Any:
    """The client's socket in gevent's WSGI environment; None for TLS and for other servers."""
    rfile = environ.get("wsgi.input")
    rfile = getattr(rfile, "rfile", rfile)
    sock = getattr(getattr(rfile, "raw", None), "_sock", None)
    return sock if type(sock) is gevent_socket else None
