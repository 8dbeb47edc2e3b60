"""The seal of an event's next draw: what anybody may know of it before, and who has to type for it."""

from __future__ import annotations

from sqlalchemy import select

from scoring.board.snapshots.audience import Seal
from scoring.board.snapshots.desk import SealAtDesk
from scoring.extensions import db
from scoring.rules.draw import seal_of
from scoring.store import Account, Event
from scoring.store.people import SUPERVISOR


def next_seal(event: Event) -> Seal:
    """{seal, typed, by}: the SHA-256 of the seed sealed for the next draw, and what which supervisor typed for it.

    `typed` and `by` are "" until somebody typed.
    """
    return {"seal": seal_of(event.sealed_seed), "typed": event.typed_seed, "by": event.typed_by}


def seal_at_desk(event: Event) -> SealAtDesk:
    """As `next_seal`, with whether there is a supervisor who is to type: `supervised`."""
    return {**next_seal(event), "supervised": supervised(event.contest_id)}


def supervised(contest_id: int) -> bool:
    """Whether an account with the supervisor's role is let into the contest."""
    wanted = select(Account).where(Account.role == SUPERVISOR, Account.closed_at.is_(None))
    return any(account.is_admitted(contest_id) for account in db.session.scalars(wanted))
