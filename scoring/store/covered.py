"""Which rows the record's fingerprints cover beside what its entries say, and what these rows come to.

An entry says what was done; what it was done to stands in other tables. So each change also records the SHA-256 of
those rows as it leaves them: the rules, who is entered and appears, who does not perform, who marks and who is kept
from it, what was taken off, checked, released and corrected, and what the hall shows; for the installation its accounts
and settings. A row that was changed in any other way does not agree with that any more. Sheets have chains of their
own, and the announced figures stand in their entries. docs/safeguards.md names the tables left out, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, select

from scoring.store.ballots import Ballot
from scoring.store.belonging import rows_of
from scoring.store.clocks import TurnClock
from scoring.store.contests import Appearance, Contest, Contestant, Event, Room, Round, Turn
from scoring.store.corrections import Correction
from scoring.store.documents import Coding, Document
from scoring.store.installation import Installation
from scoring.store.ledger import Entry, SiteEntry
from scoring.store.model import Model
from scoring.store.not_performing import NotPerforming
from scoring.store.panel import Assignment, Recusal, Seat
from scoring.store.paper import PaperEntry
from scoring.store.people import Account, Admission
from scoring.store.photos import Photo
from scoring.store.prepared import Prepared
from scoring.store.relations import Office, OfficeAnswer, Relation, Waiver
from scoring.store.results import Penalty, Release, TotalsCheck
from scoring.store.screens import HallScreen
from scoring.store.setting_up import EventSettings
from scoring.store.spot_checks import SpotCheck, SpotCheckLine

#: Names the tables and columns below: whoever changes these, or what stands in them, counts up, and what was recorded
#: of before is then compared no more.
VERSION = "4:"
#: Follows where rows had been changed in another way since the entry before.
ALTERED = ":altered"
OF_CONTEST: Mapping[type[Model], str] = {
    Contest: "id slug title_zh title_en office state level line practice recusal_levels overall awards",
    Event: "id contest_id position format settings settings_version full_marks awards stage checks_totals sealed_seed"
    " typed_seed typed_by",
    EventSettings: "id event_id version settings full_marks",
    Round: "id event_id position plan",
    Room: "id event_id position current_turn_id",
    Contestant: "id contest_id number name office department category kind team_id",
    Turn: "id round_id room_id position state code called_revision closed_at facts pairing",
    Appearance: "id turn_id part contestant_id not_performing_id",
    NotPerforming: "id contestant_id event_id turn_id kind reach revision withdrawn_revision",
    Seat: "id room_id number name office department reserve",
    Assignment: "id turn_id seat_id on_paper",
    Recusal: "id turn_id seat_id ground relation withdrawn_at",
    Penalty: "id turn_id part kind seconds points revision withdrawn_revision adds confirms confirmed_by"
    " confirmed_revision",
    Release: "id turn_id verdict correction_id revision withdrawn_revision",
    Ballot: "id turn_id seat_id side",
    Correction: "id turn_id seat_id part changes state",
    Coding: "id event_id seed decoded_at witnessed_at",
    Document: "id contestant_id sha256 shown_sha256 state replaced_at",
    Relation: "id contest_id judge contestant_id ground withdrawn_at",
    Waiver: "id contest_id judge contestant_id ground withdrawn_at",
    Office: "id contest_id name short",
    OfficeAnswer: "id contest_id one other same withdrawn_at",
    TurnClock: "id turn_id key side spent_ms extra_seconds running_since",
    Photo: "id turn_id seat_id sha256",
    PaperEntry: "id turn_id seat_id actor typed closed_at",
    TotalsCheck: "id turn_id figures actor role withdrawn_at",
    SpotCheck: "id contest_id rule seed full_at",
    SpotCheckLine: "id spot_check_id turn_id chosen found note actor",
    HallScreen: "id contest_id scene message next_scene next_message blackout frozen_revision",
}
OF_SITE: Mapping[type[Model], str] = {
    Account: "id name password role wanted closed_at password_given factor",
    Admission: "account_id contest_id",
    Installation: "id zone address separated policy idle_minutes second_factor",
}
#: How the tables are gone through one by one: at once, or giving way to others between two of them.
Each = Callable[[Iterable[Any]], Iterable[Any]]
_LAST_SAID = Prepared(
    select(Entry.rows)
    .where(Entry.contest_id == bindparam("contest"), Entry.rows.is_not(None))
    .order_by(Entry.revision.desc())
    .limit(1)
)
_SITE_LAST_SAID = Prepared(
    select(SiteEntry.rows).where(SiteEntry.rows.is_not(None)).order_by(SiteEntry.id.desc()).limit(1)
)


def rows_covered(connection: Connection, contest_id: int, each: Each = iter) -> str:
    """What the contest's rows come to now, as an entry records it; `each` goes through the tables."""
    tables = each(_of_contest().items())
    return _said({name: statement.raw(connection, contest=contest_id) for name, statement in tables})


def site_rows_covered(connection: Connection, each: Each = iter) -> str:
    """What the rows of the installation come to now, as an entry of its record says it."""
    return _said({name: statement.raw(connection) for name, statement in each(_of_site().items())})


def rows_agree(connection: Connection, contest_id: int, each: Each = iter) -> bool:
    """Whether the contest's rows are as its newest entry left them; true where nothing says how that was."""
    with _one_state(connection):
        said = _LAST_SAID.one(connection, contest=contest_id)
        return _is_silent(said) or _digest_of(said) == rows_covered(connection, contest_id, each)


def site_rows_agree(connection: Connection, each: Each = iter) -> bool:
    """The same of the installation."""
    with _one_state(connection):
        said = _SITE_LAST_SAID.one(connection)
        return _is_silent(said) or _digest_of(said) == site_rows_covered(connection, each)


@contextmanager
def _one_state(connection: Connection) -> Iterator[None]:
    """Have all statements see the same commits: those that run on the driver itself begin no transaction.

    Else what is stored between the entry and its rows would be taken for a change by hand.
    """
    if connection.in_transaction():
        yield
        return
    with connection.begin():
        yield


def _is_silent(said: Any) -> bool:
    return said is None or not said[0].startswith(VERSION)


def _digest_of(said: Any) -> str:
    return str(said[0]).removesuffix(ALTERED)


def _said(read: Mapping[str, Any]) -> str:
    return VERSION + sha256(repr(sorted(read.items())).encode()).hexdigest()


@cache
def _of_contest() -> dict[str, Prepared]:
    return {table.__tablename__: _of_one(table, names) for table, names in OF_CONTEST.items()}


def _of_one(table: type[Model], names: str) -> Prepared:
    held: Any = table.__table__
    own = rows_of(held, bindparam("contest"))
    assert own is not None, table
    return Prepared(select(*[held.c[name] for name in names.split()]).where(held.c.id.in_(own)).order_by(held.c.id))


@cache
def _of_site() -> dict[str, Prepared]:
    found = {}
    for table, names in OF_SITE.items():
        columns = [table.__table__.c[name] for name in names.split()]
        found[table.__tablename__] = Prepared(select(*columns).order_by(*columns[:2]))
    return found
