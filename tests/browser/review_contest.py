"""Sets a small review up in an installation that is empty, before a server serves it."""

from __future__ import annotations

import json
import sys

from scoring import create_app
from scoring.actions.setting_up.contests import Entrant, Plan, add_account, set_up
from scoring.actions.transaction import Actor, perform
from scoring.rules import formats
from scoring.store.people import CODER, ORGANIZER, SUPERVISOR
from tests.passwords import quickly_checked

PASSWORD = "correct horse"
ENTRANTS = (
    Entrant("01", "陈思远", "江北区院", "第一检察部"),
    Entrant("02", "林晓彤", "慈溪县院", "第二检察部"),
    Entrant("03", "周子涵", "江南区院", "第三检察部"),
)


def main() -> None:
    """Three authors, three seats, two reviewers a document; an organizer, a coding officer and a supervisor."""
    with create_app().app_context():
        settings = formats.get("suggestion_review").defaults() | {"reviewers": {"per_document": 2}}
        title = ("检察建议书评比", "Suggestion review")
        plan = Plan("jianyi", title, "明州市院", "suggestion_review", 3, ENTRANTS, settings)
        contest_id = perform(set_up, Actor("test"), plan)
        for role in (ORGANIZER, CODER, SUPERVISOR):
            perform(add_account, role, quickly_checked(PASSWORD), role)
    json.dump({"contest": contest_id}, sys.stdout)
