"""Rehearsals: which scenes a hall screen has shown, and whether marks outlived a cut or a start of the server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("rehearsal") as table:
        table.add_column(sa.Column("scenes", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("tablet_check") as table:
        table.add_column(sa.Column("reached", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("restarts", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("losses", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE tablet_check SET reached = 1 WHERE screen <> ''")


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("tablet_check") as table:
        table.drop_column("losses")
        table.drop_column("restarts")
        table.drop_column("reached")
    with op.batch_alter_table("rehearsal") as table:
        table.drop_column("scenes")
