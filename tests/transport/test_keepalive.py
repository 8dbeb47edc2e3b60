"""The keepalive: who is asked when, and who is let go."""

from __future__ import annotations

from scoring.transport.keepalive import Keepalive

INTERVAL, PATIENCE = 25.0, 20.0


class Client:
    """A client whose answers the test decides."""

    def __init__(self, keepalive: Keepalive) -> None:
        self.keepalive = keepalive
        self.last_ping: float | None = None
        self.asked = 0
        self.gone = False

    def ping(self) -> None:
        self.asked += 1
        self.last_ping = float(self.asked)
        self.keepalive.asked(self)

    def answer(self) -> None:
        self.last_ping = None
        self.keepalive.answered(self)

    def let_go(self) -> None:
        self.gone = True


def connected() -> tuple[Keepalive, Client, float]:
    """A client that has just come, and a time a little later."""
    keepalive = Keepalive(INTERVAL, PATIENCE)
    client = Client(keepalive)
    before = time_of(keepalive, client)
    return keepalive, client, before


def time_of(keepalive: Keepalive, client: Client) -> float:
    """When the client is asked next, less the interval."""
    client.answer()
    return keepalive._quiet[-1][0] - INTERVAL


def test_a_client_is_asked_when_its_interval_is_over_and_not_before() -> None:
    keepalive, client, now = connected()
    keepalive.check(now + INTERVAL - 0.1)
    assert client.asked == 0
    keepalive.check(now + INTERVAL)
    assert client.asked == 1
    keepalive.check(now + INTERVAL)
    assert client.asked == 1


def test_a_client_that_does_not_answer_is_let_go_when_its_patience_is_over() -> None:
    keepalive, client, now = connected()
    keepalive.check(now + INTERVAL)
    keepalive.check(now + PATIENCE - 0.1)
    assert not client.gone
    keepalive.check(now + INTERVAL + PATIENCE)
    assert client.gone


def test_a_client_that_answers_stays_and_is_asked_again() -> None:
    keepalive, client, now = connected()
    keepalive.check(now + INTERVAL)
    client.answer()
    keepalive.check(now + INTERVAL + PATIENCE)
    assert not client.gone
    assert client.asked == 2
