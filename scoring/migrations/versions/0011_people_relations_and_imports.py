"""Accounts closed and admitted, titles and reserves, recusal relations, imports and the record of the site itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LEVELS = '["kin", "mentor", "department", "office"]'


def upgrade() -> None:
    """Make the change."""
    _widen()
    _people()
    _relations()


def _widen() -> None:
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("epoch", sa.Integer(), nullable=False, server_default="1"))
        account.add_column(sa.Column("closed_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("seat") as seat:
        seat.add_column(sa.Column("title", sa.String(length=60), nullable=False, server_default=""))
        seat.add_column(sa.Column("reserve", sa.Boolean(), nullable=False, server_default=sa.false()))
        seat.add_column(sa.Column("revoked_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("recusal") as recusal:
        recusal.add_column(sa.Column("relation", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("contest") as contest:
        contest.add_column(sa.Column("recusal_levels", sa.JSON(), nullable=False, server_default=LEVELS))


def _people() -> None:
    op.create_table(
        "admission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_admission_account_id_account")),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_admission_contest_id_contest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission")),
        sa.UniqueConstraint("account_id", "contest_id", name=op.f("uq_admission_account_id_contest_id")),
    )
    op.create_index(op.f("ix_admission_account_id"), "admission", ["account_id"])
    op.create_index(op.f("ix_admission_contest_id"), "admission", ["contest_id"])
    op.create_table(
        "site_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_entry")),
        sa.UniqueConstraint("previous", name=op.f("uq_site_entry_previous")),
        sa.UniqueConstraint("request", name=op.f("uq_site_entry_request")),
    )
    op.create_table(
        "import_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("read", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_import_draft_contest_id_contest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_draft")),
    )
    op.create_index(op.f("ix_import_draft_contest_id"), "import_draft", ["contest_id"])


def _relations() -> None:
    _of_contest("relation", sa.Column("note", sa.String(length=200), nullable=False))
    _of_contest("waiver", sa.Column("reason", sa.String(length=400), nullable=False))
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("short", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_office_contest_id_contest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("contest_id", "name", name=op.f("uq_office_contest_id_name")),
    )
    op.create_index(op.f("ix_office_contest_id"), "office", ["contest_id"])


def _of_contest(table: str, why: sa.Column[str]) -> None:
    """A table of who stands how to whom."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("judge", sa.String(length=60), nullable=False),
        sa.Column("contestant_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        why,
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f(f"fk_{table}_contest_id_contest")),
        sa.ForeignKeyConstraint(
            ["contestant_id"], ["contestant.id"], name=op.f(f"fk_{table}_contestant_id_contestant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_contest_id"), table, ["contest_id"])
    op.create_index(op.f(f"ix_{table}_contestant_id"), table, ["contestant_id"])


def downgrade() -> None:
    """Take the change back."""
    for table in ("office", "waiver", "relation", "import_draft", "site_entry", "admission"):
        op.drop_table(table)
    columns = {
        "contest": ["recusal_levels"],
        "recusal": ["relation"],
        "seat": ["revoked_at", "reserve", "title"],
        "account": ["closed_at", "epoch"],
    }
    for table, names in columns.items():
        with op.batch_alter_table(table) as changed:
            for name in names:
                changed.drop_column(name)
