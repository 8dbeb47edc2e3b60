"""Teams, matches with their place in a pairing plan, the verdict of a release, and secret ballots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("contestant") as contestant:
        contestant.add_column(sa.Column("kind", sa.String(length=20), nullable=False, server_default="person"))
        contestant.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
        contestant.create_foreign_key(op.f("fk_contestant_team_id_contestant"), "contestant", ["team_id"], ["id"])
        contestant.create_index(op.f("ix_contestant_team_id"), ["team_id"])
    with op.batch_alter_table("round") as played:
        played.add_column(sa.Column("plan", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("turn") as turn:
        turn.add_column(sa.Column("pairing", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("release") as release:
        release.add_column(sa.Column("verdict", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_ballot_seat_id_seat")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_ballot_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("turn_id", "seat_id", name=op.f("uq_ballot_turn_id_seat_id")),
    )
    op.create_index(op.f("ix_ballot_seat_id"), "ballot", ["seat_id"])
    op.create_index(op.f("ix_ballot_turn_id"), "ballot", ["turn_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("ballot")
    with op.batch_alter_table("release") as release:
        release.drop_column("verdict")
    with op.batch_alter_table("turn") as turn:
        turn.drop_column("pairing")
    with op.batch_alter_table("round") as played:
        played.drop_column("plan")
    with op.batch_alter_table("contestant") as contestant:
        contestant.drop_index(op.f("ix_contestant_team_id"))
        contestant.drop_constraint(op.f("fk_contestant_team_id_contestant"), type_="foreignkey")
        contestant.drop_column("team_id")
        contestant.drop_column("kind")
