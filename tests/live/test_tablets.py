"""The seats' tablets on the wire: the newest holds the seat, the one before is told at once and changes nothing."""

from __future__ import annotations

import queue
import secrets
from typing import Any

import pytest
import socketio

from scoring import create_app
from scoring.actions.preparing import codes
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from tests.attacks.phone import Phone, handover_code
from tests.conftest import Server
from tests.patience import within

Json = dict[str, Any]
WAIT = within(15)  # seconds until a missing message fails the test


class Tablet:
    """A program at a seat."""

    def __init__(self, server: Server, seat: int, **auth: str) -> None:
        self.moved: queue.Queue[Json] = queue.Queue()
        self.shown: queue.Queue[Json] = queue.Queue()
        self._socket = socketio.Client(reconnection=False)
        self._socket.on("moved", self.moved.put, namespace="/judge")
        self._socket.on("tablet", self.shown.put, namespace="/judge")
        self._socket.on("delta", self.shown.put, namespace="/judge")
        known = {"key": server.facts["seats"][seat]["key"], "tablet": f"tablet-of-judge-{seat + 1}"} | auth
        said = {name: text for name, text in known.items() if text}
        self._socket.connect(server.url, namespaces=["/judge"], auth=said, wait_timeout=WAIT)
        self.greeting = self.shown.get(timeout=WAIT)

    def ask(self, event: str, payload: Json) -> Json:
        return self._socket.call(event, payload, namespace="/judge", timeout=WAIT)

    def leave(self) -> None:
        self._socket.disconnect()


def handed_over(server: Server, seat: int) -> dict[str, str]:
    """The desk opens the handover of a seat; what a spare tablet says of itself that has read the code."""
    desk = Desk(server)
    assert desk.ask("open_handover", {"seat": server.facts["seats"][seat]["id"]})["ok"]
    desk.leave()
    return {"key": "", "handover": handover_code(server, seat), "tablet": f"spare-tablet-of-judge-{seat + 1}"}


@pytest.fixture
def called(server: Server) -> int:
    """The turn of no. 01, which the organizer has called."""
    desk, turn = Desk(server), server.facts["turns"][0]["id"]
    assert desk.ask("call", {"turn": turn})["ok"]
    desk.leave()
    return int(turn)


class Desk:
    """The organizer as a program."""

    def __init__(self, server: Server) -> None:
        self._socket = socketio.Client(reconnection=False)
        auth = {"contest": server.facts["contest"]["id"], **server.facts["organizer"]}
        self.shown: queue.Queue[Json] = queue.Queue()
        self._socket.on("desk", self.shown.put, namespace="/desk")
        self._socket.on("delta", self.shown.put, namespace="/desk")
        self._socket.connect(server.url, namespaces=["/desk"], auth=auth, wait_timeout=WAIT)

    def ask(self, event: str, payload: Json) -> Json:
        sent = payload | {"request": secrets.token_hex(8)}
        return self._socket.call(event, sent, namespace="/desk", timeout=WAIT)

    def sync(self) -> Json:
        return self._socket.call("sync", {}, namespace="/desk", timeout=WAIT)["snapshot"]

    def leave(self) -> None:
        self._socket.disconnect()


def draft(turn: int, law: str, base: int = 0) -> Json:
    return {"turn": turn, "typed": {"law": law}, "base": base}


def test_the_tablet_that_held_the_seat_is_locked_at_once_and_told_nothing_of_what_goes_on_there(server, called):
    first = Tablet(server, 0)
    assert first.ask("draft", draft(called, "20"))["ok"]
    second = Tablet(server, 0, **handed_over(server, 0))
    assert first.moved.get(timeout=WAIT) == {"seat": server.facts["seats"][0]["id"], "code": "seat_moved"}
    assert second.greeting["sheet"]["typed"] == {"law": "20"}
    assert second.ask("draft", draft(called, "21", 1))["ok"]
    for event, payload in (
        ("draft", draft(called, "19", 1)),
        ("submit", {"turn": called, "typed": {"law": "19"}, "submission": secrets.token_hex(16)}),
    ):
        refused = first.ask(event, payload)
        assert (refused["code"], refused["holds"]) == ("seat_moved", None)
    for event in ("look", "sync", "beat"):
        assert first.ask(event, {"turn": called})["code"] == "seat_moved"
    assert first.ask("call_chief", {"request": "from-the-old-one"})["code"] == "seat_moved"
    second.ask("draft", draft(called, "22.5", 2))
    while not first.shown.empty():
        assert "22.5" not in str(first.shown.get())
    first.leave()
    second.leave()


