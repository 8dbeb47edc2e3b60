"""What the desk's forms share: the id of a press, who may press a verb, and what was refused just now."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring import access
from scoring.actions.verbs import VERBS


@dataclass(frozen=True)
class Refusal:
    """What was refused just now: the verb, what was sent, a sentence for all and those beside fields."""

    verb: str = ""
    code: str = ""
    sent: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)


def may(verb: str) -> bool:
    """Whether the signed-in account's role may press the verb; it is checked again when it is pressed."""
    return access.may(*VERBS[verb].roles)


def new_request() -> str:
    """The id that a form sends along, by which a press that arrives twice is done once; 32 hex digits."""
    return secrets.token_hex(16)
