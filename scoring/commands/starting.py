"""Before anything is served: the database is opened, held against what was acknowledged, and the findings are said."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, TextIO

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale

from scoring import wording
from scoring.actions.site.installation import record_loss
from scoring.actions.transaction import Actor, perform
from scoring.board.reading import examination
from scoring.extensions import db
from scoring.rules.refusal import Problem, Refused
from scoring.store.journal import Heads, Journal, acknowledged, all_acknowledged, beside
from scoring.store.ledger import signature_of
from scoring.store.opening import bring_up_to_date, database_file, keep_log
from scoring.store.rehearsals import thrown_away
from scoring.store.writer import JOURNAL
from scoring.transport import http_server

#: Where copies of the database are looked for, in the installation's folder.
COPIES = "backups"
WAITING = "另一个程序正在打开这个数据库，等它完成。 Another process is opening this database; waiting for it."


def ask_for_descriptors() -> None:
    """Open as many files as the system allows: each tablet and phone takes one. Says so where they may not do."""
    if (most := http_server.raise_descriptors()) < http_server.DESCRIPTORS_LEAST:
        figures = {"most": str(most), "least": str(http_server.DESCRIPTORS_LEAST)}
        click.echo(in_both(Problem("few_descriptors", "", figures)))


def claim(*, alone: bool) -> TextIO:
    """The installation's lock, to be held while it is served; who must be `alone` does not wait for the others' end.

    Raises click.ClickException.
    """
    claimed = (Path(current_app.config["INSTANCE"]) / "serving.lock").open("w")
    try:
        fcntl.flock(claimed, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
    except BlockingIOError:
        raise click.ClickException(
            "A server is running on this data. Stop it before you start over or restore."
        ) from None
    return claimed


class Asked(Protocol):
    """Whether the process is to end; see live.listener."""

    @property
    def asked(self) -> bool:
        """Whether it is."""


def open_database(stop: Asked | None = None) -> None:
    """Open the database, or end with one sentence in both languages. Raises click.ClickException.

    While another process brings the database up to date this one says so and waits, until it is to `stop`.
    """
    told = False

    def wait() -> None:
        nonlocal told
        if not told:
            click.echo(WAITING)
        told = True
        if stop and stop.asked:
            raise SystemExit(0)

    try:
        bring_up_to_date(wait)
    except Refused as refused:
        raise click.ClickException(in_both(refused.problems[0])) from None


def examine_and_tell() -> None:
    """Hold what is stored against what was acknowledged, say what does not agree, and begin to note what is stored."""
    path = database_file()
    if path is None:
        examination.examine({})
        return
    over = set(db.session.scalars(thrown_away()))
    known = {record: head for record, head in acknowledged(beside(path)).items() if record not in over}
    found = examination.examine(known, all_acknowledged(beside(path)))
    if found:
        for line in (*_told(found), *_ways_back(path, known)):
            click.echo(line)
        return
    keep_log(path).unlink(missing_ok=True)
    with db.engine.connect() as connection:
        JOURNAL.put(current_app, Journal(beside(path), connection))


def named(by: str) -> str:
    """The name of the person who gives a command, for the record: as given, else as typed. Raises click.Abort."""
    return by.strip() or str(click.prompt("Your own name, for the record")).strip()


@click.command("accept-loss")
@click.option("--by", default="", help="Your own name, for the record; asked for if it is not given.")
@click.confirmation_option(prompt="What was acknowledged and is not in the database any more is given up. Go on?")
@with_appcontext
def accept_loss(by: str) -> None:
    """Give up what the journal knows and the database lacks, after a copy was put back; the old journal is kept."""
    open_database()
    path = database_file()
    journal = beside(path) if path else None
    if journal is None or not journal.exists():
        raise click.ClickException("There is no journal beside this database.")
    kept, who = journal.with_suffix(".given-up"), named(by)
    journal.replace(kept)
    perform(record_loss, Actor(signature_of(who)), kept.name)
    click.echo(f"The next start goes on with what the database holds. What was acknowledged before is named in {kept}.")


def _told(found: dict[int, list[Problem]]) -> Iterator[str]:
    yield "\n记录与已确认的内容不一致 The record does not agree with what was acknowledged:"
    for contest_id, problems in found.items():
        for problem in problems:
            yield f"  [{contest_id}] {in_both(problem)}"


def _ways_back(path: Path, known: Heads) -> Iterator[str]:
    """Which copies there are and what each lacks, the best first."""
    folder = Path(current_app.config["INSTANCE"]) / COPIES
    found = sorted((*folder.glob("*.db"), *folder.glob("*/saiping.db")))
    lacking = {copy: examination.missing_from(copy, known) for copy in found}
    usable = sorted((missing, str(copy)) for copy, missing in lacking.items() if missing is not None)
    for missing, copy in usable:
        yield f"  {in_both(Problem('copy_lacks', '', {'path': copy, 'count': str(missing)}))}"
    if not usable:
        yield f"  {in_both(Problem('no_copy', '', {'path': str(folder)}))}"
    if keep_log(path).exists():
        yield f"  {in_both(Problem('log_kept', '', {'path': str(keep_log(path))}))}"


def in_both(problem: Problem) -> str:
    """The sentence of a problem in Chinese and in English."""
    said = []
    for language in ("zh", "en"):
        with force_locale(language):
            said.append(wording.sentence(problem))
    return " ".join(said)
