"""Sets a contest of one of the four formats up for the day that goes wrong, and prints how to drive it."""

from __future__ import annotations

import json
from typing import Any

from scoring import create_app
from scoring.actions.review import documents
from scoring.actions.review.intake import kept, names_to_hide
from scoring.actions.running import benches
from scoring.actions.setting_up.contests import Entrant, Plan, add_account, set_up
from scoring.actions.setting_up.match_plans import KNOCKOUT, MatchPlan, RoundPlan, set_up_matches
from scoring.actions.setting_up.overall import set_awards
from scoring.actions.transaction import Actor, perform
from scoring.documents import examine
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.awards import Award
from scoring.rules.formats.debate import defaults_for
from scoring.store import Contest
from scoring.store.codes import seat_key
from scoring.store.people import ROLES
from tests.browser.small_debate import TIES, team
from tests.documents.making import docx
from tests.passwords import quickly_checked

PASSWORD = "correct horse"
BY = Actor("test")
CAST = (
    Entrant("01", "陈思远", "江北区院"),
    Entrant("02", "林晓彤", "慈溪县院"),
    Entrant("03", "周子涵", "镇山区院"),
    Entrant("04", "韩雪松", "江南区院"),
)
PRIZES = (Award("first", "一等奖", "First prize", 1), Award("second", "二等奖", "Second prize", 1))
LETTERS = {"01": "关于校园周边食品安全", "03": "关于快递信息保护"}


def legal_explanation() -> int:
    """Four contestants before three judges, published one behind."""
    settings = formats.get("legal_explanation").defaults() | {"publication": "one_behind"}
    return _plan("释法说理比赛", "legal_explanation", CAST, settings, judges=3)


def debate() -> int:
    """A knockout of three teams of two before three judges: the fourth comes late."""
    settings = defaults_for(2) | {"individual_sheets": False, "ties": TIES}
    teams = [team("A", "甲队"), team("B", "乙队"), team("C", "丙队")]
    rounds = [RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)]
    names = ("对抗辩论赛", "Debate")
    plan = MatchPlan(
        "bad-day", names, "明州市院", "debate", 1, 3, teams, rounds, settings, "20261129", "监督员", "监督员未到场"
    )
    return perform(set_up_matches, BY, plan)


def case_binding() -> int:
    """Three clerks in a batch, two inspectors."""
    contest_id = _plan("案卷装订比赛", "case_binding", CAST[:3], judges=2)
    first = db.session.get_one(Contest, contest_id).events[0].rounds[0].turns[0]
    perform(benches.plan_benches, BY, first.id, 10)
    return contest_id


def suggestion_review() -> int:
    """Three authors, of whom one has handed nothing in, before two reviewers; nothing is coded yet."""
    settings = formats.get("suggestion_review").defaults() | {"reviewers": {"per_document": 2}}
    contest_id = _plan("检察建议书评比", "suggestion_review", CAST[:3], settings, judges=2)
    contest = db.session.get_one(Contest, contest_id)
    for author in contest.contestants:
        if author.number in LETTERS:
            content = docx("检察建议书", LETTERS[author.number])
            received = kept(examine(f"{author.number}.docx", content), content, names_to_hide(contest))
            document = perform(documents.upload_document, BY, contest_id, author.id, received)
            perform(documents.clear_document, BY, contest_id, document)
    return contest_id


def _plan(
    title: str, kind: str, cast: tuple[Entrant, ...], settings: dict[str, Any] | None = None, judges: int = 3
) -> int:
    return perform(set_up, BY, Plan("bad-day", (title, "The day"), "明州市院", kind, judges, cast, settings))


FORMATS = {made.__name__: made for made in (legal_explanation, debate, case_binding, suggestion_review)}


def main(kind: str) -> None:
    """Set it up and say where its desk and its seats are."""
    with create_app().app_context():
        hashed = quickly_checked(PASSWORD)
        for role in ROLES:
            perform(add_account, role, hashed, role)
        contest_id = FORMATS[kind]()
        if kind != "debate":
            perform(set_awards, BY, contest_id, "ranking", [prize.to_data() for prize in PRIZES])
        contest = db.session.get_one(Contest, contest_id)
        seats = [{"id": seat.id, "key": seat_key(seat)} for seat in contest.events[0].rooms[0].seats]
        print(json.dumps({"id": contest.id, "slug": contest.slug, "seats": seats}))
