"""The clocks over the wire: one time for all, kept by a restart, and for the timekeeper nothing else."""

from __future__ import annotations

import secrets
import time
from typing import Any

import pytest
import socketio

from scoring.live.deltas import patched
from tests.conftest import Server, start_server, stop_server
from tests.patience import within


def joined(server: Server, namespace: str, auth: dict[str, Any]) -> socketio.SimpleClient:
    client = socketio.SimpleClient()
    client.connect(server.url, namespace=namespace, auth=auth, wait_timeout=within(10))
    return client


def auths(server: Server) -> dict[str, dict[str, Any]]:
    facts = server.facts
    return {
        "/audience": {"contest": facts["contest"]["slug"]},
        "/judge": {"key": facts["seats"][0]["key"], "tablet": facts["seats"][0]["key"]},
        "/desk": {"contest": facts["contest"]["id"], **facts["organizer"]},
    }


def as_role(server: Server, role: str) -> dict[str, Any]:
    return {"contest": server.facts["contest"]["id"], **server.facts["accounts"][role]}


def press(**sent: Any) -> dict[str, Any]:
    return sent | {"request": secrets.token_hex(8)}


@pytest.mark.parametrize("namespace", ["/audience", "/judge", "/desk"])
def test_everybody_is_told_the_servers_time(session_server, namespace):
    client = joined(session_server, namespace, auths(session_server)[namespace])
    sent: tuple[object, ...] = (None, {}, [7])
    for payload in sent:
        before = time.time()
        answer = client.call("time", payload)
        assert answer["ok"] is True
        assert int(before * 1000) <= answer["at"] <= time.time() * 1000 + 1
    client.disconnect()


def test_a_restart_of_the_server_keeps_the_clocks(server, tmp_path):
    turn = server.facts["turns"][0]["id"]
    desk = joined(server, "/desk", auths(server)["/desk"])
    assert desk.call("call", press(turn=turn)) == {"ok": True}
    assert desk.call("start_clock", press(turn=turn, clock="speak")) == {"ok": True}
    assert desk.call("add_time", press(turn=turn, clock="speak", seconds=30)) == {"ok": True}
    desk.disconnect()
    before = greeting(server, "/audience")["now"]["clock"]
    stop_server(server)
    again = start_server(server.folder)
    try:
        after = greeting(again, "/audience")["now"]["clock"]
        assert (after["seconds"], after["running_since"] is not None) == (390, True)
        assert after == before
        assert greeting(again, "/judge")["turn"]["clock"] == before
    finally:
        stop_server(again)


def greeting(server: Server, namespace: str) -> dict[str, Any]:
    """The first snapshot that a newcomer gets."""
    client = joined(server, namespace, auths(server)[namespace])
    _, snapshot = client.receive(timeout=within(15))
    client.disconnect()
    return snapshot


def next_snapshot(client: socketio.SimpleClient, before: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the client is shown after the next message."""
    event, news = client.receive(timeout=within(15))
    if event != "delta":
        return news
    assert before
    assert news["base"] == before["revision"]
    return patched(before, news["patch"]) | {"revision": news["revision"]}


def test_the_timekeeper_is_told_of_the_clocks_and_of_nothing_else(server):
    turn = server.facts["turns"][0]["id"]
    keeper = joined(server, "/desk", as_role(server, "timekeeper"))
    snapshot = next_snapshot(keeper)
    told = {"revision", "contest", "event", "subject", "preparing", "overtime", "current", "room", "rooms"}
    assert set(snapshot) == told | {"released", "total", "due"}  # whether all turns are over
    assert snapshot["current"] is None
    desk = joined(server, "/desk", auths(server)["/desk"])
    desk.call("call", press(turn=turn))
    assert keeper.call("start_clock", press(turn=turn, clock="prepare")) == {"ok": True}
    while not (snapshot["current"] and snapshot["current"]["clocks"]["all"][0]["begun"]):
        snapshot = next_snapshot(keeper, snapshot)
        assert set(snapshot["current"]) == {"id", "number", "state", "penalties", "can", "clocks"}
    assert keeper.call("release", press(turn=turn))["code"] == "role_may_not"
    assert keeper.call("call", press(turn=turn))["code"] == "role_may_not"
    for client in (keeper, desk):
        client.disconnect()


@pytest.mark.parametrize("role", ["chief", "supervisor"])
def test_who_looks_on_is_told_of_the_desk_and_may_not_run_it(session_server, role):
    client = joined(session_server, "/desk", as_role(session_server, role))
    _, snapshot = client.receive(timeout=within(15))
    assert "turns" in snapshot
    assert client.call("call", press(turn=session_server.facts["turns"][0]["id"]))["code"] == "role_may_not"
    client.disconnect()


def test_the_coding_officer_is_not_let_in(session_server):
    with pytest.raises(socketio.exceptions.ConnectionError):
        joined(session_server, "/desk", as_role(session_server, "coder"))


@pytest.mark.parametrize(
    ("role", "auth"),
    [("system", {}), ("system", {"news": True}), ("security", {"news": True}), ("auditor", {})],
)
def test_an_officer_hears_of_no_contest_but_the_auditor_that_a_log_has_changed(session_server, role, auth):
    with pytest.raises(socketio.exceptions.ConnectionError):
        joined(session_server, "/desk", as_role(session_server, role) | auth)
    joined(session_server, "/desk", as_role(session_server, "auditor") | {"news": True}).disconnect()


def test_how_the_tablets_are_is_told_to_the_desk_alone(session_server):
    for role, answer in (("chief", True), ("coder", False)):
        page = joined(session_server, "/desk", as_role(session_server, role) | {"news": True})
        assert page.call("health", {})["ok"] is answer
        page.disconnect()


@pytest.mark.parametrize("role", ["coder", "supervisor"])
def test_a_page_beside_the_desk_hears_that_something_changed_and_not_what(server, role):
    page = joined(server, "/desk", as_role(server, role) | {"news": True})
    event, snapshot = page.receive(timeout=within(15))
    assert (event, set(snapshot)) == ("news", {"revision", "changed"})
    desk = joined(server, "/desk", auths(server)["/desk"])
    desk.call("call", press(turn=server.facts["turns"][0]["id"]))
    assert next_snapshot(page, snapshot)["changed"] > snapshot["changed"]
    assert page.call("call", press(turn=server.facts["turns"][1]["id"]))["code"] == "role_may_not"
    for client in (page, desk):
        client.disconnect()
