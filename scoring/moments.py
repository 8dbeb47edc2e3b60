"""Moments of the record as people at the venue read them: by the clock on the wall, which is the server's time zone.

The record itself is in UTC; `at` is a stored moment, or one of a snapshot: ISO 8601 with its zone.
"""

from __future__ import annotations

from datetime import datetime


def day(at: str | datetime) -> str:
    """The date, such as 2026-11-22."""
    return _local(at).strftime("%Y-%m-%d")


def clock_time(at: str | datetime) -> str:
    """The time to the minute, such as 14:05."""
    return _local(at).strftime("%H:%M")


def time_of_day(at: str | datetime) -> str:
    """The time to the second, such as 14:05:09."""
    return _local(at).strftime("%H:%M:%S")


def moment(at: str | datetime) -> str:
    """The date and the time to the minute, such as 2026-11-22 14:05."""
    return _local(at).strftime("%Y-%m-%d %H:%M")


def _local(at: str | datetime) -> datetime:
    return (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone()
