"""A contestant may belong to a class of entrants, such as assistants of procurators, who have awards of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("contestant") as contestant:
        contestant.add_column(sa.Column("category", sa.String(length=60), server_default="", nullable=False))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("contestant") as contestant:
        contestant.drop_column("category")
