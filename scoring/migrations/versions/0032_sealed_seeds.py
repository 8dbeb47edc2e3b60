"""The seed of the next draw is sealed for every event; of a coded document's sheets some are said to be on paper."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change: each event gets a sealed seed of its own; codings of before have none beside their seed."""
    op.add_column("event", sa.Column("sealed_seed", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("event", sa.Column("typed_seed", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("event", sa.Column("typed_by", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("coding", sa.Column("sealed_seed", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("assignment", sa.Column("on_paper", sa.Boolean(), nullable=False, server_default=sa.false()))
    database = op.get_bind()
    events = sa.table("event", sa.column("id"), sa.column("sealed_seed"))
    for number in database.execute(sa.select(events.c.id)).scalars().all():
        sealed = events.update().where(events.c.id == number).values(sealed_seed=secrets.token_hex(16))
        database.execute(sealed)


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("assignment", "on_paper")
    op.drop_column("coding", "sealed_seed")
    for name in ("typed_by", "typed_seed", "sealed_seed"):
        op.drop_column("event", name)
