"""When seats were last heard, closed marking, checks of the totals, and releases that are taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "seat_presence",
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_seat_presence_seat_id_seat")),
        sa.PrimaryKeyConstraint("seat_id", name=op.f("pk_seat_presence")),
    )
    op.create_table(
        "totals_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("figures", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_totals_check_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_totals_check")),
    )
    op.create_index(op.f("ix_totals_check_turn_id"), "totals_check", ["turn_id"])
    with op.batch_alter_table("turn") as turn:
        turn.add_column(sa.Column("closed_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("checks_totals", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("release") as release:
        release.drop_constraint(op.f("uq_release_turn_id"), type_="unique")
        release.add_column(sa.Column("withdrawn_at", sa.DateTime(), nullable=True))
        release.create_index(op.f("ix_release_turn_id"), ["turn_id"])


def downgrade() -> None:
    """Take the change back; of a turn's releases the newest stays."""
    op.execute("DELETE FROM release WHERE id NOT IN (SELECT max(id) FROM release GROUP BY turn_id)")
    with op.batch_alter_table("release") as release:
        release.drop_index(op.f("ix_release_turn_id"))
        release.drop_column("withdrawn_at")
        release.create_unique_constraint(op.f("uq_release_turn_id"), ["turn_id"])
    with op.batch_alter_table("event") as event:
        event.drop_column("checks_totals")
    with op.batch_alter_table("turn") as turn:
        turn.drop_column("closed_at")
    op.drop_index(op.f("ix_totals_check_turn_id"), table_name="totals_check")
    op.drop_table("totals_check")
    op.drop_table("seat_presence")
