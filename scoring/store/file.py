"""Watches that the database is still the files that were opened, and keeps what was acknowledged when its log is lost.

SQLite goes on writing to a deleted or replaced file as if nothing had happened: what it acknowledges then is nowhere.
Its log (-wal) holds what was committed last, so the log and its index (-shm) are watched like the database itself.
"""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError, OperationalError

from scoring.extensions import db
from scoring.services import Service

Identity = tuple[int, int] | None
log = logging.getLogger(__name__)


class FileWatch:
    """What is known of the files that an engine has open."""

    def __init__(self, database: Path) -> None:
        """Watch this database and the two files beside it."""
        self.database = database
        self._beside = [database.with_name(database.name + end) for end in ("-wal", "-shm")]
        self._was_opened = False
        self._open: set[int] = set()
        self._log: list[Identity] = []
        self.lost = ""
        self._rescuing = Lock()

    def listen(self, engine: Engine) -> None:
        """Look at the files whenever a connection is made, taken or given back, and before each commit."""
        event.listen(engine, "do_connect", self._before_connecting)
        event.listen(engine, "connect", self._connected)
        event.listen(engine, "close", lambda connection, _record: self._closed(connection))
        event.listen(engine, "close_detached", self._closed)
        event.listen(engine, "checkout", self._compare)
        event.listen(engine, "commit", lambda connection: self._compare_log(connection.connection.dbapi_connection))
        event.listen(engine, "checkin", lambda connection, _record: self._rescue_late(connection))
        event.listen(engine, "engine_disposed", self._begin_afresh)

    def _before_connecting(self, _dialect: Any, _record: Any, _positional: Any, _named: Any) -> None:
        """Make no empty file in the place of a lost one, and read no log that is not the one that is written to."""
        if self._was_opened and not self.database.exists():
            raise sqlite3.OperationalError(f"the database {self.database} is gone")
        if self._open:
            self._find_log_lost()
        if self.lost:
            raise sqlite3.OperationalError(self.lost)

    def _connected(self, connection: Any, _record: Any) -> None:
        self._open.add(id(connection))

    def _closed(self, connection: Any) -> None:
        self._open.discard(id(connection))
        if not self._open:
            self._log = []  # SQLite deletes the log with its last reader, and makes a new one

    def _compare(self, connection: Any, record: Any, _proxy: Any) -> None:
        self._was_opened = True
        now = _identity(self.database)
        if record.info.setdefault("file", now) != now:
            raise DisconnectionError(f"the database {self.database} is not the file that was opened")
        self._compare_log(connection)

    def _compare_log(self, connection: Any) -> None:
        """Raises OperationalError once the log is not the one that is written to; what is in it is saved first."""
        self._find_log_lost()
        if self.lost:
            self._rescue(connection)
            raise OperationalError(None, None, sqlite3.OperationalError(self.lost))

    def _find_log_lost(self) -> None:
        found = [_identity(path) for path in self._beside]
        if not self._log or None in self._log:
            self._log = found
        elif found != self._log and not self.lost:
            names = ", ".join(
                path.name for path, was, now in zip(self._beside, self._log, found, strict=True) if was != now
            )
            self.lost = f"{names} beside {self.database} was deleted or replaced"
            log.critical("%s: nothing is acknowledged any more; restart the server", self.lost)

    def _rescue_late(self, connection: Any) -> None:
        """Save what was committed while another connection found the log lost and saved what was in it until then."""
        if self.lost and connection is not None:
            self._rescue(connection)

    def _rescue(self, connection: Any) -> None:
        """Put what the lost log holds, which its open connections still see, into the database.

        What this connection itself has begun cannot be kept, and nothing can be put away in the middle of it.
        """
        try:
            with self._rescuing:  # of two at the same time SQLite turns one away
                connection.rollback()
                busy, in_log, stored = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except sqlite3.Error as error:
            log.critical("what %s held could not be saved: %s", self._beside[0].name, error)
            return
        if busy or stored < in_log:
            log.critical("of what %s held, %s of %s pages are saved so far", self._beside[0].name, stored, in_log)

    def _begin_afresh(self, _engine: Any) -> None:
        self._was_opened, self._open, self._log, self.lost = False, set(), [], ""


_WATCH: Service[FileWatch] = Service("file_watch")


def watch_file(app: Flask) -> None:
    """Watch the files of the application's database; nothing is watched where the database is no file.

    A disposed engine begins afresh.
    """
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite" and engine.url.database:
        watch = _WATCH.put(app, FileWatch(Path(engine.url.database)))
        watch.listen(engine)


def files_lost() -> str:
    """Which of the database's files was deleted or replaced under the running server; "" where all are there."""
    watch = _WATCH.found()
    return watch.lost if watch else ""


def _identity(path: Path) -> Identity:
    """The device and number of the file in this place; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
