"""A Socket.IO client on a raw socket that can be slow, rude or cut off; wsproto judges every byte it gets."""

from __future__ import annotations

import base64
import json
import os
import re
import socket
import ssl
import struct
from typing import Any, Self

from wsproto.connection import Connection, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Event, Ping, Pong, TextMessage
from wsproto.extensions import PerMessageDeflate

from tests.patience import within

PATIENCE = within(10)


class Watcher:
    """One client. Every wait ends with what was waited for, or with TimeoutError after ten seconds."""

    def __init__(
        self,
        port: int,
        *,
        receive_buffer: int | None = None,
        tls: ssl.SSLContext | None = None,
        join: str = "",
        cookie: str = "",
    ) -> None:
        self.sock: socket.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if receive_buffer:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(("127.0.0.1", port))
        if tls:
            self.sock = tls.wrap_socket(self.sock, server_hostname="localhost")
        self.frames = Connection(ConnectionType.CLIENT)
        self.events: list[Event] = []
        self.numbers: list[int] = []
        self.pongs = True
        self.answer = self._shake_hands(port, cookie)
        self.opening = json.loads(self.text()[1:])
        self.sock.sendall(self.frames.send(TextMessage(f"40{join}")))
        welcome = str(self.text())
        self.sid = json.loads(welcome[welcome.index("{") :])["sid"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.sock.close()

    def _shake_hands(self, port: int, cookie: str) -> str:
        key = base64.b64encode(os.urandom(16)).decode()
        request = (
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"
            + (f"Cookie: {cookie}\r\n\r\n" if cookie else "\r\n")
        )
        self.sock.sendall(request.encode())
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._receive()
        head, rest = received.split(b"\r\n\r\n", 1)
        self._compress_as_told(head.decode())
        self.frames.receive_data(rest)
        return head.decode()

    def _compress_as_told(self, head: str) -> None:
        """The stock path takes the offer to compress; the direct one declines it."""
        told = re.search(r"Sec-WebSocket-Extensions: (.*)", head)
        if told:
            deflate = PerMessageDeflate()
            deflate.finalize(told[1].strip())
            self.frames = Connection(ConnectionType.CLIENT, extensions=[deflate])

    def _receive(self) -> bytes:
        data = self.sock.recv(65536)
        if not data:
            raise ConnectionResetError("the server hung up")
        return data

    def event(self) -> Event:
        """The next WebSocket event, whole."""
        whole: Any = None
        while True:
            while not self.events:
                self.events = list(self.frames.events())
                if not self.events:
                    self.frames.receive_data(self._receive())
            event = self.events.pop(0)
            if not isinstance(event, TextMessage | BytesMessage):
                return event
            whole = event.data if whole is None else whole + event.data
            if event.message_finished:
                return type(event)(whole)

    def text(self) -> str | bytes:
        """The next Engine.IO packet; pings are answered on the way."""
        while True:
            event = self.event()
            if isinstance(event, CloseConnection):
                raise ConnectionResetError(event.code)
            if isinstance(event, Ping | Pong):
                continue
            data: str | bytes = event.data  # type: ignore[attr-defined]
            if data != "2":
                return data
            if self.pongs:
                self.sock.sendall(self.frames.send(TextMessage("3")))

    def message(self) -> list[Any]:
        """The next Socket.IO event as [name, arguments…], or an acknowledgement as ["ack", id, …]."""
        head, bracket, arguments = str(self.text()).partition("[")
        found = json.loads(bracket + arguments)
        number = head[2:].rpartition(",")[2]
        assert head[:2] in ("42", "43"), head
        return ["ack", int(number), *found] if head.startswith("43") else list(found)

    def until(self, name: str) -> list[Any]:
        """The next event of this name; the numbers of the deltas before it are added to `numbers`."""
        while True:
            message = self.message()
            if message[0] == "delta" and "number" in message[1]:
                self.numbers.append(message[1]["number"])
            if message[0] == name:
                return message

    def until_present(self, number: int) -> list[int]:
        """Read deltas and snapshots until one brings the client to `number`; the numbers it has seen."""
        while not self.numbers or self.numbers[-1] != number:
            self.numbers.append(self.message()[1]["number"])
        return self.numbers

    def sip(self, most: int) -> None:
        """Take up to so many bytes that are there, and look at them later."""
        try:
            self.frames.receive_data(self.sock.recv(most, socket.MSG_DONTWAIT))
        except BlockingIOError:
            return
        self.events.extend(self.frames.events())

    def until_delta(self, number: int) -> list[int]:
        """Read up to the delta with this number; all the numbers read so far."""
        while not self.numbers or self.numbers[-1] != number:
            self.until("delta")
        return self.numbers

    def emit(self, event: str, *arguments: Any, ack: int | str = "") -> None:
        """Send an event, asking for an acknowledgement with `ack`."""
        self.sock.sendall(self.frames.send(TextMessage(f"42{ack}{json.dumps([event, *arguments])}")))

    def ask(self, event: str, *arguments: Any) -> Any:
        """Send an event and wait for its acknowledgement."""
        self.emit(event, *arguments, ack=1)
        return self.until("ack")[2]

    def join(self, room: str) -> Self:
        """Be in a room."""
        assert self.ask("join", room) == room
        return self

    def reset(self) -> None:
        """Cut the connection without a word."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def wait_for_the_end(self) -> int | None:
        """Read until the server ends the conversation; its close code, None when it just cut the line."""
        try:
            while True:
                event = self.event()
                if isinstance(event, CloseConnection):
                    return int(event.code)
        except ConnectionError:
            return None
