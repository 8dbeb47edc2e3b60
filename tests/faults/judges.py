"""Judges that never give up: each sends its sheets again until the server has acknowledged every one of them."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import socketio
from socketio.exceptions import BadNamespaceError, ConnectionError, DisconnectedError, TimeoutError

from tests.patience import within

Json = dict[str, Any]
PATIENCE = within(6)  # seconds for one answer; the lock of five seconds must fit in
LONGEST_PAUSE = 1.0  # seconds between two attempts
CRITERIA = {"facts": 15, "law": 25, "reasoning": 25, "plain_language": 15, "response": 10, "bearing": 10}
NOT_STORED = ("storage_failed", "files_gone")  # to be sent again
LOST_WIRE = (BadNamespaceError, ConnectionError, DisconnectedError, TimeoutError, OSError)


@dataclass(frozen=True)
class Sheet:
    """One sheet as the tablet sends it."""

    turn: int
    seat: int
    typed: dict[str, str]
    submission: str

    @property
    def payload(self) -> Json:
        """The message."""
        return {"turn": self.turn, "typed": self.typed, "submission": self.submission}


def sheets_of(seat: int, turns: list[int], chance: random.Random) -> list[Sheet]:
    """A sheet for every turn, with marks in steps of 0.5 that the chance decides."""
    return [Sheet(turn, seat, _marks(chance), f"sheet-of-{turn}-by-{seat}") for turn in turns]


def _marks(chance: random.Random) -> dict[str, str]:
    return {key: f"{chance.randint(most, 2 * most) / 2:g}" for key, most in CRITERIA.items()}


class Tally:
    """What came of all sheets, for the judges to note and the story to wait for."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.acknowledged: dict[tuple[int, int], Json] = {}
        self.refused: list[Json] = []
        self.not_stored = 0
        self.answers = 0

    def note(self, sheet: Sheet, answer: Json) -> bool:
        """Note the answer; whether the sheet is done with."""
        with self._changed:
            self.answers += 1
            if answer.get("ok"):
                self.acknowledged[sheet.turn, sheet.seat] = answer["sheet"]
            elif answer.get("code") in NOT_STORED:
                self.not_stored += 1
            else:
                self.refused.append(answer)
            self._changed.notify_all()
        return answer.get("code") not in NOT_STORED

    def until(self, true: Callable[[Tally], bool]) -> None:
        """Wait for something to become true; a minute is too long for anything here."""
        with self._changed:
            assert self._changed.wait_for(lambda: true(self), timeout=within(60)), "nothing more was answered"


class Judge(threading.Thread):
    """One judge's tablet as a socket client."""

    def __init__(self, url: str, key: str, sheets: list[Sheet], tally: Tally) -> None:
        super().__init__(daemon=True)
        self._url, self._key, self._tally = url, key, tally
        self.waiting = list(sheets)
        self.failed: BaseException | None = None
        self._rest = threading.Event()
        self.socket = socketio.Client(reconnection=False)

    def run(self) -> None:
        """Send until nothing waits."""
        pause = 0.05
        while self.waiting and self.failed is None:
            try:
                self._connect()
                self._send_waiting()
                pause = 0.05
            except LOST_WIRE:
                self._leave()
                self._rest.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            except BaseException as error:
                self.failed = error
        self._leave()

    def cut(self) -> None:
        """Cut the wire without a word, as a tablet that walks out of the Wi-Fi."""
        wire = getattr(self.socket.eio, "ws", None)
        if wire is not None and wire.sock is not None:
            with suppress(OSError):  # it was not up
                wire.sock.shutdown(socket.SHUT_RDWR)

    def _connect(self) -> None:
        if self.socket.connected:
            return
        self.socket = socketio.Client(reconnection=False)
        self.socket.connect(
            self._url,
            namespaces=["/judge"],
            auth={"key": self._key, "tablet": self._key},
            transports=["websocket"],
            wait_timeout=PATIENCE,
        )

    def _send_waiting(self) -> None:
        for sheet in list(self.waiting):
            if not self._tally.note(sheet, self._send(sheet)):
                self._rest.wait(LONGEST_PAUSE / 4)
                continue
            self.waiting.remove(sheet)

    def _send(self, sheet: Sheet) -> Json:
        return dict(self.socket.call("submit", sheet.payload, namespace="/judge", timeout=PATIENCE))

    def _leave(self) -> None:
        with suppress(*LOST_WIRE):
            self.socket.disconnect()
        wire = getattr(self.socket.eio, "ws", None)
        if wire is not None:
            wire.close()  # a wire that was cut is not closed by the library


class Doubter(Judge):
    """A judge whose every sheet arrives twice."""

    def _send(self, sheet: Sheet) -> Json:
        self.socket.emit("submit", sheet.payload, "/judge")
        return super()._send(sheet)


class Stutterer(Judge):
    """A judge whose every message arrives two to five times, in shuffled order."""

    def _send_waiting(self) -> None:
        chance = random.Random(self.waiting[0].seat)
        messages = [sheet for sheet in self.waiting for _ in range(chance.randint(2, 5))]
        chance.shuffle(messages)
        left, all_answered = len(messages), threading.Event()

        def answered(sheet: Sheet, answer: Json) -> None:
            nonlocal left
            self._tally.note(sheet, answer)
            left -= 1
            if not left:
                all_answered.set()

        for sheet in messages:
            self.socket.emit(
                "submit", sheet.payload, "/judge", callback=lambda answer, sheet=sheet: answered(sheet, answer)
            )
        assert all_answered.wait(within(60)), f"{left} messages were never answered"
        self.waiting.clear()