def test_the_tablet_that_held_the_seat_hears_nothing_of_it_any_more(server, called):
    first = Tablet(server, 0)
    second = Tablet(server, 0, **handed_over(server, 0))
    first.moved.get(timeout=WAIT)
    while not first.shown.empty():
        first.shown.get()
    desk = Desk(server)
    assert desk.ask("start_clock", {"turn": called, "clock": "speak"})["ok"]
    assert "running_since" in str(second.shown.get(timeout=WAIT))
    assert first.ask("beat", {})["code"] == "seat_moved"  # what was sent to it before has arrived by now
    assert first.shown.empty()
    for one in (desk, first, second):
        one.leave()


def test_a_program_that_names_its_tablet_stays_one_tablet_over_all_its_connections(server, called):
    first, again = (Tablet(server, 1) for _ in range(2))
    assert first.ask("draft", draft(called, "20"))["ok"]
    assert again.ask("draft", draft(called, "21", 1))["ok"]
    other = Tablet(server, 1, **handed_over(server, 1))
    for former in (first, again):
        assert former.moved.get(timeout=WAIT)["code"] == "seat_moved"
        assert former.ask("draft", draft(called, "19", 2))["code"] == "seat_moved"
    for tablet in (first, again, other):
        tablet.leave()


def test_a_tablet_whose_seat_another_process_gives_a_new_code_to_is_locked_within_the_next_look(server):
    tablet, other = Tablet(server, 4), Tablet(server, 5)
    seat = server.facts["seats"][4]["id"]
    app = create_app(INSTANCE=server.folder, SQLALCHEMY_DATABASE_URI=f"sqlite:///{server.folder / 'saiping.db'}")
    with app.app_context():
        perform(codes.revoke_code, Actor("a command"), server.facts["contest"]["id"], seat)
        db.engine.dispose()
    assert tablet.moved.get(timeout=WAIT) == {"seat": seat, "code": "seat_moved"}
    assert other.ask("beat", {}) == {"ok": True}
    for one in (tablet, other):
        one.leave()


@pytest.mark.parametrize("name", ["short", "x" * 65, "平板平板平板平板"])
def test_a_tablet_needs_a_sensible_name(session_server, name):
    with pytest.raises(socketio.exceptions.ConnectionError):
        Tablet(session_server, 2, tablet=name)


def test_a_call_is_seen_at_the_desk_and_its_answer_at_the_seat(server):
    desk, tablet = Desk(server), Tablet(server, 3)
    sent = {"request": secrets.token_hex(8), "message": "water, please"}
    assert [tablet.ask("call_chief", sent) for _ in range(2)] == [{"ok": True}] * 2
    (call,) = desk.sync()["calls"]
    assert (call["number"], call["message"]) == (4, "water, please")
    assert desk.ask("answer_call", {"call": call["id"]}) == {"ok": True}
    assert desk.sync()["calls"] == []
    assert tablet.ask("sync", {})["snapshot"]["call"]["answered_at"]
    desk.leave()
    tablet.leave()


def test_a_press_that_came_by_a_form_is_told_to_the_page_that_listens(server):
    """The page that sent it may be gone: a judge reloads while a call of the chief is on its way."""
    phone, seat = Phone(server.url), server.facts["seats"][3]
    assert phone.takes(seat).status_code == 303
    page = phone.joins("/judge", seat=seat["id"])
    assert page.hears("tablet")["call"] is None
    sent = {"request": secrets.token_hex(8), "message": "water, please"}
    assert phone.presses(f"/judge/{seat['id']}/call", sent, seen_at=f"/judge/{seat['id']}").ok
    assert "call" in str(page.hears("delta"))
    page.leaves()
