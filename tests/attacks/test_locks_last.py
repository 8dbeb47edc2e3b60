"""Somebody guesses until there is a lock, and the server is killed and started again: what is locked stays so."""

from __future__ import annotations

import pytest

from tests.attacks.phone import Phone
from tests.attacks.test_guessing import wrong_pins
from tests.conftest import Server, run_server, stop_server


def killed_and_started_again(server: Server) -> Server:
    """The same installation after a power cut."""
    server.process.kill()
    server.process.join()
    server.said.close()
    return run_server(server.folder)


@pytest.fixture
def strict(server: Server) -> Server:
    """Under the policy that locks an account after five wrong passwords."""
    administrator = Phone(server.url)
    administrator.signs_in(**server.facts["accounts"]["administrator"])
    answer = administrator.presses("/desk/password-policy", {"policy": "mlps", "idle": "30"})
    assert answer.status_code == 303
    return server


def test_neither_a_lock_nor_a_spent_budget_ends_with_the_process_and_who_is_in_stays_in(strict: Server) -> None:
    account, seat = strict.facts["accounts"]["tallier"], strict.facts["seats"][0]
    here, judge = Phone(strict.url), Phone(strict.url)
    here.signs_in(**account)
    judge.takes(seat)
    for number in range(5):
        assert Phone(strict.url).signs_in(account["name"], f"wrong {number}").status_code == 403
    for pin in wrong_pins(strict)[:11]:
        last = Phone(strict.url).presses("/judge/", {"pin": pin})
    assert last.status_code == 429
    again = killed_and_started_again(strict)
    try:
        for phone in (here, judge):
            phone.url = again.url
        locked = Phone(again.url).signs_in(**account)
        assert (locked.status_code, "this account is locked" in locked.text) == (403, True)
        assert Phone(again.url).presses("/judge/", {"pin": wrong_pins(again)[12]}).status_code == 429
        assert here.opens(f"/desk/{again.facts['contest']['id']}/tally").status_code == 200
        assert judge.opens(f"/judge/{seat['id']}").status_code == 200
        assert judge.presses("/judge/", {"pin": seat["pin"]}).status_code == 303
    finally:
        stop_server(again)
