"""A penalty may add points, and may wait for somebody to confirm it before it counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change: what was recorded before takes off, and waits for nobody."""
    with op.batch_alter_table("penalty") as penalty:
        penalty.add_column(sa.Column("adds", sa.Boolean(), server_default=sa.false(), nullable=False))
        penalty.add_column(sa.Column("confirms", sa.String(20), server_default="", nullable=False))
        penalty.add_column(sa.Column("confirmed_by", sa.String(80), server_default="", nullable=False))
        penalty.add_column(sa.Column("confirmed_revision", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("penalty") as penalty:
        for name in ("confirmed_revision", "confirmed_by", "confirms", "adds"):
            penalty.drop_column(name)
