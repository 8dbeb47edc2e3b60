"""The flood, as a process of its own: fifty connections of one address that send without measure for some seconds."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress

import gevent
from gevent import socket

from tests.bench.line import text_frame

CONNECTIONS = 50
#: Connections that one of the fifty holds without ever finishing a request.
HELD = 30
PIECE = 64  # messages sent in one go
_OPEN = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: hall\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
_POLL = "{} /socket.io/?EIO=4&transport=polling{} HTTP/1.1\r\nHost: hall\r\nContent-Length: {}\r\n\r\n{}"


def _connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), 10)


def _joined(port: int, slug: str) -> socket.socket:
    sock = _connect(port)
    sock.sendall(_OPEN.encode())
    sock.recv(4096)
    sock.sendall(text_frame(f'40/audience,{{"contest":"{slug}"}}'))
    return sock


def _sends(message: str, *, reads: bool = True) -> Callable[[int, str], None]:
    """Joins, and sends the same message for as long as it is let."""

    def flood(port: int, slug: str) -> None:
        with _joined(port, slug) as sock:
            reader = gevent.spawn(_read, sock) if reads else None
            try:
                while True:
                    sock.sendall(text_frame(message) * PIECE)
            finally:
                if reader:
                    reader.kill()

    return flood


def _read(sock: socket.socket) -> None:
    with suppress(OSError):
        while sock.recv(65536):
            pass


def _join(port: int, slug: str) -> None:
    """Joins and goes."""
    _joined(port, slug).close()


def _half_open(port: int, _slug: str) -> None:
    """Holds connections on which half a request has come."""
    held = []
    for _ in range(HELD):
        held.append(_connect(port))
        held[-1].sendall(b"GET / HTTP/1.1\r\nHo")
    gevent.sleep(1)
    for sock in held:
        sock.close()


def _poll(port: int, _slug: str) -> None:
    """Sends by long polling."""
    with _connect(port) as sock:
        sock.sendall(_POLL.format("GET", "", 0, "").encode())
        sid = sock.recv(4096).partition(b'"sid":"')[2].partition(b'"')[0].decode()
        payload = "\x1e".join(['42/audience,["sync"]'] * 16)
        while True:
            sock.sendall(_POLL.format("POST", f"&sid={sid}", len(payload), payload).encode())
            if not sock.recv(4096):
                return


KINDS: dict[str, Callable[[int, str], None]] = {
    "sync": _sends('42/audience,1["sync"]'),
    "time": _sends('42/audience,1["time"]'),
    "garbage": _sends('42/judge,1["submit",{}]'),
    "slow readers": _sends('42/audience,1["sync"]', reads=False),
    "join": _join,
    "half-open": _half_open,
    "polling": _poll,
}


def main(kind: str, port: int, slug: str, seconds: float) -> None:
    """Flood until the time is over; the driver beside it goes first."""
    os.nice(15)
    end = time.monotonic() + seconds

    def one() -> None:
        while time.monotonic() < end:
            with suppress(OSError):
                KINDS[kind](port, slug)
            gevent.sleep(0.01)

    gevent.joinall([gevent.spawn(one) for _ in range(CONNECTIONS)], timeout=seconds)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4]))
