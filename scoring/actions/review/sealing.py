"""What nobody but the coding officer may decide or be told of coded documents: how a judge stands to a code."""

from __future__ import annotations

from scoring.actions.transaction import Actor
from scoring.rules.refusal import Refused
from scoring.store import Event
from scoring.store.people import CODER


def is_sealed_from(actor: Actor, event: Event) -> bool:
    """Whether the documents are coded and not decoded, and the actor is somebody else than the coding officer."""
    return event.is_sealed and actor.role != CODER


def check_may_pair(actor: Actor, event: Event) -> None:
    """Refused(coder_decides) where a reviewer would be put beside a code by somebody who may not know who is kept off.

    It is asked before anything is looked up: any other refusal would tell how the two stand to each other.
    """
    if is_sealed_from(actor, event):
        raise Refused.because("coder_decides")
