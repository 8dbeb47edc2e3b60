"""The revision of the last public change of a contest, and that of the last change of anything but sheets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change; whatever was kept so far is as new as the contest."""
    with op.batch_alter_table("contest") as contest:
        contest.add_column(sa.Column("public_revision", sa.Integer(), nullable=False, server_default="0"))
        contest.add_column(sa.Column("frame_revision", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE contest SET public_revision = revision, frame_revision = revision")


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("contest") as contest:
        contest.drop_column("frame_revision")
        contest.drop_column("public_revision")
