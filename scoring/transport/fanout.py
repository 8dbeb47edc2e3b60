"""The fan-out: a broadcast is encoded and framed once, then sent straight to every client's socket.

Why not Flask-SocketIO's own path: for each client and message it pays a queue put and get, two greenlet
switches, a timeout object and a framing, and only a quarter of its time is `send(2)`. Here a broadcast is one
loop over `wire.send(frame)` (see delivery.py and wire.py), and a client that cannot take more waits without
delaying others.

What is used of the libraries is listed in docs/transport.md, pinned in setup.cfg and held by tests.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import socketio
from engineio import packet as eio
from socketio import packet as sio

from scoring.transport import websocket
from scoring.transport.delivery import Delivery
from scoring.transport.fair_queue import FairQueue
from scoring.transport.hooks import Hooks
from scoring.transport.keepalive import Keepalive
from scoring.transport.members import Members
from scoring.transport.session import Session
from scoring.transport.visitor import KNOWN_AS, Crowded, Visitors
from scoring.transport.wire import Wire


@dataclass
class Message:
    """One event, encoded once for however many it is sent to."""

    packets: list[eio.Packet]

    @cached_property
    def frame(self) -> bytes:
        """What a websocket's wire takes."""
        return b"".join(websocket.frame(packet.encode()) for packet in self.packets)


