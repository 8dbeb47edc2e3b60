"""What is taken for a message: a socket's sender may send anything, and what is none is thrown away without a word.

The library would fail at it and print where, which a stranger could fill a disk with; it would keep the parts of a
binary message until the last one comes; and it would run what it does itself at the beginning and end of a connection
for an event that only bears its name.
"""

from __future__ import annotations

from typing import Any

from socketio import packet as sio

#: What reading something fails with that is no message: no JSON, nested too deeply, not of text.
UNREADABLE = (ValueError, TypeError, IndexError, RecursionError)
#: Events that the library raises by itself, and no page sends.
RESERVED = frozenset({"connect", "disconnect", "connect_error", "*"})


class TextPacket(sio.Packet):
    """A message of JSON alone, as all of ours are: looking for binary parts would take longer than writing it."""

    uses_binary_events = False

    def __init__(self, *given: Any, encoded_packet: Any = None, **named: Any) -> None:
        """A message to be sent, or one that has come: the library takes an empty one for an event."""
        super().__init__(*given, encoded_packet=encoded_packet, **named)
        if encoded_packet == "":
            self.decode(encoded_packet)

    def decode(self, encoded_packet: Any) -> int:
        """Read a message; one that no page sends becomes the answer to a question that nobody has asked."""
        try:
            parts = super().decode(encoded_packet)
            known = not parts and self._is_message()
        except UNREADABLE:
            known = False
        if not known:
            self.packet_type, self.namespace, self.id = sio.ACK, None, None
            self.data: Any = []
        return 0

    def _is_message(self) -> bool:
        """Whether it is of a kind that browsers send; an event has a name of ours and no more than one thing to say."""
        if self.packet_type == sio.EVENT:
            said = self.data
            named = isinstance(said, list) and 1 <= len(said) <= 2 and isinstance(said[0], str)
            return named and said[0] not in RESERVED
        if self.packet_type == sio.ACK:
            return isinstance(self.data, list)
        return self.packet_type in (sio.CONNECT, sio.DISCONNECT)
