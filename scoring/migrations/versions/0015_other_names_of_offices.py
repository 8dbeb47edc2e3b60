"""What people answered about ways of writing an office: the same one, or another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "office_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("one", sa.String(length=120), nullable=False),
        sa.Column("other", sa.String(length=120), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_office_answer_contest_id_contest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_answer")),
    )
    op.create_index(op.f("ix_office_answer_contest_id"), "office_answer", ["contest_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("office_answer")
