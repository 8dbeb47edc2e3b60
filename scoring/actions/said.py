"""What has to be said with a verb, or it is not done: why, and who saw it."""

from __future__ import annotations

from scoring.actions.transaction import Actor
from scoring.rules.refusal import Refused
from scoring.store.ledger import name_behind

LONGEST_REASON = 400


def check_reason(reason: str) -> None:
    """Refused(reason_missing) unless a reason is given."""
    if not reason.strip():
        raise Refused.because("reason_missing", "reason")


def stated(reason: str) -> str:
    """The reason as it is recorded, at most 400 signs of it. Raises Refused: reason_missing."""
    check_reason(reason)
    return stated_if_any(reason)


def stated_if_any(reason: str) -> str:
    """The same of a reason that nobody has to give."""
    return reason.strip()[:LONGEST_REASON]


def check_witness(witness: str, actor: Actor) -> None:
    """Refused unless somebody is named who saw it: witness_missing, witness_is_actor for whoever did it."""
    if not witness.strip():
        raise Refused.because("witness_missing", "witness")
    if witness.strip() == name_behind(actor.label):
        raise Refused.because("witness_is_actor", "witness")
