"""Somebody who can write the database's file changes it by hand: the log page says so at once, and so does a start."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from time import monotonic, sleep

import pytest

from tests import untouched
from tests.attacks.phone import Phone, Socket
from tests.conftest import Server, marks_worth, run_server, stop_server
from tests.patience import within

HOLDS = "The chain holds"
ALTERED = "Something was changed outside the software"
MISSING = "Acknowledged entries are missing"
TOLD = 'id="altered"'
BROKEN = "The chain is broken at entry"

#: What is done by hand, how it is undone, and what the log says then.
Attacks = dict[str, tuple[list[str], list[str], str]]
OF_CONTEST: Attacks = {
    "a released score": (
        ['UPDATE "release" SET announced = replace(announced, \'"final": "\', \'"final": "1\')'],
        ['UPDATE "release" SET announced = replace(announced, \'"final": "1\', \'"final": "\')'],
        "The announced figures of no.",
    ),
    "a setting of the rules": (
        ["UPDATE event SET settings = replace(settings, '\"at_once\"', '\"at_end\"') WHERE contest_id = 1"],
        ["UPDATE event SET settings = replace(settings, '\"at_end\"', '\"at_once\"') WHERE contest_id = 1"],
        ALTERED,
    ),
    "who appears": (
        ["UPDATE appearance SET contestant_id = contestant_id + 1 WHERE turn_id = 2"],
        ["UPDATE appearance SET contestant_id = contestant_id - 1 WHERE turn_id = 2"],
        ALTERED,
    ),
    "who is absent": (
        [
            "INSERT INTO not_performing (id, contestant_id, event_id, turn_id, kind, reach, reason, decided_by, actor,"
            " at, revision, steady) VALUES (1, 3, 1, 3, 'absent', 'turn', '', '', 'x', '2026-01-01', 1, '2026-01-01')"
        ],
        ["DELETE FROM not_performing"],
        ALTERED,
    ),
    "whom a judge is related to": (
        [
            "INSERT INTO relation (id, contest_id, judge, contestant_id, ground, note, actor, at)"
            " VALUES (9, 1, 'x', 3, 'kin', '', 'x', '2026-01-01')"
        ],
        ["DELETE FROM relation WHERE id = 9"],
        ALTERED,
    ),
    "what the hall shows": (
        [
            "INSERT INTO hall_screen (id, contest_id, scene, message, next_scene, next_message, blackout)"
            " VALUES (9, 1, 'message', 'x', 'live', '', 0)"
        ],
        ["DELETE FROM hall_screen WHERE id = 9"],
        ALTERED,
    ),
    "two entries change places": (
        [
            f"UPDATE entry SET revision = {a} WHERE contest_id = 1 AND revision = {b}"
            for a, b in ((-1, 2), (2, 3), (3, -1))
        ],
        [
            f"UPDATE entry SET revision = {a} WHERE contest_id = 1 AND revision = {b}"
            for a, b in ((-1, 2), (2, 3), (3, -1))
        ],
        BROKEN,
    ),
}
OF_SITE: Attacks = {
    "a row of the site's log": (
        ["UPDATE site_entry SET actor = actor || 'x' WHERE id = 2"],
        ["UPDATE site_entry SET actor = substr(actor, 1, length(actor) - 1) WHERE id = 2"],
        BROKEN,
    ),
    "an account's role": (
        ["UPDATE account SET role = 'organizer' WHERE name = 'tallier'"],
        ["UPDATE account SET role = 'tallier' WHERE name = 'tallier'"],
        ALTERED,
    ),
}


@contextmanager
def by_hand(server: Server) -> Iterator[sqlite3.Connection]:
    """The file, opened beside the server."""
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database, database:
        yield database


def changed(server: Server, statements: list[str]) -> None:
    with by_hand(server) as database:
        for statement in statements:
            assert database.execute(statement).rowcount > 0, statement


def told_by_the_watch(phone: Phone) -> list[str]:
    """What /healthz says is wrong, up to the word "outside", as soon as it says so."""
    end = monotonic() + within(20)
    while (health := phone.opens("/healthz")).ok and monotonic() < end:
        sleep(0.2)
    return [said.partition(" outside")[0] for said in health.json().get("why", ())]


def unnoticed(server: Server, auditor: Phone, page: str, attacks: Attacks) -> list[str]:
    """What this log page does not tell while it is so, or goes on telling once it is undone."""
    names = []
    for name, (attack, undone, said) in attacks.items():
        changed(server, attack)
        while_it_is_so = auditor.opens(page).text
        changed(server, undone)
        if said not in while_it_is_so or HOLDS in while_it_is_so or HOLDS not in auditor.opens(page).text:
            names.append(name)
    return names


@pytest.fixture
def played(server: Server) -> Server:
    """No. 1 is marked and released, and No. 2 is called."""
    facts = server.facts
    desk = Socket(server.url, "/desk", {"contest": facts["contest"]["id"], **facts["organizer"]})
    assert desk.presses("call", turn=facts["turns"][0]["id"])["ok"]
    for seat in facts["seats"]:
        judge = Socket(server.url, "/judge", {"key": seat["key"], "tablet": f"the tablet at {seat['key']}"})
        sheet = {"turn": facts["turns"][0]["id"], "typed": marks_worth("90"), "submission": secrets.token_hex(8)}
        assert judge.asks("submit", sheet)["ok"]
        judge.leaves()
    assert desk.presses("release", turn=facts["turns"][0]["id"])["ok"]
    assert desk.presses("call", turn=facts["turns"][1]["id"])["ok"]
    desk.leaves()
    return server


def test_what_is_changed_by_hand_is_told_by_the_log_page_and_what_is_cut_off_by_each_start(played: Server) -> None:
    facts, auditor, organizer = played.facts, Phone(played.url), Phone(played.url)
    auditor.signs_in(**facts["accounts"]["auditor"])
    organizer.signs_in(**facts["organizer"])
    contest = facts["contest"]["id"]
    assert organizer.opens("/healthz").ok
    assert TOLD not in organizer.opens(f"/desk/{contest}").text
    changed(played, OF_CONTEST["a setting of the rules"][0])
    assert told_by_the_watch(organizer) == ["Rules, entries, appearances or decisions of this contest were changed"]
    assert TOLD in organizer.opens(f"/desk/{contest}").text, "nobody has pressed anything since"
    changed(played, OF_CONTEST["a setting of the rules"][1])
    for page, attacks in ((f"/desk/{contest}/log", OF_CONTEST), ("/desk/site-log", OF_SITE)):
        assert HOLDS in auditor.opens(page).text
        assert not unnoticed(played, auditor, page, attacks)
    changed(played, OF_CONTEST["a setting of the rules"][0])
    turn, page = facts["turns"][1]["id"], f"/desk/{contest}"
    assert organizer.presses(f"{page}/undo_call", {"turn": turn, "request": secrets.token_hex(8)}, seen_at=page).ok
    assert f"{ALTERED} before entry" in auditor.opens(f"{page}/log").text, (
        "what the next press rests on stays on record"
    )
    changed(played, ["DELETE FROM entry WHERE id = (SELECT max(id) FROM entry WHERE contest_id = 1)"])
    assert MISSING in auditor.opens(f"{page}/log").text
    assert organizer.presses(f"{page}/call", {"turn": turn, "request": secrets.token_hex(8)}, seen_at=page).ok
    assert MISSING in auditor.opens(f"{page}/log").text, "what came since does not hide it"
    changed(played, OF_SITE["an account's role"][0])
    assert untouched.found(played.folder)
    stop_server(played)
    again = run_server(played.folder)
    try:
        health = Phone(again.url).opens("/healthz")
        assert (health.status_code, len(health.json()["why"])) == (503, 2), health.text
    finally:
        stop_server(again)
