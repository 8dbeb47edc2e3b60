"""One client's connection: whole frames out, whole messages in, and never a wait in the loop.

A connection that waits owns no greenlet: the event loop's watcher calls `_read` when bytes arrive. Four
sleeping greenlets a client (the stock path) are most of its 55 to 68 KB.
"""

from __future__ import annotations

import _socket
import socket
from collections import deque
from typing import TYPE_CHECKING, Any, Protocol

from gevent import get_hub

from scoring.transport import websocket

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

#: What a client may fall behind by before its broadcasts are thrown away for a fresh snapshot, in bytes.
#: Forty deltas: by then one snapshot is the shorter way to the present.
BROADCASTS_MOST = 64 * 1024
#: What may wait for one client in all, in bytes; beyond it the client is cut off.
HELD_MOST = 1024 * 1024
#: The kernel's own buffer for one client, in bytes. Left to itself it grows to 4 MB, so that a thousand
#: sleeping phones would hold 4 GB of deltas that nobody will read.
KERNEL_BUFFER = 128 * 1024
#: How long a client that was told goodbye may take to hang up, in seconds.
FAREWELL = 5.0

_CHUNK = 16 * 1024
_READ, _WRITE = 1, 2

#: Which broadcast a frame belongs to: (namespace, room). None: meant for this client, never thrown away.
Origin = tuple[str, Any] | None
Piece = bytes | memoryview


class Owner(Protocol):
    """Who is told what happens on a wire. All are called inside the loop and must not wait."""

    def received(self, message: str | bytes) -> None:
        """A whole message arrived."""

    def lost(self) -> None:
        """The connection is gone; told once, and not after `finish`."""

    def caught_up(self, missed: set[tuple[str, Any]]) -> None:
        """A client that had fallen behind took everything kept for it; broadcasts of `missed` were not."""


