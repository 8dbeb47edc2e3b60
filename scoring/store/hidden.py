"""Which contests strangers know nothing of: those in preparation, and those that were given up before they opened."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select

from scoring.extensions import db
from scoring.store.contests import DISCARDED, PREPARING, Contest
from scoring.store.rehearsals import Rehearsal

#: True in the row of such a contest; not of a rehearsal that is over, whose screens lead to what was rehearsed.
HIDDEN: ColumnElement[bool] = or_(
    Contest.state == PREPARING,
    and_(Contest.state == DISCARDED, ~exists().where(Rehearsal.contest_id == Contest.id)),
)


def is_hidden(contest_id: int) -> bool:
    """Whether strangers know nothing of the contest, or there is none."""
    return db.session.scalar(select(HIDDEN).where(Contest.id == contest_id)) is not False
