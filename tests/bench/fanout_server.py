"""The yardstick's counterpart: a bare Flask-SocketIO application on the product's own fan-out and listener."""

from __future__ import annotations

import sys
import time

from flask import Flask
from flask_socketio import SocketIO, join_room

from scoring.live import fanout, listener
from tests.bench.message import message

app = Flask(__name__)
socketio = SocketIO()


@socketio.on("connect")
def watch() -> None:
    """Everybody watches."""
    join_room("watchers")


@socketio.on("broadcast")
def broadcast(count: int, pause: float) -> None:
    """Send `count` messages to everybody with `pause` seconds between them."""
    for number in range(count):
        if number:
            socketio.sleep(pause)
        socketio.emit("delta", message(time.monotonic_ns()), to="watchers")


@socketio.on("submit")
def submit(_sheet: object) -> dict[str, bool]:
    """Acknowledge, and store nothing."""
    return {"ok": True}


if __name__ == "__main__":
    socketio.init_app(app, client_manager=fanout.Manager(), async_mode="gevent")
    listening = listener.listening_socket("127.0.0.1", 0)
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    listener.serve_on(listening, app, socketio)
