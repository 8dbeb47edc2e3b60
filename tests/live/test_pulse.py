"""The pulse: who is asked when, and who is let go."""

from __future__ import annotations

from scoring.live.pulse import Pulse

INTERVAL, PATIENCE = 25.0, 20.0


class Client:
    """A client whose answers the test decides."""

    def __init__(self, pulse: Pulse) -> None:
        self.pulse = pulse
        self.last_ping: float | None = None
        self.asked = 0
        self.gone = False

    def ping(self) -> None:
        self.asked += 1
        self.last_ping = float(self.asked)
        self.pulse.asked(self)

    def answer(self) -> None:
        self.last_ping = None
        self.pulse.answered(self)

    def let_go(self) -> None:
        self.gone = True


def connected() -> tuple[Pulse, Client, float]:
    """A client that has just come, and a time a little later."""
    pulse = Pulse(INTERVAL, PATIENCE)
    client = Client(pulse)
    before = time_of(pulse, client)
    return pulse, client, before


def time_of(pulse: Pulse, client: Client) -> float:
    """When the client is asked next, less the interval."""
    client.answer()
    return pulse._quiet[-1][0] - INTERVAL


def test_a_client_is_asked_when_its_interval_is_over_and_not_before() -> None:
    pulse, client, now = connected()
    pulse.beat(now + INTERVAL - 0.1)
    assert client.asked == 0
    pulse.beat(now + INTERVAL)
    assert client.asked == 1
    pulse.beat(now + INTERVAL)
    assert client.asked == 1


def test_a_client_that_does_not_answer_is_let_go_when_its_patience_is_over() -> None:
    pulse, client, now = connected()
    pulse.beat(now + INTERVAL)
    pulse.beat(now + PATIENCE - 0.1)
    assert not client.gone
    pulse.beat(now + INTERVAL + PATIENCE)
    assert client.gone


def test_a_client_that_answers_stays_and_is_asked_again() -> None:
    pulse, client, now = connected()
    pulse.beat(now + INTERVAL)
    client.answer()
    pulse.beat(now + INTERVAL + PATIENCE)
    assert not client.gone
    assert client.asked == 2
