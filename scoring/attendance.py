"""Which seats' tablets are there: the sockets that are open now, and when each tablet was last heard.

Kept in memory: after a restart every tablet counts as heard at the start, and those that are there come back by
themselves within seconds.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass

from flask import current_app


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
        """Nobody is there yet, and nobody is away for long."""
        self._started = time.monotonic()
        self._heard: dict[int, tuple[str, float]] = {}
        self._news: dict[int, float] = {}
        self._sockets: dict[int, dict[str, str]] = defaultdict(dict)
        self._speakers: dict[str, Speaker] = {}

    def hear(self, seat_id: int, holder: str) -> None:
        """The tablet that holds the seat has just asked something."""
        moment = time.monotonic()
        self._heard[seat_id], self._news[seat_id] = (holder, moment), moment

    def hear_socket(self, sid: str) -> None:
        """A socket has said something; its tablet is heard if it still speaks for its seat."""
        speaker = self._speakers.get(sid)
        if speaker is not None and self.has(speaker.seat_id, sid):
            self.hear(speaker.seat_id, speaker.holder)

    def news(self) -> dict[int, float]:
        """The seats that were heard since this was asked last, and how many seconds ago each was."""
        news, self._news = self._news, {}
        return {seat_id: time.monotonic() - at for seat_id, at in news.items()}

    def join(self, speaker: Speaker, sid: str) -> None:
        """A socket of the seat is open."""
        self.hear(speaker.seat_id, speaker.holder)
        self._speakers[sid] = speaker
        self._sockets[speaker.seat_id][sid] = speaker.holder

    def leave(self, sid: str) -> None:
        """A socket is closed; if it still spoke for its seat, the tablet was there until now."""
        speaker = self._speakers.pop(sid, None)
        if speaker is not None and self._sockets[speaker.seat_id].pop(sid, None) is not None:
            self._heard[speaker.seat_id] = (speaker.holder, time.monotonic())  # a broken wire is no sign of life

    def speaker(self, sid: str) -> Speaker:
        """For whom an open socket was let in, whether it still speaks for the seat or not; LookupError for no other."""
        return self._speakers[sid]

    def has(self, seat_id: int, sid: str) -> bool:
        """Whether this socket still speaks for the seat."""
        return sid in self._sockets[seat_id]

    def turn_out(self, seat_id: int, holder: str, newest: str = "") -> list[str]:
        """The sockets of all other tablets, which speak for the seat no more; all but the `newest` if one is named."""
        others = [sid for sid, held in self._sockets[seat_id].items() if held != holder or newest not in ("", sid)]
        for sid in others:
            del self._sockets[seat_id][sid]
        return others

    def silent_for(self, seat_id: int, holder: str) -> float:
        """Seconds since the tablet was last heard; 0 while a socket of it is open."""
        if holder in self._sockets[seat_id].values():
            return 0.0
        name, at = self._heard.get(seat_id, ("", self._started))
        return time.monotonic() - (at if name == holder else self._started)


def attendance() -> Attendance:
    """The attendance that this application keeps."""
    kept: Attendance = current_app.extensions["attendance"]
    return kept
