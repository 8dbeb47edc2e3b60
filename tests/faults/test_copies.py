"""A copy of everything is made beside a running server, and the installation goes back to it and to nothing less."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.attacks.phone import Phone, Socket
from tests.conftest import Server, run_server, start_server, stop_server
from tests.processes import forked, printed
from tests.serving import command

BY = ("--by", "李明")


def with_all_it_says(*words: str) -> None:
    """The command, with what it says of faults among the rest."""
    os.dup2(1, 2)
    command(*words)


def at_the_terminal(folder: Path, *words: str) -> str:
    return printed(command, *words, *BY, SAIPING_INSTANCE=str(folder))


def refused(folder: Path, *words: str) -> str:
    """Why a command does nothing."""
    process, said = forked(with_all_it_says, *words, *BY, SAIPING_INSTANCE=str(folder))
    with said:
        told = said.read()
    process.join()
    assert process.exitcode == 1
    assert "Traceback" not in told
    return told


def calls(server: Server, turn: int) -> None:
    contest = {"contest": server.facts["contest"]["id"], **server.facts["organizer"]}
    desk = Socket(server.url, "/desk", contest)
    assert desk.presses("call", turn=server.facts["turns"][turn]["id"])["ok"]
    desk.leaves()


def called_in(folder: Path) -> list[int]:
    with closing(sqlite3.connect(folder / "saiping.db")) as database:
        return [turn for (turn,) in database.execute("SELECT id FROM turn WHERE state = 'performing'")]


def test_everything_is_copied_beside_a_server_and_put_back_with_what_is_lost_by_it_said(tmp_path: Path) -> None:
    folder, copy, elsewhere = (tmp_path / name for name in ("instance", "copy", "elsewhere"))
    folder.mkdir()
    server = start_server(folder)
    administrator = Phone(server.url)
    administrator.signs_in(**server.facts["accounts"]["administrator"])
    calls(server, 0)
    said = at_the_terminal(folder, "backup", str(copy))
    assert "accounts" in said
    assert str(copy) in administrator.opens("/desk/site-log").text
    modes = {path.name: oct(path.stat().st_mode)[-3:] for path in [copy, *copy.rglob("*")]}
    assert {modes.pop(name) for name in ("copy", "documents")} == {"700"}
    assert set(modes.values()) == {"600"}
    assert {"saiping.db", "saiping.acknowledged", "secret"} < set(modes)
    kept = {path.name for path in (folder / "documents").iterdir()}
    assert kept
    assert kept == {path.name for path in (copy / "documents").iterdir()}
    assert "exists" in refused(folder, "backup", str(copy))
    assert "running" in refused(folder, "restore", str(copy))
    (turn,) = called_in(copy)
    desk = Socket(server.url, "/desk", {"contest": server.facts["contest"]["id"], **server.facts["organizer"]})
    assert desk.presses("undo_call", turn=turn)["ok"]
    desk.leaves()
    stop_server(server)
    assert "Give them up?" in refused(folder, "restore", str(copy))
    assert called_in(folder) == []
    (damaged := tmp_path / "damaged").mkdir()
    (damaged / "saiping.db").write_bytes((copy / "saiping.db").read_bytes()[:40_000])
    assert "damaged" in refused(folder, "restore", str(damaged), "--give-up-newer")
    assert "no copy" in refused(folder, "restore", str(folder / "documents"), "--give-up-newer")
    assert "what was here before" in at_the_terminal(folder, "restore", str(copy), "--give-up-newer")
    assert called_in(folder) == [turn]
    assert [called_in(put_aside) for put_aside in folder.glob("replaced-*")] == [[]]
    elsewhere.mkdir()
    at_the_terminal(elsewhere, "restore", str(copy))
    for place in (folder, elsewhere):
        again = run_server(place)
        assert Phone(again.url).opens("/healthz").json()["ok"]
        assert Phone(again.url).takes(server.facts["seats"][0]).status_code == 303
        administrator.url = again.url
        assert administrator.asks("GET", "/desk/accounts").status_code == 302, "everybody signs in anew"
        administrator.signs_in(**server.facts["accounts"]["administrator"])
        assert ("changes given up" in administrator.opens("/desk/site-log").text) == (place == folder)
        stop_server(again)
