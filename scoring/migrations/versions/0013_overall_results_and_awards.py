"""How a contest's events make one result, how its offices are compared, and the quotas of the awards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("contest") as contest:
        contest.add_column(sa.Column("overall", sa.JSON(), nullable=False, server_default="{}"))
        contest.add_column(sa.Column("awards", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("awards", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("event") as event:
        event.drop_column("awards")
    with op.batch_alter_table("contest") as contest:
        contest.drop_column("awards")
        contest.drop_column("overall")
