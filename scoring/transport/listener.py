"""The server process: gevent's HTTP server on a listening socket of our own, until it is told to stop."""

from __future__ import annotations

import gc
import signal
import socket
from dataclasses import dataclass, field
from typing import Any

import gevent
from flask import Flask
from flask_socketio import SocketIO
from gevent.event import Event
from gevent.ssl import SSLContext

from scoring.transport.garbage import Sweeper
from scoring.transport.http_server import Recognise, Server, nobody_known
from scoring.transport.proxies import Proxies
from scoring.transport.watchdog import Watchdog

#: Connections that may wait to be accepted: after a restart everybody comes back in the same second.
WAITING_MOST = 4096
#: How long requests that are being answered may take when the server stops, in seconds.
LAST_ANSWERS = 5.0


def listening_socket(host: str, port: int) -> socket.socket:
    """A listening TCP socket on `host` (port 0: any free one). Raises OSError when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.create_server((host, port), family=family, backlog=WAITING_MOST)
    # gevent never sets it, and accepted sockets inherit it: without, an acknowledgement can wait 40 ms for
    # the client's delayed ACK of the message before.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setblocking(False)
    return sock


@dataclass(frozen=True)
class Secured:
    """What TLS is served with, and what is served without it on the socket `beside`."""

    context: SSLContext
    beside: socket.socket
    plain: Any


@dataclass(frozen=True)
class Serving:
    """How the application is served, beside its sockets.

    `recognise`: tells whose a request is; who is known goes first. `proxies`: whose word counts about where a request
    comes from. `secured`: how it is served by TLS, if it is. `watchdog`: watches the loop meanwhile.
    """

    recognise: Recognise = nobody_known
    proxies: Proxies = ()
    secured: Secured | None = None
    watchdog: Watchdog = field(default_factory=Watchdog)


class Stop:
    """The wish that the process ends, SIGTERM or SIGINT: heard from the moment this is made, as soon as the loop runs.

    So a start that is interrupted is finished, and then stops as cleanly as one that has served all day.
    """

    def __init__(self) -> None:
        """Listen for the signals instead of ending at them."""
        self._asked = Event()
        self._watchers = [gevent.signal_handler(number, self._asked.set) for number in (signal.SIGTERM, signal.SIGINT)]

    @property
    def asked(self) -> bool:
        """Whether the process is to end."""
        return self._asked.is_set()

    def wait(self) -> None:
        """Wait until the process is to end."""
        self._asked.wait()

    def close(self) -> None:
        """Listen no more: the next signal ends the process at once."""
        for watcher in self._watchers:
            watcher.cancel()


def serve_on(
    sock: socket.socket,
    app: Flask,
    socketio: SocketIO,
    stop: Stop | None = None,
    serving: Serving | None = None,
) -> None:
    """Serve `app` on a listening socket until the process is to end, then close cleanly."""
    stop, serving = stop or Stop(), serving or Serving()
    strangers, secured, watchdog = socketio.server.manager.strangers, serving.secured, serving.watchdog
    server = Server(sock, app, strangers, serving.recognise, secured.context if secured else None)
    server.proxies = serving.proxies
    beside = Server(secured.beside, secured.plain, strangers, nobody_known) if secured else None
    # What the imports left behind is never garbage: 120,000 objects that a full collection would look at again
    # and again, for a tenth of a second in which nobody is served.
    gc.collect()
    gc.freeze()
    sweeper = Sweeper(lambda: socketio.server.manager.heard_at)
    sweeper.start()
    watchdog.start()
    server.start()
    if beside:
        beside.start()
    try:
        stop.wait()
    finally:
        watchdog.stop()
        sweeper.stop()
        stop.close()
        if beside:
            beside.stop()
        _close(server, socketio)


def _close(server: Any, socketio: SocketIO) -> None:
    """No new connections; say goodbye on every socket; let the requests being answered finish."""
    server.stop()
    sessions = list(socketio.server.eio.sockets.values())
    for session in sessions:
        # An Engine.IO close, not a Socket.IO disconnect: on this one the clients come back by themselves.
        session.close(wait=False)
    with gevent.Timeout(LAST_ANSWERS, False):
        while server.answering:
            gevent.sleep(0.01)
    socketio.server.shutdown()
