"""Plays the demo by itself: a desk and all judges as real socket clients, with plausible marks."""

from __future__ import annotations

import hashlib
import random
import secrets
import threading
from contextlib import suppress
from decimal import Decimal
from typing import Any

import socketio

from scoring.live.follower import Follower

Facts = dict[str, Any]


def plausible_mark(criterion: dict[str, Any], talent: float, mood: random.Random) -> str:
    """A mark on the criterion's grid, near the contestant's talent (0 to 1), as a judge would type it."""
    most, step = Decimal(criterion["maximum"]), Decimal(criterion["step"])
    share = min(1.0, max(0.4, talent + mood.gauss(0, 0.03)))
    steps = int(Decimal(str(share)) * most / step)
    return str(min(most, steps * step))


#: What the player presses: the clocks are the timekeeper's, and no judge is shut out.
PRESSES = ("call", "release")
BEAT = 10.0  # seconds, as every tablet
PATIENCE = 20.0  # seconds for an answer
#: What a call on the wire ends with where the server is away for a while; whoever asked asks again at the next beat.
AWAY = (socketio.exceptions.TimeoutError, socketio.exceptions.BadNamespaceError)


def _own_name(seat: Facts) -> str:
    """The player's tablet at a seat: the same one whenever it plays the demo again, and no judge knows its name."""
    return hashlib.sha256(f"autoplay:{seat['key']}".encode()).hexdigest()


class JudgePlayer:
    """One judge's tablet: drafts mark by mark, then submits."""

    def __init__(self, facts: Facts, seat: Facts, pace: float) -> None:
        """Join the wire for this seat."""
        self._rubric, self._pace = facts["rubric"], pace
        self._mood = random.Random(seat["id"])
        self._busy: set[int] = set()
        self._tablet: Facts = {"turn": None}
        self._left = threading.Event()
        self._client = socketio.Client()
        Follower(self._client, "/judge", "tablet", self._look)
        auth = {"key": seat["key"], "tablet": _own_name(seat)}
        self._client.connect(facts["base_url"], namespaces=["/judge"], auth=auth, wait_timeout=10)
        self._client.start_background_task(self._beat)

    def _beat(self) -> None:
        """Say that the tablet is there until it leaves, and take up again what was broken off."""
        while not self._left.is_set():
            with suppress(*AWAY):
                self._client.emit("beat", {}, namespace="/judge")
                self._look(self._tablet)
            self._left.wait(BEAT)

    def _look(self, tablet: Facts) -> None:
        self._tablet, turn = tablet, tablet["turn"]
        if not turn or turn["state"] != "performing" or tablet["recused"]:
            return
        sheet = tablet["sheet"]
        if sheet["state"] == "submitted":
            return
        if turn["id"] not in self._busy:
            self._busy.add(turn["id"])
            self._client.start_background_task(self._mark, turn, sheet["version"])

    def _mark(self, turn: Facts, base: int) -> None:
        with suppress(*AWAY):
            self._fill_in(turn, base)
        self._busy.discard(turn["id"])

    def _fill_in(self, turn: Facts, base: int) -> None:
        talent = random.Random(turn["id"]).uniform(0.80, 0.96)
        typed: dict[str, str] = {}
        for criterion in self._rubric:
            self._client.sleep(self._mood.uniform(0.5, 1.5) * self._pace / 12)
            typed[criterion["key"]] = plausible_mark(criterion, talent, self._mood)
            answer = self._ask("draft", {"turn": turn["id"], "typed": typed, "base": base})
            base = (answer.get("sheet") or answer.get("holds") or {}).get("version", base)
        self._ask("submit", {"turn": turn["id"], "typed": typed, "submission": secrets.token_hex(16)})

    def _ask(self, event: str, payload: Facts) -> Facts:
        answer: Facts = self._client.call(event, payload, namespace="/judge", timeout=PATIENCE)
        return answer

    def leave(self) -> None:
        """Leave the wire."""
        self._left.set()
        self._client.disconnect()


class DeskPlayer:
    """The organizer: calls whoever is next and releases each score when all sheets are in."""

    def __init__(self, facts: Facts, pace: float) -> None:
        """Join the wire as the organizer."""
        self._pace, self._newest = pace, threading.Event()
        self._desk: Facts = {"main": {"ready": False}}  # until it is told
        self._client = socketio.Client()
        Follower(self._client, "/desk", "desk", self._look)
        self._client.on("disconnect", self._stop, namespace="/desk")
        auth = {"contest": facts["contest"]["id"], **facts["organizer"]}
        self._client.connect(facts["base_url"], namespaces=["/desk"], auth=auth, wait_timeout=10)

    def _look(self, desk: Facts) -> None:
        self._desk = desk
        self._newest.set()

    def _stop(self, *_reason: object) -> None:
        """The server is gone: whoever starts another one begins anew."""
        self._desk = {"main": None}
        self._newest.set()

    def play(self, turns: int | None) -> int:
        """Run the running order to its end, or for so many turns; answers how many were released."""
        released = 0
        while turns is None or released < turns:
            self._newest.wait(BEAT)  # and press again what was refused
            self._newest.clear()
            step = self._desk["main"]
            if step is None:
                break
            if step["ready"] and step["verb"] in PRESSES:
                self._client.sleep(self._pace / 4)
                released += self.do(step)
        return released

    def do(self, step: Facts) -> int:
        """Press one button; answers how many scores that released."""
        payload = {"turn": step["turn"], "request": secrets.token_hex(16)}
        answer = self._client.call(step["verb"], payload, namespace="/desk", timeout=PATIENCE)
        return int(bool(answer["ok"]) and step["verb"] == "release")

    def leave(self) -> None:
        """Leave the wire."""
        self._client.disconnect()


def play(facts: Facts, pace: float = 6.0, turns: int | None = None) -> int:
    """Play all seats and the desk, about `pace` seconds a contestant; answers how many scores were released."""
    judges = [JudgePlayer(facts, seat, pace) for seat in facts["seats"]]
    desk = DeskPlayer(facts, pace)
    try:
        return desk.play(turns)
    finally:
        desk.leave()
        for judge in judges:
            judge.leave()
