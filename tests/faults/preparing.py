"""Sets up, in a process of its own, the contest that the faults happen to: 21 judges, 24 contestants, all called.

Wants the folder of an empty installation in SAIPING_INSTANCE; prints the facts as JSON.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from scoring import create_app
from scoring.actions.running import turns
from scoring.actions.setting_up.contests import Entrant, Plan, add_account, set_up
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.store import Contest
from scoring.store.codes import seat_key
from tests.passwords import quickly_checked

JUDGES, CONTESTANTS = 21, 24
SLUG, NAME, PASSWORD = "xuanba", "何组长", "correct horse"
DESK = Actor(f"account:{NAME}", role="organizer")


def prepare() -> dict[str, Any]:
    """The contest with every turn open for sheets, and who needs to know what."""
    entrants = [Entrant(f"{number:02d}", f"选手{number}", "江北区院") for number in range(1, CONTESTANTS + 1)]
    plan = Plan(SLUG, ("选拔赛", "Selection"), "明州市院", "legal_explanation", JUDGES, entrants)
    contest_id = perform(set_up, DESK, plan)
    perform(add_account, NAME, quickly_checked(PASSWORD))
    contest = db.session.get_one(Contest, contest_id)
    event = contest.events[0]
    ids = [turn.id for turn in event.rounds[0].turns]
    facts = {
        "contest": contest.id,
        "slug": SLUG,
        "desk": {"contest": contest.id, "name": NAME, "password": PASSWORD},
        "turns": {turn.number: turn.id for turn in event.rounds[0].turns},
        "seats": [{"id": s.id, "number": s.number, "key": seat_key(s)} for s in event.rooms[0].seats],
    }
    for turn_id in ids:
        perform(turns.call, DESK, turn_id, leave_open=True)
    return facts


def main() -> None:
    """Prepare and print."""
    app = create_app()
    with app.app_context():
        facts = prepare()
        assert db.session.scalar(select(Contest.id))
        db.session.remove()
        db.engine.dispose()
    print(json.dumps(facts))
