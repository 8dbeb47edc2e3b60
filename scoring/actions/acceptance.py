"""Accepting what stands in the rows of a contest although it was changed outside of this software."""

from __future__ import annotations

from scoring.actions.find import contest_of
from scoring.actions.said import check_reason
from scoring.actions.transaction import Actor, record

LONGEST_REASON = 400


def accept_rows(actor: Actor, contest_id: int, reason: str) -> None:
    """Put on record that the contest goes on with its rows as they are; the entry says that they had been changed.

    Raises Refused: contest_unknown, reason_missing.
    """
    contest = contest_of(contest_id)
    check_reason(reason)
    record(contest, actor, "accept_rows", reason=reason.strip()[:LONGEST_REASON])
