"""Moments of the record are read in the installation's time zone, which stands beside them, wherever the server is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask

from scoring.actions.site.installation import set_installation
from scoring.actions.transaction import Actor, perform
from scoring.pages.moments import bare_time, clock_time, day, moment, offset_of, time_of_day

AT = "2026-11-22T17:05:09.123456+00:00"


@pytest.fixture(params=["UTC", "America/New_York"])
def server(app: Flask, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The server stands somewhere else than the venue."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield app
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("en", "Asia/Shanghai", "2026-11-23 01:05 (Beijing time)"),
        ("zh", "Asia/Shanghai", "北京时间 2026-11-23 01:05"),
        ("en", "Asia/Tokyo", "2026-11-23 02:05 (Japan Time)"),
        ("zh", "UTC", "UTC 2026-11-22 17:05"),
    ],
)
def test_a_moment_is_told_in_the_zone_of_the_installation_with_its_name(
    server: Flask, language: str, zone: str, said: str
) -> None:
    with server.app_context():
        perform(set_installation, Actor("test"), zone, "")
    with server.test_request_context(headers={"Cookie": f"language={language}"}):
        assert moment(AT) == said


def test_a_moment_is_told_alike_as_it_is_stored_and_as_a_snapshot_has_it(server: Flask) -> None:
    with server.test_request_context(headers={"Cookie": "language=en"}):
        assert clock_time(AT) == clock_time(datetime.fromisoformat(AT)) == "01:05 (Beijing time)"
        assert (day(AT), bare_time(AT), time_of_day(AT)) == ("2026-11-23", "01:05:09", "01:05:09 (Beijing time)")


@pytest.mark.parametrize(
    ("zone", "said"),
    [("Asia/Shanghai", "UTC+8"), ("Asia/Kolkata", "UTC+5:30"), ("UTC", "UTC+0")],
)
def test_the_offset_of_a_zone_stands_beside_its_name(zone: str, said: str) -> None:
    assert offset_of(zone) == said
