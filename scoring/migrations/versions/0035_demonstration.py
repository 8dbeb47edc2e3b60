"""Which contests are the demo's, and the password that its accounts began with, so that neither stays beside others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

#: What the demo's contests were called until now.
SLUGS = ("shifa", "zhuangding", "jianyishu", "bianlun", "zonghe")
READ = (("account", ("password",)), ("contest", ("id", "slug")))


def upgrade() -> None:
    """Make the change.

    Hashes are salted: two accounts have the same one only where the demo gave it to them.
    """
    op.create_table(
        "demonstration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=False),
        sa.Column("contests", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demonstration")),
    )
    account, contest = (sa.table(name, *map(sa.column, columns)) for name, columns in READ)
    alike = sa.select(account.c.password).group_by(account.c.password).having(sa.func.count() > 1)
    if (password := op.get_bind().scalar(alike.limit(1))) is None:
        return
    ids = op.get_bind().scalars(sa.select(contest.c.id).where(contest.c.slug.in_(SLUGS)).order_by(contest.c.id))
    kept = sa.table("demonstration", sa.column("id"), sa.column("password"), sa.column("contests", sa.JSON()))
    op.bulk_insert(kept, [{"id": 1, "password": password, "contests": list(ids)}])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("demonstration")
