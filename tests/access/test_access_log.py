"""The log of access: whoever comes in, is turned away or looks at what is not public is in it; a flood is counted."""

from __future__ import annotations

import csv
import json
import secrets
import socket
import sqlite3
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from scoring import access
from scoring.access import noting
from scoring.access.sending import AUTHORITY, SEND_TO
from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.organizers import watched
from scoring.store import AccessEntry
from scoring.store.access_log import KEPT, REPEATED
from scoring.venue import tls
from tests.access.conftest import House
from tests.access.table import ACCOUNTS, PAGES
from tests.attacks.phone import Phone
from tests.conftest import ORGANIZER, PASSWORD, Venue, entry_of, start_server, stop_server
from tests.organizers.conftest import words_of
from tests.passwords import quickly_checked
from tests.patience import within

WRONG = "a password that somebody typed"


@pytest.fixture
def auditor(venue: Venue) -> FlaskClient:
    """The audit administrator, signed in."""
    venue.app.config["WTF_CSRF_ENABLED"] = False
    perform(add_account, "郑审计", quickly_checked(PASSWORD), "auditor")
    return browser(venue, "郑审计")


def browser(venue: Venue, name: str, password: str = PASSWORD) -> FlaskClient:
    client = venue.app.test_client()
    client.set_cookie("language", "en")
    typed = {"name": name, "password": password}
    client.post("/desk/sign-in", data=typed, headers={"User-Agent": "Firefox/1 Linux"})
    return client


def kept() -> list[tuple[str, str, str, int]]:
    """What stands in the log: kind, what about, who, how often."""
    noting.flush()
    db.session.rollback()
    entries = db.session.scalars(select(AccessEntry).order_by(AccessEntry.id))
    return [(one.kind, one.about, one.who, one.count) for one in entries]


def test_nobody_has_a_page_noted_as_printed_that_he_may_not_open(venue: Venue, auditor: FlaskClient) -> None:
    page = {"page": f"/desk/{venue.contest_id}/cards"}
    assert auditor.post("/desk/printed", data=page).status_code == 403
    assert venue.app.test_client().post("/desk/printed", data=page).status_code in (307, 403)
    assert not [one for one in kept() if one[0] == "print"]


def test_a_part_of_a_file_is_a_file_that_was_taken(venue: Venue, auditor: FlaskClient) -> None:
    answer = browser(venue, ORGANIZER).get(f"/desk/{venue.contest_id}/ranking.csv", headers={"Range": "bytes=0-"})
    assert answer.status_code == 206
    assert ("export", "ranking_csv", f"account:{ORGANIZER}", 1) in kept()


def test_sign_ins_refusals_views_files_and_prints_are_in_the_log_with_who_where_and_by_what(
    venue: Venue, auditor: FlaskClient
) -> None:
    key, pin = entry_of(venue.seat(1))
    browser(venue, ORGANIZER, WRONG)
    browser(venue, WRONG, "x")
    desk = browser(venue, ORGANIZER)
    for page in ("", "/cards", "/marks", "/relations", "/ranking.csv", "/log"):
        desk.get(f"/desk/{venue.contest_id}{page}")
    desk.post("/desk/printed", data={"page": f"/desk/{venue.contest_id}/cards"})
    tablet = venue.app.test_client()
    tablet.post("/judge/", data={"pin": "000000" if pin != "000000" else "111111"})
    tablet.post(f"/judge/enter/{key}")
    desk.post("/desk/sign-out")
    who, seat = f"account:{ORGANIZER}", f"seat:{venue.seat(1).id}"
    assert kept() == [
        ("signed_in", "", "account:郑审计", 1),
        ("not_signed_in", "password_wrong", who, 1),
        ("not_signed_in", "password_wrong", "", 1),
        ("signed_in", "", who, 1),
        ("codes", "cards", who, 1),
        ("refused", "marks", who, 1),
        ("personal", "relations", who, 1),
        ("export", "ranking_csv", who, 1),
        ("logs", "log", who, 1),
        ("print", "cards", who, 1),
        ("seat_refused", "pin_unknown", "", 1),
        ("seat_taken", "", seat, 1),
        ("signed_out", "", who, 1),
    ]
    page = words_of(auditor.get("/desk/access-log"))
    assert f"{ORGANIZER} 127.0.0.1 turned away: Marks" in page
    assert "seat 1 of Room 1 127.0.0.1 showed the code of a seat" in page
    assert f"{ORGANIZER} 127.0.0.1 printed: Seat cards" in page
    assert "Firefox · Linux" in page
    only = words_of(auditor.get("/desk/access-log?kind=export"))
    assert "took a file away: The ranking as CSV" in only
    assert "Seat cards" not in only
    lines = list(csv.DictReader(StringIO(auditor.get("/desk/access-log.csv").data.decode("utf-8-sig"), newline="")))
    assert [line["What was done"] for line in lines][-4:] == [
        "signed in",
        "sign-in refused: wrong password, or no such account",
        "sign-in refused: wrong password, or no such account",
        "signed in",
    ]
    secret = (WRONG, PASSWORD, key, pin, "000000")
    everything = str(list(db.session.execute(select(AccessEntry.__table__))))
    assert not [word for word in secret if word in everything]


