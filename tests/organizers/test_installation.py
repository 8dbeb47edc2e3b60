"""What holds for the whole installation: one time zone beside every moment, one address in every code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from scoring import demo
from scoring.actions.running import calls, draws, screens, seats
from scoring.actions.site.demonstration import note_demonstration
from scoring.actions.site.installation import set_installation
from scoring.actions.transaction import Actor, perform
from scoring.board.views.desk import desk
from scoring.extensions import db
from scoring.store import SiteEntry
from scoring.store.contests import PREPARING
from scoring.store.installation import Known, installation
from scoring.venue import addresses
from tests.conftest import DESK, Venue, contest_of
from tests.record.conftest import OPERATOR
from tests.refusals import refusal_of

PAGE = "/desk/installation"
# What a clock has left looks like a moment and is none.
CLOCK = re.compile(r'(?s)<time[^>]* role="timer".*?</time>')
TIME = re.compile(r"\b\d\d:\d\d\b")
ALONE = re.compile(r"\b\d\d:\d\d(?::\d\d)?\b(?!:| \(Beijing time\))")
OWN = re.compile(r"127\.0\.0\.1|localhost|\[::1\]")


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine has an address in the venue's network."""
    monkeypatch.setattr(addresses, "_own", lambda: iter(["127.0.0.1", "192.168.1.10"]))


def keeps(browser: FlaskClient, **sent: str) -> Any:
    return browser.post(PAGE, data={"zone": "Asia/Shanghai", "address": "", "request": "kept-once"} | sent)


def kept() -> Known:
    db.session.rollback()
    return installation()


def pages_with_addresses(venue: Venue, organizer: FlaskClient, host: str) -> str:
    perform(seats.open_handover, DESK, venue.seat(1).id)
    pages = (f"/desk/{venue.contest_id}/cards", f"/desk/{venue.contest_id}/handovers", "/c/shifa/screen", PAGE)
    return "".join(organizer.get(page, base_url=host).text.replace("<wbr>", "") for page in pages)


def test_the_zone_is_that_of_the_contests_until_somebody_chooses_another(venue: Venue, organizer: FlaskClient) -> None:
    page = organizer.get(PAGE).text
    assert '<option value="Asia/Shanghai" selected>Beijing time · Asia/Shanghai · UTC+8</option>' in page
    assert keeps(organizer, zone="Asia/Urumqi", address="10.0.0.5:5000/").status_code == 303
    assert kept() == Known("Asia/Urumqi", "http://10.0.0.5:5000")
    entry = db.session.scalars(select(SiteEntry).order_by(SiteEntry.id.desc())).first()
    assert (entry.verb, entry.actor) == ("set_installation", "account:何组长")
    assert entry.details["before"] == {"zone": "Asia/Shanghai", "address": ""}


def test_sent_twice_it_is_kept_once(venue: Venue, organizer: FlaskClient) -> None:
    for _ in range(2):
        assert keeps(organizer, address="10.0.0.5").status_code == 303
    verbs = [entry.verb for entry in db.session.scalars(select(SiteEntry))]
    assert verbs.count("set_installation") == 1


@pytest.mark.parametrize("given", ["javascript:alert(1)", "ftp://x", "http://", "http://[", "a b", "x" * 130])
def test_an_address_that_is_none_is_refused_and_stays_in_its_field(
    venue: Venue, organizer: FlaskClient, given: str
) -> None:
    answer = keeps(organizer, address=given)
    assert answer.status_code == 409
    assert "Please enter an address such as http://192.168.1.10:5000" in answer.text
    assert f'value="{given}"' in answer.text
    assert kept() == Known()


def test_a_zone_that_is_none_is_refused(venue: Venue) -> None:
    assert refusal_of(perform, set_installation, DESK, "Mars/Olympus", "").code == "zone_unknown"


@pytest.mark.parametrize("host", ["http://127.0.0.1:5000", "http://localhost:5000"])
def test_no_page_and_no_code_names_an_address_of_this_machine_alone(
    venue: Venue, organizer: FlaskClient, encoded: list[str], at_home: None, host: str
) -> None:
    with organizer.session_transaction(base_url="http://localhost") as known:
        held = dict(known)
    with organizer.session_transaction(base_url=host) as here:
        here.update(held)
    shown = pages_with_addresses(venue, organizer, host)
    assert "http://192.168.1.10:5000/c/shifa" in shown
    assert not OWN.findall(shown)
    assert len(encoded) > 8
    assert {text.partition("/c/")[0].partition("/judge/")[0] for text in encoded} == {"http://192.168.1.10:5000"}


