"""The second factor: set up at the first sign-in, asked for at every door, each code good once, and a way back."""

from __future__ import annotations

import base64
import re
import time

import pyotp
import pytest
from sqlalchemy import select

from scoring import access
from scoring.access import factors
from scoring.actions.setting_up.contests import add_account
from scoring.actions.site.installation import set_password_policy
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.rules.refusal import problems_of
from scoring.store import RecoveryCode, SiteEntry
from scoring.store.people import CODER, HOST, OFFICERS, OPERATOR, ROLES, TIMEKEEPER
from scoring.store.steady import steady
from tests.access.table import CORRECTING, VERBS
from tests.conftest import ORGANIZER, PASSWORD
from tests.organizers.conftest import words_of
from tests.organizers.test_accounts import HASHED, account, admin, browser_of, step

assert admin  # the administrator's browser
SET_UP, CODE = "/desk/second-factor", "/desk/second-factor/code"


class Wall:
    """The clock on the wall, to be put right or wrong."""

    def __init__(self, moment: float) -> None:
        self.moment = moment

    def time(self) -> float:
        return self.moment


@pytest.fixture
def wall(monkeypatch):
    """The server's clock, as the codes are told by."""
    clock = Wall(float(int(time.time()) // 30 * 30 + 10))
    monkeypatch.setattr(factors, "time", clock)
    return clock


@pytest.fixture
def asked(venue, anyone):
    """An installation that asks for a second factor; answers who signs in there."""
    perform(set_password_policy, Actor("test"), "asvs", 30, True)
    return lambda: browser_of(venue, ORGANIZER)


def device_of(page: str) -> pyotp.TOTP:
    """An app that was given the key of the page."""
    return pyotp.TOTP(re.search(r'class="key">([^<]+)<', page)[1].replace(" ", ""))


def codes_of(answer) -> list[str]:
    return re.findall(r"<code>([^<]+)</code>", answer.text)


@pytest.fixture
def phone(asked, wall, venue):
    """The organizer's app, set up; and the recovery codes."""
    browser, _ = asked()
    device = device_of(browser.get(SET_UP).text)
    shown = browser.post(SET_UP, data={"step": "device", "code": device.at(wall.moment)})
    assert shown.status_code == 200
    wall.moment += 60
    return device, codes_of(shown)


def gives(browser, code):
    return browser.post(CODE, data={"code": code})


def test_nothing_is_open_before_it_is_set_up_and_then_everything_is(asked, wall, venue):
    browser, answer = asked()
    assert answer.location == SET_UP
    assert browser.get("/desk/").status_code == 302
    assert browser.post(f"/desk/{venue.contest_id}/call", data={"turn": 1}).status_code == 307
    with venue.app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        program = {"name": ORGANIZER, "password": PASSWORD}
        assert [one.code for one in problems_of(lambda: access.account_of_socket(program))] == ["factor_to_set_up"]
    page = browser.get(SET_UP).text
    assert "data:image/svg+xml" in page
    shown = browser.post(SET_UP, data={"step": "device", "code": device_of(page).at(wall.moment)})
    assert len(codes_of(shown)) == factors.RECOVERY_CODES
    assert browser.get("/desk/").status_code == 200
    assert codes_of(shown)[0] not in browser.get(SET_UP).text
    assert not re.search(
        "[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", str([one.details for one in db.session.scalars(select(SiteEntry))])
    )


def test_a_wrong_first_code_sets_nothing_up(asked, wall):
    browser, _ = asked()
    answer = browser.post(SET_UP, data={"step": "device", "code": "000000"})
    assert (answer.status_code, "This code is wrong" in answer.text) == (403, True)
    assert "or use a recovery code" not in answer.text  # there are none yet
    assert account(ORGANIZER).factor is None
    assert browser.get("/desk/").status_code == 302


@pytest.mark.parametrize(("kind", "label"), [("sheet", "Recovery code"), ("device", "Six digits or recovery code")])
def test_the_field_of_the_code_is_called_by_what_is_typed_there(asked, wall, kind, label):
    browser, _ = asked()
    code = device_of(browser.get(SET_UP).text).at(wall.moment)
    browser.post(SET_UP, data={"step": kind, "code": code})
    browser, _ = asked()
    assert f'<label for="code">{label}</label>' in browser.get(CODE).text


def test_the_password_alone_opens_no_door(phone, asked, venue):
    browser, answer = asked()
    assert answer.location == CODE
    for page in ("/desk/", SET_UP, "/desk/password", "/desk/sessions", f"/desk/{venue.contest_id}"):
        assert browser.get(page).status_code in (302, 303)
    assert browser.post(SET_UP, data={"step": "sheet"}).status_code == 302
    with venue.app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        program = {"name": ORGANIZER, "password": PASSWORD}
        assert [one.code for one in problems_of(lambda: access.account_of_socket(program))] == ["code_missing"]
        assert [one.code for one in problems_of(lambda: access.account_of_socket(program | {"code": "0"}))] == [
            "recovery_code_wrong"
        ]


def test_changing_the_password_goes_round_no_second_factor(venue, anyone):
    browser, _ = browser_of(venue, ORGANIZER)
    perform(set_password_policy, Actor("test"), "asvs", 30, True)
    new = {"new": "some words of my own", "again": "some words of my own"}
    answer = browser.post("/desk/password", data={"present": PASSWORD, **new})
    assert answer.location.startswith(SET_UP)
    assert browser.get("/desk/").status_code == 302


def test_a_program_sends_its_code_along(phone, wall, venue):
    device, _ = phone
    with venue.app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        program = {"name": ORGANIZER, "password": PASSWORD, "code": device.at(wall.moment)}
        assert access.account_of_socket(program).account.name == ORGANIZER


def wide(typed: str) -> str:
    """As a Chinese keyboard writes it."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in typed)


def test_codes_typed_on_a_chinese_keyboard_are_codes(phone, asked, wall):
    device, codes = phone
    assert gives(asked()[0], wide(device.at(wall.moment))).status_code == 302
    assert gives(asked()[0], wide(codes[0])).status_code == 302


@pytest.mark.parametrize("typed", ["²²²²²²", "١٢٣٤٥٦", "一二三四五六", "123\u0000456", "é" * 6, ""])
def test_what_is_no_code_in_any_writing_is_a_wrong_one(phone, asked, typed):
    assert gives(asked()[0], typed).status_code == 403


def test_a_first_code_typed_on_a_chinese_keyboard_sets_the_device_up(asked, wall):
    browser, _ = asked()
    code = wide(device_of(browser.get(SET_UP).text).at(wall.moment))
    assert browser.post(SET_UP, data={"step": "device", "code": code}).status_code == 200


@pytest.mark.parametrize("away", [-1, 0, 1])
def test_a_code_of_this_step_or_the_ones_beside_it_signs_in_once(phone, asked, wall, away):
    device, _ = phone
    wall.moment += 60
    code = device.at(wall.moment + away * 30)
    browser, _ = asked()
    assert gives(browser, f" {code[:3]} {code[3:]} ").status_code == 302
    assert browser.get("/desk/").status_code == 200
    again, _ = asked()
    answer = gives(again, code)
    assert (answer.status_code, "This code was used already" in words_of(answer)) == (403, True)


def test_an_older_code_is_not_good_once_a_newer_one_was_used(phone, asked, wall):
    device, _ = phone
    older = device.at(wall.moment - 30)
    gives(asked()[0], device.at(wall.moment))
    assert "This code was used already" in words_of(gives(asked()[0], older))


@pytest.mark.parametrize(
    ("away", "says"), [(-1200, "-20.0 minutes from the server"), (240, "+4.0 minutes from the server")]
)
def test_a_clock_that_is_off_is_said_and_a_code_from_paper_opens(phone, asked, wall, away, says):
    device, papers = phone
    browser, _ = asked()
    assert "By the server's clock it is" in words_of(browser.get(CODE))
    answer = gives(browser, device.at(wall.moment + away))
    assert (answer.status_code, says in words_of(answer)) == (403, True)
    assert gives(browser, papers[0].lower().replace("-", " ")).status_code == 302


def test_after_the_servers_clock_was_put_back_paper_opens_and_old_codes_do_not(phone, asked, wall):
    device, papers = phone
    wall.moment -= 86_400
    assert "This code was used already" in words_of(gives(asked()[0], device.at(wall.moment)))
    assert gives(asked()[0], papers[0]).status_code == 302


def test_a_code_from_paper_is_good_once_and_for_its_account_alone(phone, asked, venue, wall):
    _, papers = phone
    assert gives(asked()[0], papers[0]).status_code == 302
    assert gives(asked()[0], papers[0]).status_code == 403
    perform(add_account, "他人", HASHED, "chief")
    other, _ = browser_of(venue, "他人")
    theirs = codes_of(other.post(SET_UP, data={"step": "sheet"}))
    assert len(theirs) == factors.SHEET_CODES
    assert gives(asked()[0], theirs[0]).status_code == 403
    assert gives(browser_of(venue, "他人")[0], papers[1]).status_code == 403
    assert gives(browser_of(venue, "他人")[0], theirs[1]).status_code == 302


def test_few_codes_that_are_left_are_spoken_of(phone, asked):
    _, papers = phone
    for code in papers[:7]:
        browser, _ = asked()
        gives(browser, code)
    assert "Only 3 of your recovery codes are left" in browser.get("/desk/").text


def test_guesses_are_counted_before_they_are_checked_and_a_right_one_waits_too(phone, asked, wall):
    device, _ = phone
    browsers = [asked()[0] for _ in range(6)]
    statuses = [gives(browser, "000000").status_code for browser in browsers]
    assert statuses == [403] * 5 + [429]
    assert gives(browsers[0], device.at(wall.moment)).status_code == 429


def test_the_password_that_was_given_long_ago_awaits_no_code_any_more(phone, asked, wall, monkeypatch):
    from datetime import timedelta

    from scoring.access import accounts

    device, _ = phone
    browser, _ = asked()
    moment = steady()
    monkeypatch.setattr(accounts, "steady", lambda: moment + timedelta(minutes=16))
    assert gives(browser, device.at(wall.moment)).location == "/desk/sign-in"
    assert browser.get("/desk/").status_code == 302


def test_the_administrator_resets_it_and_the_account_is_signed_out_and_sets_up_another(
    phone, asked, admin_there, venue, wall
):
    device, _ = phone
    browser, _ = asked()
    gives(browser, device.at(wall.moment))
    step(admin_there, "reset-factor", account=account(ORGANIZER).id)
    assert browser.get("/desk/").status_code == 302
    assert asked()[1].location == SET_UP
    assert list(db.session.scalars(select(RecoveryCode).where(RecoveryCode.account_id == account(ORGANIZER).id))) == []
    assert "has no second factor" in words_of(step(admin_there, "reset-factor", account=account(ORGANIZER).id))


@pytest.fixture
def admin_there(asked, venue):
    """An administrator, who has a sheet of recovery codes."""
    perform(add_account, "韦管理", HASHED, "administrator")
    browser, _ = browser_of(venue, "韦管理")
    assert browser.post(SET_UP, data={"step": "sheet"}).status_code == 200
    return browser


def test_the_command_resets_it_where_no_administrator_gets_in(phone, asked, venue):
    run = venue.app.test_cli_runner()
    assert run.invoke(args=["reset-second-factor", ORGANIZER, "--by", "李明"]).exit_code == 0
    assert asked()[1].location == SET_UP
    nobody = run.invoke(args=["reset-second-factor", "nobody", "--by", "李明"])
    assert nobody.exit_code == 1


def test_new_codes_on_paper_want_the_password_and_void_the_ones_before(phone, asked, wall):
    device, papers = phone
    browser, _ = asked()
    gives(browser, device.at(wall.moment))
    assert browser.post(SET_UP, data={"step": "codes", "password": "wrong"}).status_code == 403
    newer = codes_of(browser.post(SET_UP, data={"step": "codes", "password": PASSWORD}))
    assert len(newer) == factors.RECOVERY_CODES
    assert gives(asked()[0], papers[0]).status_code == 403
    assert gives(asked()[0], newer[0]).status_code == 302


def test_a_form_that_was_being_sent_is_kept_through_the_code(phone, asked, wall, venue):
    device, _ = phone
    browser = venue.app.test_client()
    browser.set_cookie("language", "en")
    to = f"/desk/{venue.contest_id}/call"
    kept = {"turn": "1", "go-on-name": ORGANIZER, "go-on-password": PASSWORD}
    page = browser.post(f"/desk/go-on?to={to}", data=kept)
    assert (page.status_code, 'name="go-on-code"' in page.text) == (401, True)
    wrong = browser.post(f"/desk/go-on?to={to}", data={"turn": "1", "go-on-code": "000000"})
    assert (wrong.status_code, 'name="turn" value="1"' in wrong.text) == (403, True)
    page = browser.post(f"/desk/go-on?to={to}", data={"turn": "1", "go-on-code": device.at(wall.moment)})
    assert (page.status_code, 'name="turn" value="1"' in page.text) == (200, True)
    assert 'id="send-kept"' in page.text


def test_everybody_who_may_release_correct_or_administer_is_asked(asked, venue):
    wanted = VERBS["release"] | CORRECTING | {"administrator", "supervisor", *OFFICERS}
    answers = {}
    for role in ROLES:
        perform(add_account, role, HASHED, role)
        answers[role] = browser_of(venue, role)[1].location == SET_UP
    assert {role for role, is_asked in answers.items() if is_asked} == wanted
    assert {role for role, is_asked in answers.items() if not is_asked} == {HOST, TIMEKEEPER, CODER, OPERATOR}


def test_where_it_is_not_asked_for_whoever_has_set_it_up_is_asked_all_the_same(phone, asked):
    perform(set_password_policy, Actor("test"), "asvs", 30, False)
    assert asked()[1].location == CODE


def test_the_database_alone_makes_no_code(phone, venue):
    device, papers = phone
    kept = account(ORGANIZER)
    assert device.secret != base64.b32encode(kept.factor.encode()).decode()
    digests = set(db.session.scalars(select(RecoveryCode.digest)))
    assert set(factors.digests_of_codes(kept.id, papers)) == digests
    assert not set(factors.digests_of_codes(kept.id + 1, papers)) & digests
    venue.app.config["FACTORS_KEY"] = "another installation's"
    assert factors.key_of(kept.id, kept.factor) != device.secret
    assert not set(factors.digests_of_codes(kept.id, papers)) & digests, "slow to try, and only with the secret"


def test_a_password_that_is_renewed_takes_no_second_factor_away(phone, asked, admin_there, venue):
    shown = step(admin_there, "renew", account=account(ORGANIZER).id).text
    given = re.search(r'id="password">([^<]+)<', shown)[1]
    browser, answer = browser_of(venue, ORGANIZER, given)
    assert answer.location == CODE
    assert browser.get("/desk/").status_code == 302
