"""From which revision on a release, or a decision that somebody does not perform, is taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = ("release", "not_performing")


def upgrade() -> None:
    """Make the change; what was taken back before holds nowhere any more, whichever revision that was."""
    for table in TABLES:
        with op.batch_alter_table(table) as changed:
            changed.add_column(sa.Column("withdrawn_revision", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    for table in TABLES:
        with op.batch_alter_table(table) as changed:
            changed.drop_column("withdrawn_revision")
