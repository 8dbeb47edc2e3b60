"""Letting one device try where strangers must wait, at the machine itself, where nobody at the desk is signed in."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from scoring import access
from scoring.actions.transaction import Actor
from scoring.commands import starting
from scoring.rules.refusal import Refused
from scoring.store.ledger import signature_of


@click.command("door-code")
@click.option("--by", default="", help="Your own name, for the record; asked for if it is not given.")
@with_appcontext
def door_code(by: str) -> None:
    """Print a code with which one device may try a PIN or password five times, although new devices must wait."""
    starting.open_database()
    try:
        code = access.new_door_code(Actor(signature_of(starting.named(by))), unlocks=True)
    except Refused as refused:
        raise click.ClickException(starting.in_both(refused.problems[0])) from None
    click.echo(f"准入码 door code  {code}")
    click.echo("十五分钟内有效，限一台设备。 Good for one device, for fifteen minutes.")
