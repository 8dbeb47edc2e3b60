"""Sets up one contest for every kind of sheet in an installation that is empty, each with a sheet open at seat 1."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from scoring import create_app
from scoring.actions.review import coding, documents, reviewers
from scoring.actions.review.intake import kept, names_to_hide
from scoring.actions.running import benches, turns
from scoring.actions.setting_up.contests import Entrant, Plan, add_account, set_up
from scoring.actions.setting_up.match_plans import MatchEntrant, MatchPlan, RoundPlan, set_up_matches
from scoring.actions.transaction import Actor, perform
from scoring.documents import examine
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.formats.debate import defaults_for
from scoring.rules.pairings import PAIRS
from scoring.store import Contest, Event, Room, Round, Seat, Turn
from scoring.store.codes import seat_key
from scoring.store.people import CHIEF
from tests.conftest import CHEN, DESK, LIN, ORGANIZER, PASSWORD, ZHOU
from tests.documents.making import SUGGESTION, pdf
from tests.passwords import quickly_checked

TIES = ["exact_value", "format_step", "untrimmed_mean", "play_off", "shared_rank"]
#: The kinds of sheet: what makes a contest of each.
DEBATES: Mapping[str, dict[str, Any]] = {
    "single": defaults_for(1),
    "ballots": defaults_for(2) | {"decide": "three_ballots", "individual_sheets": False, "ties": TIES},
    "teams": defaults_for(4),
}
KINDS = ("legal", "binding", "review", *DEBATES)


def main() -> None:
    """Set all of them up; print the key of seats 1 and 2 of each, and the ids of contest, seat and turn."""
    with create_app().app_context():
        perform(add_account, ORGANIZER, quickly_checked(PASSWORD))
        perform(add_account, "主任", quickly_checked(PASSWORD), CHIEF)
        contests = {"legal": legal(), "binding": binding(), "review": review()}
        contests |= {kind: debate(kind, settings) for kind, settings in DEBATES.items()}
        print(json.dumps({kind: facts_of(contest) for kind, contest in contests.items()}))


def legal() -> int:
    """The first of three contestants is called before three judges."""
    plan = Plan("shifa", ("释法说理决赛", "Final"), "明州市院", "legal_explanation", 3, [CHEN, LIN, ZHOU])
    contest = set_up_as(plan)
    perform(turns.call, DESK, first_turn(contest).id)
    return contest


def binding() -> int:
    """The first of two files is handed in."""
    contest = set_up_as(Plan("zhuangding", ("案卷装订", "Binding"), "明州市院", "case_binding", 2, [CHEN, LIN]))
    turn = first_turn(contest).id
    perform(benches.plan_benches, DESK, turn, 10)
    for verb in (benches.start_benches, benches.stop_bench, benches.hand_in):
        perform(verb, DESK, turn)
    return contest


def review() -> int:
    """Two documents are open to both reviewers."""
    title = ("检察建议书评比", "Review")
    settings = formats.get("suggestion_review").defaults() | {"reviewers": {"per_document": 2}}
    contest_id = set_up_as(Plan("jianyi", title, "明州市院", "suggestion_review", 2, [CHEN, LIN], settings))
    for turn in list(turns_of(contest_id)):
        contest = db.session.get_one(Contest, contest_id)
        content = pdf("\n".join((*SUGGESTION, turn.number)))
        received = kept(examine("letter.pdf", content), content, names_to_hide(contest))
        contestant = turn.appearances[0].contestant_id
        document = perform(documents.upload_document, DESK, contest_id, contestant, received)
        perform(documents.clear_document, DESK, contest_id, document, "")
    perform(coding.code_documents, DESK, contest_id, "314159", "王监督")
    perform(reviewers.draw_reviewers, DESK, contest_id, "7", [seat.id for seat in seats_of(contest_id)])
    perform(reviewers.open_review, DESK, contest_id)
    return contest_id


def debate(kind: str, settings: dict[str, Any]) -> int:
    """The first match of two is called."""
    entrants = [MatchEntrant(*who, speakers=speakers(who[0], settings)) for who in TEAMS]
    title = ("对抗辩论", "Debate")
    rounds = [RoundPlan(("初赛", "Preliminaries"), PAIRS)]
    plan = MatchPlan(kind, title, "明州市院", "debate", 1, 3, entrants, rounds, settings, "20261122", "监督员")
    contest = perform(set_up_matches, Actor("test"), plan)
    assert contest is not None
    perform(turns.call, DESK, first_turn(contest).id)
    return contest


TEAMS = (("076", "江北区院代表队"), ("001", "慈溪县院代表队"), ("023", "镇山区院代表队"), ("045", "江南区院代表队"))


def speakers(number: str, settings: dict[str, Any]) -> list[Entrant]:
    """The members of a team; nobody beside the entrant where one speaks alone."""
    count = settings["speakers"]
    return [Entrant(f"{number}-{place}", f"{number}的{place}辩") for place in range(1, count + 1)] if count > 1 else []


def set_up_as(plan: Plan) -> int:
    """The contest's id."""
    contest = perform(set_up, Actor("test"), plan)
    assert contest is not None
    return contest


def turns_of(contest: int) -> Iterator[Turn]:
    """Its turns in order."""
    wanted = select(Turn).join(Round).join(Event, Event.id == Round.event_id).where(Event.contest_id == contest)
    return iter(db.session.scalars(wanted.order_by(Turn.position)).all())


def first_turn(contest: int) -> Turn:
    """The turn that is called first."""
    return next(turns_of(contest))


def seats_of(contest: int) -> list[Seat]:
    """Its judges' seats in order."""
    wanted = select(Seat).join(Room, Room.id == Seat.room_id).join(Event, Event.id == Room.event_id)
    return list(db.session.scalars(wanted.where(Event.contest_id == contest).order_by(Seat.number)))


def facts_of(contest: int) -> dict[str, Any]:
    """How a test drives it."""
    db.session.rollback()
    seats, all_turns = seats_of(contest), list(turns_of(contest))
    return {
        "id": contest,
        "keys": [seat_key(seat) for seat in seats],
        "seats": [seat.id for seat in seats],
        "turns": [turn.id for turn in all_turns],
    }
