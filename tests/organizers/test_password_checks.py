"""Passwords in crowds and without memory: what could not be checked is not wrong, many at once are not many guesses."""

from __future__ import annotations

import json
import resource
from pathlib import Path

import gevent
import pytest
from flask_migrate import upgrade

from scoring import access, create_app
from scoring.access import accounts, factors
from scoring.access.password_checks import MOST_WAITING, in_turn
from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from scoring.rules.refusal import Refused
from tests.conftest import ORGANIZER, PASSWORD
from tests.organizers.test_organizer_sign_in import sign_in
from tests.processes import printed


def sign_in_without_memory() -> None:
    """Eleven right sign-ins while 64 MB cannot be had, and one when they can again; prints what was answered."""
    app = create_app(WTF_CSRF_ENABLED=False)
    with app.app_context():
        upgrade()
        perform(add_account, ORGANIZER, access.hashed(PASSWORD))
    browser = app.test_client()
    browser.set_cookie(app.config["LANGUAGE_COOKIE_NAME"], "en")
    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = Path("/proc/self/statm").read_text().split()[0]
    resource.setrlimit(resource.RLIMIT_AS, (int(pages) * resource.getpagesize() + 24 * 2**20, before[1]))
    scarce = [sign_in(browser) for _ in range(11)]
    resource.setrlimit(resource.RLIMIT_AS, before)
    said = ["could not check the password" in answer.text for answer in scarce]
    print(json.dumps([said, sign_in(browser).status_code]))


def test_a_password_that_cannot_be_checked_is_neither_wrong_nor_a_guess(tmp_path):
    said, afterwards = json.loads(printed(sign_in_without_memory, SAIPING_INSTANCE=str(tmp_path)).splitlines()[-1])
    assert (said, afterwards) == ([True] * 11, 302)


def test_the_products_passwords_and_recovery_codes_are_dear_to_check_and_names_that_nobody_has_as_dear():
    """In a process that nobody has told to hash quickly: the prices of RFC 9106 for little memory, and of ASVS."""
    password, nobody, code = printed(print_prices).splitlines()
    assert password == nobody == "m=65536,t=3,p=4"
    assert code == "m=19456,t=2,p=1"


def print_prices() -> None:
    for kept in (access.hashed(PASSWORD), accounts.NOBODY):
        print(kept.split("$")[3])
    print("m={memory_cost},t={time_cost},p={parallelism}".format(**factors.SLOW))


def test_ten_guesses_at_once_are_ten_guesses(venue):
    venue.app.config["WTF_CSRF_ENABLED"] = False
    crowd = [venue.app.test_client() for _ in range(14)]
    guesses = [gevent.spawn(lambda browser: sign_in(browser, password="wrong").status_code, one) for one in crowd]
    gevent.joinall(guesses)
    assert sorted(guess.value for guess in guesses) == [403] * 10 + [429] * 4


def test_who_would_wait_for_too_many_others_is_told_to_come_back():
    crowd = [gevent.spawn(in_turn, str.upper, "a") for _ in range(MOST_WAITING)]
    gevent.sleep(0)
    with pytest.raises(Refused, match="too_many_sign_ins"):
        in_turn(str.upper, "b")
    gevent.joinall(crowd)
    assert {one.value for one in crowd} == {"A"}
    assert in_turn(str.upper, "b") == "B"
