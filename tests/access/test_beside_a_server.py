"""What holds for accounts and logs, played against a server that is running, with commands in processes beside it."""

from __future__ import annotations

import json
import re
import secrets
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pyotp

from tests.attacks.phone import Phone, Socket, refused
from tests.conftest import Server, start_server, stop_server
from tests.patience import within
from tests.processes import printed
from tests.serving import command

OFFICERS = ("system", "security", "auditor")
SWITCHED_OFF = "Separation of duties switched off: "
FIRST, SECOND = "Seven lamps on 7 hills!", "Nine boats on 9 rivers?"


def at_the_terminal(server: Server, *words: str) -> str:
    return printed(command, *words, SAIPING_INSTANCE=str(server.folder))


def signed_in(server: Server, role: str) -> Phone:
    phone = Phone(server.url)
    assert phone.signs_in(**server.facts["accounts"][role]).status_code == 302
    return phone


def asked(server: Server, sql: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database, database:
        return database.execute(sql, values).fetchall()


def chooses(administrator: Phone, **chosen: str) -> None:
    sent = {"policy": "asvs", "idle": "30", "request": secrets.token_hex(8), **chosen}
    assert administrator.presses("/desk/password-policy", sent).status_code == 303


def changes(phone: Phone, present: str, new: str) -> str:
    """Choose another password; answers where that leads, or what is said against it."""
    answer = phone.presses("/desk/password", {"present": present, "new": new, "again": new})
    return answer.headers.get("Location") or answer.text


def test_under_classified_protection_no_former_password_is_taken_and_an_old_one_opens_no_door(server: Server) -> None:
    chooses(signed_in(server, "administrator"), policy="mlps")
    account, tallier = server.facts["accounts"]["tallier"], signed_in(server, "tallier")
    assert changes(tallier, account["password"], FIRST).startswith("/desk/")
    assert changes(tallier, FIRST, SECOND).startswith("/desk/")
    assert "none of the last 5" in changes(tallier, SECOND, FIRST)
    asked(server, "UPDATE account SET password_at = datetime('now', '-91 days') WHERE name = ?", account["name"])
    later, page = Phone(server.url), f"/desk/{server.facts['contest']['id']}/tally"
    assert later.signs_in(account["name"], SECOND).headers["Location"] == "/desk/password"
    assert later.asks("GET", page).status_code == 302
    program = {"contest": server.facts["contest"]["id"], "name": account["name"], "password": SECOND}
    assert refused(server.url, "/desk", program)["code"] == "password_to_change"
    assert changes(later, SECOND, "Three bells in 3 towers!").startswith("/desk/")
    assert later.asks("GET", page).status_code == 200


def test_the_log_of_access_is_kept_for_200_days_and_told_to_another_machine_as_it_is_written(tmp_path: Path) -> None:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as machine:
        machine.bind(("127.0.0.1", 0))
        machine.settimeout(within(20))
        server = start_server(tmp_path, SAIPING_ACCESS_LOG=f"syslog://127.0.0.1:{machine.getsockname()[1]}")
        try:
            columns = "(begun, first, last, count, kind, about, who, address, device)"
            for days in (199, 201):
                moment = f"datetime('now', '-{days} days')"
                values = f"({moment}, {moment}, {moment}, 1, 'refused', 'role_may_not', 'of {days} days', '', '')"
                asked(server, f"INSERT INTO access_entry {columns} VALUES {values}")
            Phone(server.url).signs_in("李四", "a guess")
            told = json.loads(machine.recv(4096).decode().partition(": ")[2])
            auditor = signed_in(server, "auditor")
            exported = auditor.opens("/desk/access-log.csv").content.decode("utf-8-sig")
        finally:
            stop_server(server)
    assert (told["kind"], told["about"], told["address"]) == ("not_signed_in", "password_wrong", "127.0.0.1")
    assert ("of 199 days" in exported, "of 201 days" in exported) == (True, False)


def test_duties_that_are_joined_at_the_terminal_are_so_for_the_running_server_at_once(server: Server) -> None:
    administrator = signed_in(server, "administrator")
    offices = {name: asked(server, "SELECT id FROM account WHERE name = ?", name)[0][0] for name in OFFICERS}
    sent = {**offices, "request": secrets.token_hex(8)}
    assert administrator.presses("/desk/duties/separate", sent, seen_at="/desk/duties").status_code == 303
    log = f"/desk/{server.facts['contest']['id']}/log"
    security, auditor = signed_in(server, "security"), signed_in(server, "auditor")
    added = ("add-account", "王主任", "--role", "administrator", "--by", "李明", "--password", FIRST)
    assert SWITCHED_OFF not in auditor.opens(log).text
    at_the_terminal(server, "join-duties", "--reason", "少人", "--by", "李明")
    assert SWITCHED_OFF in auditor.opens(log).text
    assert "少人" in auditor.opens("/desk/site-log").text
    assert security.opens("/desk/duties").status_code in (200, 403)
    at_the_terminal(server, *added)
    newcomer = Phone(server.url)
    assert newcomer.signs_in("王主任", FIRST).headers["Location"] == "/desk/password"
    assert changes(newcomer, FIRST, SECOND).startswith("/desk/")
    assert newcomer.asks("GET", "/desk/accounts").status_code == 200
    assert newcomer.opens("/healthz").status_code == 200


def with_a_device(server: Server, role: str) -> tuple[Phone, pyotp.TOTP]:
    """The account of this role, signed in and with a second factor set up."""
    phone = Phone(server.url)
    assert phone.signs_in(**server.facts["accounts"][role]).headers["Location"] == "/desk/second-factor"
    key = re.search(r'class="key">([^<]+)<', phone.opens("/desk/second-factor").text)
    assert key is not None
    device = pyotp.TOTP(key[1].replace(" ", ""))
    sent = {"step": "device", "code": device.at(time.time())}
    assert phone.presses("/desk/second-factor", sent).status_code == 200
    return phone, device


def test_a_second_factor_that_is_taken_away_at_the_terminal_ends_what_is_open_and_is_set_up_anew(
    server: Server,
) -> None:
    chooses(signed_in(server, "administrator"), second_factor="1")
    organizer, device = with_a_device(server, "organizer")
    contest = server.facts["contest"]["id"]
    desk, news = organizer.joins("/desk", contest=contest), organizer.joins("/desk", contest=contest, news=True)
    assert Phone(server.url).signs_in(**server.facts["organizer"]).headers["Location"] == "/desk/second-factor/code"
    at_the_terminal(server, "reset-second-factor", "organizer", "--by", "李明")
    for one in (desk, news):
        one.is_cut_off()
    assert organizer.asks("GET", f"/desk/{contest}").status_code == 302
    program = {"contest": contest, **server.facts["organizer"], "code": device.now()}
    assert refused(server.url, "/desk", program)["code"] == "factor_to_set_up"
    anew, other = with_a_device(server, "organizer")
    assert anew.asks("GET", f"/desk/{contest}").status_code == 200
    assert other.secret != device.secret


def test_a_message_that_no_page_sends_is_in_the_log_with_who_sent_it_and_from_where(tmp_path: Path) -> None:
    server = start_server(tmp_path)
    organizer, seat = signed_in(server, "organizer"), server.facts["seats"][0]
    desk = organizer.joins("/desk", contest=server.facts["contest"]["id"])
    tablet = Socket(server.url, "/judge", {"key": seat["key"], "tablet": "a tablet by hand"})
    codes = [
        desk.asks("call", {"turn": 1, "request": "short"})["code"],
        tablet.asks("draft", {"turn": {"$ne": 0}, "typed": [], "base": 0})["code"],
        desk.presses("ask_for_checks", wanted="perhaps")["code"],
    ]
    for one in (desk, tablet):
        one.leaves()
    stop_server(server)
    noted = asked(server, "SELECT about, who, address FROM access_entry WHERE kind = 'refused' ORDER BY id")
    assert set(codes) == {about for about, _who, _address in noted}
    assert codes == ["request_malformed", "payload_malformed", "field_not_a_flag"]
    assert {(who, address) for _about, who, address in noted} == {
        ("account:organizer", "127.0.0.1"),
        (f"seat:{seat['id']}", "127.0.0.1"),
    }
