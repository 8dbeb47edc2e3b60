"""Somebody guesses PINs and passwords: in many browsers, with an own seat's code in hand, and many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.attacks.phone import Phone
from tests.conftest import Server


def wrong_pins(server: Server) -> list[str]:
    """PINs that open nothing."""
    taken = {seat["pin"] for seat in server.facts["seats"]}
    return [pin for pin in (f"{guess:06d}" for guess in range(200)) if pin not in taken]


def test_neither_new_cookies_nor_the_own_code_renew_the_budget_of_guesses(server: Server) -> None:
    own, pins, statuses = server.facts["seats"][0], wrong_pins(server), []
    judge = Phone(server.url)
    judge.takes(own)
    for pin in pins[:12]:
        judge.opens(f"/judge/enter/{own['key']}")
        statuses.append(judge.presses("/judge/", {"pin": pin}).status_code)
    assert statuses == [403] * 10 + [429] * 2
    statuses = []
    for pin in pins[12:24]:
        anew = Phone(server.url)
        anew.opens(f"/judge/enter/{own['key']}")
        statuses.append(anew.presses("/judge/", {"pin": pin}).status_code)
    assert statuses == [403] * 10 + [429] * 2


def test_to_let_the_own_seat_go_and_take_it_in_another_browser_renews_no_budget(server: Server) -> None:
    own, statuses = server.facts["seats"][0], []
    for pin in wrong_pins(server)[:12]:
        anew = Phone(server.url)
        assert anew.takes(own).status_code == 303
        statuses.append(anew.presses("/judge/", {"pin": pin}).status_code)
        assert anew.presses(f"/judge/{own['id']}/leave", seen_at=f"/judge/{own['id']}").status_code == 303
    assert statuses == [403] * 10 + [429] * 2


def test_guesses_from_many_addresses_are_counted_for_the_account_that_is_meant(server: Server) -> None:
    name = server.facts["organizer"]["name"]
    guessers = [Phone(server.url, f"127.0.0.{number}") for number in (2, 3, 4)]
    statuses = [guessers[guess % 3].signs_in(name, f"guess {guess}").status_code for guess in range(22)]
    assert statuses == [403] * 20 + [429] * 2


def test_guesses_from_many_addresses_at_many_seats_are_counted_together(server: Server) -> None:
    guessers = [Phone(server.url, f"127.0.0.{number}") for number in range(2, 10)]
    tried = zip(guessers * 8, wrong_pins(server), strict=False)
    statuses = [guesser.presses("/judge/", {"pin": pin}).status_code for guesser, pin in tried]
    assert statuses == [403] * 60 + [429] * 4


def test_a_guesser_keeps_out_neither_the_tablet_that_is_in_nor_who_scans_a_code(server: Server) -> None:
    first, second = server.facts["seats"][:2]
    judge = Phone(server.url)
    judge.takes(first)
    for pin in wrong_pins(server)[:11]:
        last = Phone(server.url).presses("/judge/", {"pin": pin})
    assert last.status_code == 429
    assert judge.presses("/judge/", {"pin": first["pin"]}).status_code == 303
    assert Phone(server.url).takes(second).status_code == 303


def test_of_many_guesses_at_once_only_the_first_ten_are_checked(server: Server) -> None:
    name = server.facts["organizer"]["name"]
    phones = [Phone(server.url) for _ in range(24)]
    with ThreadPoolExecutor(24) as crowd:
        answers = list(crowd.map(lambda phone: phone.signs_in(name, "a guess").status_code, phones))
    assert answers.count(403) <= 10
    assert answers.count(429) >= 14


def test_a_guesser_at_an_account_does_not_keep_out_who_was_here_before(server: Server) -> None:
    name, password = server.facts["organizer"]["name"], server.facts["organizer"]["password"]
    chief = Phone(server.url)
    chief.signs_in(name, password)
    chief.presses("/desk/sign-out", seen_at="/desk/")
    guesser = Phone(server.url)
    assert [guesser.signs_in(name, f"guess {number}").status_code for number in range(11)][-1] == 429
    assert guesser.signs_in(name, password).status_code == 429
    assert chief.signs_in(name, password).status_code == 302
