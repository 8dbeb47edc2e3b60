"""The server process: gevent's HTTP server on a listening socket of our own, until it is told to stop."""

from __future__ import annotations

import gc
import signal
import socket
from typing import Any

import gevent
from flask import Flask
from flask_socketio import SocketIO
from gevent.event import Event
from gevent.pywsgi import WSGIHandler, WSGIServer

#: Connections that may wait to be accepted: after a restart everybody comes back in the same second.
WAITING_MOST = 4096
#: How long requests that are being answered may take when the server stops, in seconds.
LAST_ANSWERS = 5.0


class Handler(WSGIHandler):
    """Counts the requests that are being answered, so that a stop can wait for them."""

    def handle_one_response(self) -> None:
        """Answer one request."""
        self.server.answering += 1
        try:
            super().handle_one_response()
        finally:
            self.server.answering -= 1


class Server(WSGIServer):
    """gevent's HTTP server, knowing how many requests it is answering."""

    answering = 0


def listening_socket(host: str, port: int) -> socket.socket:
    """A listening TCP socket on `host` (port 0: any free one). Raises OSError when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.create_server((host, port), family=family, backlog=WAITING_MOST)
    # gevent never sets it, and accepted sockets inherit it: without, an acknowledgement can wait 40 ms for
    # the client's delayed ACK of the message before.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setblocking(False)
    return sock


def serve(app: Flask, socketio: SocketIO, host: str, port: int) -> None:
    """Serve `app` on `host` and `port` until SIGTERM or SIGINT, then close cleanly."""
    serve_on(listening_socket(host, port), app, socketio)


def serve_on(sock: socket.socket, app: Flask, socketio: SocketIO) -> None:
    """Serve `app` on a listening socket until SIGTERM or SIGINT, then close cleanly."""
    server = Server(sock, app, log=None, handler_class=Handler)
    stop = Event()
    # What the imports left behind is never garbage: 120,000 objects that a full collection would look at again
    # and again, for a tenth of a second in which nobody is served.
    gc.collect()
    gc.freeze()
    watchers = [gevent.signal_handler(number, stop.set) for number in (signal.SIGTERM, signal.SIGINT)]
    server.start()
    try:
        stop.wait()
    finally:
        for watcher in watchers:
            watcher.cancel()
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
