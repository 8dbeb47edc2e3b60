"""Each entry says what rows a change has left, and wrong guesses outlive a restart; older entries say nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("entry", sa.Column("rows", sa.String(length=80), nullable=True))
    op.add_column("site_entry", sa.Column("rows", sa.String(length=80), nullable=True))
    op.create_table(
        "guess_count",
        sa.Column("key", sa.String(length=250), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_guess_count")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("guess_count")
    op.drop_column("site_entry", "rows")
    op.drop_column("entry", "rows")
