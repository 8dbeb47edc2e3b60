"""Where a judge belongs, the supervisor's signature under a decoding, and photos of defects."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("seat") as seat:
        seat.add_column(sa.Column("office", sa.String(length=120), nullable=False, server_default=""))
        seat.add_column(sa.Column("department", sa.String(length=120), nullable=False, server_default=""))
    with op.batch_alter_table("coding") as coding:
        coding.add_column(sa.Column("witnessed_at", sa.DateTime(), nullable=True))
    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_photo_seat_id_seat")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_photo_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("turn_id", "seat_id", "sha256", name=op.f("uq_photo_turn_id_seat_id_sha256")),
    )
    op.create_index(op.f("ix_photo_seat_id"), "photo", ["seat_id"])
    op.create_index(op.f("ix_photo_turn_id"), "photo", ["turn_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("photo")
    with op.batch_alter_table("coding") as coding:
        coding.drop_column("witnessed_at")
    with op.batch_alter_table("seat") as seat:
        seat.drop_column("department")
        seat.drop_column("office")
