"""Rehearsals that are over are deleted but for the way back from them, and no id is given a second time."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_OVER = "(SELECT contest_id FROM rehearsal WHERE ended_at IS NOT NULL)"
_EVENTS = f"(SELECT id FROM event WHERE contest_id IN {_OVER})"
_ROOMS = f"(SELECT id FROM room WHERE event_id IN {_EVENTS})"
_SEATS = f"(SELECT id FROM seat WHERE room_id IN {_ROOMS})"
_TURNS = f"(SELECT id FROM turn WHERE room_id IN {_ROOMS})"
_PEOPLE = f"(SELECT id FROM contestant WHERE contest_id IN {_OVER})"
#: What is deleted, in this order: by table the column that points to what it belongs to, and which of these are over.
_DELETED = (
    ("sheet_version", "sheet_id", f"(SELECT id FROM sheet WHERE turn_id IN {_TURNS})"),
    *((table, "turn_id", _TURNS) for table in ("sheet", "release")),
    *((table, "contestant_id", _PEOPLE) for table in ("not_performing", "document", "relation", "waiver")),
    ("spot_check_line", "spot_check_id", f"(SELECT id FROM spot_check WHERE contest_id IN {_OVER})"),
    *(
        (table, "turn_id", _TURNS)
        for table in ("turn_clock", "totals_check", "recusal", "photo", "penalty", "paper_entry", "correction")
    ),
    *((table, "turn_id", _TURNS) for table in ("ballot", "assignment", "appearance")),
    *((table, "seat_id", _SEATS) for table in ("chief_call", "seat_attempt", "seat_presence", "tablet_check")),
    ("turn", "room_id", _ROOMS),
    *((table, "event_id", _EVENTS) for table in ("coding", "event_settings")),
    *(
        (table, "contest_id", _OVER)
        for table in ("contestant", "spot_check", "hall_screen", "import_draft", "admission", "office", "office_answer")
    ),
    ("entry", "contest_id", _OVER),
)


def upgrade() -> None:
    """Make the change."""
    if op.get_bind().dialect.name == "sqlite":
        _give_no_id_twice()
    op.execute(f"UPDATE room SET current_turn_id = NULL WHERE event_id IN {_EVENTS}")
    op.execute(f"UPDATE appearance SET not_performing_id = NULL WHERE turn_id IN {_TURNS}")
    op.execute(f"UPDATE seat SET name = '', office = '', department = '', title = '' WHERE room_id IN {_ROOMS}")
    for table, column, over in _DELETED:
        op.execute(f"DELETE FROM {table} WHERE {column} IN {over}")


def _give_no_id_twice() -> None:
    """SQLite gives the highest id out again once its row is deleted, unless the table says otherwise."""
    found = sa.inspect(op.get_bind())
    keyed = [one for one in found.get_table_names() if found.get_pk_constraint(one)["constrained_columns"] == ["id"]]
    how: dict[str, Any] = {"recreate": "always", "table_kwargs": {"sqlite_autoincrement": True}}
    alone = {"resolve_fks": False}  # else all that a table points to is read for it, a hundred times over
    for table in keyed:
        with op.batch_alter_table(table, reflect_kwargs=alone, **how):
            pass


def downgrade() -> None:
    """Nothing is to be taken back: what was deleted is gone, and ids that are given once do no harm."""
