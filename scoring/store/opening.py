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
            if check_file(path) == max(versions()):
                return  # to look for what is to be done takes longer than the rest of the opening
        upgrade()


def database_file() -> Path | None:
    """The file of the embedded database; None where the database is another one."""
    url = db.engine.url
    return Path(url.database) if db.engine.dialect.name == "sqlite" and url.database else None


def check_file(path: Path) -> str:
    """Its version, "" of a new file; refuses one that holds no database of ours, or that cannot be used.

    See `bring_up_to_date`.
    """
    about = {"path": str(path)}
    if not path.exists() or not path.stat().st_size:
        if acknowledged(beside(path)):
            raise Refused.because("database_emptied", **about)
        return ""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            version = _version_of(connection, about)
            connection.execute("BEGIN IMMEDIATE")
            return version
    except sqlite3.OperationalError as error:
        code = (
            "database_read_only" if "readonly" in str(error) or "unable to open" in str(error) else "database_damaged"
        )
        raise Refused.because(code, **about) from None
    except sqlite3.DatabaseError as error:
        code = "database_foreign" if "not a database" in str(error) else "database_damaged"
        raise Refused.because(code, **about) from None


def _version_of(connection: sqlite3.Connection, about: dict[str, str]) -> str:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise Refused.because("database_damaged", **about)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return ""
    if "alembic_version" not in tables or "contest" not in tables:
        raise Refused.because("database_foreign", **about)
    stamped = [version for (version,) in connection.execute("SELECT version_num FROM alembic_version")]
    if not versions().issuperset(stamped):
        raise Refused.because("database_newer", **about)
    return max(stamped, default="")


def versions() -> set[str]:
    """The versions that the schema has had: each step of it has its own at the head of its file's name."""
    steps = Path(current_app.extensions["migrate"].directory, "versions").glob("*.py")
    return {step.name.partition("_")[0] for step in steps}


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
