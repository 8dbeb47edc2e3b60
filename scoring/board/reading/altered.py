"""Rows that were changed outside of this software while the server runs: kept to be told by the desk and /healthz.

Nothing is stopped by it, as a start would: what was shown stays shown, and whoever releases is told to compare first.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from scoring.board.reading.doubts import doubts
from scoring.extensions import db
from scoring.loop.stepping_aside import giving_way
from scoring.rules.refusal import Problem
from scoring.store import Contest
from scoring.store.covered import rows_agree, site_rows_agree
from scoring.store.journal import SITE
from scoring.store.kept_files import files_whole

log = logging.getLogger(__name__)
_found: WeakKeyDictionary[Engine, dict[int, Problem]] = WeakKeyDictionary()


def begin_to_look() -> None:
    """Begin with nothing found, as a start does: what it found itself is among the doubts."""
    _found.pop(db.engine, None)


def keep_altered(record: int, press: str = "") -> None:
    """Keep until the server ends that rows of a contest, or with SITE of the installation, were changed by hand.

    It is printed once for each record, with the `press` that found it where one did; what is found later is on record.
    """
    problem = Problem("rows_altered" if record != SITE else "site_rows_altered")
    _keep(record, problem, "rows of", f" before {press}" if press else "")


def _keep(record: int, problem: Problem, what: str, when: str = "") -> None:
    if altered().get(record) != problem:
        whose = "the installation" if record == SITE else f"contest {record}"
        log.critical("%s %s were changed outside of this software%s", what, whose, when)
    _found.setdefault(db.engine, {})[record] = problem


def altered() -> Mapping[int, Problem]:
    """What was found since the server started, by contest, SITE for the installation."""
    return _found.get(db.engine, {})


def altered_for(contest_id: int) -> list[Problem]:
    """What the desk of a contest has to be told: of its own rows, and of those of the installation."""
    return [found for record, found in sorted(altered().items()) if record in (SITE, contest_id)]


def altered_records() -> Sequence[int]:
    """The installation's record and those of all contests."""
    with db.engine.connect() as connection:
        return [SITE, *connection.scalars(select(Contest.id).order_by(Contest.id))]


def look_over(record: int) -> None:
    """Keep it where the rows of a record, or its files, are not as they were left, unless the start has said so."""
    if record in doubts():
        return
    with db.engine.connect() as connection:
        if record == SITE:
            agree = site_rows_agree(connection, giving_way)
        else:
            agree = rows_agree(connection, record, giving_way)
    if not agree:
        keep_altered(record)
    elif record != SITE and not _files_whole(record):
        _keep(record, Problem("files_altered"), "files of")


def _files_whole(contest_id: int) -> bool:
    with db.engine.connect() as connection:
        return files_whole(connection, contest_id, giving_way)
