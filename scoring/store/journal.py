"""What was acknowledged, kept beside the database: the newest fingerprint of each record after each commit.

A log that was lost or damaged takes the last commits with it, and what is left looks whole. The journal knows how far
it went. It is written before anybody is told that something is stored, and put on the disk itself in quiet moments, so
that no commit waits for it: after a power cut it may be older than the database, and never newer.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, bindparam, func, select

from scoring.store.ledger import Entry, SiteEntry
from scoring.store.prepared import Prepared

#: In the place of a contest's id: the record of the installation itself, whose revisions are the ids of its entries.
SITE = 0
Heads = dict[int, tuple[int, str]]
#: By record the fingerprints of its entries by their revisions.
Marks = dict[int, dict[int, str]]
log = logging.getLogger(__name__)

_NEW = Prepared(
    select(Entry.id, Entry.contest_id, Entry.revision, Entry.fingerprint)
    .where(Entry.id > bindparam("known"))
    .order_by(Entry.id)
)
_NEW_OF_SITE = Prepared(
    select(SiteEntry.id, SiteEntry.fingerprint).where(SiteEntry.id > bindparam("known")).order_by(SiteEntry.id)
)


def beside(database: Path) -> Path:
    """Where the journal of a database is."""
    return database.with_suffix(".acknowledged")


@dataclass
class Added:
    """The newest entry of each record that a transaction has added to, and the largest ids of all entries then."""

    heads: Heads
    newest: int
    newest_of_site: int


class Journal:
    """Notes what each commit has added to the records."""

    def __init__(self, path: Path, connection: Connection) -> None:
        """Begin with what the database holds now; what the journal held before is not needed any more.

        Another process on the same database may begin too, or a command gives the journal up: whoever writes looks
        after each line whether the file still is the one that the next start reads (`_follow`).
        """
        self._path = path
        self._known = connection.scalar(select(func.max(Entry.id))) or 0
        self._known_of_site = connection.scalar(select(func.max(SiteEntry.id))) or 0
        self._begin(_lines(heads_of(connection)))
        connection.rollback()  # what another process has stored meanwhile may stand in the file before
        os.write(self._file, _lines(heads_of(connection)))
        self.sync()

    def new_in(self, connection: Connection) -> Added:
        """What this transaction has added to the records; to be noted once it is committed."""
        added = Added({}, self._known, self._known_of_site)
        for entry_id, contest_id, revision, fingerprint in _NEW.all(connection, known=self._known):
            added.heads[contest_id], added.newest = (revision, fingerprint), entry_id
        for entry_id, fingerprint in _NEW_OF_SITE.all(connection, known=self._known_of_site):
            added.heads[SITE], added.newest_of_site = (entry_id, fingerprint), entry_id
        return added

    def add(self, added: Added) -> None:
        """Note that this was committed; what cannot be noted now is noted with the next."""
        try:
            if added.heads:
                self._note(_lines(added.heads))
            self._known, self._known_of_site = added.newest, added.newest_of_site
        except OSError as error:
            log.error("%s could not be written: %s", self._path, error)

    def sync(self) -> None:
        """Put what was noted on the disk. Raises OSError."""
        os.fdatasync(self._file)

    def close(self) -> None:
        """Note nothing more."""
        self.sync()
        os.close(self._file)

    def _note(self, lines: bytes) -> None:
        os.write(self._file, lines)
        while not self._is_read():
            self._follow()
            os.write(self._file, lines)

    def _is_read(self) -> bool:
        """Whether the next start reads this file: it is still the one of that name."""
        try:
            return os.stat(self._path).st_ino == os.fstat(self._file).st_ino
        except FileNotFoundError:
            return False

    def _follow(self) -> None:
        """Go on in the file that has the name now, in a new one where none has."""
        fresh = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(fresh, self._file)  # whoever is putting the old one on the disk keeps a file that is open
        os.close(fresh)

    def _begin(self, lines: bytes) -> None:
        fresh = self._path.with_suffix(f".acknowledged-{os.getpid()}")
        self._file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
        os.write(self._file, lines)
        self.sync()
        fresh.replace(self._path)


def heads_of(connection: Connection) -> Heads:
    """The newest entry of each record in the database: by contest its revision and fingerprint."""
    newest = select(func.max(Entry.id)).group_by(Entry.contest_id)
    wanted = select(Entry.contest_id, Entry.revision, Entry.fingerprint).where(Entry.id.in_(newest))
    heads: Heads = {contest_id: (revision, mark) for contest_id, revision, mark in connection.execute(wanted)}
    of_site = select(SiteEntry.id, SiteEntry.fingerprint).order_by(SiteEntry.id.desc()).limit(1)
    last = connection.execute(of_site).first()
    return heads | ({SITE: (last.id, last.fingerprint)} if last else {})


def acknowledged(path: Path) -> Heads:
    """The newest entry of each record that the journal knows; {} without one."""
    return {record: (revision, fingerprint) for record, revision, fingerprint in _said_in(path)}


def all_acknowledged(path: Path) -> Marks:
    """Every entry that the journal names since it was begun: by record its revisions with their fingerprints."""
    marks: Marks = {}
    for record, revision, fingerprint in _said_in(path):
        marks.setdefault(record, {})[revision] = fingerprint
    return marks


def first_missing(connection: Connection, record: int, marks: Mapping[int, str]) -> int | None:
    """The first of these acknowledged entries that a record does not have, or has otherwise; None where all are there.

    So what was cut off is missed although others came since.
    """
    if record == SITE:
        wanted = select(SiteEntry.id, SiteEntry.fingerprint)
    else:
        wanted = select(Entry.revision, Entry.fingerprint).where(Entry.contest_id == record)
    held: dict[int, str] = {row[0]: row[1] for row in connection.execute(wanted)}
    return min((revision for revision, mark in marks.items() if held.get(revision) != mark), default=None)


def _said_in(path: Path) -> Iterator[tuple[int, int, str]]:
    """The lines of the journal. One that broke off is passed over."""
    for line in path.read_text(errors="replace").splitlines() if path.exists() else []:
        match line.split():
            case [record, revision, fingerprint] if record.isdigit() and len(fingerprint) == 64:
                yield int(record), int(revision), fingerprint


def _lines(heads: Heads) -> bytes:
    said: Iterable[str] = (f"{contest_id} {revision} {mark}\n" for contest_id, (revision, mark) in heads.items())
    return "".join(said).encode()
