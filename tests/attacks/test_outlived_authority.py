"""Whoever was let in once goes on with the old cookie or the open socket, after what let them in has ended."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests import untouched
from tests.attacks.phone import Phone, Socket, refused
from tests.conftest import FULL_MARKS, Server, run_server, start_server, stop_server

CHOSEN = "a tallier's very own words"


@pytest.fixture
def administrator(server: Server) -> Phone:
    """The one who gives out accounts, signed in."""
    untouched.by_hand(server.folder)
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database, database:
        database.execute(
            "UPDATE account SET role = 'administrator' WHERE name = ?", (server.facts["organizer"]["name"],)
        )
    phone = Phone(server.url)
    assert phone.signs_in(**server.facts["organizer"]).status_code == 302
    return phone


def gives(administrator: Phone, step: str, **form: object) -> None:
    """The administrator presses a button on the page of accounts."""
    answer = administrator.presses(f"/desk/accounts/{step}", form, seen_at="/desk/accounts")
    assert answer.status_code in (200, 303), answer.text


def account_called(server: Server, name: str) -> int:
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database:
        return int(database.execute("SELECT id FROM account WHERE name = ?", (name,)).fetchone()[0])


@pytest.mark.parametrize("end", ["role", "renew", "close", "admit"])
def test_an_open_desk_and_an_old_cookie_end_with_what_the_administrator_changes(
    server: Server, administrator: Phone, end: str
) -> None:
    contest, turn = server.facts["contest"]["id"], server.facts["turns"][0]["id"]
    gives(administrator, "create", name="甲", role="organizer", password="given by another")
    former = Phone(server.url)
    former.signs_in("甲", "given by another")
    chosen = {"present": "given by another", "new": CHOSEN, "again": CHOSEN}
    assert former.presses("/desk/password", chosen).status_code == 302
    desk, news = former.joins("/desk", contest=contest), former.joins("/desk", contest=contest, news=True)
    by_password = Socket(server.url, "/desk", {"contest": contest, "name": "甲", "password": CHOSEN})
    about = {"account": account_called(server, "甲")} | {
        "role": {"role": "host"},
        "admit": {"contest": contest + 1},
    }.get(end, {})
    gives(administrator, end, **about)
    for socket in (desk, news, by_password):
        socket.is_cut_off()
    assert refused(server.url, "/desk", {"contest": contest}, former.cookie())["code"] == "not_signed_in"
    answer = former.presses(
        f"/desk/{contest}/call", {"turn": turn, "request": "by-the-old-one"}, seen_at="/desk/sign-in"
    )
    assert answer.status_code == 307
    assert former.asks("GET", f"/desk/{contest}").status_code == 302


def test_signing_out_ends_the_copy_of_the_cookie_and_the_sockets(server: Server) -> None:
    contest = server.facts["contest"]["id"]
    here, copied = Phone(server.url), Phone(server.url)
    here.signs_in(**server.facts["organizer"])
    copied.cookies.update(here.cookies)
    assert copied.asks("GET", f"/desk/{contest}").status_code == 200
    desk = copied.joins("/desk", contest=contest)
    here.presses("/desk/sign-out", seen_at="/desk/")
    desk.is_cut_off()
    assert copied.asks("GET", f"/desk/{contest}").status_code == 302


def test_what_another_process_has_ended_is_ended_here(server: Server) -> None:
    contest, turn = server.facts["contest"]["id"], server.facts["turns"][0]["id"]
    phone = Phone(server.url)
    phone.signs_in(**server.facts["organizer"])
    acting, looking_on = phone.joins("/desk", contest=contest), phone.joins("/desk", contest=contest)
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database, database:
        database.execute("UPDATE account SET epoch = epoch + 1")
    assert acting.presses("call", turn=turn)["code"] == "not_signed_in"
    looking_on.is_cut_off()


def test_a_session_is_listed_for_its_owner_and_ended_from_elsewhere(server: Server) -> None:
    owner, thief = Phone(server.url), Phone(server.url)
    for each in (owner, thief):
        each.signs_in(**server.facts["organizer"])
    desk = thief.joins("/desk", contest=server.facts["contest"]["id"])
    listed = owner.opens("/desk/sessions").text
    assert listed.count("127.0.0.1") == 2
    other = listed.partition('name="session" value="')[2].partition('"')[0]
    owner.presses("/desk/sessions", {"session": other})
    desk.is_cut_off()
    assert thief.asks("GET", "/desk/").status_code == 302
    assert owner.asks("GET", "/desk/").status_code == 200


def test_an_idle_session_acts_no_more_and_the_form_that_was_typed_is_kept(server: Server) -> None:
    contest, turn = server.facts["contest"]["id"], server.facts["turns"][0]["id"]
    phone = Phone(server.url)
    phone.signs_in(**server.facts["organizer"])
    desk = phone.joins("/desk", contest=contest)
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database, database:
        database.execute("UPDATE sign_in SET acted = datetime(acted, '-31 minutes')")
    assert desk.presses("call", turn=turn)["code"] == "session_idle"
    assert desk.asks("sync", {})["ok"], "an open page goes on showing"
    follows = {"headers": {"Saiping-Follows": "1"}}
    assert phone.asks("GET", f"/desk/{contest}", **follows).status_code == 200
    assert phone.asks("GET", f"/desk/{contest}").status_code == 302
    form = {"turn": turn, "request": "typed-before-lunch"}
    led = phone.presses(f"/desk/{contest}/call", form, seen_at="/desk/sign-in")
    assert led.status_code == 307
    name, password = server.facts["organizer"]["name"], server.facts["organizer"]["password"]
    kept = {**form, "go-on-name": name, "go-on-password": password}
    page = phone.presses(led.headers["Location"], kept, seen_at="/desk/sign-in").text
    assert 'value="typed-before-lunch"' in page
    assert password not in page
    assert phone.presses(f"/desk/{contest}/call", form, seen_at="/desk/").status_code == 303
    assert server.facts["turns"][0]["number"] in phone.opens(f"/c/{server.facts['contest']['slug']}").text


def test_an_old_session_ends_however_much_is_done_in_it(server: Server) -> None:
    phone = Phone(server.url)
    phone.signs_in(**server.facts["organizer"])
    desk = phone.joins("/desk", contest=server.facts["contest"]["id"])
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database, database:
        database.execute("UPDATE sign_in SET begun = datetime(begun, '-13 hours')")
    desk.is_cut_off()
    assert phone.asks("GET", "/desk/").status_code == 302


def test_old_cookies_and_keys_open_nothing_of_a_new_database(tmp_path: Path) -> None:
    first = start_server(tmp_path)
    desk, judge = Phone(first.url), Phone(first.url)
    desk.signs_in(**first.facts["organizer"])
    seat = first.facts["seats"][0]
    judge.takes(seat)
    assert judge.asks("GET", f"/judge/{seat['id']}").status_code == 200
    stop_server(first)
    second = run_server(tmp_path, "--fresh")
    try:
        for phone, path in ((desk, "/desk/"), (judge, f"/judge/{seat['id']}")):
            phone.url = second.url
            assert phone.asks("GET", path).status_code == 302
        assert refused(second.url, "/judge", {"seat": seat["id"]}, judge.cookie())["code"] == "seat_not_yours"
        auth = {"key": seat["key"], "tablet": "the key of the former one"}
        assert refused(second.url, "/judge", auth)["code"] == "key_unknown"
    finally:
        stop_server(second)


def test_a_renewed_code_silences_the_tablet_whichever_process_renews_it(server: Server) -> None:
    seat, turn = server.facts["seats"][0], server.facts["turns"][0]["id"]
    judge = Phone(server.url)
    judge.takes(seat)
    socket = judge.joins("/judge", seat=seat["id"])
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database, database:
        database.execute("UPDATE seat SET epoch = epoch + 1, holder = '' WHERE id = ?", (seat["id"],))
    assert socket.hears("moved") == {"seat": seat["id"], "code": "seat_moved"}
    sheet = {"turn": turn, "typed": FULL_MARKS, "submission": "after-the-renewed-code"}
    assert not socket.asks("submit", sheet)["ok"]
    assert judge.asks("GET", f"/judge/{seat['id']}").status_code == 302
