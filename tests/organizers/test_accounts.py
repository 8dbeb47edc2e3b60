"""The page of accounts: who may open it, what it changes, what it refuses, and that all of it is on record."""

from __future__ import annotations

import re
import secrets

import pytest
from sqlalchemy import select

from scoring import access
from scoring.actions.setting_up.contests import add_account
from scoring.actions.site import accounts, sessions
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Account, SiteEntry
from scoring.store.model import GENESIS, fingerprint
from scoring.store.people import IN_CONTESTS
from tests.conftest import ORGANIZER, PASSWORD
from tests.organizers.conftest import words_of
from tests.passwords import quickly_checked

ADMIN = "韦管理"
HASHED = quickly_checked(PASSWORD)
BY_ADMIN = Actor(f"account:{ADMIN}", role="administrator")


def browser_of(venue, name, password=PASSWORD):
    browser = venue.app.test_client()
    browser.set_cookie("language", "en")
    return browser, browser.post("/desk/sign-in", data={"name": name, "password": password})


@pytest.fixture
def admin(anyone, venue):
    """The administrator's browser, signed in."""
    perform(add_account, ADMIN, HASHED, "administrator")
    return browser_of(venue, ADMIN)[0]


def step(browser, name, /, request="", **sent):
    return browser.post(f"/desk/accounts/{name}", data={"request": request or secrets.token_hex(16), **sent})


def account(name):
    db.session.rollback()
    return db.session.scalars(select(Account).where(Account.name == name)).one()


def entries():
    db.session.rollback()
    return list(db.session.scalars(select(SiteEntry).order_by(SiteEntry.id)))


@pytest.mark.parametrize("role", sorted(IN_CONTESTS))
def test_nobody_of_a_contest_opens_the_page_or_changes_anything(venue, anyone, role):
    perform(add_account, role, HASHED, role)
    browser, _ = browser_of(venue, role)
    assert browser.get("/desk/accounts").status_code == 403
    before = len(entries())
    assert step(browser, "create", name="x", role="organizer").status_code == 403
    assert len(entries()) == before


def test_an_account_with_a_password_of_ones_choice_signs_in_with_it(admin, venue):
    answer = step(admin, "create", name=" 刘计时 ", role="timekeeper", password="kept in mind")
    assert answer.status_code == 303
    assert browser_of(venue, "刘计时", "kept in mind")[1].location == "/desk/password"
    assert account("刘计时").role == "timekeeper"


def test_a_random_password_is_shown_once_and_works(admin, venue):
    shown = step(admin, "create", name="刘计时", role="timekeeper").text
    password = re.search(r'id="password">([^<]+)<', shown)[1]
    assert re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", password)
    assert browser_of(venue, "刘计时", password)[1].location == "/desk/password"
    assert password not in admin.get("/desk/accounts").text
    assert password not in str([entry.details for entry in entries()])


def test_creating_twice_with_one_press_makes_one_account(admin):
    first = step(admin, "create", request="one-and-the-same", name="刘计时", role="timekeeper")
    again = step(admin, "create", request="one-and-the-same", name="刘计时", role="timekeeper")
    assert (first.status_code, again.status_code) == (200, 303)
    assert "This was done already." in admin.get("/desk/accounts").text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": ORGANIZER, "role": "host"}, "Another account has this name already"),
        ({"name": "  ", "role": "host"}, "Please fill this in."),
        ({"name": "a\u0007b", "role": "host"}, "Please enter plain text."),
        ({"name": "长" * 61, "role": "host"}, "Please shorten this to 60 characters."),
        ({"name": "x", "role": "king"}, "Please choose a role from the list."),
        ({"name": "x", "role": "host", "password": "short"}, "at least 8 characters"),
        ({"name": "x", "role": "host", "password": "x" * 201}, "at most 200 characters"),
        ({"name": "x", "role": "host", "contest": "99"}, "There is no such contest."),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_and_nothing_is_stored(admin, sent, sentence):
    before = len(entries())
    answer = step(admin, "create", **sent)
    assert answer.status_code == 409
    assert sentence in words_of(answer)
    assert len(entries()) == before


def test_another_role_signs_the_account_out_and_counts_from_then_on(admin, venue):
    browser, _ = browser_of(venue, ORGANIZER)
    assert browser.get(f"/desk/{venue.contest_id}").status_code == 200
    step(admin, "role", account=account(ORGANIZER).id, role="timekeeper")
    assert browser.get(f"/desk/{venue.contest_id}").status_code == 302
    browser, _ = browser_of(venue, ORGANIZER)
    assert browser.get(f"/desk/{venue.contest_id}").status_code == 403
    assert browser.get(f"/desk/{venue.contest_id}/clocks").status_code == 200


def test_a_renewed_password_signs_the_account_out_everywhere(admin, venue):
    browser, _ = browser_of(venue, ORGANIZER)
    shown = step(admin, "renew", account=account(ORGANIZER).id).text
    assert browser.get("/desk/").status_code == 302
    assert browser_of(venue, ORGANIZER)[1].status_code == 403
    assert browser_of(venue, ORGANIZER, re.search(r'id="password">([^<]+)<', shown)[1])[1].location == "/desk/password"


def test_a_closed_account_is_signed_out_and_told_so_until_it_is_opened_again(admin, venue):
    browser, _ = browser_of(venue, ORGANIZER)
    step(admin, "close", account=account(ORGANIZER).id)
    assert browser.get("/desk/").status_code == 302
    answer = browser_of(venue, ORGANIZER)[1]
    assert answer.status_code == 403
    assert "is closed. An administrator can open it again." in words_of(answer)
    step(admin, "reopen", account=account(ORGANIZER).id)
    assert browser_of(venue, ORGANIZER)[1].status_code == 302


