"""Somebody guesses PINs and passwords: in many browsers, with an own seat's code in hand, and many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.attacks.phone import Phone, Socket, refused
from tests.conftest import Server
from tests.processes import printed
from tests.serving import command


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


def door_code_from_the_terminal(server: Server) -> str:
    """What whoever runs the machine reads out, beside the running server."""
    said = printed(command, "door-code", "--by", "李明", SAIPING_INSTANCE=str(server.folder))
    return said.partition("door code")[2].split()[0]


def test_whoever_asks_at_a_guessers_address_gains_no_guess_and_who_belongs_here_gets_in_with_a_code(
    server: Server,
) -> None:
    venue, seat, desk = "127.0.0.9", server.facts["seats"][0], Phone(server.url)
    desk.signs_in(**server.facts["organizer"])
    crowd = [Phone(server.url, venue) for _ in range(50)]
    guesses = zip(crowd, wrong_pins(server), strict=False)
    statuses = [phone.presses("/judge/", {"pin": pin}).status_code for phone, pin in guesses]
    assert statuses == [403] * 10 + [429] * 40
    assert f"PINs: new devices at {venue} wait" in desk.opens("/desk/door-codes").text
    judge, code = Phone(server.url, venue), door_code_of(desk)
    told = judge.presses("/judge/", {"pin": seat["pin"]})
    assert (told.status_code, 'name="door_code"' in told.text) == (429, True)
    made_up = [phone.presses("/judge/", {"pin": seat["pin"], "door_code": "AAAA-AAAA"}) for phone in crowd[:12]]
    assert [answer.status_code for answer in made_up] == [403] * 12
    assert judge.presses("/judge/", {"pin": seat["pin"], "door_code": code.lower()}).status_code == 303
    with_a_used_one = crowd[0].presses("/judge/", {"pin": server.facts["seats"][1]["pin"], "door_code": code})
    assert with_a_used_one.status_code == 403
    crowd[0].presses("/judge/", {"pin": "000000", "door_code": door_code_of(desk)})
    statuses = [crowd[0].presses("/judge/", {"pin": pin}).status_code for pin in wrong_pins(server)[:5]]
    assert statuses == [403] * 4 + [429], "a code from the desk is good for five guesses, whoever typed it"


def test_who_runs_the_server_lets_an_organizer_sign_in_where_somebody_guesses_passwords(server: Server) -> None:
    account, venue = server.facts["organizer"], "127.0.0.9"
    guesser = Phone(server.url, venue)
    assert [guesser.signs_in(account["name"], f"guess {number}").status_code for number in range(11)][-1] == 429
    newcomer, code = Phone(server.url, venue), door_code_from_the_terminal(server)
    assert newcomer.signs_in(**account).status_code == 429
    assert newcomer.presses("/desk/sign-in", {**account, "door_code": code}).status_code == 302
    assert newcomer.opens("/desk/").status_code == 200
    guesser = Phone(server.url)
    assert [guesser.signs_in(account["name"], f"guess {number}").status_code for number in range(11)][-1] == 429
    program, another = {"contest": server.facts["contest"]["id"], **account}, door_code_from_the_terminal(server)
    used, made_up = ({**program, "door_code": typed} for typed in (code, "AAAA-AAAA"))
    codes = [refused(server.url, "/desk", auth)["code"] for auth in (program, used, made_up)]
    assert codes == ["too_many_attempts", "door_code_unknown", "door_code_unknown"]
    for _ in range(2):  # a program that comes back is the same device
        Socket(server.url, "/desk", {**program, "door_code": another}).leaves()


def door_code_of(desk: Phone) -> str:
    """What the desk's page shows once."""
    return desk.presses("/desk/door-codes").text.partition('id="door-code">')[2].partition("<")[0]
