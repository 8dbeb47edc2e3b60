"""Who does not perform, by whose decision; whoever was left out of a review for want of a document is one of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "not_performing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contestant_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reach", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("steady", sa.DateTime(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contestant_id"], ["contestant.id"], name=op.f("fk_not_performing_contestant_id_contestant")
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["correction.id"], name=op.f("fk_not_performing_correction_id_correction")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_not_performing_event_id_event")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_not_performing_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_performing")),
    )
    for column in ("contestant_id", "event_id", "turn_id"):
        op.create_index(op.f(f"ix_not_performing_{column}"), "not_performing", [column])
    with op.batch_alter_table("appearance") as appearance:
        appearance.add_column(sa.Column("not_performing_id", sa.Integer(), nullable=True))
        appearance.create_foreign_key(
            "fk_appearance_not_performing_id_not_performing", "not_performing", ["not_performing_id"], ["id"]
        )
    _keep_left_out()


def _keep_left_out() -> None:
    """Until now only the log said who was left out of a review; the turn was taken away."""
    bind = op.get_bind()
    entries = bind.execute(
        sa.text("SELECT contest_id, revision, actor, at, details FROM entry WHERE verb = 'leave_out' ORDER BY id")
    ).all()
    for contest_id, revision, actor, at, raw in entries:
        details = json.loads(raw) if isinstance(raw, str) else raw
        found = bind.execute(
            sa.text(
                "SELECT contestant.id, event.id FROM contestant JOIN event ON event.contest_id = contestant.contest_id "
                "WHERE contestant.contest_id = :contest AND contestant.number = :number "
                "AND event.format = 'suggestion_review'"
            ),
            {"contest": contest_id, "number": details.get("number")},
        ).first()
        if found is None:
            continue
        bind.execute(
            sa.text(
                "INSERT INTO not_performing (contestant_id, event_id, kind, reach, reason, decided_by, actor, at, "
                "revision, steady) "
                "VALUES (:contestant, :event, 'absent', 'event', :reason, '', :actor, :at, :revision, :at)"
            ),
            {
                "contestant": found[0],
                "event": found[1],
                "reason": details.get("reason", ""),
                "actor": actor,
                "at": at,
                "revision": revision,
            },
        )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("appearance") as appearance:
        appearance.drop_constraint("fk_appearance_not_performing_id_not_performing", type_="foreignkey")
        appearance.drop_column("not_performing_id")
    op.drop_table("not_performing")
