"""Which seats mark a turn where not the whole room does, and the code by which they know it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_assignment_seat_id_seat")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_assignment_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("turn_id", "seat_id", name=op.f("uq_assignment_turn_id_seat_id")),
    )
    op.create_index(op.f("ix_assignment_turn_id"), "assignment", ["turn_id"])
    op.create_index(op.f("ix_assignment_seat_id"), "assignment", ["seat_id"])
    with op.batch_alter_table("turn") as turn:
        turn.add_column(sa.Column("code", sa.String(length=12), nullable=False, server_default=""))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("turn") as turn:
        turn.drop_column("code")
    op.drop_table("assignment")
