"""Sets a knockout of four teams before three judges up in an installation, and prints how to drive it."""

from __future__ import annotations

import json

from scoring import create_app
from scoring.actions.setting_up.contests import Entrant
from scoring.actions.setting_up.match_plans import KNOCKOUT, MatchEntrant, MatchPlan, RoundPlan, set_up_matches
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.rules.formats.debate import defaults_for
from scoring.store import Contest
from scoring.store.codes import seat_key
from scoring.store.demonstration import demonstration

TIES = ["exact_value", "format_step", "untrimmed_mean", "play_off", "shared_rank"]


def team(number: str, name: str) -> MatchEntrant:
    """A team of two."""
    return MatchEntrant(number, name, speakers=[Entrant(f"{number}{place}", f"{name}{place}") for place in (1, 2)])


def beside_the_demo(actor: Actor, plan: MatchPlan) -> int:
    """Set it up as one more contest of the demo, whose accounts it is run with."""
    contest_id = set_up_matches(actor, plan)
    kept = demonstration()
    assert kept is not None
    kept.contests = [*kept.contests, contest_id]
    return contest_id


def main() -> None:
    """Set it up and say where its desk and its seats are."""
    plan = MatchPlan(
        slug="duikang",
        title=("对抗辩论邀请赛", "Debate Invitational"),
        office="明州市院",
        format="debate",
        rooms=1,
        judges=3,
        entrants=[team("A", "甲队"), team("B", "乙队"), team("C", "丙队"), team("D", "丁队")],
        rounds=[RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)],
        settings=defaults_for(2) | {"individual_sheets": False, "ties": TIES},
        seed="20261122",
        witness="监督员",
        reason="监督员未到场",
    )
    with create_app().app_context():
        contest = db.session.get_one(Contest, perform(beside_the_demo, Actor("test"), plan))
        keys = [seat_key(seat) for seat in contest.events[0].rooms[0].seats]
        print(json.dumps({"id": contest.id, "slug": contest.slug, "keys": keys}))
