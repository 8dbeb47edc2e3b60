"""Moments of the record as people at the venue read them: in the installation's time zone, which stands beside them.

The record itself is in UTC; `at` is a stored moment, or one of a snapshot: ISO 8601 with its zone.
"""

from __future__ import annotations

from datetime import datetime

import pytz
from babel.dates import get_timezone_name
from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from scoring.store.installation import FIRST_ZONE, installation
from scoring.store.model import now


def day(at: str | datetime) -> str:
    """The date, such as 2026-11-22."""
    return _local(at).strftime("%Y-%m-%d")


def today() -> str:
    """The date of now, such as 2026-11-22."""
    return day(now())


def date_in_words(date: str) -> str:
    """A date that was stored as one ("2026-11-22", in no zone) as people write it: 2026年11月22日."""
    return format_date(datetime.fromisoformat(date).date(), "long")


def clock_time(at: str | datetime) -> str:
    """The time to the minute, such as 14:05 (Beijing time)."""
    return _told(_local(at).strftime("%H:%M"))


def time_of_day(at: str | datetime) -> str:
    """The time to the second, such as 14:05:09 (Beijing time)."""
    return _told(bare_time(at))


def bare_time(at: str | datetime) -> str:
    """The time to the second, such as 14:05:09, for a column whose heading names the zone."""
    return _local(at).strftime("%H:%M:%S")


def moment(at: str | datetime) -> str:
    """The date and the time to the minute, such as 2026-11-22 14:05 (Beijing time)."""
    return _told(_local(at).strftime("%Y-%m-%d %H:%M"))


def zone_name() -> str:
    """How the installation's time zone is called, such as Beijing time."""
    return zone_called(installation().zone)


def zone_called(zone: str) -> str:
    """How the time zone of this name in the IANA database is called in the reader's language."""
    if zone == FIRST_ZONE:
        return _("Beijing time")
    return "UTC" if zone == "UTC" else get_timezone_name(pytz.timezone(zone), locale=get_locale())


def with_zone_of(time: str) -> str:
    """A time that a script writes, beside the name of the zone in which it writes it."""
    return _told(time)


def minutes_ahead() -> int:
    """By how many minutes the installation's time zone is ahead of UTC now; less than 0 where it is behind."""
    ahead = datetime.now(pytz.timezone(installation().zone)).utcoffset()
    return round(ahead.total_seconds() / 60) if ahead else 0


def offset_of(zone: str) -> str:
    """How far the time zone is from UTC now, such as UTC+8."""
    offset = datetime.now(pytz.timezone(zone)).strftime("%z")
    hours, minutes = int(offset[1:3]), offset[3:5]
    return f"UTC{offset[0]}{hours}" + ("" if minutes == "00" else f":{minutes}")


def with_zone(heading: str) -> str:
    """The heading of a column or field of times, with the name of their zone."""
    return f"{heading}（{zone_name()}）" if _reads_chinese() else f"{heading} ({zone_name()})"


def _told(time: str) -> str:
    return f"{zone_name()} {time}" if _reads_chinese() else f"{time} ({zone_name()})"


def _reads_chinese() -> bool:
    return str(get_locale()) == "zh"


def _local(at: str | datetime) -> datetime:
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    return found.astimezone(pytz.timezone(installation().zone))
