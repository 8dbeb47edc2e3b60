"""Moments of the record are read by the clock on the venue's wall."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from scoring.moments import clock_time, day, moment, time_of_day


@pytest.fixture
def in_china(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server stands eight hours east of Greenwich."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_moment_of_the_record_is_told_in_local_time(in_china: None) -> None:
    at = "2026-11-22T17:05:09.123456+00:00"
    assert (day(at), time_of_day(at), moment(at)) == ("2026-11-23", "01:05:09", "2026-11-23 01:05")


def test_a_moment_is_told_alike_as_it_is_stored_and_as_a_snapshot_has_it(in_china: None) -> None:
    at = "2026-11-22T17:05:09.123456+00:00"
    assert clock_time(at) == clock_time(datetime.fromisoformat(at)) == "01:05"
