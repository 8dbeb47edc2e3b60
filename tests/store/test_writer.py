"""The writer: what gathers shares one durable commit, and a refused order leaves the others alone."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

import gevent
import pytest
from sqlalchemy import event, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from scoring import create_app
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Account
from scoring.store.intake import Intake
from scoring.store.writer import GroupWriter, InlineWriter
from tests.patience import within


def add(name: str) -> str:
    db.session.add(Account(name=name, password="x"))
    db.session.flush()
    return name


def names() -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(select(Account.name)))


@pytest.fixture(autouse=True)
def running_loop():
    """A server's loop always has something to wait for; here a far-off timer stands for its listening socket."""
    timer = gevent.spawn_later(600, lambda: None)
    yield
    timer.kill()


@pytest.fixture
def group(app):
    with app.app_context():
        group = GroupWriter(app)
        yield group
        group.stop()


@pytest.fixture
def inline(app):
    with app.app_context():
        yield InlineWriter(app)


@pytest.fixture(params=["inline", "group"])
def writer(request):
    return request.getfixturevalue(request.param)


def test_an_answer_comes_after_the_commit(writer):
    assert writer.perform(lambda: add("Chen")) == "Chen"
    assert names() == ["Chen"]


def test_a_refused_order_stores_nothing_and_its_reason_reaches_the_caller(writer):
    def half_done() -> None:
        add("Lin")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        writer.perform(half_done)
    assert names() == []


def test_orders_that_gather_share_a_commit_and_a_refused_one_leaves_the_others_alone(group):
    commits = []

    def note(connection: object) -> None:
        commits.append(connection)

    def order(number: int) -> str:
        return add("twice" if number in (3, 4) else f"judge {number}")

    event.listen(db.engine, "commit", note)
    waiting = [gevent.spawn(group.perform, lambda number=number: order(number)) for number in range(20)]
    gevent.joinall(waiting)
    event.remove(db.engine, "commit", note)
    assert len(names()) == 19
    failed = [greenlet for greenlet in waiting if greenlet.exception]
    assert len(failed) == 1
    assert len(commits) < 20


def be_impatient(connection, _record):
    connection.execute("PRAGMA busy_timeout=50")


def test_nothing_is_acknowledged_while_another_process_holds_the_database(app):
    with app.app_context():
        file = db.engine.url.database
        event.listen(db.engine, "connect", be_impatient)
        db.engine.dispose()
        other = sqlite3.connect(file)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError):
            InlineWriter(app).perform(lambda: add("Zhou"))
        event.remove(db.engine, "connect", be_impatient)
        other.rollback()
        other.close()
        assert names() == []
        assert InlineWriter(app).perform(lambda: add("Zhou")) == "Zhou"


def test_nothing_is_acknowledged_when_the_database_gave_the_transaction_up(writer):
    def give_up() -> str:
        name = add("Wu")
        db.session.connection().connection.dbapi_connection.rollback()
        db.session.connection().exec_driver_sql("SAVEPOINT sa_savepoint_1")
        return name

    with pytest.raises(OperationalError, match="gave the transaction up"):
        writer.perform(give_up)
    assert names() == []
    assert writer.perform(lambda: add("Wu")) == "Wu"


def test_the_writer_outlives_a_failure_that_nobody_foresaw(group, monkeypatch):
    monkeypatch.setattr("scoring.store.writer.write", None)
    with pytest.raises(TypeError):
        group.perform(lambda: add("Sun"))
    monkeypatch.undo()
    assert group.perform(lambda: add("Sun")) == "Sun"


def test_a_writer_that_is_stopped_has_written_all_that_was_ordered(app):
    with app.app_context():
        group = GroupWriter(app)
        ordered = [gevent.spawn(group.perform, lambda name=name: add(name)) for name in ("Chen", "Lin")]
        gevent.sleep(0)
        group.stop()
        gevent.joinall(ordered)
        assert names() == ["Chen", "Lin"]


def test_the_database_syncs_fully_and_keeps_a_write_ahead_log(tmp_path):
    app = create_app(INSTANCE=tmp_path, SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'saiping.db'}")
    with app.app_context():
        pragmas = {name: db.session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
        assert pragmas == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "wal_autocheckpoint": 8000}


