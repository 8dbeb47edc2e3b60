"""The database's file: what is not in its place takes no mark, and nobody puts an empty one there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, event, func, select
from sqlalchemy.exc import OperationalError

from scoring.extensions import db
from scoring.store import Account
from scoring.store.writer import InlineWriter


def add(name: str) -> None:
    db.session.add(Account(name=name, password="x"))


def accounts() -> int | None:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Account))


def held_alone(file: Path) -> list[str]:
    """Whose accounts the file holds, without the log beside it."""
    copy = file.with_name("copy")
    copy.write_bytes(file.read_bytes())
    with closing(sqlite3.connect(copy)) as alone:
        return [name for (name,) in alone.execute("SELECT name FROM account ORDER BY id")]


@pytest.fixture
def file(app):
    with app.app_context():
        assert accounts() == 0
        db.session.remove()
        yield Path(db.engine.url.database)


def test_nothing_is_acknowledged_after_the_file_was_deleted(app, file):
    for part in file.parent.glob("saiping.db*"):
        part.rename(part.with_name(f"gone-{part.name}"))
    for _ in range(2):
        with pytest.raises(OperationalError, match="is gone"):
            InlineWriter(app).perform(lambda: add("Chen"))
        assert app.test_client().get("/healthz").status_code == 503
    assert not file.exists()


def test_a_file_that_is_put_back_takes_marks_again(app, file):
    away = file.rename(file.with_name("away"))
    with pytest.raises(OperationalError):
        InlineWriter(app).perform(lambda: add("Chen"))
    away.rename(file)
    InlineWriter(app).perform(lambda: add("Lin"))
    assert accounts() == 1


def test_a_file_that_was_replaced_is_the_one_that_is_written_to(app, file):
    copy = file.with_name("copy")
    copy.write_bytes(file.read_bytes())
    InlineWriter(app).perform(lambda: add("Chen"))
    db.session.remove()
    for part in ("saiping.db-wal", "saiping.db-shm"):
        file.with_name(part).unlink(missing_ok=True)
    copy.replace(file)
    assert accounts() == 0
    InlineWriter(app).perform(lambda: add("Lin"))
    assert accounts() == 1


def test_what_is_deleted_is_not_in_the_file_any_more(app, file):
    InlineWriter(app).perform(lambda: add("a-name-that-nobody-else-has"))
    assert b"a-name-that-nobody-else-has" in everything(file)
    InlineWriter(app).perform(lambda: db.session.execute(delete(Account)))
    assert b"a-name-that-nobody-else-has" not in everything(file)


def everything(file: Path) -> bytes:
    """What stands in the file once its log was put into it."""
    db.session.remove()
    db.session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.session.remove()
    return file.read_bytes()


def test_what_is_committed_while_another_finds_the_log_lost_and_saves_it_is_saved_as_well(app, file):
    InlineWriter(app).perform(lambda: add("Chen"))
    idle = [db.engine.raw_connection(), db.engine.raw_connection()]
    for connection in idle:
        connection.close()

    def lose_the_log(_connection) -> None:
        file.with_name("saiping.db-shm").unlink()
        with pytest.raises(OperationalError, match="was deleted"):
            db.engine.raw_connection()

    event.listen(db.engine, "commit", lose_the_log, once=True)
    InlineWriter(app).perform(lambda: add("Lin"))
    assert held_alone(file) == ["Chen", "Lin"]


@pytest.mark.parametrize("lost", ["saiping.db-wal", "saiping.db-shm"])
def test_who_finds_the_log_lost_while_it_commits_saves_what_was_committed_before(app, file, lost):
    InlineWriter(app).perform(lambda: add("Chen"))
    event.listen(db.engine, "begin", lambda _connection: file.with_name(lost).unlink(), once=True)
    with pytest.raises(OperationalError, match="was deleted"):
        InlineWriter(app).perform(lambda: add("Lin"))
    assert held_alone(file) == ["Chen"]
