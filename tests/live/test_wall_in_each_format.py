"""The wall's clock is put right, there and back, while matches and benches are timed on a real server."""

from __future__ import annotations

import json
import secrets
import sqlite3
from typing import Any

import socketio

from tests.live.test_clocks import joined
from tests.live.test_wall_put_right import machine
from tests.machines import HOUR, Machine
from tests.patience import within

__all__ = ["machine"]
#: Seconds that the whole story may take on the busiest machine; less than the hour that the wall is off.
STORY = 1800


def contest_of(machine: Machine, kind: str) -> dict[str, Any]:
    contests: list[dict[str, Any]] = machine.server.facts["contests"]
    return next(one for one in contests if one["format"] == kind)


def turns_of(machine: Machine, contest: dict[str, Any]) -> list[int]:
    """The ids of the contest's turns in order."""
    query = (
        "SELECT turn.id FROM turn JOIN round ON round.id = turn.round_id JOIN event ON event.id = round.event_id "
        "WHERE event.contest_id = ? ORDER BY round.position, turn.position"
    )
    with sqlite3.connect(f"file:{machine.server.folder}/saiping.db?mode=ro", uri=True) as database:
        found = [turn for (turn,) in database.execute(query, (contest["id"],))]
    database.close()
    return found


def desk_of(machine: Machine, contest: dict[str, Any]) -> socketio.SimpleClient:
    return joined(machine.server, "/desk", {"contest": contest["id"], **machine.server.facts["organizer"]})


def press(desk: socketio.SimpleClient, verb: str, **sent: Any) -> None:
    answer = desk.call(verb, sent | {"request": secrets.token_hex(8)}, timeout=within(30))
    assert answer["ok"], answer


def snapshot_of(machine: Machine, contest: dict[str, Any]) -> dict[str, Any]:
    desk, event = desk_of(machine, contest), ""
    while event != "desk":  # news of the last press may come before the greeting
        event, snapshot = desk.receive(timeout=within(15))
    desk.disconnect()
    return dict(snapshot)


def test_both_sides_of_a_free_debate_are_timed_truly_whatever_the_wall_says(machine: Machine) -> None:
    contest = contest_of(machine, "debate")
    turn, desk = turns_of(machine, contest)[0], desk_of(machine, contest)
    press(desk, "call", turn=turn)
    free = next(one["key"] for one in clocks_of(machine, contest) if one["kind"] == "dual")
    presses = (
        (HOUR, "start_clock", "control"),
        (0, "switch_clock", "control"),
        (-HOUR, "switch_clock", "defence"),
        (0, "pause_clock", "control"),
    )
    for wall, verb, side in presses:
        machine.wall(wall)
        press(desk, verb, turn=turn, clock=free, side=side)
    desk.disconnect()
    spent = [one["spent_ms"] for one in clocks_of(machine, contest) if one["key"] == free]
    assert len(spent) == 2
    assert all(0 <= one < STORY * 1000 for one in spent)


def clocks_of(machine: Machine, contest: dict[str, Any]) -> list[dict[str, Any]]:

    return list(snapshot_of(machine, contest)["current"]["clocks"]["all"])


def test_benches_are_stopped_by_true_time_and_none_by_the_hard_stop_whatever_the_wall_says(machine: Machine) -> None:
    contest = contest_of(machine, "case_binding")
    first, second, third, fourth = turns_of(machine, contest)[:4]
    desk = desk_of(machine, contest)
    press(desk, "start_benches", turn=first, alone="1", why="都到齐了")
    for wall, turn in ((0, first), (-HOUR, second), (3 * HOUR, third)):
        machine.wall(wall)
        press(desk, "stop_bench", turn=turn)
    desk.disconnect()
    machine.starts("second")
    machine.wall(-HOUR)
    desk = desk_of(machine, contest)
    press(desk, "stop_bench", turn=fourth)
    desk.disconnect()
    taken = facts_of(machine, first, second, third, fourth)
    assert all(0 <= facts["seconds"] < STORY for facts in taken), taken


def facts_of(machine: Machine, *turns: int) -> list[dict[str, Any]]:
    """What is recorded about the benches."""
    with sqlite3.connect(f"file:{machine.server.folder}/saiping.db?mode=ro", uri=True) as database:
        rows = [database.execute("SELECT facts FROM turn WHERE id = ?", (turn,)).fetchone() for turn in turns]
    database.close()
    return [json.loads(facts) for (facts,) in rows]
