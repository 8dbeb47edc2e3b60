"""Sessions are kept on the server. No cookie of before names one, so every tablet takes its seat again."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "browser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("tablet", sa.String(length=32), nullable=False),
        sa.Column("begun", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser")),
        sa.UniqueConstraint("digest", name=op.f("uq_browser_digest")),
    )
    op.create_table(
        "browser_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("browser_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["browser_id"], ["browser.id"], name=op.f("fk_browser_seat_browser_id_browser")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser_seat")),
        sa.UniqueConstraint("browser_id", "seat_id", name=op.f("uq_browser_seat_browser_id_seat_id")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("begun", sa.DateTime(), nullable=False),
        sa.Column("acted", sa.DateTime(), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_digest")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"])
    origin = op.create_table(
        "origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin")),
    )
    given_out = op.get_bind().execute(sa.text("SELECT 1 FROM seat")).first()
    op.bulk_insert(origin, [{"id": 1, "mark": "" if given_out else secrets.token_hex(16)}])
    op.execute("UPDATE seat SET holder = '', handover_until = NULL")


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("origin")
    op.drop_table("sign_in")
    op.drop_table("browser_seat")
    op.drop_table("browser")
