"""Prepared statements: types are those of the columns, and what fails fails as it does everywhere else."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from scoring.extensions import db, read_json
from scoring.store import Account, SettingsTemplate
from scoring.store.model import now
from scoring.store.prepared import Prepared, make_statements_ready

VALUES = ("name", "format", "settings", "full_marks", "actor", "at")
ADD = Prepared(insert(SettingsTemplate).values({name: bindparam(name) for name in VALUES}).inline())
FIND = Prepared(
    select(SettingsTemplate.settings, SettingsTemplate.at).where(SettingsTemplate.name == bindparam("name"))
)
ACCOUNT = Prepared(insert(Account).values(name=bindparam("name"), password=bindparam("password"), role="organizer"))


def template(name: str) -> dict[str, object]:
    return {
        "name": name,
        "format": "debate",
        "settings": {"law": ["20.5"]},
        "full_marks": "100",
        "actor": "desk",
        "at": now(),
    }


def test_a_statement_is_put_together_before_anybody_waits_for_it(app: Flask) -> None:
    asked_first_by_a_judge = Prepared(select(Account.id))
    with app.app_context():
        make_statements_ready(db.engine.dialect)
        assert asked_first_by_a_judge.is_ready(db.engine.dialect)


def test_json_and_moments_come_back_as_they_went_in(app: Flask) -> None:
    with app.app_context():
        connection, values = db.session.connection(), template("市赛")
        ADD.run(connection, **values)
        assert FIND.one(connection, name="市赛") == (values["settings"], values["at"])
        assert FIND.all(connection, name="市赛") == [(values["settings"], values["at"])]
        assert FIND.one(connection, name="省赛") is None


def test_what_the_database_refuses_is_refused_as_everywhere_else(app: Flask) -> None:
    with app.app_context():
        connection = db.session.connection()
        with pytest.raises(IntegrityError):
            ACCOUNT.run(connection, name=None, password="x")
        db.session.execute(db.text("DROP TABLE settings_template"))
        with pytest.raises(OperationalError):
            FIND.one(connection, name="市赛")


def test_many_rows_are_stored_at_once_and_one_that_is_refused_refuses_as_everywhere_else(app: Flask) -> None:
    with app.app_context():
        connection = db.session.connection()
        ADD.many(connection, [template("市赛"), template("省赛")])
        assert [FIND.one(connection, name=name) is not None for name in ("市赛", "省赛", "全国")] == [True, True, False]
        with pytest.raises(IntegrityError):
            ADD.many(connection, [template("全国"), template("全国") | {"settings": None}])


def test_the_names_and_figures_of_marks_are_kept_once() -> None:
    first, second = (read_json('{"law": "23.5", "said": ["23.5"]}') for _ in range(2))
    assert first == second == {"law": "23.5", "said": ["23.5"]}
    assert first["law"] is second["law"]
