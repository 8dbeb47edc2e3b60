"""A confirmation of totals keeps the role in which it was given: a tallier and a checker both confirm."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("totals_check") as check:
        check.add_column(sa.Column("role", sa.String(length=20), nullable=False, server_default=""))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("totals_check") as check:
        check.drop_column("role")
