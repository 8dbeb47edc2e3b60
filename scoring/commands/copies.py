"""A copy of all that an installation holds, made beside a running server, and the way back to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import URL, Connection, create_engine, func, select
from sqlalchemy.exc import DatabaseError

from scoring.actions.site.installation import record_copy, record_return
from scoring.actions.transaction import Actor, perform
from scoring.commands import starting
from scoring.rules.refusal import Refused
from scoring.store import Account, Contest, Entry
from scoring.store.journal import Heads, acknowledged, beside, first_missing, heads_of
from scoring.store.kept_files import keep, named_files, put_beside
from scoring.store.ledger import signature_of
from scoring.store.model import now
from scoring.store.opening import check_file, database_file
from scoring.venue import enrolment

DATABASE, JOURNAL, SECRET, FILES, AUTHORITY = "saiping.db", "saiping.acknowledged", "secret", "documents", "tls"
#: What SQLite and a start leave beside the database; it belongs to this one and to no other.
ENDS = ("", "-wal", "-shm", "-wal-kept")


@click.command("backup")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--by", default="", help="Your own name, for the record; asked for if it is not given.")
@with_appcontext
def backup(folder: Path, by: str) -> None:
    """Copy all that this installation holds into the new FOLDER, whether it is being served or not.

    Database, journal, documents, photos, the secret and the certificates: whoever has the copy has all of it.
    """
    starting.open_database()
    database, who = _own_database(), starting.named(by)
    with _plainly_said(), _new(folder):
        perform(record_copy, Actor(signature_of(who)), str(folder))
        lost = _copy_all(database, folder)
        _check(folder)
    _tell(folder, folder / DATABASE)
    if lost:
        raise click.ClickException(
            f"备份缺 {lost} 个文件：已丢失或被改动。 {lost} files are missing or altered, not copied."
        )


@click.command("restore")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--by", default="", help="Your own name, for the record; asked for if it is not given.")
@click.option("--give-up-newer", is_flag=True, help="Do not ask whether what is newer here is given up.")
@with_appcontext
def restore(folder: Path, by: str, give_up_newer: bool) -> None:
    """Go back to the copy in FOLDER that `backup` has made, after the server was stopped.

    What was here is put aside and not deleted. Everybody signs in anew.
    """
    database, instance = _own_database(), Path(current_app.config["INSTANCE"])
    with _plainly_said(), closing(starting.claim(alone=True)), TemporaryDirectory(dir=instance) as brought:
        copy = Path(brought)
        for name in (DATABASE, JOURNAL):
            _copy(folder / name, copy / name)
        _check(copy)
        lacking = _lacking(copy / DATABASE, _here(database))
        if lacking and not give_up_newer:
            question = (
                f"备份中没有这里的 {lacking} 项改动，放弃？ {lacking} changes here are not in the copy. Give them up?"
            )
            click.confirm(question, abort=True)
        who = starting.named(by)
        aside = _exchange(folder, copy, database, instance)
        starting.open_database()
        perform(record_return, Actor(signature_of(who)), str(folder), lacking)
    _tell(folder, database)
    if aside:
        click.echo(f"  原有数据 what was here before  {aside}")


def _own_database() -> Path:
    """The file of the database. Raises click.ClickException where the database is another one."""
    if (path := database_file()) is None:
        raise click.ClickException("This database is no file of the installation: copy it by its own tools.")
    return path


@contextmanager
def _plainly_said() -> Iterator[None]:
    """What cannot be done is one sentence. Raises click.ClickException."""
    try:
        yield
    except Refused as refused:
        raise click.ClickException(starting.in_both(refused.problems[0])) from None
    except (OSError, sqlite3.Error) as error:
        raise click.ClickException(f"没有完成。 Not done: {error}") from None


@contextmanager
def _new(folder: Path) -> Iterator[None]:
    """A folder that there was not, for its user alone; it is gone again where what is begun in it fails."""
    folder.mkdir(mode=0o700)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _copy_all(database: Path, folder: Path) -> int:
    """Copy everything, the journal first, which then knows of nothing newer; answers how many files are lost."""
    _copy(beside(database), folder / JOURNAL)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(folder / DATABASE)) as copy:
        source.backup(copy)
    _copy(Path(current_app.config["INSTANCE"]) / SECRET, folder / SECRET)
    _copy_each(enrolment.folder(), folder / AUTHORITY)
    with _reading(folder / DATABASE) as held:
        lost = sum(not put_beside(digest, folder / FILES) for digest in sorted(named_files(held)))
    os.sync()
    return lost


def _check(folder: Path) -> None:
    """Refuse a copy that is damaged, none of ours or lacks what its own journal knows. Raises as above, Refused."""
    if not (folder / DATABASE).exists() or not check_file(folder / DATABASE):
        raise click.ClickException("这里没有备份。 There is no copy in this folder.")
    if _lacking(folder / DATABASE, acknowledged(folder / JOURNAL)):
        raise Refused.because("database_damaged", path=str(folder / DATABASE))


def _lacking(copy: Path, known: Heads) -> int:
    """How many of these changes a copy lacks, those of the installation's own record too."""
    with _reading(copy) as connection:
        held = heads_of(connection)
        return sum(
            max(1, revision - held.get(record, (0, ""))[0])
            for record, (revision, mark) in known.items()
            if first_missing(connection, record, {revision: mark}) is not None
        )


def _here(database: Path) -> Heads:
    """The newest changes that are here or that the journal knows; of a database that cannot be read, the journal's."""
    held: Heads = {}
    if database.exists():
        with suppress(DatabaseError), _reading(database) as connection:
            held = heads_of(connection)
    known = acknowledged(beside(database))
    return {record: max(held.get(record, (0, "")), known.get(record, (0, ""))) for record in {*held, *known}}


@contextmanager
def _reading(database: Path) -> Iterator[Connection]:
    engine = create_engine(URL.create("sqlite", database=str(database)))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _exchange(folder: Path, copy: Path, database: Path, instance: Path) -> Path | None:
    """Put the copy in the place of what is here; answers where that is kept, None where nothing was.

    The database comes last: until then the journal keeps a start from beginning with an empty one.
    """
    aside = instance / f"replaced-{now():%Y%m%d-%H%M%S}" if database.exists() else None
    if aside:
        aside.mkdir(mode=0o700)
        for kept in (beside(database), instance / SECRET):
            _copy(kept, aside / kept.name)
        for kept in (database.with_name(database.name + end) for end in ENDS):
            if kept.exists():
                shutil.move(kept, aside / kept.name)
    for kept in (folder / FILES).glob("*"):
        keep(kept.read_bytes())
    _copy_each(folder / AUTHORITY, enrolment.folder())
    _copy(folder / SECRET, instance / SECRET)
    for name, place in ((JOURNAL, beside(database)), (DATABASE, database)):
        if (copy / name).exists():
            shutil.move(copy / name, place)
    os.sync()
    return aside


def _copy_each(source: Path, target: Path) -> None:
    for kept in source.glob("*"):
        _copy(kept, target / kept.name)


def _copy(source: Path, target: Path) -> None:
    """Copy a file, if there is one, for this user alone."""
    if source.exists():
        target.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(source, target)


def _tell(folder: Path, database: Path) -> None:
    """Say what a copy holds."""
    with _reading(database) as held:
        counted = [held.scalar(select(func.count()).select_from(kind)) for kind in (Contest, Account, Entry)]
        files = len(named_files(held))
    contests, accounts, entries = counted
    click.echo(f"备份 copy  {folder}")
    click.echo(f"  赛事 contests {contests}  账号 accounts {accounts}  改动 changes {entries}  文件 files {files}")
