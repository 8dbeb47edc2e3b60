"""The watchdog on a real loop: it names long work with its stack, and counts CPU and not the time on the wall."""

from __future__ import annotations

import time

import gevent
import pytest

from scoring.services import WATCHDOG
from scoring.transport.watchdog import LIMIT, Count, Stood, Watchdog, doing


def work_for(seconds: float) -> None:
    """Take so many seconds of CPU in one piece."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        sum(range(100))


@pytest.fixture
def stood():
    found: list[Stood] = []
    watchdog = Watchdog()
    watchdog.tell, watchdog.looks_every = found.append, LIMIT / 5
    gevent.sleep(0)
    watchdog.start()
    gevent.sleep(0)
    found.clear()
    yield found
    watchdog.stop()


def named(name: str, seconds: float) -> None:
    doing(name)
    work_for(seconds)
    gevent.sleep(0)


def test_long_work_is_named_with_its_stack_and_its_cpu(stood):
    gevent.spawn(named, "a page", 20 * LIMIT).join()
    assert [(one.work, one.seconds >= 19 * LIMIT) for one in stood] == [("a page", True)]
    assert "work_for(seconds)" in stood[0].stack


def test_work_in_small_pieces_and_waiting_are_nobodys_fault(stood):
    def in_pieces() -> None:
        for _ in range(20):
            work_for(LIMIT / 5)
            gevent.sleep(0)
        time.sleep(4 * LIMIT)  # the wall goes on, the CPU does not

    gevent.spawn(in_pieces).join()
    assert stood == []


def test_the_same_work_is_logged_once_a_minute_and_counted_each_time(caplog):
    watchdog = Watchdog()
    watchdog.start()
    gevent.joinall([gevent.spawn(named, "a page", 2 * LIMIT) for _ in range(3)])
    watchdog.stop()
    assert [record.getMessage().partition(" stood")[0] for record in caplog.records].count("a page") == 1
    count = watchdog.counts["a page"]
    assert (count.times, count.unsaid) == (3, 2)
    assert count.seconds >= 3 * count.longest / 2 >= 2.5 * LIMIT  # it counts less rather than more


def test_who_runs_the_installation_reads_what_stood(organizer, venue):
    count = WATCHDOG.of(venue.app).counts.setdefault("GET /a", Count())
    count.add(0.25)
    text = organizer.get("/metrics").text
    assert 'saiping_stood_seconds_total{work="GET /a"} 0.25' in text
    assert 'saiping_clients{namespace="/judge"} 0' in text
