"""The driver of the judges: sheets sent one after the other, all at once or at a pace, and when each was answered."""

from __future__ import annotations

import json
import secrets
import select
import time
from collections.abc import Callable, Sequence
from typing import Any, Self

from tests.bench.line import PATIENCE, frames_in, joined, payload_of, text_frame

_PING = b"2"
NAMESPACE = "/judge"


class Judge:
    """One judge's connection."""

    def __init__(self, port: int, auth: Any, namespace: str = NAMESPACE) -> None:
        named = {"tablet": secrets.token_hex(16)} if auth and "key" in auth else {}
        self.sock, self._rest = joined(port, namespace, {**auth, **named} if named else auth)
        self._namespace = namespace
        self.sent_at = 0
        self._sent = 0

    def send(self, event: str, payload: Any) -> None:
        """Send an event, asking for its answer."""
        self._sent += 1
        text = f"42{self._namespace},{self._sent}{json.dumps([event, payload], separators=(',', ':'))}"
        self.send_frame(text_frame(text))

    def send_frame(self, frame: bytes) -> None:
        """Send a whole frame now."""
        self.sent_at = time.perf_counter_ns()
        self.sock.send(frame)

    def read(self) -> list[bytes]:
        """The answers that have arrived; pings are answered, snapshots passed over."""
        data = self.sock.recv(65536)
        if not data:
            raise ConnectionResetError("the server hung up on a judge")
        frames, self._rest = frames_in(self._rest + data)
        answers = []
        for payload in map(payload_of, frames):
            if payload == _PING:
                self.sock.send(text_frame("3"))
            elif payload.startswith(b"43"):
                answers.append(payload)
        return answers


class Panel:
    """Judges of one server, told apart by their place in the list, and the desk that calls."""

    def __init__(self, port: int, auths: Sequence[Any], desk: Any = None) -> None:
        self.judges = [Judge(port, auth) for auth in auths]
        self.desk = Judge(port, desk, "/desk") if desk else None
        self._poll = select.epoll()
        everybody = [*self.judges, self.desk] if self.desk else self.judges
        self._by_number = {client.sock.fileno(): client for client in everybody}
        for number in self._by_number:
            self._poll.register(number, select.EPOLLIN)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; harmless when it was done before."""
        for client in self._by_number.values():
            client.sock.close()
        self._poll.close()

    def answers(self, timeout: float) -> list[float]:
        """The times in ms that the answers arrived within `timeout` seconds took. Raises ValueError for a refusal."""
        times = []
        for number, _ in self._poll.poll(timeout, 256):
            judge = self._by_number[number]
            for answer in judge.read():
                if b'"ok":true' not in answer:
                    raise ValueError(answer.decode())
                times.append((time.perf_counter_ns() - judge.sent_at) / 1e6)
        return times

    def settle(self, seconds: float) -> None:
        """Read whatever comes for some time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.answers(left)

    def press(self, verb: str, **payload: Any) -> None:
        """The desk performs a verb."""
        assert self.desk is not None
        self.desk.send(verb, payload | {"request": secrets.token_hex(8)})
        self._wait(1)

    def at_pace(self, sheets: Sequence[tuple[int, Any]], rate: float) -> list[float]:
        """So many sheets a second, each of the judge at its place in the list; the times in ms.

        Sleeps in between: a driver that spins would keep what goes on beside it from the core that they share.
        """
        times: list[float] = []
        start, sent = time.perf_counter(), 0
        while len(times) < len(sheets):
            left = start + sent / rate - time.perf_counter() if sent < len(sheets) else PATIENCE
            if left <= 0:
                place, payload = sheets[sent]
                self.judges[place].send("submit", payload)
                sent += 1
            else:
                times += self.answers(left)
        return times

    def serially(self, payload: Callable[[int], Any]) -> list[float]:
        """Every judge submits after the one before was answered; the times in ms."""
        times: list[float] = []
        for place, judge in enumerate(self.judges):
            judge.send("submit", payload(place))
            times += self._wait(1)
        return times

    def at_once(self, payload: Callable[[int], Any]) -> float:
        """Every judge submits at the same moment; the seconds until the last one was answered."""
        frames = [_frame(payload(place)) for place in range(len(self.judges))]
        start = time.perf_counter()
        for judge, frame in zip(self.judges, frames, strict=True):
            judge.send_frame(frame)
        self._wait(len(self.judges))
        return time.perf_counter() - start

    def _wait(self, many: int) -> list[float]:
        times: list[float] = []
        deadline = time.monotonic() + PATIENCE
        while len(times) < many:
            times += self.answers(0)
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(times)} of {many} answers")
        return times


def _frame(payload: Any) -> bytes:
    return text_frame(f"42{NAMESPACE},0{json.dumps(['submit', payload], separators=(',', ':'))}")
