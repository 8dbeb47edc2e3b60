"""What the process counts about itself, as text that Prometheus reads: for those who run the installation."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response

from scoring import access
from scoring.extensions import client_manager
from scoring.live.rooms import AUDIENCE, DESK, JUDGE
from scoring.services import WATCHDOG
from scoring.transport.watchdog import Watchdog


@access.organizer
def metrics() -> Response:
    """The counts; they tell how busy a contest is, so nobody but organizers and administrators reads them."""
    return Response("\n".join((*_clients(), *_stood(WATCHDOG.of()), "")), mimetype="text/plain")


def _clients() -> Iterator[str]:
    """Who is connected, by namespace."""
    yield "# TYPE saiping_clients gauge"
    for namespace in (AUDIENCE, JUDGE, DESK):
        many = client_manager().count_listeners(namespace, None)
        yield f'saiping_clients{{namespace="{namespace}"}} {many}'


def _stood(watchdog: Watchdog) -> Iterator[str]:
    """What stood in the loop for longer than the judges may wait, and for how many seconds of CPU."""
    kinds = {"times_total": "counter", "seconds_total": "counter", "longest_seconds": "gauge"}
    for kind, counted in kinds.items():
        yield f"# TYPE saiping_stood_{kind} {counted}"
        for work, count in watchdog.counts.items():
            value = {"times_total": count.times, "seconds_total": count.seconds, "longest_seconds": count.longest}[kind]
            yield f'saiping_stood_{kind}{{work="{_quoted(work)}"}} {value:.9g}'


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
