"""When and where a contest is held, in the organizer's words; empty where nobody said so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("contest", sa.Column("held_on", sa.String(length=10), nullable=False, server_default=""))
    op.add_column("contest", sa.Column("venue", sa.String(length=120), nullable=False, server_default=""))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("contest", "venue")
    op.drop_column("contest", "held_on")
