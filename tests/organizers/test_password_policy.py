"""The two policies for passwords: who chooses, what each refuses, what nobody reaches before a password is changed."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select

from scoring import access
from scoring.actions.setting_up.contests import add_account
from scoring.actions.site import accounts
from scoring.actions.site.installation import set_password_policy
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.rules.refusal import problems_of
from scoring.store import Account, FormerPassword, Installation, SiteEntry
from scoring.store.model import now
from scoring.store.steady import steady
from tests.conftest import ORGANIZER, PASSWORD
from tests.organizers.conftest import words_of
from tests.organizers.test_accounts import HASHED, account, admin, browser_of, step
from tests.passwords import quickly_checked

assert admin  # the administrator's browser
PAGE = "/desk/password-policy"
GOOD = "Seven lamps on 7 hills!"


def holds(policy: str = "mlps", idle: int = 30, factor: bool = False) -> None:
    perform(set_password_policy, Actor("test"), policy, idle, factor)


def change(browser, present: str, new: str, **more):
    return browser.post("/desk/password", data={"present": present, "new": new, "again": new, **more})


@pytest.fixture
def given(admin, venue):
    """The browser of somebody who has signed in with the password that the administrator gave."""
    step(admin, "create", name="李统分", role="tallier", password="given by another")
    return browser_of(venue, "李统分", "given by another")[0]


def test_a_given_password_opens_nothing_until_it_is_changed(given, venue):
    assert given.get("/desk/").location.startswith("/desk/sign-in")
    assert given.get(f"/desk/{venue.contest_id}/tally").status_code == 302
    assert given.post(f"/desk/{venue.contest_id}/check_totals", data={"turn": 1}).status_code == 307
    assert given.get("/desk/sessions").status_code == 302
    assert "Your password was given to you by somebody else" in words_of(given.get("/desk/password"))
    with venue.app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        program = {"name": "李统分", "password": "given by another"}
        assert [one.code for one in problems_of(lambda: access.account_of_socket(program))] == ["password_to_change"]
    assert change(given, "given by another", "a tallier's own words").location.startswith("/desk/")
    assert given.get(f"/desk/{venue.contest_id}/tally").status_code == 200
    assert browser_of(venue, "李统分", "given by another")[1].status_code == 403


@pytest.mark.parametrize(
    ("present", "new", "says"),
    [
        ("given by another", "given by another", "This is the present password"),
        ("given by another", "zhangwei1990", "Others would guess this password soon"),
        ("given by another", "mingzhoushiyuan1", "Others would guess this password soon"),
        ("not this one", "a tallier's own words", "The name or the password is wrong"),
    ],
)
def test_what_is_refused_in_place_of_a_given_password_leaves_it_as_it_was(given, venue, present, new, says):
    answer = change(given, present, new)
    assert (answer.status_code, says in answer.text) == (409, True)
    assert given.get("/desk/").status_code == 302
    assert account("李统分").password_given


def test_only_the_administrator_chooses_the_policy_and_the_choice_is_on_record(admin, organizer, venue):
    chosen = {"policy": "mlps", "idle": "10", "second_factor": "1", "request": secrets.token_hex(16)}
    assert organizer.get(PAGE).status_code == 403
    assert organizer.post(PAGE, data=chosen).status_code == 403
    assert admin.post(PAGE, data=chosen).status_code == 303
    kept = db.session.scalars(select(Installation)).one()
    assert (kept.policy, kept.idle_minutes, kept.second_factor) == ("mlps", 10, True)
    assert "checked" in admin.get(PAGE).text.partition('value="mlps"')[2][:12]
    last = db.session.scalars(select(SiteEntry).order_by(SiteEntry.id.desc())).first()
    assert (last.verb, last.details["policy"], last.details["before"]["policy"]) == (
        "set_password_policy",
        "mlps",
        "asvs",
    )


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"policy": "none"}, "Please choose one of the policies."),
        ({"idle": "9"}, "Please enter from 10 to 30 minutes."),
        ({"idle": "31"}, "Please enter from 10 to 30 minutes."),
        ({"idle": "soon"}, "Please enter a whole number."),
    ],
)
def test_a_policy_that_is_none_is_refused_with_a_sentence(admin, sent, says):
    answer = admin.post(PAGE, data={"policy": "asvs", "idle": "20", **sent})
    assert (answer.status_code, says in words_of(answer)) == (409, True)
    assert db.session.scalars(select(Installation)).first() is None


def test_a_session_is_idle_after_the_minutes_that_were_chosen(organizer, venue, monkeypatch):
    from scoring.access import accounts as asked

    holds("asvs", 10)
    assert organizer.get("/desk/").status_code == 200
    moment = steady()
    monkeypatch.setattr(asked, "steady", lambda: moment + timedelta(minutes=11))
    assert organizer.get("/desk/").status_code == 302


def test_under_classified_protection_a_password_has_three_kinds_of_signs(given, venue):
    holds()
    answer = change(given, "given by another", "only small letters here")
    assert "signs of at least 3 of these kinds" in answer.text
    assert change(given, "given by another", GOOD).status_code == 302


def test_none_of_the_last_five_passwords_is_taken_again(organizer, venue):
    holds()
    known = account(ORGANIZER).id
    for number in range(6):
        perform(accounts.renew_password, Actor("test"), known, quickly_checked(f"Former one {number}"))
    browser = browser_of(venue, ORGANIZER, "Former one 5")[0]
    for number in (5, 4, 3, 2, 1):
        assert "none of the last 5" in change(browser, "Former one 5", f"Former one {number}").text
    assert change(browser, "Former one 5", "Former one 0").location == "/desk/"
    assert len(list(db.session.scalars(select(FormerPassword)))) == accounts.REMEMBERED


@pytest.mark.parametrize(("days", "asked"), [(89, False), (91, True), (None, True), (-400, False)])
def test_a_password_is_changed_after_ninety_days_whatever_the_clock_said_before(organizer, venue, days, asked):
    holds()
    kept = account(ORGANIZER)
    kept.password_at = None if days is None else now() - timedelta(days=days)
    db.session.commit()
    assert organizer.get("/desk/").status_code == 200  # who is signed in goes on
    browser, answer = browser_of(venue, ORGANIZER)
    assert (answer.location == "/desk/password") is asked
    assert (browser.get("/desk/").status_code == 302) is asked


def test_under_the_other_policy_no_password_is_too_old(organizer, venue):
    kept = account(ORGANIZER)
    kept.password_at = now() - timedelta(days=4000)
    db.session.commit()
    assert browser_of(venue, ORGANIZER)[1].location == "/desk/"


def test_after_five_wrong_passwords_the_account_is_locked_until_it_is_unlocked(admin, venue):
    holds()
    known, _ = browser_of(venue, ORGANIZER)
    known.post("/desk/sign-out")
    statuses = [browser_of(venue, ORGANIZER, f"wrong {number}")[1].status_code for number in range(5)]
    assert statuses == [403] * 5
    locked = browser_of(venue, ORGANIZER)[1]
    assert "this account is locked for 30 minutes" in words_of(locked)
    assert known.post("/desk/sign-in", data={"name": ORGANIZER, "password": PASSWORD}).status_code == 302
    page = admin.get("/desk/accounts")
    assert "Unlock the account" in words_of(page)
    step(admin, "unlock", account=account(ORGANIZER).id)
    assert browser_of(venue, ORGANIZER)[1].status_code == 302
    assert "account unlocked: " + ORGANIZER in words_of(admin.get("/desk/accounts"))


def test_a_right_password_begins_the_count_of_wrong_ones_again(organizer, venue):
    holds()
    for _ in range(2):
        for number in range(4):
            browser_of(venue, ORGANIZER, f"wrong {number}")
        assert browser_of(venue, ORGANIZER)[1].status_code == 302


def test_a_door_code_passes_the_lock_where_who_made_it_may_unlock(admin, organizer, venue):
    holds()
    for number in range(5):
        browser_of(venue, ORGANIZER, f"wrong {number}")
    for desk, lets_in in ((organizer, False), (admin, True)):
        made = re.search(r'id="door-code">([^<]+)', desk.post("/desk/door-codes").text)
        newcomer = venue.app.test_client()
        sent = {"name": ORGANIZER, "password": PASSWORD, "door_code": made[1]}
        assert (newcomer.post("/desk/sign-in", data=sent).status_code == 302) is lets_in


def test_an_organizer_unlocks_nobody(organizer, venue):
    assert step(organizer, "unlock", account=1).status_code == 403
    assert step(organizer, "reset-factor", account=1).status_code == 403


def test_the_last_sign_in_is_told_under_classified_protection_alone(organizer, venue):
    browser, _ = browser_of(venue, ORGANIZER)
    assert "last sign-in" not in browser.get("/desk/").text
    holds()
    browser, _ = browser_of(venue, ORGANIZER)
    assert "The last sign-in with this account was on" in browser.get("/desk/").text
    perform(add_account, "新来", HASHED, "host")
    browser, _ = browser_of(venue, "新来")
    assert "This is the first sign-in with this account." in browser.get("/desk/", follow_redirects=True).text


def test_a_random_password_satisfies_both_policies(admin, venue):
    holds()
    for number in range(20):
        assert step(admin, "create", name=f"账号{number}", role="host").status_code == 200


@pytest.mark.parametrize("password", ["x", "12345678", "zhangwei1"])
def test_the_command_refuses_what_the_page_refuses_and_gives_its_password(app, password):
    run = app.test_cli_runner()
    refused = run.invoke(args=["add-account", "何组长", "--by", "李明", "--password", password])
    assert refused.exit_code == 1
    run.invoke(args=["add-account", "何组长", "--by", "李明", "--password", "correct horse"])
    with app.app_context():
        assert [one.password_given for one in db.session.scalars(select(Account))] == [True]
