"""Whoever has read the demo's password and seat codes comes in by them beside an open contest that counts."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests import untouched
from tests.attacks.phone import Phone, refused
from tests.conftest import Server, start_server, stop_server
from tests.processes import forked
from tests.serving import serve

NAMED = {"title_zh": "北辰市释法说理竞赛", "office": "北辰市院", "level": "city", "run": "official"}


def begun(organizer: Phone, **named: str) -> str:
    """A contest of one's own, with one contestant; answers where its set-up is."""
    sent = {"start": "format:legal_explanation:", **NAMED, **named}
    answer = organizer.presses("/desk/new", sent, seen_at="/desk/new?start=format:legal_explanation:")
    where = answer.headers["Location"].rpartition("/")[0]
    entrant = {"number": "01", "name": "林晓彤", "office": "", "department": "", "id": "", "do": "save"}
    assert organizer.presses(f"{where}/contestants", entrant).status_code == 303
    return where


def opens(organizer: Phone, where: str) -> str:
    """Press the button of the check list; answers where that leads."""
    return str(organizer.presses(f"{where}/press/open", seen_at=where).headers["Location"])


def signed_in(server: Server, role: str = "organizer", password: str = "") -> Phone:
    phone = Phone(server.url)
    named = {"name": role, "password": password or server.facts["organizer"]["password"]}
    assert phone.signs_in(**named).status_code == 302
    return phone


def accounts(server: Server) -> dict[str, int]:
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database:
        return dict(database.execute("SELECT name, id FROM account").fetchall())


def closes_all_but_two(server: Server) -> tuple[Phone, str]:
    """The administrator chooses another password, gives the organizer one and closes the others' accounts."""
    known, own = server.facts["organizer"]["password"], "the very own words of one"
    administrator = signed_in(server, "administrator")
    administrator.presses("/desk/password", {"present": known, "new": own, "again": own})
    administrator = signed_in(server, "administrator", own)
    ids = accounts(server)
    given = administrator.presses("/desk/accounts/renew", {"account": ids["organizer"]}, seen_at="/desk/accounts")
    for name in ids.keys() - {"administrator", "organizer"}:
        administrator.presses("/desk/accounts/close", {"account": ids[name]}, seen_at="/desk/accounts")
    return administrator, re.search(r'id="password">([^<]+)<', given.text)[1]


def test_no_contest_that_counts_is_opened_while_anybody_has_the_demos_password_and_its_codes_end_then(
    server: Server,
) -> None:
    where = begun(organizer := signed_in(server))
    assert opens(organizer, where) == where
    page = organizer.opens(where).text
    assert "everybody can read: administrator" in page
    assert 'class="primary" disabled' in page
    seat = server.facts["seats"][0]
    judge = Phone(server.url)
    judge.takes(seat)
    tablet = judge.joins("/judge", seat=seat["id"])
    administrator, given = closes_all_but_two(server)
    organizer = signed_in(server, "organizer", given)
    own = "words that nobody reads"
    organizer.presses("/desk/password", {"present": given, "new": own, "again": own})
    assert opens(organizer, where) == where.removesuffix("/set-up")
    assert tablet.hears("moved")["code"] == "seat_moved"
    assert refused(server.url, "/judge", {"key": seat["key"], "tablet": "another tablet"})["code"] == "key_unknown"
    with_pin = Phone(server.url).presses("/judge/", {"pin": server.facts["seats"][1]["pin"]})
    assert with_pin.status_code == 403
    for name in accounts(server):
        assert Phone(server.url).signs_in(name, server.facts["organizer"]["password"]).status_code == 403
    reopened = administrator.presses(
        "/desk/accounts/reopen", {"account": accounts(server)["chief"]}, seen_at="/desk/accounts"
    )
    assert (reopened.status_code, "has the password of the demo" in reopened.text) == (409, True)


def test_neither_a_copy_nor_another_name_of_a_demos_contest_counts_beside_the_demos_password(server: Server) -> None:
    organizer, contest = signed_in(server), server.facts["contest"]["id"]
    where = begun(organizer, start=f"copy:{contest}")
    assert opens(organizer, where) == where
    renamed = organizer.presses(f"/desk/{contest}/set-up/identity", {**NAMED, "slug": "ours", "do": "save"})
    assert (renamed.status_code, "begin a contest of your own" in renamed.text) == (409, True)


def test_a_practice_run_is_opened_beside_the_demo(server: Server) -> None:
    where = begun(organizer := signed_in(server), run="practice")
    assert opens(organizer, where) == where.removesuffix("/set-up")


def test_the_demos_password_is_nobodys_new_one(server: Server) -> None:
    administrator, known = signed_in(server, "administrator"), server.facts["organizer"]["password"]
    chosen = {"name": "甲", "role": "organizer", "password": known}
    answer = administrator.presses("/desk/accounts/create", chosen, seen_at="/desk/accounts")
    assert (answer.status_code, "This is the password of the demo" in answer.text) == (409, True)
    assert "甲" not in accounts(server)


def test_what_an_earlier_release_let_open_is_closed_to_the_demos_password_by_the_next_start(tmp_path: Path) -> None:
    server = start_server(tmp_path)
    contest = int(begun(signed_in(server)).split("/")[2])
    stop_server(server)
    untouched.by_hand(tmp_path)
    with closing(sqlite3.connect(tmp_path / "saiping.db")) as database, database:
        database.execute("UPDATE contest SET state = 'open' WHERE id = ?", (contest,))
    process, said = forked(serve, "--host", "127.0.0.1", "--port", "0", SAIPING_INSTANCE=str(tmp_path))
    assert next(line for line in said if "are closed (administrator, " in line)
    base_url = next(line for line in said if "/desk/" in line).split()[-1].removesuffix("/desk/")
    for name in ("organizer", "administrator", "chief"):
        answer = Phone(base_url).signs_in(name, server.facts["organizer"]["password"])
        assert (answer.status_code, "is closed" in answer.text) == (403, True)
    process.terminate()
    process.join()
    said.close()
