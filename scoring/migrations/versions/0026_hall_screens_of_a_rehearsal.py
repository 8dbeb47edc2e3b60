"""Rehearsals: which hall screens the desk knows for its own, by the codes that stand on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("rehearsal") as table:
        table.add_column(sa.Column("screens", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("rehearsal") as table:
        table.drop_column("screens")
