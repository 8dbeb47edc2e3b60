"""Who writes to the database: one writer, one durable commit for all that has gathered."""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from flask import Flask
from gevent import get_hub
from gevent.event import Event
from gevent.hub import Waiter
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.services import Service
from scoring.store.intake import Intake
from scoring.store.journal import Journal
from scoring.store.prepared import driven

Work = Callable[[], Any]
LeanWork = Callable[[Intake], Any]
MOST_IN_ONE_COMMIT = 64
#: Seconds without an order after which the writer tidies up.
QUIET = 1.0
#: The log of what was acknowledged, where the database is a file.
JOURNAL: Service[Journal] = Service("journal")
#: Begins transactions that no session knows.
WRITING: Service[Engine] = Service("writing")


class Writer(Protocol):
    """Runs work in a write transaction; returns its answer only after the commit is durable."""

    def perform(self, work: Work) -> Any:
        """Run the work, commit, return the answer; whatever the work or the commit raises is raised."""

    def perform_lean(self, work: LeanWork) -> Any:
        """The same with work that needs no session, and is refused before it has stored anything."""

    @property
    def rests(self) -> bool:
        """Whether nobody waits for a commit."""

    def wait_for_rest(self, patience: float) -> None:
        """Wait until nobody waits for a commit, `patience` seconds at most."""


class Order:
    """One piece of work, and later what became of it."""

    def __init__(self, work: LeanWork, lean: bool, leaves_nothing: type[Exception]) -> None:
        """Keep the work until the writer comes to it; what raises `leaves_nothing` has stored nothing by then."""
        self._work = work
        self._leaves_nothing = leaves_nothing
        self._answer: Any = None
        self.lean = lean
        self.error: BaseException | None = None
        self.waits: Waiter | None = None

    @classmethod
    def of(cls, work: Work) -> Order:
        """Work with the session: in a savepoint, so that whatever it raises leaves the others of its commit alone."""

        def within(intake: Intake) -> Any:
            intake.write()
            with db.session.begin_nested():
                return work()

        return cls(within, lean=False, leaves_nothing=Exception)

    @classmethod
    def of_lean(cls, work: LeanWork) -> Order:
        """Work with what the transaction takes in; it is refused before it has stored anything."""
        return cls(work, lean=True, leaves_nothing=Refused)

    def run(self, intake: Intake) -> None:
        """Do the work and keep what came of it. Raises what may have left something behind in the transaction."""
        self.error = None
        try:
            self._answer = self._work(intake)
        except self._leaves_nothing as error:
            self.error = error

    def result(self) -> Any:
        """Its answer; raises whatever it or its commit has raised."""
        if self.error is not None:
            raise self.error
        return self._answer


def write(orders: list[Order]) -> None:
    """Run all orders in one transaction; if the database cannot store it, none of them has succeeded.

    Where one of them fails in a way that nobody foresaw, each has a transaction of its own instead.
    """
    try:
        _write_together(orders)
    except OperationalError as error:
        _fail(orders, error)
    except Exception as error:
        if len(orders) == 1:
            _fail(orders, error)
        else:
            for order in orders:
                write([order])


def _write_together(orders: list[Order]) -> None:
    within = _connection_alone if all(order.lean for order in orders) else _session
    journal = JOURNAL.found()
    with within() as connection:
        intake = Intake(connection)
        for order in orders:
            order.run(intake)
        intake.write()
        added = journal.new_in(connection) if journal else None
    if journal and added:
        journal.add(added)


def _fail(orders: list[Order], error: Exception) -> None:
    for order in orders:
        order.error = order.error or error


@contextmanager
def _connection_alone() -> Iterator[Connection]:
    """A transaction that no session knows: half the way of one."""
    with WRITING.of().begin() as connection:
        yield connection


@contextmanager
def _session() -> Iterator[Connection]:
    """The transaction of a session of its own."""
    try:
        yield db.session.connection(execution_options={"writes": True})
        db.session.commit()
    finally:
        db.session.remove()


WRITER: Service[Writer] = Service("writer")


class InlineWriter:
    """Writes in the caller's own thread: for commands and tests, where nobody else waits."""

    def __init__(self, app: Flask) -> None:
        """Write to the database of this application."""
        self._app = app

    def perform(self, work: Work) -> Any:
        """See Writer; a context of its own gives the work a session of its own."""
        return self._write(Order.of(work))

    def perform_lean(self, work: LeanWork) -> Any:
        """See Writer."""
        return self._write(Order.of_lean(work))

    @property
    def rests(self) -> bool:
        """See Writer; whoever can ask does not wait."""
        return True

    def wait_for_rest(self, patience: float) -> None:
        """See Writer."""

    def _write(self, order: Order) -> Any:
        with self._app.app_context():
            write([order])
        return order.result()


