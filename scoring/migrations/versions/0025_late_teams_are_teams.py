"""A team that an earlier release entered late without its speakers, and so as a person, is a team."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

contestant = sa.table("contestant", *(sa.column(name) for name in ("contest_id", "team_id", "kind")))


def upgrade() -> None:
    """Whoever enters a contest in which several stand on each side of every match is a team, as an entry today says."""
    link = op.get_bind()
    sizes: dict[int, list[int]] = {}
    for contest, settings in link.execute(sa.text("SELECT contest_id, settings FROM event")):
        known = json.loads(settings) if isinstance(settings, str) else settings or {}
        sizes.setdefault(contest, []).append(int(known.get("speakers") or 1))
    of_teams = [contest for contest, several in sizes.items() if min(several) > 1]
    alone = contestant.c.team_id.is_(None) & (contestant.c.kind == "person")
    for contest in of_teams:
        link.execute(contestant.update().where(alone & (contestant.c.contest_id == contest)).values(kind="team"))


def downgrade() -> None:
    """Nothing to take back: an earlier release knows teams."""
