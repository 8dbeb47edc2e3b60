"""The driver: a thousand watchers in one process, far cheaper than any server it measures.

A message costs it one `recv_into` and a comparison with the length of the message before.
"""

from __future__ import annotations

import base64
import os
import select
import socket
import time
from typing import Self

PATIENCE = 30.0
_PING, _EVENT = b"2", b"42"
_AT = b'"at":"'
#: What Chromium on a phone sends with its handshake.
_REQUEST = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\n"
    "Pragma: no-cache\r\nCache-Control: no-cache\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36\r\n"
    "Upgrade: websocket\r\nOrigin: http://127.0.0.1:{port}\r\nSec-WebSocket-Version: 13\r\n"
    "Accept-Encoding: gzip, deflate\r\nAccept-Language: zh-CN,zh;q=0.9\r\nSec-WebSocket-Key: {key}\r\n"
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n"
)


class Crowd:
    """Many watchers of one server; the first one also says when to broadcast."""

    def __init__(self, port: int, many: int) -> None:
        self.received = 0
        #: When the messages that the first watcher got were sent, in nanoseconds of the monotonic clock.
        self.sent_at: list[int] = []
        self._size = 0
        self._buffer = bytearray(1 << 16)
        self._rests: dict[int, bytes] = {}
        self._poll = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        for _ in range(many):
            sock = _watcher(port)
            self._sockets[sock.fileno()] = sock
            self._poll.register(sock, select.EPOLLIN)
        self._first = next(iter(self._sockets))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for sock in self._sockets.values():
            sock.close()
        self._poll.close()

    def ask(self, count: int, pause: float) -> None:
        """Have the server broadcast `count` messages with `pause` seconds between them."""
        self._sockets[self._first].send(text_frame(f'42["broadcast",{count},{pause}]'))

    def wait(self, many: int) -> int:
        """Read until `many` messages have arrived in all; the monotonic clock then, in nanoseconds.

        Never sleeps meanwhile: to wake a sleeping reader costs the sender on the other core, an inter-processor
        interrupt for each message that no watcher on a network would cost it.
        """
        deadline = time.monotonic() + PATIENCE
        while self.received < many:
            self._read(0)
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.received} of {many} messages")
        return time.monotonic_ns()

    def linger(self, seconds: float) -> None:
        """Be there, and answer pings, for some time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def _read(self, timeout: float) -> None:
        sockets, rests, buffer, size, first = self._sockets, self._rests, self._buffer, self._size, self._first
        whole = 0
        for number, _ in self._poll.poll(timeout, 256):
            length = sockets[number].recv_into(buffer)
            if length == size and number not in rests and number != first:
                whole += 1
            else:
                self._sort(number, length)
        self.received += whole

    def _sort(self, number: int, length: int) -> None:
        """What is not one more message of the same length: the first one, several, a part, a ping."""
        if not length:
            raise ConnectionResetError("the server hung up")
        data = self._rests.pop(number, b"") + bytes(memoryview(self._buffer)[:length])
        while (size := frame_size(data)) and size <= len(data):
            self._take(number, data[:size])
            data = data[size:]
        if data:
            self._rests[number] = data

    def _take(self, number: int, frame: bytes) -> None:
        if frame[2:] == _PING:
            self._sockets[number].send(text_frame("3"))
        elif frame[4:].startswith(_EVENT):
            self.received += 1
            self._size = len(frame)
            if number == self._first:
                at = frame.index(_AT) + len(_AT)
                self.sent_at.append(int(frame[at : at + 20]))


def _watcher(port: int) -> socket.socket:
    """A new connection that has joined the default namespace."""
    sock = socket.create_connection(("127.0.0.1", port), PATIENCE)
    key = base64.b64encode(os.urandom(16)).decode()
    sock.sendall(_REQUEST.format(port=port, key=key).encode())
    _until(sock, b'"maxPayload"')
    sock.sendall(text_frame("40"))
    _until(sock, b'40{"sid"')
    sock.setblocking(False)
    return sock


def _until(sock: socket.socket, expected: bytes) -> None:
    received = b""
    while expected not in received:
        data = sock.recv(65536)
        if not data:
            raise ConnectionResetError("the server refused a watcher")
        received += data


def frame_size(data: bytes) -> int:
    """The size of the server's frame that `data` begins with, head included; 0 when its head is not whole."""
    if len(data) < 2:
        return 0
    short = data[1]
    if short < 126:
        return 2 + short
    head = 4 if short == 126 else 10
    return head + int.from_bytes(data[2:head], "big") if len(data) >= head else 0


def text_frame(text: str) -> bytes:
    """A client's frame of up to 64 KB, masked with zeros."""
    payload = text.encode()
    size = len(payload)
    head = bytes((0x80 | size,)) if size < 126 else bytes((0xFE,)) + size.to_bytes(2, "big")
    return b"\x81" + head + bytes(4) + payload
