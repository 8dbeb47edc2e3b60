"""Clocks of a turn, its facts, and what an account may do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "turn_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("spent_ms", sa.Integer(), nullable=False),
        sa.Column("extra_seconds", sa.Integer(), nullable=False),
        sa.Column("running_since", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_turn_clock_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn_clock")),
        sa.UniqueConstraint("turn_id", "key", "side", name=op.f("uq_turn_clock_turn_id_key_side")),
    )
    op.create_index(op.f("ix_turn_clock_turn_id"), "turn_clock", ["turn_id"])
    with op.batch_alter_table("turn") as turn:
        turn.add_column(sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("role", sa.String(length=20), nullable=False, server_default="organizer"))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("account") as account:
        account.drop_column("role")
    with op.batch_alter_table("turn") as turn:
        turn.drop_column("facts")
    op.drop_table("turn_clock")