class GroupWriter:
    """Writes in one native thread, so that a commit on disk never blocks the loop that serves the others.

    What arrives while a commit is under way shares the next one.
    """

    def __init__(self, app: Flask) -> None:
        """Start the writing thread for this application; those who wait for it live in the caller's loop."""
        self._app, self._loop = app, get_hub().loop
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._waiting, self._nobody_waits = 0, Event()
        self._nobody_waits.set()
        self._tidying: threading.Thread | None = None
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write what was ordered before, and nothing more."""
        self._orders.put(None)
        self._thread.join()
        if self._tidying is not None:
            self._tidying.join()

    def perform(self, work: Work) -> Any:
        """See Writer; only the calling greenlet waits."""
        return self._wait(Order.of(work))

    def perform_lean(self, work: LeanWork) -> Any:
        """See Writer; only the calling greenlet waits."""
        return self._wait(Order.of_lean(work))

    @property
    def rests(self) -> bool:
        """See Writer."""
        return not self._waiting

    def wait_for_rest(self, patience: float) -> None:
        """See Writer; only the calling greenlet waits."""
        self._nobody_waits.wait(patience)

    def _wait(self, order: Order) -> Any:
        order.waits = waits = Waiter()
        self._waiting += 1
        self._nobody_waits.clear()
        self._orders.put(order)
        try:
            waits.get()
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._nobody_waits.set()
        return order.result()

    def _run(self) -> None:
        while (first := self._first()) is not None:
            gathered = self._gather(first)
            self._write(gathered)
            self._loop.run_callback_threadsafe(_tell, gathered)

    def _first(self) -> Order | None:
        """The next order, None for the end; once nobody has wanted anything for a while, somebody tidies up."""
        try:
            return self._orders.get(timeout=QUIET)
        except queue.Empty:
            if self._tidying is None or not self._tidying.is_alive():
                self._tidying = threading.Thread(target=self._tidy, name="tidying", daemon=True)
                self._tidying.start()
            return self._orders.get()

    def _tidy(self) -> None:
        """Put SQLite's log into the database now, and not in the middle of a commit; nobody has to wait for it."""
        try:
            with self._app.app_context():
                put_log_away()
                if journal := JOURNAL.found():
                    journal.sync()
        except Exception:
            self._app.logger.exception("the log could not be put into the database; a later commit does it")

    def _write(self, orders: list[Order]) -> None:
        """Write, and outlive whatever happens: without this thread every judge would wait for ever."""
        try:
            with self._app.app_context():
                write(orders)
        except Exception as error:
            _fail(orders, error)

    def _gather(self, first: Order) -> list[Order]:
        gathered = [first]
        while len(gathered) < MOST_IN_ONE_COMMIT:
            try:
                order = self._orders.get_nowait()
            except queue.Empty:
                break
            if order is None:
                self._orders.put(None)
                break
            gathered.append(order)
        return gathered


def _tell(orders: list[Order]) -> None:
    """Let all who wait go on; called in the loop."""
    for order in orders:
        assert order.waits is not None
        order.waits.switch(None)


def put_log_away() -> None:
    """Move what SQLite has in its log into the database file; nothing on another database, or while somebody reads."""
    if db.engine.dialect.name != "sqlite":
        return
    connection = db.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
    finally:
        connection.close()


def close_file() -> None:
    """Close the database after the last commit; SQLite puts its log away with the last reader: one file holds all."""
    db.session.remove()
    with suppress(OperationalError):  # the files are gone: what could be saved was saved when that was seen
        put_log_away()
    db.engine.dispose()


def watch_transactions(app: Flask) -> None:
    """Begin SQLite's transactions ourselves: the driver's own way knows no savepoints and upgrades too late.

    A writing transaction takes the lock at its first statement, so what it read cannot have changed under it. The
    engine of those without a session is kept: making it would take as long as one of them.
    """
    with app.app_context():
        engine = db.engine
    WRITING.put(app, engine.execution_options(writes=True))
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def leave_begin_to_us(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        driven(connection, "execute", "BEGIN IMMEDIATE" if writes else "BEGIN", ())

    @event.listens_for(engine, "commit")
    def still_in_it(connection: Connection) -> None:
        # On a full or failing disk SQLite may roll back by itself; a commit would then succeed and keep nothing.
        if connection.get_execution_options().get("writes") and not _in_transaction(connection):
            raise OperationalError("COMMIT", None, sqlite3.OperationalError("the database gave the transaction up"))


def _in_transaction(connection: Connection) -> bool:
    driver = connection.connection.dbapi_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver.in_transaction
