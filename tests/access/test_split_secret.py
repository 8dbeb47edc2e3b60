"""Keys, codes, cookies and tokens are all made of one secret: what was made for one use is refused in every other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from flask.testing import FlaskClient

from scoring import access
from scoring.actions.running import seats
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.store import Contest
from scoring.store.codes import handover_key, handover_pin
from tests.conftest import DESK, Venue, entry_of

ADDRESSES = count(2)


def stranger(venue: Venue) -> FlaskClient:
    """A browser at an address of its own, so that no budget of guesses answers in a door's place."""
    browser = venue.app.test_client()
    browser.environ_base["REMOTE_ADDR"] = f"10.0.0.{next(ADDRESSES)}"
    browser.set_cookie("language", "en")
    return browser


def made(venue: Venue, organizer: FlaskClient) -> dict[str, str]:
    """One of everything, by its use: the card of a seat that is free, the handover of one that is held."""
    card, pin = entry_of(venue.seat(2))
    seats.take_seat(Actor("seat", holder="client:another"), venue.seat(1).id, 0)
    perform(seats.open_handover, DESK, venue.seat(1).id)
    db.session.rollback()
    token = organizer.get("/desk/sign-in").text.partition('name="csrf-token" content="')[2].partition('"')[0]
    code = organizer.post("/desk/door-codes").text.partition('id="door-code">')[2].partition("<")[0]
    return {
        "card": card,
        "pin": pin,
        "handover": handover_key(venue.seat(1)),
        "handover by digits": handover_pin(venue.seat(1)),
        "pass": access.pass_of(db.session.get_one(Contest, venue.contest_id).slug),
        "cookie": organizer.get_cookie(cookie_name(venue)).value,
        "token": token,
        "door code": code,
    }


def cookie_name(venue: Venue) -> str:
    """That of who has signed in."""
    return f"{venue.app.config['SESSION_COOKIE_NAME']}-account"


def doors(venue: Venue, organizer: FlaskClient) -> dict[str, Callable[[str], bool]]:
    """By what a door is for, whether it opens to something that is shown there."""

    def by_cookie(shown: str) -> bool:
        browser = stranger(venue)
        browser.set_cookie(cookie_name(venue), shown)
        return browser.get("/desk/").status_code == 200

    def by_token(shown: str) -> bool:
        venue.app.config["WTF_CSRF_ENABLED"] = True
        answer = organizer.post("/judge/", data={"csrf_token": shown, "pin": "none"})
        venue.app.config["WTF_CSRF_ENABLED"] = False
        return answer.status_code == 422

    def by_door_code(shown: str) -> bool:
        return (
            "door-code-problem" not in stranger(venue).post("/judge/", data={"pin": "000000", "door_code": shown}).text
        )

    slug = db.session.get_one(Contest, venue.contest_id).slug
    return {
        "card": lambda shown: stranger(venue).get(f"/judge/enter/{shown}").status_code == 200,
        "handover": lambda shown: stranger(venue).get(f"/judge/handover/{shown}").status_code == 200,
        "pass": lambda shown: access.is_pass(slug, shown),
        "cookie": by_cookie,
        "token": by_token,
        "door code": by_door_code,
        "pin": lambda shown: stranger(venue).post("/judge/", data={"pin": shown}).status_code == 303,
    }


def test_each_door_opens_to_what_was_made_for_it_and_to_nothing_else(venue: Venue, organizer: FlaskClient) -> None:
    things = made(venue, organizer)
    opened = {door: {use for use, it in things.items() if opens(it)} for door, opens in doors(venue, organizer).items()}
    own: dict[str, set[str]] = {door: {door} for door in opened}
    assert opened == own | {"pin": {"pin", "handover by digits"}}