class FanoutMixin(Members):
    """The direct fan-out for any of socketio's managers: `class M(RedisManager, FanoutMixin, Manager)`."""

    server: Any
    callbacks: dict[str, Any]
    pending_connect: dict[str, list[str]]
    pending_disconnect: dict[str, list[str]]

    def __init__(self, hooks: Hooks | None = None) -> None:
        """`hooks`: what the application above gives; they may be replaced until the server is made."""
        super().__init__()
        self.hooks = hooks or Hooks()
        #: When somebody known sent something last, by the monotonic clock in seconds.
        self.heard_at = 0.0

    def set_server(self, server: Any) -> None:
        """Take over the sessions of `server`, when it runs on gevent."""
        super().set_server(server)  # type: ignore[misc]
        self._listeners: dict[tuple[str, Any], tuple[list[Wire], list[str]]] = {}
        self._rooms_of: dict[tuple[str, str], list[Any]] = {}
        self._delivery = Delivery(self.hooks)
        self.strangers = FairQueue(self.hooks)
        self._visitors = Visitors(self.strangers, self.hooks.cheap_events)
        self.keepalive = Keepalive(server.eio.ping_interval, server.eio.ping_timeout)
        if server.eio.async_mode == "gevent":
            server.eio.on("connect", self._adopt)
            # The stock watch over silent clients; the keepalive does its work.
            server.eio.start_service_task = False

    def initialize(self) -> None:
        """Called by the server before its first client."""
        super().initialize()  # type: ignore[misc]
        self.server.start_background_task(self.keepalive.run)

    def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: Any = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: Any = None,
        **kwargs: Any,
    ) -> None:
        """Send an event to a client, a room, several rooms or everybody. Call it from the loop's thread only."""
        room = to or room
        if callback:
            super().emit(event, data, namespace, room, skip_sid, callback, **kwargs)  # type: ignore[misc]
            return
        wires, others = self._audience(namespace, room, skip_sid)
        if not wires and not others:
            return
        message = self.message(event, data, namespace)
        if wires:
            one = isinstance(room, str) and self.is_sid_room(namespace, room)  # type: ignore[attr-defined]
            self._delivery.send(wires, message.frame, None if one else (namespace, _label(room)))
        self._send_packets(others, message)

    def message(self, event: str, data: Any, namespace: str) -> Message:
        """An event as it is sent to whomever of the namespace."""
        return Message(self._encode(event, data, namespace))

    def written(self, event: str, data: str, namespace: str) -> Message:
        """The same of data that is JSON already."""
        return Message([eio.Packet(eio.MESSAGE, f"{sio.EVENT}{namespace},[{json.dumps(event)},{data}]")])

    def send(self, message: Message, namespace: str, sid: str) -> None:
        """Send one client what was encoded before. Call it from the loop's thread only."""
        wires, others = self._audience(namespace, sid, None)
        if wires:
            self._delivery.send(wires, message.frame, None)
        self._send_packets(others, message)

    def _send_packets(self, eio_sids: Iterable[str], message: Message) -> None:
        for eio_sid in eio_sids:
            for packet in message.packets:
                self.server._send_eio_packet(eio_sid, packet)

    def basic_enter_room(self, sid: str, namespace: str, room: Any, eio_sid: str | None = None) -> None:
        """Add a client to a room."""
        self._listeners.pop((namespace, room), None)
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)  # type: ignore[misc]
        inside = self._rooms_of.setdefault((namespace, sid), [])
        if room not in inside:
            inside.append(room)

    def basic_leave_room(self, sid: str, namespace: str, room: Any) -> None:
        """Take a client out of a room."""
        self._listeners.pop((namespace, room), None)
        super().basic_leave_room(sid, namespace, room)  # type: ignore[misc]
        inside = self._rooms_of.get((namespace, sid), [])
        if room in inside:
            inside.remove(room)

    def basic_disconnect(self, sid: str, namespace: str, **kwargs: Any) -> None:
        """Take a client that goes out of its own rooms; the stock manager looks for it in everybody's."""
        for room in tuple(self._rooms_of.get((namespace, sid), ())):
            self.basic_leave_room(sid, namespace, room)
        self._rooms_of.pop((namespace, sid), None)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)

    def trust(self, sid: str, namespace: str, known_as: str) -> None:
        """A client has shown a seat or an account: it waits in no queue any more."""
        session = self.server.eio.sockets.get(self.eio_sid_from_sid(sid, namespace))  # type: ignore[attr-defined]
        if isinstance(session, Session):
            session.visitor.trust(known_as)

    def forget_listeners(self) -> None:
        """A client changed from long polling to a websocket: sort every room's clients again."""
        self._listeners.clear()

    def mend(self, session: Session, missed: set[tuple[str, Any]]) -> None:
        """Have a client that missed broadcasts brought up to date, or come back for a snapshot."""
        for namespace, room in missed:
            sid = self.sid_from_eio_sid(session.sid, namespace)  # type: ignore[attr-defined]
            if sid is None:
                continue
            if self.hooks.on_gap is None:
                session.close(wait=False)
                return
            self.hooks.on_gap(sid, namespace, room)

    def _adopt(self, eio_sid: str, environ: dict[str, Any]) -> Any:
        """Make a session ours at its birth, before Engine.IO gives it a greenlet for its pings."""
        session = self.server.eio.sockets[eio_sid]
        try:
            visitor = self._visitors.admit(environ.get("REMOTE_ADDR", ""), environ.get(KNOWN_AS, ""))
        except Crowded:
            return False
        session.__class__ = Session
        session.manager, session.visitor = self, visitor
        return self.server._handle_eio_connect(eio_sid, environ)

    def _encode(self, event: str, data: Any, namespace: str) -> list[eio.Packet]:
        """The Engine.IO packets of one event: one, and one more for each binary attachment."""
        arguments = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        packet = self.server.packet_class(sio.EVENT, namespace=namespace, data=[event, *arguments])
        encoded = packet.encode()
        pieces = encoded if isinstance(encoded, list) else [encoded]
        return [eio.Packet(eio.MESSAGE, piece) for piece in pieces]

    def _audience(self, namespace: str, room: Any, skip_sid: Any) -> tuple[list[Wire], list[str]]:
        """The room's clients with a wire, and the Engine.IO ids of those on the stock path."""
        if skip_sid is None and (room is None or isinstance(room, str)):
            known = self._listeners.get((namespace, room))
            if known is None:
                known = self._sort(self.get_participants(namespace, room), ())  # type: ignore[attr-defined]
                if len(known[0]) + len(known[1]) > 1:
                    self._listeners[namespace, room] = known
            return known
        skipped = skip_sid if isinstance(skip_sid, list) else (skip_sid,)
        return self._sort(self.get_participants(namespace, room), skipped)  # type: ignore[attr-defined]

    def _sort(
        self, participants: Iterable[tuple[str, str]], skipped: Iterable[str | None]
    ) -> tuple[list[Wire], list[str]]:
        wires: list[Wire] = []
        others: list[str] = []
        sessions = self.server.eio.sockets
        for sid, eio_sid in participants:
            if sid in skipped:
                continue
            session = sessions.get(eio_sid)
            wire = session.wire if isinstance(session, Session) and session.upgraded else None
            if wire is not None:
                wires.append(wire)
            else:
                others.append(eio_sid)
        return wires, others


def _label(room: Any) -> Any:
    return tuple(room) if isinstance(room, list) else room


class Manager(FanoutMixin, socketio.Manager):
    """The client manager of one process: `SocketIO(client_manager=Manager(), async_mode="gevent")`."""
