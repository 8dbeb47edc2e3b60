"""Whoever was in before comes back: after a start over, in another installation's server, from a rehearsal."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring import create_app
from scoring.extensions import db
from scoring.store import Seat
from scoring.store.codes import seat_key
from scoring.store.rehearsals import seat_led_to
from tests.attacks.phone import Json, Phone, Socket, refused
from tests.conftest import Server, marks_worth, run_server, start_server, stop_server

TABLET = "a tablet of long ago"


@pytest.fixture
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of another installation on the same host, with a secret of its own."""
    started = run_server(tmp_path_factory.mktemp("other"))
    yield started
    stop_server(started)


def desk_of(server: Server) -> str:
    return f"/desk/{server.facts['contest']['id']}"


def test_after_a_start_over_neither_cookie_nor_key_pin_or_password_of_before_opens_anything(tmp_path: Path) -> None:
    before = start_server(tmp_path)
    desk, judge, seat = Phone(before.url), Phone(before.url), before.facts["seats"][0]
    desk.signs_in(**before.facts["organizer"])
    judge.takes(seat)
    code = desk.presses("/desk/door-codes").text.partition('id="door-code">')[2].partition("<")[0]
    assert (desk.asks("GET", desk_of(before)).status_code, len(code)) == (200, 9)
    stop_server(before)
    after = run_server(tmp_path, "--fresh")
    try:
        desk.url = judge.url = after.url
        assert after.facts["seats"][0]["id"] == seat["id"], "the new demo has the numbers of the old one"
        assert desk.asks("GET", desk_of(after)).status_code == 302
        assert judge.asks("GET", f"/judge/{seat['id']}").status_code == 302
        for auth in ({"contest": after.facts["contest"]["id"]}, {"contest": 1, **before.facts["organizer"]}):
            assert refused(after.url, "/desk", auth, desk.cookie())["ok"] is False
        assert refused(after.url, "/judge", {"key": seat["key"], "tablet": TABLET})["code"] == "key_unknown"
        assert refused(after.url, "/judge", {"seat": seat["id"]}, judge.cookie())["ok"] is False
        newcomer = Phone(after.url)
        assert newcomer.takes(seat).status_code == 403
        assert newcomer.presses("/judge/", {"pin": seat["pin"]}).status_code == 403
        typed = newcomer.presses("/judge/", {"pin": seat["pin"], "door_code": code})
        assert "door code" in typed.text
        assert newcomer.signs_in(**before.facts["organizer"]).status_code == 403
        assert newcomer.signs_in(**after.facts["organizer"]).status_code == 302
    finally:
        stop_server(after)


def test_one_browser_acts_at_two_servers_of_one_host_and_neither_knows_what_the_other_gave(
    server: Server, other: Server
) -> None:
    browser, seats = Phone(server.url), [one.facts["seats"][0] for one in (server, other)]
    for one, seat in zip((server, other), seats, strict=True):
        browser.url = one.url
        browser.signs_in(**one.facts["organizer"])
        browser.takes(seat)
    for one, seat in zip((server, other), seats, strict=True):
        browser.url = one.url
        assert browser.asks("GET", desk_of(one)).status_code == 200
        assert browser.asks("GET", f"/judge/{seat['id']}").status_code == 200
        browser.joins("/desk", contest=one.facts["contest"]["id"]).leaves()
        browser.joins("/judge", seat=seat["id"]).leaves()
    browser.url = other.url
    browser.presses("/desk/sign-out", seen_at="/desk/")
    assert browser.asks("GET", desk_of(other)).status_code == 302
    browser.url = server.url
    assert browser.asks("GET", desk_of(server)).status_code == 200
    named = {one.name for one in browser.cookies}
    renamed = {one.name: one.value for one in browser.cookies}
    ours, theirs = sorted(name for name in named if not any(name.startswith(f"{one}-") for one in named))
    swapped = f"{ours}={renamed[theirs]}; {theirs}={renamed[ours]}"
    for one in (server, other):
        answer = Phone(one.url).asks("GET", desk_of(one), headers={"Cookie": swapped})
        assert answer.status_code == 302, "what one server has signed is a stranger's at the other"


def key_in_rehearsal(server: Server, seat_id: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """The key on the card of the same seat in the rehearsal that is on."""
    monkeypatch.setenv("SAIPING_INSTANCE", str(server.folder))
    app = create_app()
    with app.app_context():
        seat = seat_led_to(db.session.get_one(Seat, seat_id))
        key = seat_key(seat) if seat else ""
        db.engine.dispose()
    return key


def sheet(turn: int) -> Json:
    return {"turn": turn, "typed": marks_worth("90"), "submission": secrets.token_hex(8)}


def test_no_seat_of_a_rehearsal_marks_in_the_contest_and_none_of_the_contest_marks_while_it_is_rehearsed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    organizer, seat, turn = Phone(server.url), server.facts["seats"][0], server.facts["turns"][0]["id"]
    organizer.signs_in(**server.facts["organizer"])
    page = f"{desk_of(server)}/rehearsal"
    real = Socket(server.url, "/judge", {"key": seat["key"], "tablet": TABLET})
    assert organizer.presses(f"{page}/begin", {"request": secrets.token_hex(8)}, seen_at=page).status_code == 303
    held, key = (key_in_rehearsal(server, one["id"], monkeypatch) for one in server.facts["seats"][:2])
    assert refused(server.url, "/judge", {"key": held, "tablet": "a tablet to try with"})["code"] == "seat_held"
    tried = Socket(server.url, "/judge", {"key": key, "tablet": "a tablet to try with"})
    call = Socket(server.url, "/desk", {"contest": server.facts["contest"]["id"], **server.facts["organizer"]})
    assert call.presses("call", turn=turn)["code"] == "rehearsal_on"
    assert real.asks("submit", sheet(turn))["ok"] is False
    assert tried.asks("submit", sheet(turn))["ok"] is False
    end = organizer.presses(f"{page}/end", {"request": secrets.token_hex(8)}, seen_at=page)
    assert end.status_code == 303
    assert call.presses("call", turn=turn)["ok"]
    assert refused(server.url, "/judge", {"key": key, "tablet": "another tablet of it"})["code"] == "key_unknown"
    assert real.asks("submit", sheet(turn))["ok"]
