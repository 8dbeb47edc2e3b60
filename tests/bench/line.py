"""The client's half of a line: the handshake and frames of a browser, as bytes, for drivers that must be cheap."""

from __future__ import annotations

import base64
import json
import os
import socket
from typing import Any

PATIENCE = 30.0
#: What Chromium on a phone sends with its handshake.
_REQUEST = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\n"
    "Pragma: no-cache\r\nCache-Control: no-cache\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36\r\n"
    "Upgrade: websocket\r\nOrigin: http://127.0.0.1:{port}\r\nSec-WebSocket-Version: 13\r\n"
    "Accept-Encoding: gzip, deflate\r\nAccept-Language: zh-CN,zh;q=0.9\r\nSec-WebSocket-Key: {key}\r\n"
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n"
)


def joined(port: int, namespace: str, auth: Any = None, source: str = "127.0.0.1") -> tuple[socket.socket, bytes]:
    """A connection from `source` that was let into the namespace, and what it has received since.

    Raises ConnectionResetError.
    """
    sock = socket.create_connection(("127.0.0.1", port), PATIENCE, (source, 0))
    key = base64.b64encode(os.urandom(16)).decode()
    sock.sendall(_REQUEST.format(port=port, key=key).encode())
    _until(sock, b'"maxPayload"', b"")
    sock.sendall(text_frame(f"40{namespace},{json.dumps(auth) if auth else ''}"))
    received = _until(sock, f'40{namespace},{{"sid"'.encode(), b"")
    while not (size := frame_size(received)) or size > len(received):
        received += sock.recv(65536)
    sock.setblocking(False)
    return sock, received[size:]


def _until(sock: socket.socket, expected: bytes, received: bytes) -> bytes:
    while expected not in received:
        data = sock.recv(65536)
        if not data or b"44/" in data[:8]:
            raise ConnectionResetError(f"the server refused a client: {data!r}")
        received += data
    return received


def frames_in(data: bytes) -> tuple[list[bytes], bytes]:
    """The whole frames that `data` begins with, heads included, and the rest."""
    frames = []
    while (size := frame_size(data)) and size <= len(data):
        frames.append(data[:size])
        data = data[size:]
    return frames, data


def frame_size(data: bytes) -> int:
    """The size of the server's frame that `data` begins with, head included; 0 when its head is not whole."""
    if len(data) < 2:
        return 0
    short = data[1]
    if short < 126:
        return 2 + short
    head = 4 if short == 126 else 10
    return head + int.from_bytes(data[2:head], "big") if len(data) >= head else 0


def payload_of(frame: bytes) -> bytes:
    """What a whole frame of the server carries."""
    return frame[2:] if frame[1] < 126 else frame[4:] if frame[1] == 126 else frame[10:]


def text_frame(text: str) -> bytes:
    """A client's frame of up to 64 KB, masked with zeros."""
    payload = text.encode()
    size = len(payload)
    head = bytes((0x80 | size,)) if size < 126 else bytes((0xFE,)) + size.to_bytes(2, "big")
    return b"\x81" + head + bytes(4) + payload
