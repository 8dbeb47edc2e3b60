"""An event may be a stage: who takes part in it are those whom an earlier event lets go on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("stage", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("event") as event:
        event.drop_column("stage")
