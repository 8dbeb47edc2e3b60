"""Commands and a second server beside a running one: whatever is acknowledged is missed where it is lost."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from tests import untouched
from tests.attacks.phone import Phone, Socket
from tests.conftest import Server, run_server, stop_server
from tests.processes import printed
from tests.serving import command


def at_the_terminal(server: Server, *words: str) -> str:
    """What a command says beside the running server."""
    return printed(command, *words, SAIPING_INSTANCE=str(server.folder))


def newest_entry(server: Server) -> str:
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database:
        return str(database.execute("SELECT fingerprint FROM entry ORDER BY id DESC").fetchone()[0])


def calls_the_first(server: Server) -> None:
    """The desk calls somebody, and is told that this is stored."""
    contest = {"contest": server.facts["contest"]["id"], **server.facts["organizer"]}
    assert Socket(server.url, "/desk", contest).presses("call", turn=server.facts["turns"][0]["id"])["ok"]


def is_known_as_acknowledged(server: Server) -> bool:
    """Whether the next start would miss what was stored last."""
    journal = server.folder / "saiping.acknowledged"
    return journal.exists() and newest_entry(server) in journal.read_text()


def test_what_is_acknowledged_after_a_loss_was_accepted_beside_the_server_is_missed_where_it_is_lost(
    server: Server,
) -> None:
    at_the_terminal(server, "accept-loss", "--yes", "--by", "李明")
    calls_the_first(server)
    assert is_known_as_acknowledged(server)


def test_what_one_of_two_servers_acknowledges_is_missed_where_it_is_lost(server: Server) -> None:
    second = run_server(server.folder)
    try:
        calls_the_first(server)
        assert is_known_as_acknowledged(server)
    finally:
        stop_server(second)


def test_a_contest_opened_beside_the_demo_that_is_being_served_ends_the_file_of_its_passwords(server: Server) -> None:
    assert (server.folder / "demo.json").exists()
    untouched.by_hand(server.folder)
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database, database:
        (listed,) = database.execute("SELECT contests FROM demonstration").fetchone()
        others = [one for one in json.loads(listed) if one != server.facts["contest"]["id"]]
        database.execute("UPDATE demonstration SET contests = ?", (json.dumps(others),))
    assert next(line for line in server.said if "are closed (administrator, " in line)
    assert next(line for line in server.said if "passwords" in line)
    assert Phone(server.url).signs_in(**server.facts["organizer"]).status_code == 403
    assert not (server.folder / "demo.json").exists()


def test_an_account_made_at_the_terminal_signs_in_at_once_and_the_record_of_both_agrees(server: Server) -> None:
    at_the_terminal(server, "add-account", "王主任", "--by", "李明", "--password", "correct horse battery")
    newcomer = Phone(server.url)
    assert newcomer.signs_in("王主任", "correct horse battery").status_code == 302
    calls_the_first(server)
    administrator = Phone(server.url)
    administrator.signs_in(**server.facts["accounts"]["administrator"])
    assert "王主任" in administrator.opens("/desk/site-log").text
    assert 'class="chain-broken"' not in administrator.opens("/desk/site-log").text
    assert newcomer.opens("/healthz").status_code == 200
