"""The commands of the house: accounts from a terminal."""

from __future__ import annotations

from click.testing import Result
from sqlalchemy import select

from scoring.extensions import db
from scoring.store import Account, SiteEntry
from scoring.store.installation import installation
from scoring.store.journal import beside
from scoring.store.ledger import name_behind
from scoring.store.opening import database_file


def added(app, name: str, role: str) -> Result:
    """What came of adding an account."""
    args = ["add-account", name, "--role", role, "--by", "李明", "--password", "correct horse"]
    return app.test_cli_runner().invoke(args=args)


def test_an_account_is_added_from_the_terminal_and_its_password_kept_as_a_hash(app):
    result = app.test_cli_runner().invoke(args=["add-account", "何组长", "--by", "李明", "--password", "correct horse"])
    assert result.exit_code == 0, result.output
    with app.app_context():
        account = db.session.scalars(select(Account)).one()
        assert (account.name, account.role) == ("何组长", "organizer")
        assert account.password.startswith("$argon2id$")


def test_the_record_names_who_gave_a_command_at_the_server_and_asks_where_it_was_not_said(app):
    runner = app.test_cli_runner()
    runner.invoke(args=["add-account", "何组长", "--password", "correct horse"], input="李明\n")
    nameless = runner.invoke(args=["add-account", "王主任", "--password", "correct horse"], input="")
    assert nameless.exit_code == 1
    with app.app_context():
        database = database_file()
        assert database is not None
        beside(database).touch()
    assert runner.invoke(args=["accept-loss", "--yes", "--by", "李明"]).exit_code == 0
    with app.app_context():
        entries = db.session.scalars(select(SiteEntry).order_by(SiteEntry.id)).all()
        done = [(entry.verb, name_behind(entry.actor)) for entry in entries]
    first = [("create_account", "李明"), ("set_password_policy", "李明"), ("choose_duties", "李明")]
    assert done == [*first, ("accept_loss", "李明")]


def test_with_the_first_account_on_the_command_line_policy_second_factor_and_duties_are_chosen(app):
    run, told = app.test_cli_runner(), ["--by", "李明", "--password", "Correct horse 7"]
    chosen = ["--policy", "mlps", "--second-factor", "yes", "--duties", "separate"]
    weak = run.invoke(args=["add-account", "何组长", "--by", "李明", "--password", "only small letters", *chosen])
    assert (weak.exit_code, "3" in weak.output) == (1, True)
    assert run.invoke(args=["add-account", "何组长", "--role", "administrator", *told, *chosen]).exit_code == 0
    late = run.invoke(args=["add-account", "第二人", *told, "--policy", "asvs"])
    assert (late.exit_code, "chosen with the first account" in late.output) == (1, True)
    with app.app_context():
        kept = installation()
        assert (kept.policy, kept.second_factor) == ("mlps", True)
        last = db.session.scalars(select(SiteEntry).order_by(SiteEntry.id.desc())).first()
        assert (last.verb, last.details) == ("choose_duties", {"separate": True})


def test_the_first_account_without_a_choice_says_what_holds(app):
    made = app.test_cli_runner().invoke(args=["add-account", "何组长", "--by", "李明", "--password", "correct horse"])
    assert "policy: asvs" in made.output
    assert "duties: together" in made.output


def test_a_name_that_is_taken_is_refused_with_a_sentence(app):
    for _ in range(2):
        result = app.test_cli_runner().invoke(
            args=["add-account", "chief", "--role", "chief", "--by", "李明", "--password", "correct horse"]
        )
    assert result.exit_code == 1
    assert "Error:" in result.output
    with app.app_context():
        assert len(list(db.session.scalars(select(Account)))) == 1


def test_an_unknown_role_is_refused(app):
    result = app.test_cli_runner().invoke(
        args=["add-account", "x", "--role", "king", "--by", "李明", "--password", "correct horse"]
    )
    assert result.exit_code == 2
