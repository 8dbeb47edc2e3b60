"""The floor: a loop of `send()` over the sockets, with just enough protocol for the crowd to take part."""

from __future__ import annotations

import json
import select
import socket
import sys
import time

from scoring.transport import websocket
from tests.bench.message import message


def welcome(sock: socket.socket) -> None:
    """Shake hands as an Engine.IO server with one namespace does."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += sock.recv(65536)
    headers = dict(line.split(": ", 1) for line in received.decode().split("\r\n")[1:] if ": " in line)
    environ = {"HTTP_" + name.upper().replace("-", "_"): value for name, value in headers.items()}
    opening = '0{"sid":"x","upgrades":[],"pingTimeout":20000,"pingInterval":25000,"maxPayload":1000000}'
    sock.sendall(websocket.accept(environ) + websocket.frame(opening))
    sock.recv(65536)
    sock.sendall(websocket.frame('40/audience,{"sid":"y"}'))
    sock.setblocking(False)


def broadcast(sockets: list[socket.socket], count: int, pause: float) -> None:
    """Send `count` messages to everybody with `pause` seconds between them."""
    sends = [sock.send for sock in sockets]
    for number in range(count):
        if number:
            time.sleep(pause)
        text = json.dumps(["delta", message(time.monotonic_ns())], separators=(",", ":"))
        frame = websocket.frame("42/audience," + text)
        for send in sends:
            send(frame)


def serve(listening: socket.socket) -> None:
    """Welcome everybody and broadcast when asked to."""
    sockets: list[socket.socket] = []
    poll = select.epoll()
    poll.register(listening, select.EPOLLIN)
    by_number: dict[int, socket.socket] = {}
    while True:
        for number, _ in poll.poll():
            if number == listening.fileno():
                sock, _address = listening.accept()
                welcome(sock)
                sockets.append(sock)
                by_number[sock.fileno()] = sock
                poll.register(sock, select.EPOLLIN)
            elif data := by_number[number].recv(65536):
                for _, text in websocket.Reader(65536).feed(data):
                    _event, (count, pause) = json.loads(str(text).partition(",")[2])
                    broadcast(sockets, count, pause)
            else:
                sockets.remove(gone := by_number.pop(number))
                gone.close()


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        serve(listening)