def in_the_file_alone(file: Path, folder: Path) -> bool:
    """Whether an account is in the database file without its log; a file that is just being written says nothing."""
    copy = folder / "copy.db"
    shutil.copy(file, copy)
    with closing(sqlite3.connect(copy)) as alone, suppress(sqlite3.DatabaseError):
        return alone.execute("SELECT count(*) FROM account").fetchone()[0] == 1
    return False


def test_in_a_quiet_moment_the_log_is_put_into_the_database(request, app, monkeypatch, tmp_path):
    monkeypatch.setattr("scoring.store.writer.QUIET", 0.05)
    group = request.getfixturevalue("group")
    file = Path(db.engine.url.database)
    group.perform(lambda: add("Chen"))
    with gevent.Timeout(within(20)):
        while not in_the_file_alone(file, tmp_path):
            gevent.sleep(0.02)


def test_migrations_and_tables_agree(app):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from scoring.store.model import Moment

    with app.app_context(), db.engine.connect() as connection:
        same = lambda context, column, mine, kind, other: False if isinstance(kind, Moment) else None  # noqa: E731
        context = MigrationContext.configure(connection, opts={"compare_type": same})
        assert compare_metadata(context, db.metadata) == []
        assert connection.scalar(select(func.count()).select_from(Account)) == 0


def add_lean(intake: Intake, name: str, failure: Exception | None = None) -> str:
    """As a verb does it: refused before it stores anything, unless it fails in a way that nobody foresaw."""
    if isinstance(failure, Refused):
        raise failure
    intake.connection.execute(insert(Account).values(name=name, password="x"))
    if failure:
        raise failure
    return name


NO = Refused.because("turn_not_open")


@pytest.mark.parametrize("failure", [NO, ValueError("no")])
def test_a_lean_order_answers_after_the_commit_and_one_that_fails_stores_nothing(writer, failure):
    assert writer.perform_lean(lambda intake: add_lean(intake, "Chen")) == "Chen"
    with pytest.raises(type(failure)):
        writer.perform_lean(lambda intake: add_lean(intake, "Lin", failure))
    assert names() == ["Chen"]


@pytest.mark.parametrize("failure", [NO, ValueError("no")])
def test_lean_orders_and_others_share_a_commit_and_one_that_fails_leaves_the_others_alone(group, failure):
    commits = []

    def note(connection: object) -> None:
        commits.append(connection)

    event.listen(db.engine, "commit", note)
    gathered = threading.Event()
    held_up = gevent.spawn(group.perform, lambda: gathered.wait(within(10)))
    gevent.sleep(0)
    orders = [
        gevent.spawn(group.perform_lean, lambda intake: add_lean(intake, "Chen")),
        gevent.spawn(group.perform, lambda: add("Lin")),
        gevent.spawn(group.perform_lean, lambda intake: add_lean(intake, "Wu", failure)),
        gevent.spawn(group.perform, lambda: add("Chen")),
    ]
    gevent.sleep(0)
    gathered.set()
    gevent.joinall([held_up, *orders])
    event.remove(db.engine, "commit", note)
    assert [order.value for order in orders] == ["Chen", "Lin", None, None]
    assert [type(order.exception) for order in orders[2:]] == [type(failure), IntegrityError]
    assert names() == ["Chen", "Lin"]
    # At most that of the one that held them up and one for all; else each was written alone.
    assert (len(commits) <= 2) == (failure is NO)


def test_whoever_lets_the_judges_go_first_waits_until_they_are_answered_but_not_for_ever(group):
    assert group.rests
    gathered = threading.Event()
    judge = gevent.spawn(group.perform, lambda: gathered.wait(within(10)) and add("Chen"))
    gevent.sleep(0)
    assert not group.rests
    group.wait_for_rest(0.001)
    assert not group.rests
    gathered.set()
    group.wait_for_rest(within(10))
    assert group.rests
    assert judge.get() == "Chen"


def test_sheets_are_stored_while_somebody_tidies_up(group, monkeypatch):
    tidying, stored = threading.Event(), threading.Event()

    def tidy_up() -> None:
        tidying.set()
        assert stored.wait(within(10))

    monkeypatch.setattr("scoring.store.writer.QUIET", 0.01)
    monkeypatch.setattr("scoring.store.writer.put_log_away", tidy_up)
    group.perform(lambda: add("Chen"))
    with gevent.Timeout(within(20)):
        while not tidying.is_set():
            gevent.sleep(0.01)
    assert group.perform(lambda: add("Lin")) == "Lin"
    stored.set()
