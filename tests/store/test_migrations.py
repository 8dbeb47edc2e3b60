"""Migrations on a database that is in use: what was stored before is there afterwards."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from scoring.extensions import db
from scoring.store import Account
from scoring.store.demonstration import accounts_of_demo, is_of_demo
from scoring.store.installation import Known, installation
from scoring.store.opening import versions
from scoring.store.sessions import sign_in_now

FIRST = "0001"
KEPT = ("contest", "event", "contestant", "room", "round", "seat", "turn", "appearance", "sheet", "sheet_version")


@pytest.fixture
def database(app: Flask) -> Iterator[sqlite3.Connection]:
    """An empty file, to be filled as an earlier release filled its database, and then to be brought up to date."""
    with app.app_context():
        file = Path(db.engine.url.database)
        db.engine.dispose()
        file.unlink()
        with closing(sqlite3.connect(file)) as connection:
            yield connection


def fill_every_table(database: sqlite3.Connection) -> None:
    """One row with the id 1 in every table, so that every foreign key that is 1 points to a row."""
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if table == "alembic_version":
            continue
        columns = database.execute(f"PRAGMA table_info({table})").fetchall()
        names = ", ".join(f'"{column[1]}"' for column in columns)
        places = ", ".join("?" * len(columns))
        database.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", [plain(column[2]) for column in columns])
    database.commit()


def plain(kind: str) -> int | str:
    if kind.startswith("DATETIME"):
        return "2026-01-01 09:00:00.000000"
    return "{}" if kind == "JSON" else 1


def test_a_database_with_a_contest_is_brought_up_to_date_and_loses_nothing(database):
    upgrade(revision=FIRST)
    fill_every_table(database)
    upgrade()
    assert {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in KEPT} == dict.fromkeys(
        KEPT, 1
    )
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


BEFORE_REVISIONS = "0015"
LOG = [
    (1, "call", "09:00:00", {"turn": 1}),
    (2, "submit", "09:05:00", {"turn": 1, "seat": 1}),
    (3, "release", "09:06:00", {"turn": 1}),
    (4, "freeze", "08:10:00", {}),  # the clock on the wall was put back by an hour
    (5, "submit", "08:11:00", {"turn": 2, "seat": 1}),
    (6, "add_overtime", "08:12:00", {"turn": 1}),
    (7, "withdraw_penalty", "08:13:00", {"penalty": 1}),
    (8, "approve_correction", "08:14:00", {"turn": 1, "seat": 1}),
]


def moment(clock: str) -> str:
    return f"2026-01-01 {clock}.000000"


def insert(database: sqlite3.Connection, table: str, **given: object) -> None:
    """A row with these values, and something plain in every other column."""
    columns = database.execute(f"PRAGMA table_info({table})").fetchall()
    values = {column[1]: given.get(column[1], plain(column[2])) for column in columns}
    places = ", ".join("?" * len(values))
    names = ", ".join(f'"{name}"' for name in values)
    database.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(values.values()))


def test_what_was_stored_by_the_clock_gets_the_revisions_of_the_log(database):
    upgrade(revision=BEFORE_REVISIONS)
    fill_as_before(database)
    upgrade()
    assert database.execute("SELECT called_revision FROM turn WHERE id = 1").fetchall() == [(1,)]
    versions = database.execute("SELECT revision FROM sheet_version ORDER BY number").fetchall()
    assert versions == [(0,), (2,), (8,)]
    assert database.execute("SELECT revision FROM release ORDER BY id").fetchall() == [(3,), (8,)]
    assert database.execute("SELECT revision, withdrawn_revision FROM penalty").fetchall() == [(6, 7)]
    waits = database.execute("SELECT adds, confirms, confirmed_by, confirmed_revision FROM penalty").fetchall()
    assert waits == [(0, "", "", None)], "what was recorded before takes off, and waits for nobody"
    assert database.execute("SELECT frozen_revision FROM hall_screen").fetchall() == [(4,)]


def fill_as_before(database: sqlite3.Connection) -> None:
    """One contest with a score that was corrected after a freeze, as the release before this one stored it."""
    for table in ("contest", "event", "round", "room", "seat", "sheet"):
        insert(database, table, id=1)
    insert(database, "contest", id=2, slug="other", revision=9)
    insert(database, "turn", id=1, called_at=moment("09:00:00"), facts="{}", code="")
    for number, verb, at, details in LOG:
        about = {"id": number, "contest_id": 1, "revision": number, "request": None}
        insert(database, "entry", **about, verb=verb, at=moment(at), details=json.dumps(details))
    for number, state, at in ((1, "draft", "09:04:00"), (2, "submitted", "09:05:00"), (3, "submitted", "08:14:00")):
        about = {"id": number, "sheet_id": 1, "number": number, "submission": None, "correction_id": None}
        insert(database, "sheet_version", **about, state=state, at=moment(at))
    for number, at in ((1, "09:06:00"), (2, "08:14:00")):
        insert(database, "release", id=number, turn_id=1, at=moment(at), withdrawn_at=None, correction_id=None)
    insert(database, "penalty", id=1, at=moment("08:12:00"), withdrawn_at=moment("08:13:00"))
    insert(database, "hall_screen", id=1, frozen_at=moment("08:10:00"))
    database.commit()


BEFORE_LATE_TEAMS = "0024"


def test_a_team_that_was_stored_as_a_person_is_a_team_and_a_person_stays_one(database):
    upgrade(revision=BEFORE_LATE_TEAMS)
    for contest, speakers in ((1, 4), (2, 1)):
        insert(database, "contest", id=contest, public_id=f"of-{contest}", slug=f"of-{contest}")
        settings = json.dumps({"speakers": speakers})
        insert(database, "event", id=contest, contest_id=contest, settings=settings)
        about = {"contest_id": contest, "kind": "person"}
        insert(database, "contestant", id=contest, number=f"0{contest}", team_id=None, **about)
    insert(database, "contestant", id=3, contest_id=1, number="01-1", team_id=1, kind="person")
    database.commit()
    upgrade()
    kinds = dict(database.execute("SELECT id, kind FROM contestant"))
    assert kinds == {1: "team", 2: "person", 3: "person"}


BEFORE_REHEARSALS_ARE_DELETED = "0027"


def test_a_rehearsal_that_was_over_is_deleted_and_the_contest_stays_and_no_id_is_given_again(database):
    upgrade(revision=BEFORE_REHEARSALS_ARE_DELETED)
    for contest, ended in ((1, None), (2, moment("09:00:00")), (3, None)):
        fill_contest(database, contest)
        insert(database, "rehearsal", contest_id=contest, original_id=1, ended_at=ended)
    database.commit()
    upgrade()
    for table in ("turn", "sheet", "sheet_version", "contestant", "appearance", "entry", "document"):
        assert [row for (row,) in database.execute(f"SELECT id FROM {table} ORDER BY id")] == [1, 3], table
    assert database.execute("SELECT name FROM seat ORDER BY id").fetchall() == [("1",), ("",), ("1",)]
    database.execute("DELETE FROM turn WHERE id = 3")
    insert(database, "turn", id=None, round_id=1, room_id=1, position=7)
    assert database.execute("SELECT max(id) FROM turn").fetchone() == (4,)


def fill_contest(database: sqlite3.Connection, place: int) -> None:
    """A contest with one turn, one seat and one sheet, and everything of it with this id."""
    insert(database, "contest", id=place, slug=f"of-{place}")
    for table in ("event", "contestant", "entry"):
        insert(database, table, id=place, contest_id=place, team_id=None, revision=place, request=None)
    for table in ("round", "room"):
        insert(database, table, id=place, event_id=place, current_turn_id=place)
    insert(database, "seat", id=place, room_id=place)
    insert(database, "turn", id=place, round_id=place, room_id=place)
    about = {"turn_id": place, "seat_id": place, "contestant_id": place, "not_performing_id": None}
    for table in ("appearance", "sheet", "document"):
        insert(database, table, id=place, **about)
    insert(database, "sheet_version", id=place, sheet_id=place, submission=None, correction_id=None)


BEFORE_DUTIES = "0028"


def test_an_administrator_of_before_goes_on_with_all_duties_which_nobody_has_separated(database):
    upgrade(revision=BEFORE_DUTIES)
    insert(database, "account", name="冯管理", role="administrator", closed_at=None)
    insert(database, "installation", zone="Asia/Urumqi")
    database.commit()
    upgrade()
    known = db.session.scalars(select(Account)).one()
    assert (known.name, known.role, known.wanted) == ("冯管理", "administrator", "")
    assert installation() == Known("Asia/Urumqi", "1", separated=False)


BEFORE_POLICIES = "0029"


def test_an_account_of_before_goes_on_with_its_password_and_stays_signed_in(database):
    upgrade(revision=BEFORE_POLICIES)
    insert(database, "account", id=1, name="何组长", password="kept", role="organizer", closed_at=None)
    insert(database, "installation", id=1, zone="Asia/Urumqi", address="http://10.0.0.5:5000")
    insert(database, "sign_in", id=1, account_id=1, ended_at=None)
    database.commit()
    upgrade()
    account = db.session.get_one(Account, 1)
    assert (account.password, account.password_given, account.factor) == ("kept", False, None)
    known = installation()
    assert (known.zone, known.policy, known.idle_minutes, known.second_factor) == ("Asia/Urumqi", "asvs", 30, False)
    assert sign_in_now(1) is not None


BEFORE_SEALED_SEEDS = "0031"


def test_each_event_of_before_gets_a_sealed_seed_of_its_own_and_a_coding_keeps_its_seed(database):
    upgrade(revision=BEFORE_SEALED_SEEDS)
    insert(database, "contest", id=1)
    for number in (1, 2):
        insert(database, "event", id=number, contest_id=1, title_zh=f"项目{number}")
    insert(database, "coding", id=1, event_id=1, seed="314159")
    database.commit()
    upgrade()
    events = database.execute("SELECT title_zh, sealed_seed, typed_seed FROM event ORDER BY id").fetchall()
    codings = database.execute("SELECT seed, sealed_seed FROM coding").fetchall()
    assert [(title, len(sealed), typed) for title, sealed, typed in events] == [("项目1", 32, ""), ("项目2", 32, "")]
    assert len({sealed for _, sealed, _ in events}) == 2
    assert codings == [("314159", "")]


def test_the_versions_that_a_start_knows_are_those_of_the_steps(app):
    with app.app_context():
        steps = list(ScriptDirectory(app.extensions["migrate"].directory).walk_revisions())
        assert versions() == {step.revision for step in steps}
        assert max(versions()) == steps[0].revision


BEFORE_THE_DEMO_WAS_KNOWN = "0034"


@pytest.mark.parametrize("hashes", [("the demo's", "the demo's"), ("one", "another")])
def test_the_demo_of_an_earlier_release_is_known_by_the_one_hash_of_its_accounts(
    database, hashes: tuple[str, str]
) -> None:
    upgrade(revision=BEFORE_THE_DEMO_WAS_KNOWN)
    for number, slug in ((1, "shifa"), (2, "ours")):
        insert(database, "contest", id=number, slug=slug)
    for number, kept in enumerate(hashes, 1):
        insert(database, "account", id=number, name=str(number), password=kept, closed_at=None)
    database.commit()
    upgrade()
    known = [one.name for one in accounts_of_demo()], is_of_demo(1), is_of_demo(2)
    assert known == (["1", "2"], True, False) if len(set(hashes)) == 1 else ([], False, False)


BEFORE_STAGES = "0035"


def test_everybody_takes_part_in_each_event_of_an_earlier_release(database):
    upgrade(revision=BEFORE_STAGES)
    insert(database, "contest", id=1)
    insert(database, "event", id=1, contest_id=1)
    database.commit()
    upgrade()
    assert database.execute("SELECT stage FROM event").fetchall() == [("{}",)]


BEFORE_CLASSES = "0037"


def test_who_was_entered_before_belongs_to_no_class_and_awards_stay_as_they_were(database):
    upgrade(revision=BEFORE_CLASSES)
    quotas = '{"offices": [{"key": "organisation", "zh": "优秀组织奖", "en": "Organisation award", "quota": 2}]}'
    insert(database, "contest", id=1, awards=quotas)
    insert(database, "contestant", id=1, contest_id=1, number="01")
    database.commit()
    upgrade()
    assert database.execute("SELECT number, category FROM contestant").fetchall() == [("01", "")]
    assert database.execute("SELECT awards FROM contest").fetchall() == [(quotas,)]