def test_a_verb_that_is_not_theirs_is_in_the_log_and_a_wrong_figure_is_not(venue: Venue, auditor: FlaskClient) -> None:
    perform(add_account, "钱计时", quickly_checked(PASSWORD), "timekeeper")
    desk, clock = browser(venue, ORGANIZER), browser(venue, "钱计时")
    sent = {"turn": venue.turn("01").id, "request": secrets.token_hex(8)}
    clock.post(f"/desk/{venue.contest_id}/call", data=sent)
    desk.post(f"/desk/{venue.contest_id}/call", data=sent | {"turn": "", "request": secrets.token_hex(8)})
    assert [one for one in kept() if one[0] == "refused"] == [("refused", "role_may_not", "account:钱计时", 1)]
    assert "turned away: not for this role" in words_of(auditor.get("/desk/access-log"))


def test_a_flood_is_counted_and_not_written_down(venue: Venue) -> None:
    visitor = venue.app.test_client()
    for number in range(300):
        visitor.post(f"/desk/{venue.contest_id}/jobs/{number}", headers={"User-Agent": f"browser {number}"})
        visitor.post(f"/desk/{number}/call", headers={"User-Agent": f"browser {number}", "Accept": "application/json"})
        device = {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": f"browser {number}"}
        with venue.app.test_request_context("/", environ_base=device):
            access.note("refused", "desk", "", number)
    entries = kept()
    assert len(entries) <= 2 * noting.MOST_OF_ONE + 2
    assert sum(count for *_, count in entries) >= 300
    assert ("refused", "others", "") in {entry[:3] for entry in entries}


def test_no_flood_hides_what_an_account_does_or_from_where_somebody_else_is_refused(venue: Venue) -> None:
    venue.app.config["WTF_CSRF_ENABLED"] = False
    desk, stranger, guesser = browser(venue, ORGANIZER), venue.app.test_client(), venue.app.test_client()
    for number in range(80):
        device = {"User-Agent": f"browser {number}"}
        stranger.post("/desk/sign-in", data={"name": ORGANIZER, "password": WRONG}, headers=device)
        desk.get(f"/desk/{venue.contest_id}/marks", headers=device)
    guesser.post("/judge/", data={"pin": "000000"}, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    desk.get(f"/desk/{venue.contest_id}/cards")
    desk.get(f"/desk/{venue.contest_id}/ranking.csv", environ_base={"REMOTE_ADDR": "10.0.0.8"})
    noting.flush()
    db.session.rollback()
    noted = [one.noted() for one in db.session.scalars(select(AccessEntry))]
    stood = {(one.kind, one.about, one.who, one.contest_id, one.address) for one in noted}
    who = f"account:{ORGANIZER}"
    assert ("codes", "cards", who, venue.contest_id, "127.0.0.1") in stood
    assert ("export", "ranking_csv", who, venue.contest_id, "10.0.0.8") in stood
    assert "10.0.0.9" in {address for kind, _, _, _, address in stood if kind == "seat_refused"}
    assert not [one for one in stood if one[:2] == ("marks", "others")]


def test_what_is_repeated_is_counted_in_one_entry_for_ten_minutes(venue: Venue, auditor: FlaskClient) -> None:
    for _ in range(3):
        auditor.get("/desk/site-log")
        kept()
    assert ("logs", "site_log", "account:郑审计", 3) in kept()
    assert "read a log: Log of the installation 3×, the last at" in words_of(auditor.get("/desk/access-log?kind=logs"))
    ages(REPEATED)
    auditor.get("/desk/site-log")
    assert kept()[-1] == ("logs", "site_log", "account:郑审计", 1)


def ages(by: timedelta) -> None:
    """All that stands in the log is older by so much."""
    for entry in db.session.scalars(select(AccessEntry)):
        entry.begun -= by
    db.session.commit()


def test_an_entry_of_six_months_is_there_and_one_beyond_the_time_is_deleted(venue: Venue, auditor: FlaskClient) -> None:
    assert len(kept()) == 1
    ages(timedelta(days=190))
    auditor.get("/desk/site-log")
    assert [one[0] for one in kept()] == ["signed_in", "logs"]
    ages(KEPT - timedelta(days=190))
    auditor.get("/desk/sessions")
    assert [one[0] for one in kept()] == ["logs", "personal"]


def test_it_is_sent_to_a_file_and_to_a_syslog_server(venue: Venue, auditor: FlaskClient, tmp_path: Path) -> None:
    venue.app.config[SEND_TO] = str(tmp_path / "access.log")
    auditor.get("/desk/access-log")
    kept()
    lines = [json.loads(line) for line in (tmp_path / "access.log").read_text().splitlines()]
    assert [(line["kind"], line["who"], line["address"]) for line in lines][-1] == (
        "logs",
        "account:郑审计",
        "127.0.0.1",
    )
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(within(10))
        venue.app.config[SEND_TO] = f"syslog://127.0.0.1:{server.getsockname()[1]}"
        auditor.get("/desk/site-log")
        kept()
        told = server.recv(4096).decode()
    assert told.startswith("<86>saiping: {")
    assert json.loads(told.partition(": ")[2])["about"] == "site_log"


def test_by_tls_it_is_sent_to_a_syslog_server_whose_certificate_is_good_and_to_no_other(
    venue: Venue, auditor: FlaskClient, tmp_path: Path
) -> None:
    tls.context(tmp_path, ["127.0.0.1"])
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.load_cert_chain(tmp_path / "server.pem", tmp_path / "server.key")
    with closing(socket.create_server(("127.0.0.1", 0))) as server, ThreadPoolExecutor(1) as listening:
        server.settimeout(within(10))
        venue.app.config[SEND_TO] = f"syslog+tls://127.0.0.1:{server.getsockname()[1]}"
        for authority, arrives in (("", False), (str(tls.authority_file(tmp_path)), True)):
            venue.app.config[AUTHORITY] = authority
            heard = listening.submit(received, server, secured)
            auditor.get("/desk/site-log")
            kept()
            told = heard.result()
            assert bool(told) is arrives
    length, _, message = told.partition(" ")
    assert message.startswith("<86>1 ")
    assert len(message.encode()) == int(length)
    assert json.loads(message.partition(" - - - ")[2])["about"] == "site_log"


def received(server: socket.socket, secured: ssl.SSLContext) -> str:
    """What one client says until it has said all; "" where it does not trust the server."""
    wire, _ = server.accept()
    with closing(wire):
        try:
            with secured.wrap_socket(wire, server_side=True) as read:
                return b"".join(iter(lambda: read.recv(4096), b"")).decode()
        except OSError:
            return ""


def test_a_form_that_another_page_has_made_is_in_the_log(venue: Venue, auditor: FlaskClient) -> None:
    venue.app.config["WTF_CSRF_ENABLED"] = True
    browser(venue, ORGANIZER)
    assert kept()[-1] == ("refused", "form_token", "", 1)
    assert "turned away: a form that was not made for this browser" in words_of(auditor.get("/desk/access-log"))


def test_no_browser_writes_a_line_of_its_own_into_the_log(venue: Venue, tmp_path: Path) -> None:
    venue.app.config[SEND_TO] = str(tmp_path / "access.log")
    forged = 'Firefox\x85{"kind": "signed_in"}\x1c{"kind": "signed_in"}'
    venue.app.test_client().get("/judge/enter/no-such-code", headers={"User-Agent": forged})
    kept()
    lines = (tmp_path / "access.log").read_text().splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["seat_refused"]


def test_what_was_noted_last_is_stored_when_the_server_is_ended(tmp_path: Path) -> None:
    server = start_server(tmp_path)
    Phone(server.url).opens("/judge/enter/no-such-code")
    stop_server(server)
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database:
        stored = database.execute("SELECT kind, about FROM access_entry").fetchall()
    assert stored == [("seat_refused", "key_unknown")]


def test_what_cannot_be_sent_is_in_the_own_log_and_keeps_nobody_waiting(venue: Venue, auditor: FlaskClient) -> None:
    venue.app.config[SEND_TO] = "/no/such/folder/access.log"
    assert auditor.get("/desk/site-log").status_code == 200
    assert kept()[-1][:2] == ("logs", "site_log")


def test_every_page_of_the_desk_says_whether_it_is_noted(house: House) -> None:
    read = {rule.endpoint for rule in house.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    desk = {name.removeprefix("organizers.") for name in read & set(PAGES) if name.startswith("organizers.")}
    assert set(watched.PAGES) == desk


def test_a_page_that_a_refused_form_shows_again_is_noted_as_when_it_is_opened(house: House) -> None:
    opened = {title: noted for _, title, noted in pages_shown(house, "GET")}
    wrong, again = [], set()
    for endpoint, title, noted in pages_shown(house, "POST"):
        if title in opened and noted != opened[title]:
            wrong.append(f"{endpoint}: {noted}, not {opened[title]}")
        again |= set(noted)
    assert wrong == []
    assert {("personal", "documents"), ("marks", "paper_sheet")} <= again


def pages_shown(house: House, method: str) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Every page of the desk that this method shows: the endpoint, its title, and what is noted of it."""
    for rule in house.app.url_map.iter_rules():
        may = PAGES[rule.endpoint] & ACCOUNTS
        leads_away = rule.endpoint in ("organizers.sign_out", "organizers.go_on")
        if may and rule.endpoint.startswith("organizers.") and method in (rule.methods or ()) and not leads_away:
            noting.access_log().take()
            answer = house.knock(min(may), method, house.address(rule))
            noted = [(one.kind, one.about) for one in noting.access_log().take()]
            if title := answer.data.partition(b"<title>")[2].partition(b"</title>")[0].decode():
                yield rule.endpoint, title, [one for one in noted if one[0] in watched.PAGES.values()]
