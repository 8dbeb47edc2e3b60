"""Accepting what stands in the rows of a contest although it was changed outside of this software."""

from __future__ import annotations

from scoring.actions.find import contest_of
from scoring.actions.registry import _l, logged
from scoring.actions.said import stated
from scoring.actions.transaction import Actor, record


@logged("changes", _l("accepted what was changed outside of this software, reason: %(reason)s"))
def accept_rows(actor: Actor, contest_id: int, reason: str) -> None:
    """Put on record that the contest goes on with its rows as they are; the entry says that they had been changed.

    Raises Refused: contest_unknown, reason_missing.
    """
    contest = contest_of(contest_id)
    record(contest, actor, "accept_rows", reason=stated(reason))
