"""The WebSocket protocol on bytes alone, against wsproto and however the bytes are cut."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wsproto.connection import Connection, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, TextMessage

from scoring.transport import websocket

MOST = 1_000_000


def from_a_client(*events: TextMessage | BytesMessage) -> bytes:
    """The masked bytes with which a client sends these events."""
    client = Connection(ConnectionType.CLIENT)
    return b"".join(client.send(event) for event in events)


@given(st.text() | st.binary(max_size=70_000))
def test_a_frame_is_what_wsproto_reads(payload: str | bytes) -> None:
    client = Connection(ConnectionType.CLIENT)
    client.receive_data(websocket.frame(payload))
    (event,) = client.events()
    assert event == (TextMessage(payload) if isinstance(payload, str) else BytesMessage(bytearray(payload)))


def test_a_close_frame_says_why() -> None:
    client = Connection(ConnectionType.CLIENT)
    client.receive_data(websocket.close_frame(websocket.GOING_AWAY))
    (event,) = client.events()
    assert isinstance(event, CloseConnection)
    assert event.code == websocket.GOING_AWAY


@given(st.lists(st.text(max_size=300) | st.binary(max_size=300), max_size=5), st.integers(1, 200))
def test_messages_are_read_however_they_are_cut(payloads: list[str | bytes], step: int) -> None:
    sent = from_a_client(*(TextMessage(item) if isinstance(item, str) else BytesMessage(item) for item in payloads))
    reader = websocket.Reader(MOST)
    pieces = [sent[at : at + step] for at in range(0, len(sent), step)]
    assert [payload for piece in pieces for _, payload in reader.feed(piece)] == payloads


@pytest.mark.parametrize("size", [125, 126, 65_535, 65_536])
@pytest.mark.parametrize("cut", [1, 2, 3, 5, 9, 13, 14])
def test_the_head_of_a_frame_may_be_cut_anywhere(size: int, cut: int) -> None:
    sent = from_a_client(BytesMessage(bytes(size)))
    reader = websocket.Reader(MOST)
    assert list(reader.feed(sent[:cut])) == []
    assert list(reader.feed(sent[cut:])) == [(websocket.BINARY, bytes(size))]


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_a_fragmented_message_arrives_as_one(pieces: list[str]) -> None:
    last = len(pieces) - 1
    sent = from_a_client(*(TextMessage(piece, message_finished=number == last) for number, piece in enumerate(pieces)))
    assert list(websocket.Reader(MOST).feed(sent)) == [(websocket.TEXT, "".join(pieces))]


def test_fragments_together_may_not_be_too_big() -> None:
    sent = from_a_client(*(TextMessage("x" * 60, message_finished=False) for _ in range(2)))
    with pytest.raises(websocket.Violation) as violation:
        list(websocket.Reader(100).feed(sent))
    assert violation.value.code == websocket.TOO_BIG


def test_a_message_of_the_largest_size_is_read_and_one_byte_more_is_refused() -> None:
    assert list(websocket.Reader(100).feed(from_a_client(TextMessage("x" * 100)))) == [(1, "x" * 100)]
    with pytest.raises(websocket.Violation):
        list(websocket.Reader(100).feed(from_a_client(TextMessage("x" * 101))))


@given(st.binary(max_size=60))
def test_noise_is_refused_with_a_code_or_waited_for(noise: bytes) -> None:
    codes, opcodes = set(), set()
    try:
        opcodes = {opcode for opcode, _ in websocket.Reader(MOST).feed(noise)}
    except websocket.Violation as violation:
        codes.add(violation.code)
    assert codes <= {1002, 1007, 1009}
    assert opcodes <= {1, 2, 8, 9, 10}


def test_a_new_message_inside_another_is_refused() -> None:
    begun = from_a_client(TextMessage("a", message_finished=False))
    with pytest.raises(websocket.Violation):
        list(websocket.Reader(MOST).feed(begun + from_a_client(TextMessage("b"))))


def test_the_handshake_proves_the_key() -> None:
    # Source: RFC 6455 section 1.3, its worked example.
    environ = {"HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==", "HTTP_SEC_WEBSOCKET_VERSION": "13"}
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in websocket.accept(environ)


@pytest.mark.parametrize("key", ["", "é", "c2hvcnQ=", base64.b64encode(bytes(17)).decode()])
def test_a_key_that_is_not_sixteen_bytes_is_refused(key: str) -> None:
    with pytest.raises(websocket.HandshakeRefused):
        websocket.accept({"HTTP_SEC_WEBSOCKET_KEY": key, "HTTP_SEC_WEBSOCKET_VERSION": "13"})
