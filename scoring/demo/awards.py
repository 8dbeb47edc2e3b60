"""The awards of the demo's contests, by the rulebook's quotas."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.actions.setting_up.overall import set_awards
from scoring.actions.transaction import Actor
from scoring.rules.awards import OFFICES, Award


def promise(actor: Actor, contest_id: int, ranking: Sequence[Award], offices: Sequence[Award] = OFFICES) -> None:
    """Set the awards of the first event's ranking and of the offices; to be performed as one change."""
    set_awards(actor, contest_id, "ranking", [award.to_data() for award in ranking])
    if offices:
        set_awards(actor, contest_id, "offices", [award.to_data() for award in offices])