def test_a_closed_account_performs_nothing_on_a_socket_that_is_open(admin, venue):
    session_id = perform(sessions.sign_in, "a name of the test's", account(ORGANIZER).id, "127.0.0.1", "")
    assert access.actor_now(session_id, venue.contest_id).role == "organizer"
    step(admin, "close", account=account(ORGANIZER).id)
    with pytest.raises(Refused, match="not_signed_in"):
        access.actor_now(session_id, venue.contest_id)


@pytest.mark.parametrize(("verb", "sent"), [("close", {}), ("role", {"role": "organizer"})])
def test_the_last_administrator_stays(admin, verb, sent):
    answer = step(admin, verb, account=account(ADMIN).id, **sent)
    assert answer.status_code == 409
    assert "This is the last administrator." in words_of(answer)
    perform(add_account, "second", HASHED, "administrator")
    assert step(admin, verb, account=account(ADMIN).id, **sent).status_code == 303


def test_a_closed_administrator_does_not_count_as_another(admin):
    perform(add_account, "second", HASHED, "administrator")
    step(admin, "close", account=account("second").id)
    assert step(admin, "close", account=account(ADMIN).id).status_code == 409


def test_an_account_of_certain_contests_sees_no_other(admin, venue):
    browser, _ = browser_of(venue, ORGANIZER)
    with pytest.raises(Refused, match="contest_unknown"):
        perform(accounts.admit, BY_ADMIN, account(ORGANIZER).id, [99])
    restricted = account(ORGANIZER)
    step(admin, "admit", account=restricted.id, contest=venue.contest_id)
    assert browser.get(f"/desk/{venue.contest_id}").status_code == 302
    browser, _ = browser_of(venue, ORGANIZER)
    assert browser.get(f"/desk/{venue.contest_id}").status_code == 200
    other = venue.contest_id + 1
    assert browser.get(f"/desk/{other}").status_code == 403
    assert browser.post(f"/desk/{other}/call", data={"request": "x" * 8}).status_code == 403
    with pytest.raises(Refused, match="contest_not_yours"):
        access.check_admitted(account(ORGANIZER), other)
    step(admin, "admit", account=restricted.id)
    assert browser.get(f"/desk/{other}").status_code == 404


def test_an_administrator_is_let_into_every_contest(admin, venue):
    answer = step(admin, "admit", account=account(ADMIN).id, contest=venue.contest_id)
    assert "Administrators are let into every contest." in words_of(answer)


@pytest.mark.parametrize("verb", ["role", "admit", "renew", "close", "reopen"])
def test_an_account_that_is_not_there_is_refused(admin, verb):
    answer = step(admin, verb, account=99, role="host")
    assert (answer.status_code, "There is no such account." in words_of(answer)) == (409, True)


def test_an_unknown_step_is_not_found(admin):
    assert step(admin, "promote", account=1).status_code == 404


@pytest.mark.parametrize("name", ["Chief", "ｃｈｉｅｆ", "chıef", "сhief", "ch ief", "chiéf"])
def test_a_name_that_reads_like_another_accounts_is_refused(admin, name):
    step(admin, "create", name="chief", role="host", password="kept in mind")
    answer = step(admin, "create", name=name, role="host", password="kept in mind")
    assert (answer.status_code, "or one that reads like it" in words_of(answer)) == (409, True)


@pytest.mark.parametrize("name", ["seat:1", "account：chief", "address:1.2.3.4"])
def test_a_name_that_reads_like_a_signature_of_the_record_is_refused(admin, name):
    answer = step(admin, "create", name=name, role="host", password="kept in mind")
    assert (answer.status_code, "leave the colon out" in words_of(answer)) == (409, True)


def test_every_change_is_on_the_sites_record_and_chained(admin, venue):
    step(admin, "create", name="刘计时", role="timekeeper", password="kept in mind")
    step(admin, "role", account=account("刘计时").id, role="host")
    step(admin, "close", account=account("刘计时").id)
    kept = entries()
    assert [entry.verb for entry in kept[-3:]] == ["create_account", "change_role", "close_account"]
    assert {entry.actor for entry in kept[-3:]} == {f"account:{ADMIN}"}
    before = [GENESIS, *(entry.fingerprint for entry in kept)]
    assert all(entry.fingerprint == fingerprint(before[place], entry.record()) for place, entry in enumerate(kept))
    assert "account closed: 刘计时" in words_of(admin.get("/desk/accounts"))


def test_ones_own_password_is_changed_with_the_present_one(organizer, venue):
    elsewhere, _ = browser_of(venue, ORGANIZER)
    sent = {"present": PASSWORD, "new": "another good one", "again": "another good one"}
    assert organizer.post("/desk/password", data=sent).location == "/desk/"
    assert organizer.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 302
    assert browser_of(venue, ORGANIZER, "another good one")[1].status_code == 302


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"present": "wrong"}, "present", "The name or the password is wrong."),
        ({"new": "short", "again": "short"}, "new", "at least 8 characters"),
        ({"again": "another god one"}, "again", "The two passwords differ."),
    ],
)
def test_a_refused_change_of_the_password_says_why_beside_the_field(organizer, venue, sent, field, sentence):
    typed = {"present": PASSWORD, "new": "another good one", "again": "another good one"} | sent
    answer = organizer.post("/desk/password", data=typed)
    assert answer.status_code == 409
    assert sentence in answer.text.partition(f'id="{field}-problem"')[2][:120]
    assert browser_of(venue, ORGANIZER)[1].status_code == 302


def test_whoever_has_one_task_in_one_contest_begins_there(venue, anyone):
    perform(add_account, "刘计时", HASHED, "timekeeper")
    assert browser_of(venue, "刘计时")[1].location == f"/desk/{venue.contest_id}/clocks"
