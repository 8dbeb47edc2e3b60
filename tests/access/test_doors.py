"""Each page, file, verb and socket event opens for whom the table says, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from scoring.actions.registry import heard, verbs
from scoring.extensions import db, socketio
from scoring.organizers.site import accounts, duties
from scoring.store import SiteEntry
from scoring.store.people import ROLES, acts_as
from tests.access.conftest import House
from tests.access.table import EVENTS, NAMESPACES, ON_PAGES, PAGES, PEOPLE, SITE_STEPS, VERBS, VISITOR

ABOUT_WHAT_IS_NOT_THERE = ("organizers.confirm_import", "organizers.mend_import", "organizers.ask_correction")
SIGN_INS = ("/desk/sign-in", "/desk/go-on", "/judge/")


def came_in(answer: TestResponse) -> bool:
    """Whether somebody was let in: not told that this is not theirs, nor led to a sign-in, and something is there."""
    led_away = answer.status_code in (302, 307) and answer.location.partition("?")[0] in SIGN_INS
    told = answer.is_json and answer.get_json().get("code") == "seat_not_yours"
    return answer.status_code not in (401, 403, 404) and not led_away and not told


def doors(app: Flask) -> Iterator[tuple[str, str, Rule]]:
    """Every endpoint with each of its methods."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule.endpoint, method, rule


def test_the_table_knows_every_door_and_no_other(app: Flask) -> None:
    assert {endpoint for endpoint, _, _ in doors(app)} == set(PAGES)
    assert set(heard()) == set(VERBS)


def test_no_number_in_an_address_breaks_a_page(house: House) -> None:
    broken = set()
    for endpoint, method, rule in doors(house.app):
        who = next((one for one in PEOPLE if one in PAGES[endpoint]), None)
        for name in ("before", "room", "event", "account") if method == "GET" and who else ():
            try:
                status = house.knock(who, "GET", f"{house.address(rule)}?{name}={'9' * 20}").status_code
            except (OverflowError, LookupError):
                status = 500
            broken |= {(endpoint, name)} if status >= 500 else set()
    assert not broken, sorted(broken)


def test_the_table_knows_every_socket_event_and_no_other(app: Flask) -> None:
    known = {namespace: frozenset(handlers) for namespace, handlers in socketio.server.handlers.items()}
    assert known == {
        namespace: events | (set(VERBS) if namespace == "/desk" else set()) for namespace, events in EVENTS.items()
    }
    assert set(NAMESPACES) == set(known)


@pytest.mark.parametrize("by", ["GET", "POST"])
def test_each_page_opens_for_whom_the_table_says(house: House, by: str) -> None:
    wrong = []
    for endpoint, method, rule in doors(house.app):
        if method != by or endpoint in (
            "judges.enter",
            "judges.handover",
            "judges.sign_in",
            "judges.leave",
            "organizers.go_on",
            "organizers.sign_in",
            "organizers.sign_out",
        ):
            continue  # open to all by their nature, or they would change who is signed in
        address = house.address(rule)
        for who in PEOPLE:
            answer = house.knock(who, method, address)
            wanted = who in PAGES[endpoint]
            if answer.status_code >= 500 or came_in(answer) != (wanted and answer.status_code != 404):
                wrong.append(f"{who} {method} {address}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("sent", ["x" * 70_000, "short", "🀄" * 20])
def test_a_form_whose_request_has_no_fit_name_changes_nothing(house: House, sent: str) -> None:
    before = db.session.scalar(select(func.count(SiteEntry.id)))
    about = {"zone": "Asia/Shanghai", "address": "10.0.0.9", "request": sent}
    answer = house.browsers["administrator"].post("/desk/installation", data=about)
    assert answer.status_code == 409
    db.session.rollback()
    assert db.session.scalar(select(func.count(SiteEntry.id))) == before


def test_an_address_that_takes_only_forms_leads_to_the_page_that_they_stand_on(house: House) -> None:
    """A page that answered a form stands at its address: whoever loads it after an upgrade asks for that."""
    lost = []
    for endpoint, method, rule in doors(house.app):
        if method == "POST" and "GET" not in (rule.methods or ()) and endpoint not in ABOUT_WHAT_IS_NOT_THERE:
            address = house.address(rule)
            who = next((one for one in reversed(PEOPLE) if one in PAGES[endpoint]), VISITOR)
            answer = house.browsers[who].get(address, follow_redirects=True)
            if answer.status_code != 200 or answer.mimetype != "text/html":
                lost.append(f"{who} {address}: {answer.status_code}")
    assert not lost, "\n".join(lost)


def test_each_step_of_the_installation_is_pressed_by_whom_the_table_says(house: House) -> None:
    known = {f"accounts/{name}" for name in accounts.STEPS} | {f"duties/{name}" for name in duties.STEPS}
    assert known == set(SITE_STEPS)
    pressed = {(who, step): house.knock(who, "POST", f"/desk/{step}") for who in ROLES for step in SITE_STEPS}
    let_in = {key for key, answer in pressed.items() if answer.status_code != 403}
    assert let_in == {(who, step) for step, whose in SITE_STEPS.items() for who in whose}


def test_each_verb_of_a_page_is_declared_for_whom_the_table_says() -> None:
    known = {name: {who for who in ROLES if acts_as(who, one.roles)} for name, one in verbs().items() if not one.heard}
    assert known == ON_PAGES


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_each_verb_is_pressed_by_whom_the_table_says(house: House, verb: str) -> None:
    contest = house.contest("zhuangding")
    wrong = []
    for who in ROLES:
        answer = house.knock(who, "POST", f"/desk/{contest.id}/{verb}")
        turned_away = answer.status_code in (403, 404) or "Your account may not do this" in answer.text
        if turned_away == (who in VERBS[verb]):
            wrong.append(f"{who}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
