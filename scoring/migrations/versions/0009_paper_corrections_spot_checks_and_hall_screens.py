"""Paper entries, corrections with the releases and sheets they make, spot checks, and what the hall screens show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    _create_paper_entry()
    _create_correction()
    _create_spot_checks()
    op.create_table(
        "hall_screen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("scene", sa.String(length=20), nullable=False),
        sa.Column("message", sa.String(length=200), nullable=False),
        sa.Column("next_scene", sa.String(length=20), nullable=False),
        sa.Column("next_message", sa.String(length=200), nullable=False),
        sa.Column("blackout", sa.Boolean(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_hall_screen_contest_id_contest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_screen")),
        sa.UniqueConstraint("contest_id", name=op.f("uq_hall_screen_contest_id")),
    )
    with op.batch_alter_table("release") as release:
        release.add_column(sa.Column("correction_id", sa.Integer(), nullable=True))
        release.create_foreign_key("fk_release_correction_id_correction", "correction", ["correction_id"], ["id"])
    with op.batch_alter_table("sheet_version") as version:
        version.add_column(sa.Column("source", sa.String(length=20), nullable=False, server_default=""))
        version.add_column(sa.Column("correction_id", sa.Integer(), nullable=True))
        version.create_foreign_key("fk_sheet_version_correction_id_correction", "correction", ["correction_id"], ["id"])


def _create_paper_entry() -> None:
    op.create_table(
        "paper_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_paper_entry_seat_id_seat")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_paper_entry_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entry")),
    )
    op.create_index(op.f("ix_paper_entry_seat_id"), "paper_entry", ["seat_id"])
    op.create_index(op.f("ix_paper_entry_turn_id"), "paper_entry", ["turn_id"])


def _create_correction() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("requested_by", sa.String(length=80), nullable=False),
        sa.Column("requested_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decision", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_correction_seat_id_seat")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_correction_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_seat_id"), "correction", ["seat_id"])
    op.create_index(op.f("ix_correction_turn_id"), "correction", ["turn_id"])


def _create_spot_checks() -> None:
    op.create_table(
        "spot_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("witness", sa.String(length=120), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("full_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_spot_check_contest_id_contest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
    )
    op.create_index(op.f("ix_spot_check_contest_id"), "spot_check", ["contest_id"])
    op.create_table(
        "spot_check_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spot_check_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.String(length=20), nullable=False),
        sa.Column("found", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["spot_check_id"], ["spot_check.id"], name=op.f("fk_spot_check_line_spot_check_id_spot_check")
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_spot_check_line_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check_line")),
        sa.UniqueConstraint("spot_check_id", "turn_id", name=op.f("uq_spot_check_line_spot_check_id_turn_id")),
    )
    op.create_index(op.f("ix_spot_check_line_spot_check_id"), "spot_check_line", ["spot_check_id"])
    op.create_index(op.f("ix_spot_check_line_turn_id"), "spot_check_line", ["turn_id"])


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("sheet_version") as version:
        version.drop_constraint("fk_sheet_version_correction_id_correction", type_="foreignkey")
        version.drop_column("correction_id")
        version.drop_column("source")
    with op.batch_alter_table("release") as release:
        release.drop_constraint("fk_release_correction_id_correction", type_="foreignkey")
        release.drop_column("correction_id")
    for table in ("hall_screen", "spot_check_line", "spot_check", "correction", "paper_entry"):
        op.drop_table(table)
