"""No index beside a unique one that begins with the same column: each is a page more to write for every sheet."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TWICE = (("sheet", "turn_id"), ("sheet_version", "sheet_id"), ("entry", "contest_id"))


def upgrade() -> None:
    """Make the change."""
    for table, column in TWICE:
        op.drop_index(f"ix_{table}_{column}", table)


def downgrade() -> None:
    """Take the change back."""
    for table, column in TWICE:
        op.create_index(f"ix_{table}_{column}", table, [column])
