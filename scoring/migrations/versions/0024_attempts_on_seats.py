"""Attempts to take a seat that a tablet holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "seat_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_seat_attempt_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_attempt")),
    )
    op.create_index(op.f("ix_seat_attempt_seat_id"), "seat_attempt", ["seat_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("seat_attempt")
