"""A small server for the fan-out's tests: the real fan-out and listener, and routes that make it broadcast."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from typing import Any

import gevent
from flask import Flask, request
from flask_socketio import SocketIO, join_room, leave_room
from gevent.pywsgi import WSGIServer
from socketio import packet as sio

from scoring.loop.stepping_aside import step_aside
from scoring.transport import fanout, http_server, listener, messages
from scoring.transport.hooks import Hooks
from tests.patience import within

app = Flask(__name__)
manager = fanout.Manager(Hooks(step_aside=step_aside, cheap_events=frozenset({"time"})))
socketio = SocketIO()
goodbyes: list[str] = []
echoes: list[int] = []
worked: list[float] = []
told: list[float] = []
latest: dict[str, int] = {}


def snapshot(sid: str, namespace: str, room: str) -> None:
    """What the application sends to a client that missed messages."""
    socketio.emit("snapshot", {"room": room, "number": latest[room]}, namespace=namespace, to=sid)


@socketio.on("join")
def join(room: str) -> str:
    """Join a room; the answer is the room."""
    join_room(room)
    return room


@socketio.on("leave")
def leave(room: str) -> str:
    """Leave a room; the answer is the room."""
    leave_room(room)
    return room


@socketio.on("echo")
def echo(value: Any) -> Any:
    """Answer with what was sent."""
    echoes.append(len(echoes))
    return value


@socketio.on("work")
def work(milliseconds: float) -> int:
    """Hold the loop for so long, as a question does that is dear to answer; how often that was asked for before."""
    worked.append(milliseconds)
    until = time.thread_time() + milliseconds / 1000
    while time.thread_time() < until:
        pass
    return len(worked) - 1


@socketio.on("disconnect")
def gone(reason: str) -> None:
    """Remember who left and why."""
    goodbyes.append(reason)


@app.get("/broadcast/<room>")
def broadcast(room: str) -> str:
    """Send `count` numbered messages of `size` characters to a room; to a list of rooms when it has commas."""
    size, start = request.args.get("size", 1000, int), request.args.get("start", 0, int)
    to: Any = room.split(",") if "," in room else room
    for number in range(start, start + request.args.get("count", 1, int)):
        latest[room] = number
        message = {"number": number, "fill": "评" * (size // 3)}
        socketio.emit("delta", message, to=to, skip_sid=request.args.get("skip"))
    return "sent"


@app.get("/binary/<room>")
def binary(room: str) -> str:
    """Send a message with two attachments."""
    socketio.emit("files", {"a": b"\x00\x01", "b": b"\x02"}, to=room)
    return "sent"


@app.get("/ask/<sid>")
def ask(sid: str) -> dict[str, Any]:
    """Ask one client and answer with its answer."""
    return {"answer": socketio.call("question", "how much?", to=sid, timeout=within(5))}


@app.get("/state")
def state() -> dict[str, Any]:
    """What the server knows of its clients."""
    sessions = list(socketio.server.eio.sockets.values())
    told.append(time.monotonic())
    return {
        "sessions": len(sessions),
        "direct": sum(session.wire is not None and session.upgraded for session in sessions),
        "goodbyes": goodbyes,
        "echoes": len(echoes),
        "worked": len(worked),
        "told": len(told),
    }


@app.get("/slow")
def slow() -> str:
    """A request that is still being answered when the server is told to stop."""
    sys.stdout.write("answering\n")
    sys.stdout.flush()
    gevent.sleep(0.5)
    return "done"


def main(*given: str) -> None:
    """Print the port, then serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--ping",
        type=float,
        nargs=2,
        default=(25.0, 20.0),
        metavar=("INTERVAL", "TIMEOUT"),
    )
    parser.add_argument("--no-snapshots", action="store_true")
    parser.add_argument("--certificate")
    parser.add_argument("--strangers", action="store_true", help="know only those whose cookie says who they are")
    parser.add_argument("--request-within", type=float, default=http_server.REQUEST_WITHIN)
    options = parser.parse_args(given)
    if not options.no_snapshots:
        manager.hooks.on_gap = snapshot
    interval, timeout = options.ping
    socketio.init_app(
        app,
        client_manager=manager,
        serializer=messages.TextPacket if options.strangers else sio.Packet,
        async_mode="gevent",
        ping_interval=interval,
        ping_timeout=timeout,
    )
    sock = listener.listening_socket("127.0.0.1", 0)
    sys.stdout.write(f"{sock.getsockname()[1]}\n")
    sys.stdout.flush()
    if options.certificate:
        WSGIServer(sock, app, log=None, certfile=options.certificate).serve_forever()
    else:
        http_server.REQUEST_WITHIN = options.request_within
        serving = listener.Serving(by_cookie if options.strangers else by_port)
        listener.serve_on(sock, app, socketio, serving=serving)


def by_cookie(environ: Mapping[str, Any]) -> str:
    """Whoever brings a cookie is called what it says."""
    return str(environ.get("HTTP_COOKIE", ""))


def by_port(environ: Mapping[str, Any]) -> str:
    """Everybody is known, each for itself."""
    return f"client:{environ['REMOTE_PORT']}"
