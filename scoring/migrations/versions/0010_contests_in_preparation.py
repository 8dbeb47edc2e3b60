"""Contests that are being set up, replaced settings, own templates, and the code of the first start."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("contest") as contest:
        contest.add_column(sa.Column("state", sa.String(length=20), nullable=False, server_default="open"))
        contest.add_column(sa.Column("level", sa.String(length=20), nullable=False, server_default=""))
        contest.add_column(sa.Column("line", sa.String(length=60), nullable=False, server_default=""))
        contest.add_column(sa.Column("practice", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("full_marks", sa.String(length=12), nullable=False, server_default="100"))
    with op.batch_alter_table("room") as room:
        room.add_column(sa.Column("starts", sa.String(length=16), nullable=False, server_default=""))
    op.create_table(
        "event_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("full_marks", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_settings_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_settings")),
        sa.UniqueConstraint("event_id", "version", name=op.f("uq_event_settings_event_id_version")),
    )
    op.create_index(op.f("ix_event_settings_event_id"), "event_settings", ["event_id"])
    op.create_table(
        "settings_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("full_marks", sa.String(length=12), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings_template")),
        sa.UniqueConstraint("name", name=op.f("uq_settings_template_name")),
    )
    op.create_table(
        "first_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hashed", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_code")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("first_code")
    op.drop_table("settings_template")
    op.drop_table("event_settings")
    with op.batch_alter_table("room") as room:
        room.drop_column("starts")
    with op.batch_alter_table("event") as event:
        event.drop_column("full_marks")
    with op.batch_alter_table("contest") as contest:
        contest.drop_column("practice")
        contest.drop_column("line")
        contest.drop_column("level")
        contest.drop_column("state")
