"""Rehearsals: which contest stands in for which, and what was checked on the tablets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "rehearsal",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("original_id", sa.Integer(), nullable=False),
        sa.Column("process", sa.String(length=32), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_rehearsal_contest_id_contest")),
        sa.ForeignKeyConstraint(["original_id"], ["contest.id"], name=op.f("fk_rehearsal_original_id_contest")),
        sa.PrimaryKeyConstraint("contest_id", name=op.f("pk_rehearsal")),
    )
    op.create_index(op.f("ix_rehearsal_original_id"), "rehearsal", ["original_id"])
    op.create_table(
        "tablet_check",
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("screen", sa.String(length=20), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=True),
        sa.Column("battery", sa.Boolean(), nullable=True),
        sa.Column("cuts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_tablet_check_seat_id_seat")),
        sa.PrimaryKeyConstraint("seat_id", name=op.f("pk_tablet_check")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("tablet_check")
    op.drop_table("rehearsal")
