"""Password policies, given passwords, former passwords, second factors, and sign-ins that still await something.

An installation of before has the policy that it had: length and lists, no second factor, idle after half an hour.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("installation") as table:
        table.add_column(sa.Column("policy", sa.String(length=10), nullable=False, server_default="asvs"))
        table.add_column(sa.Column("idle_minutes", sa.Integer(), nullable=False, server_default="30"))
        table.add_column(sa.Column("second_factor", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("password_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("password_given", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("factor", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("factor_step", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("sign_in") as table:
        table.add_column(sa.Column("awaits", sa.String(length=10), nullable=False, server_default=""))
    op.create_table(
        "former_password",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("hashed", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_former_password_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_password")),
    )
    op.create_index(op.f("ix_former_password_account_id"), "former_password", ["account_id"])
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("recovery_code")
    op.drop_table("former_password")
    for name, columns in (
        ("sign_in", ("awaits",)),
        ("account", ("factor_step", "factor", "password_given", "password_at")),
        ("installation", ("second_factor", "idle_minutes", "policy")),
    ):
        with op.batch_alter_table(name) as table:
            for column in columns:
                table.drop_column(column)
