"""What is chosen with the first account on the command line, as the first start asks for it in the browser."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

import click

from scoring.actions.site.first_start import Rules, has_accounts
from scoring.credentials.passwords import POLICIES
from scoring.store.installation import FIRST_POLICY

#: How each is asked for in the terminal, what may be answered, and what holds where nobody can be asked.
QUESTIONS = {
    "policy": ("密码规则 Password policy", tuple(POLICIES), FIRST_POLICY),
    "second_factor": ("双重验证 Second factor for those who release, correct or administer", ("yes", "no"), "no"),
    "duties": (
        "三员分设 Separation of duties (three officers, or one administrator)",
        ("separate", "together"),
        "together",
    ),
}


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which it is said beforehand."""
    for name, (said, answers, _default) in QUESTIONS.items():
        told = f"With the first account: {said}."
        command = click.option(f"--{name.replace('_', '-')}", type=click.Choice(answers), help=told)(command)
    return command


def rules(given: Mapping[str, str | None]) -> Rules | None:
    """What was said, else is asked for where somebody sits at a terminal; None where there are accounts already.

    Raises click.ClickException for what was said too late.
    """
    if has_accounts():
        if any(given.values()):
            raise click.ClickException("These are chosen with the first account; change them on the desk's pages.")
        return None
    chosen = {name: given.get(name) or _asked(name) for name in QUESTIONS}
    click.echo("  ".join(f"{QUESTIONS[name][0].partition(' ')[0]} {name}: {answer}" for name, answer in chosen.items()))
    return Rules(chosen["policy"], chosen["second_factor"] == "yes", chosen["duties"] == "separate")


def _asked(name: str) -> str:
    said, answers, default = QUESTIONS[name]
    if not sys.stdin.isatty():
        return default
    return str(click.prompt(said, type=click.Choice(answers), default=default))