class Wire(_socket.socket):
    """The socket of one client.

    `send` is the whole trick. While the client keeps up it is the socket's own C method, so that a broadcast is a
    loop over `wire.send(frame)` which touches one object for each client and tests nothing: with a thousand
    clients, fetching one more object from memory costs as much as all the rest of Python's part. A wire with a
    backlog, or one that is gone, changes its class, and with it what `send` does.
    """

    __slots__ = ("_backlog", "_farewell", "_held", "_missed", "_owner", "_readable", "_reader", "_writable")

    def __init__(self, descriptor: int, owner: Owner, largest: int) -> None:
        """`descriptor`: a connected TCP socket, owned from now on; `largest`: incoming message in bytes."""
        super().__init__(socket.AF_INET, socket.SOCK_STREAM, 0, descriptor)
        self.setblocking(False)
        self.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)
        self._owner = owner
        self._reader = websocket.Reader(largest)
        self._backlog: deque[tuple[Piece, Origin]] | None = None
        self._held = 0
        self._missed: set[tuple[str, Any]] | None = None
        self._writable: Any = None
        self._farewell: Any = None
        self._readable: Any = get_hub().loop.io(descriptor, _READ)
        self._readable.start(self._read)

    def put(self, frame: bytes) -> None:
        """Send `frame`, or keep what the kernel does not take. Never waits, never raises."""
        try:
            sent = self.send(frame)
        except OSError as refusal:
            self.refused(frame, refusal)
        else:
            if sent != len(frame):
                self.keep(frame, sent)

    def refused(self, frame: bytes, refusal: OSError, origin: Origin = None) -> None:
        """What to do after `send` raised: keep the frame for a slow client, give up a broken connection."""
        if isinstance(refusal, BlockingIOError):
            self.keep(frame, 0, origin)
        else:
            self._break()

    def keep(self, frame: bytes, sent: int, origin: Origin = None) -> None:
        """Keep what is left of `frame` after its first `sent` bytes, and everything that follows it."""
        if self._missed and origin in self._missed:
            return
        # A frame that was begun must be finished, or every later byte would be read as part of it.
        piece: Piece = memoryview(frame)[sent:] if sent else frame
        if self._backlog is None:
            self._backlog = deque()
            self.__class__ = _Full
            self._writable = get_hub().loop.io(self.fileno(), _WRITE)
            self._writable.start(self._drain)
        self._backlog.append((piece, None if sent else origin))
        self._held += len(piece)
        if self._held > BROADCASTS_MOST:
            self._discard_broadcasts()

    def pause(self) -> None:
        """Take no more from the client until `resume`: the kernel's window then slows it down."""
        if self._readable is not None:
            self._readable.stop()

    def resume(self) -> None:
        """Take messages again."""
        if self._readable is not None:
            self._readable.start(self._read)

    def finish(self, code: int = websocket.NORMAL) -> None:
        """Say goodbye after what is still to be sent; the socket closes when the client hangs up, or soon."""
        if self._readable is None or self._farewell is not None:
            return
        self._farewell = get_hub().loop.timer(FAREWELL)
        self._farewell.start(self.close)
        self.put(websocket.close_frame(code))
        if self._backlog is None:
            self._hang_up()
        self.resume()

    def close(self) -> None:
        """Close the socket now."""
        self.__class__ = _Gone
        for watcher in (self._readable, self._writable, self._farewell):
            if watcher is not None:
                watcher.stop()
                watcher.close()
        self._readable = self._writable = self._farewell = self._backlog = self._missed = None
        # After its watchers: the number of a closed descriptor may belong to the next client at once.
        super().close()

    def _break(self) -> None:
        told = self._farewell is not None or self._readable is None
        self.close()
        if not told:
            self._owner.lost()

    def _hang_up(self) -> None:
        self.__class__ = _Gone
        try:
            self.shutdown(socket.SHUT_WR)
        except OSError:
            self._break()

    def _discard_broadcasts(self) -> None:
        assert self._backlog is not None
        kept: deque[tuple[Piece, Origin]] = deque()
        missed = self._missed or set()
        for piece, origin in self._backlog:
            if origin is None:
                kept.append((piece, None))
            else:
                missed.add(origin)
        self._backlog, self._missed = kept, missed
        self._held = sum(len(piece) for piece, _ in kept)
        if self._held > HELD_MOST:
            self._break()

    def _drain(self) -> None:
        backlog = self._backlog
        assert backlog is not None
        try:
            while backlog:
                piece, _ = backlog[0]
                sent = super().send(piece)
                self._held -= sent
                if sent != len(piece):
                    backlog[0] = (memoryview(piece)[sent:], None)
                    return
                backlog.popleft()
        except BlockingIOError:
            return
        except OSError:
            self._break()
            return
        self._drained()

    def _drained(self) -> None:
        self._writable.stop()
        self._writable.close()
        missed, self._missed = self._missed, None
        self._writable = self._backlog = None
        self._held = 0
        if self._farewell is not None:
            self._hang_up()
            return
        self.__class__ = Wire
        if missed:
            self._owner.caught_up(missed)

    def _read(self) -> None:
        try:
            data = self.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._break()
        elif self._farewell is None:
            self._messages(data)

    def _messages(self, data: bytes) -> None:
        try:
            for opcode, payload in self._reader.feed(data):
                if opcode in (websocket.TEXT, websocket.BINARY):
                    self._owner.received(payload)
                elif opcode == websocket.PING:
                    assert isinstance(payload, bytes)
                    self.put(websocket.pong_frame(payload))
                elif opcode == websocket.CLOSE:
                    self._end(websocket.NORMAL)
                    return
        except websocket.Violation as violation:
            self._end(violation.code)

    def _end(self, code: int) -> None:
        self.finish(code)
        self._owner.lost()


class _Full(Wire):
    """A wire with a backlog answers as a kernel whose buffer is full."""

    __slots__ = ()

    def send(self, _frame: Buffer, _flags: int = 0, /) -> int:
        raise BlockingIOError


class _Gone(Wire):
    """A wire that is closed, or has said goodbye, takes everything and forgets it."""

    __slots__ = ()

    def send(self, frame: Buffer, _flags: int = 0, /) -> int:
        return len(memoryview(frame))
