"""Which tablet holds a seat, the question with a sheet that is sent back, and the calls for the chief judge."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("seat") as seat:
        seat.add_column(sa.Column("holder", sa.String(length=80), nullable=False, server_default=""))
        seat.add_column(sa.Column("tablet", sa.Integer(), nullable=False, server_default="0"))
        seat.add_column(sa.Column("taken_at", sa.DateTime(), nullable=True))
        seat.add_column(sa.Column("handover_until", sa.DateTime(), nullable=True))
    with op.batch_alter_table("sheet_version") as version:
        version.add_column(sa.Column("question", sa.String(length=400), nullable=False, server_default=""))
    op.create_table(
        "chief_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("message", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_chief_call_seat_id_seat")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_chief_call_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chief_call")),
    )
    op.create_index(op.f("ix_chief_call_seat_id"), "chief_call", ["seat_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("chief_call")
    with op.batch_alter_table("sheet_version") as version:
        version.drop_column("question")
    with op.batch_alter_table("seat") as seat:
        seat.drop_column("handover_until")
        seat.drop_column("taken_at")
        seat.drop_column("tablet")
        seat.drop_column("holder")
