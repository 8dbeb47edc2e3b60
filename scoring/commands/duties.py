"""Switching the separation of duties off at the machine itself, where no officer is left who could."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from scoring.actions.site.separation import join_at_the_machine
from scoring.actions.transaction import Actor, perform
from scoring.commands import starting
from scoring.rules.refusal import Refused
from scoring.store.ledger import signature_of


@click.command("join-duties")
@click.option("--reason", prompt="Why", help="Why one person is let hold several duties; it stands in every record.")
@click.option("--by", default="", help="Your own name, for the record; asked for if it is not given.")
@with_appcontext
def join_duties_here(reason: str, by: str) -> None:
    """Switch the separation of duties off; after it `add-account NAME --role administrator` makes an administrator."""
    starting.open_database()
    try:
        perform(join_at_the_machine, Actor(signature_of(starting.named(by))), reason)
    except Refused as refused:
        raise click.ClickException(starting.in_both(refused.problems[0])) from None
