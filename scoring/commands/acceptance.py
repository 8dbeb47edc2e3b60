"""The way on, at the machine itself, where rows of a contest were changed by hand and no copy is to be put back."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from scoring.actions.site.acceptance import accept_rows
from scoring.actions.transaction import Actor, perform
from scoring.board.reading import examination
from scoring.commands import starting
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest
from scoring.store.ledger import signature_of


@click.command("accept-changes")
@click.argument("slug")
@click.option("--reason", prompt="Why", help="Why the rows are right as they are; it stands in the contest's log.")
@click.option("--by", default="", help="Your own name, for the record; asked for if it is not given.")
@with_appcontext
def accept_changes(slug: str, reason: str, by: str) -> None:
    """Go on with the contest SLUG as its rows are, although they were changed outside of this software.

    Its log says so for good. Sheets, entries and announced figures that were changed are accepted by nothing: for these
    a copy is put back. Stop the server first.
    """
    starting.open_database()
    contest_id = db.session.scalar(select(Contest.id).where(Contest.slug == slug))
    if contest_id is None:
        raise click.ClickException(f"There is no contest {slug}.")
    try:
        perform(accept_rows, Actor(signature_of(starting.named(by))), contest_id, reason)
    except Refused as refused:
        raise click.ClickException(starting.in_both(refused.problems[0])) from None
    for problem in examination.examine({}).get(contest_id, []):
        click.echo(starting.in_both(problem))
