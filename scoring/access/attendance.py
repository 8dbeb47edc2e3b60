"""Which seats' tablets are there: the sockets that are open now, and for which tablet each speaks.

It knows which were heard lately, too. Kept in memory: after a restart those that are there come back by themselves
within seconds.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass

from scoring.services import Service


@dataclass(frozen=True)
class Speaker:
    """For whom a socket was let in: the seat, the epoch of the code it came by, the tablet, and its language."""

    seat_id: int
    epoch: int
    holder: str
    language: str


class Attendance:
    """Who is there, by seat."""

    def __init__(self) -> None:
        """Nobody is there yet."""
        self._news: dict[int, float] = {}
        self._sockets: dict[int, dict[str, str]] = defaultdict(dict)
        self._speakers: dict[str, Speaker] = {}

    def hear(self, seat_id: int) -> None:
        """The tablet that holds the seat has just asked something."""
        self._news[seat_id] = time.monotonic()

    def hear_socket(self, sid: str) -> None:
        """A socket has said something; its tablet is heard if it still speaks for its seat."""
        speaker = self._speakers.get(sid)
        if speaker is not None and self.has(speaker.seat_id, sid):
            self.hear(speaker.seat_id)

    def news(self) -> dict[int, float]:
        """The seats that were heard since this was asked last, and how many seconds ago each was."""
        news, self._news = self._news, {}
        return {seat_id: time.monotonic() - at for seat_id, at in news.items()}

    def join(self, speaker: Speaker, sid: str) -> None:
        """A socket of the seat is open."""
        self.hear(speaker.seat_id)
        self._speakers[sid] = speaker
        self._sockets[speaker.seat_id][sid] = speaker.holder

    def leave(self, sid: str) -> None:
        """A socket is closed."""
        speaker = self._speakers.pop(sid, None)
        if speaker is not None:
            self._sockets[speaker.seat_id].pop(sid, None)  # no sign of life: the wire may have broken long before

    def speaker(self, sid: str) -> Speaker:
        """For whom an open socket was let in, whether it still speaks for the seat or not; LookupError for no other."""
        return self._speakers[sid]

    def has(self, seat_id: int, sid: str) -> bool:
        """Whether this socket still speaks for the seat."""
        return sid in self._sockets[seat_id]

    def seats(self) -> list[int]:
        """The seats for which some socket speaks."""
        return [seat_id for seat_id, sockets in self._sockets.items() if sockets]

    def turn_out(self, seat_id: int, holder: str) -> list[str]:
        """The sockets of all other tablets, which speak for the seat no more."""
        others = [sid for sid, held in self._sockets[seat_id].items() if held != holder]
        for sid in others:
            del self._sockets[seat_id][sid]
        return others


ATTENDANCE: Service[Attendance] = Service("attendance")


def attendance() -> Attendance:
    """The attendance that this application keeps."""
    return ATTENDANCE.of()
