"""The price of a message: only what is written as our pages write it is cheap."""

from __future__ import annotations

import pytest

from scoring.live.events import CHEAP
from scoring.transport.budgets import DEAR, OTHER
from scoring.transport.budgets import price as price_of


def price(message: str) -> float:
    return price_of(message, CHEAP)


@pytest.mark.parametrize("event", ["time", "beat", "shown", "draft", "submit"])
@pytest.mark.parametrize("head", ["42/audience,7", "42/judge,", "42"])
def test_what_a_page_sends_all_the_time_is_cheap(head: str, event: str) -> None:
    assert price(f'{head}["{event}",{{}}]') == pytest.approx(OTHER, abs=0.1)


@pytest.mark.parametrize(
    "message",
    [
        '42/audience,["sync",{}]',
        '42/audience,[ "sync",{}]',
        '42/audience,["\\u0073ync",{}]',
        f'42/audience,[{" " * 80}"sync",{{}}]',
        '451-/audience,["sync",{"_placeholder":true,"num":0}]',
        '42/audience,["something else"]',
        "40/audience,",
    ],
)
def test_what_may_make_a_snapshot_is_dear_however_it_is_written(message: str) -> None:
    assert price(message) == pytest.approx(DEAR, abs=0.1)


@pytest.mark.parametrize("message", ["3", "43/judge,1[]", "41/audience,"])
def test_what_is_no_event_is_cheap(message: str) -> None:
    assert price(message) == pytest.approx(OTHER, abs=0.1)


def test_what_is_long_costs_more() -> None:
    assert price('42["time","' + "x" * 40960 + '"]') > 10 * OTHER
