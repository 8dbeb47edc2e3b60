"""What all forms share: pressing a verb, who may, the id of a press, and what was refused just now."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request

from scoring import access
from scoring.actions.pressing import perform_sent
from scoring.actions.registry import verbs
from scoring.rules.refusal import Refused


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
    return access.may(*verbs()[verb].roles)


def press(
    verb: str, contest_id: int, sent: Mapping[str, object] | None = None, /, *, further: bool = False, **given: Any
) -> Any:
    """Perform a verb for the signed-in account, once for the id of the form; see `perform_sent`.

    A `further` one of the same form changes nothing if it is done twice. A refusal is noted, and raised.
    """
    named = None if further else request.form.get("request")
    try:
        return perform_sent(verb, access.actor(), contest_id, sent or {}, named, **given)
    except Refused as refused:
        access.note_refusal(refused)
        raise


def new_request() -> str:
    """The id that a form sends along, by which a press that arrives twice is done once; 32 hex digits."""
    return secrets.token_hex(16)
