"""Whether the database may be opened at all: said in one sentence before anything is read or changed."""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TextIO

import gevent
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade

from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store.journal import acknowledged, beside

#: Seconds between two looks whether another process has done with the database.
LOOK_AGAIN = 0.1


def bring_up_to_date(wait: Callable[[], None] = lambda: None) -> None:
    """Make the tables, or bring them to this version; of two processes that want to, one waits for the other.

    The one that waits calls `wait` again and again, and gives up where that raises.
    Raises Refused: database_emptied, database_foreign, database_newer, database_damaged, database_read_only.
    """
    with _alone(wait):
        if path := database_file():
            _put_log_aside(path)
            check_file(path)
        upgrade()


def database_file() -> Path | None:
    """The file of the embedded database; None where the database is another one."""
    url = db.engine.url
    return Path(url.database) if db.engine.dialect.name == "sqlite" and url.database else None


def check_file(path: Path) -> None:
    """Refuse a file that holds no database of ours, or one that cannot be used. See `bring_up_to_date`."""
    about = {"path": str(path)}
    if not path.exists() or not path.stat().st_size:
        if acknowledged(beside(path)):
            raise Refused.because("database_emptied", **about)
        return
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            _check_content(connection, about)
            connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        code = (
            "database_read_only" if "readonly" in str(error) or "unable to open" in str(error) else "database_damaged"
        )
        raise Refused.because(code, **about) from None
    except sqlite3.DatabaseError as error:
        code = "database_foreign" if "not a database" in str(error) else "database_damaged"
        raise Refused.because(code, **about) from None


def _check_content(connection: sqlite3.Connection, about: dict[str, str]) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise Refused.because("database_damaged", **about)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return
    if "alembic_version" not in tables or "contest" not in tables:
        raise Refused.because("database_foreign", **about)
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    known = {script.revision for script in scripts.walk_revisions()}
    if any(version not in known for (version,) in connection.execute("SELECT version_num FROM alembic_version")):
        raise Refused.because("database_newer", **about)


def keep_log(path: Path) -> Path:
    """Where the log of an unclean end is kept until the database was found to be whole."""
    return path.with_name(path.name + "-wal-kept")


def _put_log_aside(path: Path) -> None:
    """Copy the log that an unclean end has left: opening the database ends it, whole or not."""
    left = path.with_name(path.name + "-wal")
    if left.exists() and left.stat().st_size:
        shutil.copy(left, keep_log(path))


@contextmanager
def _alone(wait: Callable[[], None]) -> Iterator[None]:
    with (Path(current_app.config["INSTANCE"]) / "upgrading.lock").open("w") as claim:
        while not _locked(claim):
            wait()
            gevent.sleep(LOOK_AGAIN)  # the loop runs meanwhile, so that signals are heard
        yield


def _locked(claim: TextIO) -> bool:
    """Whether this process alone has the file now."""
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
