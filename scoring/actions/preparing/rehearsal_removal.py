"""What is left of a rehearsal once it is thrown away: its address and the places of its seats, and nothing else.

By these, tablets and hall screens that were in it find back into the contest. Whoever took part, and whatever anybody
did, is deleted. No id is given twice (migration 0028), so that what a tablet still holds for a turn of the rehearsal
never meets another turn.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, update

from scoring.extensions import db
from scoring.store import Appearance, Contest, Room, Seat, Turn
from scoring.store.belonging import rows_of
from scoring.store.kept_files import forget, named_files
from scoring.store.model import Model

#: The way back, and the report of the rehearsal.
KEPT = frozenset({"contest", "event", "round", "room", "seat", "rehearsal"})


def delete_rows_of(copy: Contest) -> None:
    """Delete what belongs to the contest but the way back to another, with the files that nothing else names."""
    db.session.flush()
    contest_id, kept = copy.id, named_files(db.session.connection(), copy.id)
    run = db.session.connection().execute
    run(update(Room).where(Room.id.in_(_ids(Room, contest_id))).values(current_turn_id=None))
    run(update(Appearance).where(Appearance.turn_id.in_(_ids(Turn, contest_id))).values(not_performing_id=None))
    nobody = dict.fromkeys(("name", "office", "department", "title"), "")
    run(update(Seat).where(Seat.id.in_(_ids(Seat, contest_id))).values(nobody))
    for table in reversed(db.metadata.sorted_tables):
        rows = rows_of(table, contest_id) if table.name not in KEPT else None
        if rows is not None:
            run(delete(table).where(next(iter(table.primary_key)).in_(rows)))
    db.session.expire_all()
    for digest in kept - named_files(db.session.connection()):
        forget(digest)


def _ids(kind: type[Model], contest_id: int) -> Select[Any]:
    found = rows_of(kind.__table__, contest_id)  # type: ignore[arg-type]
    assert found is not None, kind
    return found
