"""The commands of the house: accounts from a terminal."""

from __future__ import annotations

from sqlalchemy import select

from scoring.extensions import db
from scoring.store import Account


def test_an_account_is_added_from_the_terminal_and_its_password_kept_as_a_hash(app):
    result = app.test_cli_runner().invoke(args=["add-account", "何组长", "--password", "correct horse"])
    assert result.exit_code == 0, result.output
    with app.app_context():
        account = db.session.scalars(select(Account)).one()
        assert (account.name, account.role) == ("何组长", "organizer")
        assert account.password.startswith("$argon2id$")


def test_a_name_that_is_taken_is_refused_with_a_sentence(app):
    for _ in range(2):
        result = app.test_cli_runner().invoke(args=["add-account", "chief", "--role", "chief", "--password", "x"])
    assert result.exit_code == 1
    assert "Error:" in result.output
    with app.app_context():
        assert len(list(db.session.scalars(select(Account)))) == 1


def test_an_unknown_role_is_refused(app):
    result = app.test_cli_runner().invoke(args=["add-account", "x", "--role", "king", "--password", "x"])
    assert result.exit_code == 2
