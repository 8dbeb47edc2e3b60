"""Duties can be separated. Nobody had separated them: the administrators go on, and the record says so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("account", sa.Column("wanted", sa.String(length=20), server_default="", nullable=False))
    op.add_column("installation", sa.Column("separated", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("installation", "separated")
    op.drop_column("account", "wanted")