def test_the_address_that_was_set_stands_on_all_of_them(
    venue: Venue, organizer: FlaskClient, encoded: list[str]
) -> None:
    perform(set_installation, DESK, "Asia/Shanghai", "https://pingfen.venue")
    pages_with_addresses(venue, organizer, "http://localhost")
    assert len(encoded) > 8
    assert all(text.startswith("https://pingfen.venue/") for text in encoded)
    assert addresses.served_at("0.0.0.0", 5000) == "https://pingfen.venue"
    perform(set_installation, DESK, "Asia/Shanghai", "http://10.0.0.9")
    encoded.clear()
    assert "http://10.0.0.9/c/shifa" in organizer.get("/c/shifa/screen").text.replace("<wbr>", "")


def test_a_server_for_everybody_names_the_machines_own_address(
    venue: Venue, at_home: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = addresses.served_at("0.0.0.0", 5000)
    perform(note_demonstration, "-", [venue.contest_id])
    facts = demo.make(base, tmp_path / "demo.json")
    assert facts["base_url"] == "http://192.168.1.10:5000"
    assert not OWN.findall(json.dumps(facts))


@pytest.mark.parametrize("host", ["[::1]:5000", "0.0.0.0:5000", "127.0.1.1:5000", "x.localhost:5000"])
def test_every_way_to_say_this_machine_is_known(venue: Venue, at_home: None, host: str) -> None:
    with venue.app.test_request_context(base_url=f"http://{host}"):
        assert addresses.server_address() == "http://192.168.1.10:5000"


def test_a_machine_without_another_address_names_the_one_it_has(venue: Venue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "_own", lambda: iter(["127.0.0.1"]))
    assert addresses.served_at("0.0.0.0", 5000) == "http://127.0.0.1:5000"
    assert addresses.served_at("::1", 5000) == "http://[::1]:5000"


def test_a_server_for_this_machine_alone_prints_no_address_that_does_not_answer(
    venue: Venue, organizer: FlaskClient, encoded: list[str], at_home: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(venue.app.config, addresses.LISTENS_AT, "127.0.0.1")
    shown = pages_with_addresses(venue, organizer, "http://localhost")
    assert "192.168.1.10" not in shown
    assert shown.count("it was started with --host 127.0.0.1 and answers on this machine only. Start it without") == 3
    assert "phones cannot open it" in organizer.get("/c/shifa/screen").text
    cards = organizer.get(f"/desk/{venue.contest_id}/cards").text
    assert "data:image/svg+xml" not in cards
    assert cards.count("No code: tablets cannot reach this server.") == 7


@pytest.mark.parametrize(("listens", "asked"), [("127.0.0.1", "http://pingfen.venue"), ("0.0.0.0", "http://localhost")])
def test_behind_a_proxy_and_on_the_network_nothing_is_said_of_it(
    venue: Venue, organizer: FlaskClient, at_home: None, monkeypatch: pytest.MonkeyPatch, listens: str, asked: str
) -> None:
    monkeypatch.setitem(venue.app.config, addresses.LISTENS_AT, listens)
    shown = organizer.get("/c/shifa/screen", base_url=asked).text
    assert "phones cannot open it" not in shown
    assert 'class="address"' in shown


def moments_on(page: str) -> tuple[list[str], list[str]]:
    """The moments that a page tells, and those of them beside which no zone stands, nor above them in their column."""
    main = CLOCK.sub("", page.partition("<main")[2].partition("</main>")[0])
    zoned = [table for table in re.findall(r"(?s)<table.*?</table>", main) if "(Beijing time)</th>" in table]
    told = [time for table in zoned for time in TIME.findall(re.sub(r"<[^>]+>", " ", table))]
    for table in zoned:
        main = main.replace(table, "")
    text = " ".join(re.sub(r"<[^>]+>", " ", main).split())
    alone = [text[max(0, found.start() - 40) : found.end() + 20] for found in ALONE.finditer(text)]
    return told + TIME.findall(text), alone


def test_the_zone_stands_beside_every_moment(venue: Venue, organizer: FlaskClient) -> None:
    perform(draws.draw_turns, DESK, venue.contest_id, "20261122", "监督员赵")
    first = desk(venue.contest_id)["turns"][0]["number"]
    venue.call(first)
    perform(screens.freeze, OPERATOR, venue.contest_id)
    perform(seats.open_handover, DESK, venue.seat(1).id)
    perform(calls.call_chief, Actor(f"seat:{venue.seat(2).id}", seat_id=venue.seat(2).id), venue.seat(2).id, "")
    for page in ("screens", "handovers", "", "draw", "log"):
        answer = organizer.get(f"/desk/{venue.contest_id}/{page}".rstrip("/"))
        told, alone = moments_on(answer.text)
        assert (answer.status_code, alone) == (200, []), page
        assert told, page


def test_the_zone_stands_above_the_planned_starts_of_the_rooms(venue: Venue, organizer: FlaskClient) -> None:
    contest_of(venue).state = PREPARING
    db.session.commit()
    rooms = organizer.get(f"/desk/{venue.contest_id}/set-up/rooms")
    assert rooms.status_code == 200
    assert "Planned start (Beijing time)</th>" in rooms.text
