"""The server's half of the WebSocket protocol, on bytes alone: the handshake, frames out, messages in.

Written here because simple-websocket 1.1.0 drops the rest of a partly sent frame (its issue 45), accepts
permessage-deflate (twice the CPU, 160 KB a client) and needs a second greenlet for each client.
Source: RFC 6455.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
NORMAL, GOING_AWAY, PROTOCOL_ERROR, BAD_TEXT, TOO_BIG = 1000, 1001, 1002, 1007, 1009
_FIN, _RESERVED, _OPCODE, _MASKED, _LENGTH = 0x80, 0x70, 0x0F, 0x80, 0x7F
_ACCEPT_KEY = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class HandshakeRefused(ValueError):
    """The request is not a WebSocket request of version 13."""


class Violation(ValueError):
    """The client broke the protocol; `code` is the close code to answer with."""

    def __init__(self, code: int) -> None:
        super().__init__(f"websocket violation {code}")
        self.code = code


def accept(environ: Mapping[str, Any]) -> bytes:
    """The bytes that accept the request in `environ`, without any extension.

    Raises HandshakeRefused. Source: RFC 6455 section 4.2.
    """
    key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "").strip().encode("latin-1")
    try:
        nonce = base64.b64decode(key, validate=True)
    except binascii.Error as malformed:
        raise HandshakeRefused("malformed key") from malformed
    if len(nonce) != 16 or environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
        raise HandshakeRefused("not version 13")
    proof = base64.b64encode(hashlib.sha1(key + _ACCEPT_KEY, usedforsecurity=False).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + proof + b"\r\n\r\n"
    )


def frame(payload: str | bytes) -> bytes:
    """One whole, unmasked frame: text for a str, binary for bytes."""
    if isinstance(payload, str):
        return _frame(TEXT, payload.encode())
    return _frame(BINARY, payload)


def close_frame(code: int) -> bytes:
    """The frame that ends a conversation with `code`."""
    return _frame(CLOSE, code.to_bytes(2, "big"))


def pong_frame(payload: bytes) -> bytes:
    """The answer to a ping that carried `payload` (at most 125 bytes)."""
    return _frame(PONG, payload)


def _frame(opcode: int, payload: bytes) -> bytes:
    size = len(payload)
    if size < 126:
        head = bytes((_FIN | opcode, size))
    elif size < 65536:
        head = bytes((_FIN | opcode, 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((_FIN | opcode, 127)) + size.to_bytes(8, "big")
    return head + payload


class Reader:
    """Turns what a client sends, cut anywhere, into whole messages and control frames."""

    __slots__ = ("_fragments", "_most", "_opcode", "_rest")

    def __init__(self, most: int) -> None:
        """`most`: the largest message in bytes; a larger one is refused before it is buffered."""
        self._most = most
        self._rest: bytearray | None = None
        self._fragments: bytearray | None = None
        self._opcode = TEXT

    def feed(self, data: bytes) -> Iterator[tuple[int, str | bytes]]:
        """Take `data` and yield (opcode, payload) for each whole message; text as str. Raises Violation."""
        buffer: bytes | bytearray = data
        if self._rest is not None:
            self._rest += data
            buffer, self._rest = self._rest, None
        at, end = 0, len(buffer)
        while at < end:
            body, size = self._head(buffer, at, end)
            if not body or body + size > end:
                # A large message comes in many pieces: what is already gathered is not copied again.
                self._rest = buffer if isinstance(buffer, bytearray) and not at else bytearray(buffer[at:])
                return
            payload = _unmask(buffer[body - 4 : body], buffer[body : body + size])
            first = buffer[at]
            at = body + size
            yield from self._whole(first & _OPCODE, bool(first & _FIN), payload)

    def _head(self, buffer: bytes | bytearray, at: int, end: int) -> tuple[int, int]:
        """Where the frame's body starts (0: not all of its head is here yet) and the body's size."""
        if end - at < 2:
            return 0, 0
        first, second = buffer[at], buffer[at + 1]
        size, body = second & _LENGTH, at + 6
        if first & _RESERVED or not second & _MASKED:
            raise Violation(PROTOCOL_ERROR)
        if first & CLOSE and (size > 125 or not first & _FIN):
            raise Violation(PROTOCOL_ERROR)
        if size >= 126:
            wide = 2 if size == 126 else 8
            body += wide
            if end < at + 2 + wide:
                return 0, 0
            size = int.from_bytes(buffer[at + 2 : at + 2 + wide], "big")
        if size + len(self._fragments or b"") > self._most:
            raise Violation(TOO_BIG)
        return (body, size) if end >= body else (0, 0)

    def _whole(self, opcode: int, final: bool, payload: bytes) -> Iterator[tuple[int, str | bytes]]:
        """The message that this frame completes, if it completes one."""
        if opcode in (CLOSE, PING, PONG):
            yield opcode, payload
            return
        if opcode not in (CONTINUATION, TEXT, BINARY) or (opcode == CONTINUATION) != (self._fragments is not None):
            raise Violation(PROTOCOL_ERROR)
        if opcode != CONTINUATION:
            self._opcode = opcode
        if self._fragments is not None or not final:
            self._fragments = (self._fragments or bytearray()) + payload
            if not final:
                return
            payload, self._fragments = bytes(self._fragments), None
        yield self._opcode, _text(payload) if self._opcode == TEXT else payload


def _text(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise Violation(BAD_TEXT) from None


def _unmask(mask: bytes | bytearray, body: bytes | bytearray) -> bytes:
    # One exclusive-or on two big integers: thirty times the speed of a loop over the bytes.
    size = len(body)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(body, "little") ^ int.from_bytes(key, "little")).to_bytes(size, "little")
