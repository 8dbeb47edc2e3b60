"""The driver of the watchers: a thousand in one process, far cheaper than any server it measures.

A message costs it one `recv_into` and a comparison with the length of the message before.
"""

from __future__ import annotations

import select
import socket
import time
from typing import Any, Self

from tests.bench.line import PATIENCE, frames_in, joined, payload_of, text_frame

NAMESPACE = "/audience"
_PING = b"2"
_MESSAGE = f'42{NAMESPACE},["delta"'.encode()
_AT = b'"at":"'


class Crowd:
    """Many watchers of one server; the first one also says when to broadcast."""

    def __init__(self, port: int, many: int, auth: Any = None, namespace: str = NAMESPACE, sources: int = 1) -> None:
        """`sources`: so many addresses of this machine that they come from by turns."""
        self.received = 0
        #: All bytes that came after the word that they are let in.
        self.taken = 0
        #: When the messages that the first watcher got were sent, in nanoseconds of the monotonic clock.
        self.sent_at: list[int] = []
        self._size = 0
        self._buffer = bytearray(1 << 16)
        self._rests: dict[int, bytes] = {}
        self._poll = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        for place in range(many):
            sock, rest = joined(port, namespace, auth, f"127.0.1.{1 + place % sources}" if sources > 1 else "127.0.0.1")
            self._sockets[sock.fileno()] = sock
            self.taken += len(rest)
            self._rests |= {sock.fileno(): rest} if rest else {}
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
        self._sockets[self._first].send(text_frame(f'42{NAMESPACE},["broadcast",[{count},{pause}]]'))

    def wait(self, many: int) -> int:
        """Read until `many` messages have arrived in all; the monotonic clock then, in nanoseconds.

        Never sleeps meanwhile: to wake a sleeping reader costs the sender on the other core, an inter-processor
        interrupt for each message that no watcher on a network would cost it.
        """
        deadline = time.monotonic() + PATIENCE
        while self.received < many:
            self.read(0)
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.received} of {many} messages")
        return time.monotonic_ns()

    def linger(self, seconds: float) -> None:
        """Be there, and answer pings, for some time and until nothing more has arrived."""
        end = time.monotonic() + seconds
        while self.read(max(0.0, end - time.monotonic())) or time.monotonic() < end:
            pass

    def read(self, timeout: float, most: int = 256) -> int:
        """Take what has arrived for up to `most` watchers; for how many there was something."""
        sockets, rests, buffer, size, first = self._sockets, self._rests, self._buffer, self._size, self._first
        whole = 0
        ready = self._poll.poll(timeout, most)
        for number, _ in ready:
            length = sockets[number].recv_into(buffer)
            if length == size and number not in rests and number != first:
                whole += 1
            else:
                self._sort(number, length)
        self.received += whole
        return len(ready)

    def _sort(self, number: int, length: int) -> None:
        """What is not one more message of the same length: the first one, several, a part, a ping, a greeting."""
        if not length:
            raise ConnectionResetError("the server hung up")
        self.taken += length
        data = self._rests.pop(number, b"") + bytes(memoryview(self._buffer)[:length])
        frames, rest = frames_in(data)
        for frame in frames:
            self._take(number, frame)
        if rest:
            self._rests[number] = rest

    def _take(self, number: int, frame: bytes) -> None:
        payload = payload_of(frame)
        if payload == _PING:
            self._sockets[number].send(text_frame("3"))
        elif payload.startswith(_MESSAGE):
            self.received += 1
            self._size = len(frame)
            if number == self._first and _AT in payload:
                at = payload.index(_AT) + len(_AT)
                self.sent_at.append(int(payload[at : at + 20]))
