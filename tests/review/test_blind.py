"""Behind the code: nothing done with a contestant or a judge shows, in any view, whose document is which."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from scoring import actions
from scoring.actions.preparing import relations
from scoring.actions.results import corrections
from scoring.actions.review import documents, review_rulings, reviewers, sealed_relations
from scoring.actions.running import (
    late_entries,
    late_panels,
    listed,
    not_performing,
    paper,
    penalties,
    recusals,
    send_back,
)
from scoring.actions.setting_up import panels
from scoring.actions.transaction import Actor, perform
from scoring.board.views.review import documents as documents_view
from scoring.board.views.review import review as review_view
from scoring.extensions import db
from scoring.store import Relation, Seat, Turn, Waiver
from scoring.store.people import CODER as CODING_OFFICER
from tests.access.conftest import browser_of
from tests.conftest import DESK
from tests.documents.making import docx
from tests.refusals import refused
from tests.review.conftest import AUTHORS, CODER, ONE, OTHER, Review, author, go_to
from tests.review.looks import CODE, Told, about_codes, moved, played, sees, snapshots

WHY = "组委会决定"
TALLIER = Actor("account:tallier", role="tallier")


def newest(kind: Any, who: str) -> int:
    """The id of the author's newest relation or waiver, 0 for none."""
    about = select(kind.id).where(kind.contestant_id == author(who).id)
    return db.session.scalar(about.order_by(kind.id.desc()).limit(1)) or 0


def penalty_of(review: Review, who: str) -> int:
    """The id of the newest penalty on the author's document, 0 for none."""
    return max((one.id for one in review.turn(who).penalties), default=0)


def decision_of(number: str) -> int:
    (one,) = [one for one in documents_view(author(number).contest_id)["authors"] if one["number"] == number]
    return one["out"]["id"] if one["out"] else 0


NAMES = count(70)
# Every verb that takes a contestant, or what was recorded about one by name, as an organizer plays it for an author.
# A new one that is missing here fails test_every_verb_that_takes_a_contestant_is_played.
BY_NAME: dict[str, Callable[[Review, str], Told]] = {
    "declare_relation": lambda review, who: played(
        relations.declare_relation, DESK, review.contest_id, review.seat(1).id, author(who).id, "kin", "兄弟"
    ),
    "withdraw_relation": lambda review, who: played(
        relations.withdraw_relation, DESK, review.contest_id, newest(Relation, who)
    ),
    "waive": lambda review, who: (
        BY_NAME["declare_relation"](review, who)
        + played(relations.waive, DESK, review.contest_id, review.seat(1).id, author(who).id, "kin", WHY)
    ),
    "withdraw_waiver": lambda review, who: played(
        relations.withdraw_waiver, DESK, review.contest_id, newest(Waiver, who)
    ),
    "record_author": lambda review, who: played(
        not_performing.record_author, DESK, review.contest_id, author(who).id, "disqualified", WHY, "评委会主任"
    ),
    "take_author_back": lambda review, who: played(
        not_performing.take_author_back, DESK, review.contest_id, decision_of(who), WHY
    ),
    "withdraw_not_performing": lambda review, who: (
        BY_NAME["record_author"](review, who)
        + played(not_performing.withdraw_not_performing, DESK, decision_of(who), WHY)
    ),
    "record_not_performing": lambda review, who: played(
        not_performing.record_not_performing, DESK, turn_of_code("A01"), "absent", WHY, "主任", author(who).id, ""
    ),
    "upload_document": lambda review, who: played(
        documents.upload_document,
        DESK,
        review.contest_id,
        author(who).id,
        review.examined("x.docx", docx("换一份", f"第{next(NAMES)}版")),
    ),
    "clear_document": lambda review, who: played(
        documents.clear_document, DESK, review.contest_id, author(who).document.id, WHY
    ),
    "enter_late": lambda review, who: played(
        late_entries.enter_late, DESK, review.contest_id, who, f"新人{next(NAMES)}", WHY
    ),
    "remove_late": lambda review, who: played(late_entries.remove_late, DESK, review.contest_id, who, WHY),
    "rule": lambda review, who: played(
        review_rulings.rule, CODER, review.contest_id, review.turn(who).id, "penalty", "late", "逾期一天"
    ),
    "confirm_penalty": lambda review, who: played(listed.confirm_penalty, DESK, penalty_of(review, who)),
    "withdraw_penalty": lambda review, who: played(penalties.withdraw_penalty, DESK, penalty_of(review, who), WHY),
}
#: These name a contestant of a match, a stage, a room's order or a released score: none is there in a coded review.
ELSEWHERE = {"request_out", "request_lift", "split_room", "add_match", "pair_by_hand", "move_team"}
ELSEWHERE |= {"record_unplaced", "step_back"}
NAMING = {"contestant_id", "number", "numbers", "document_id", "relation_id", "waiver_id", "decision_id", "penalty_id"}


def verbs_that_take(names: set[str]) -> set[str]:
    """Every verb of the actions whose arguments have one of these names."""
    found = set()
    for module in pkgutil.walk_packages(actions.__path__, f"{actions.__name__}."):
        loaded = importlib.import_module(module.name)
        for name, verb in inspect.getmembers(loaded, inspect.isfunction):
            given = list(inspect.signature(verb).parameters)
            if verb.__module__ == loaded.__name__ and not name.startswith("_") and given[:1] == ["actor"]:
                found |= {name} if set(given) & names else set()
    return found


def test_every_verb_that_takes_a_contestant_is_played() -> None:
    assert verbs_that_take(NAMING) - ELSEWHERE <= set(BY_NAME)


def turn_of_code(code: str) -> int:
    db.session.rollback()
    return db.session.scalars(select(Turn.id).where(Turn.code == code)).one()


def numbered(told: Told, who: str) -> str:
    """What was told without whom and which code it was asked about."""
    return CODE.sub("code", str(told)).replace(who, "no.")


@pytest.mark.parametrize("state", ["coded", "drawn", "open", "marked"])
def test_no_verb_with_a_contestant_changes_a_view_that_shows_a_code_or_is_answered_by_author(
    six: Review, browsers: dict[str, FlaskClient], state: str
) -> None:
    go_to(six, state)
    before, sent = sees(six, browsers), snapshots(six)
    assert {key[1] for key in before} >= {"organizers.desk", "organizers.assignment", "organizers.tally"}
    for name, play in BY_NAME.items():
        told = [numbered(play(six, who), who) for who in (ONE, OTHER)]
        assert told[0] == told[1], name
        assert snapshots(six) == sent, name
    assert moved(before, sees(six, browsers)) == []


# Every verb that puts a judge beside a turn, as an organizer plays it.
PAIRING: dict[str, Callable[[Review, Turn, Seat], Told]] = {
    "recuse": lambda review, turn, seat: played(recusals.recuse, DESK, turn.id, seat.id, "kin", WHY),
    "reinstate": lambda review, turn, seat: played(recusals.reinstate, DESK, turn.id, seat.id),
    "recuse_reviewer": lambda review, turn, seat: played(
        reviewers.recuse_reviewer, DESK, review.contest_id, turn.id, seat.id, "kin", WHY
    ),
    "assign_by_hand": lambda review, turn, seat: played(
        reviewers.assign_by_hand, DESK, review.contest_id, {turn.id: [seat.id]}
    ),
    "order_rereview": lambda review, turn, seat: played(
        reviewers.order_rereview, DESK, review.contest_id, turn.id, "reviewer", seat.id
    ),
    "send_back": lambda review, turn, seat: played(send_back.send_back, DESK, turn.id, seat.id, "是否误填？"),
    "seat_reserve": lambda review, turn, seat: played(panels.seat_reserve, DESK, turn.id, seat.id, 1, "kin", WHY),
    "stand_down": lambda review, turn, seat: played(panels.stand_down, DESK, turn.id, seat.id),
    "request_sheet": lambda review, turn, seat: played(
        corrections.request_sheet, DESK, review.contest_id, turn.id, seat.id, {}, "何组长", WHY
    ),
    "excuse_earlier": lambda review, turn, seat: played(
        late_panels.excuse_earlier, DESK, review.contest_id, seat.id, WHY
    ),
    "reinstate_reviewer": lambda review, turn, seat: played(
        reviewers.reinstate_reviewer, DESK, review.contest_id, turn.id, seat.id
    ),
    "name_paper": lambda review, turn, seat: played(paper.name_paper, DESK, review.contest_id, turn.id, seat.id),
    "enter_paper": lambda review, turn, seat: played(
        paper.enter_paper, TALLIER, review.contest_id, turn.id, seat.id, {"facts": "30"}
    ),
    "withdraw_paper": lambda review, turn, seat: played(
        paper.withdraw_paper, TALLIER, review.contest_id, turn.id, seat.id
    ),
    "apply_to_codes": lambda review, turn, seat: played(sealed_relations.apply_to_codes, DESK, review.contest_id),
}


#: A judge's own.
OF_OTHERS = {
    "submit",
    "save_draft",
    "abstain",
    "cast_ballot",
    "add_photo",
    "call_chief",
}


def test_every_verb_that_puts_a_judge_beside_a_turn_is_played() -> None:
    both = verbs_that_take({"turn_id"}) & verbs_that_take({"seat_id", "reserve_id"})
    assert both - OF_OTHERS <= set(PAIRING)


def test_no_refusal_tells_an_organizer_how_a_judge_stands_to_a_code(six: Review) -> None:
    for judge in (1, 2):
        perform(relations.declare_relation, DESK, six.contest_id, six.seat(judge).id, author(ONE).id, "kin")
    go_to(six, "marked")
    turns, seats = [six.turn(who) for who in AUTHORS], [six.seat(number) for number in range(1, 7)]
    for name, play in PAIRING.items():
        told = {re.sub(r"\d", "", numbered(play(six, turn, seat), "-")) for turn in turns for seat in seats}
        assert len(told) == 1, (name, told)
        assert "()" not in told, name


def test_relations_declared_before_the_draw_and_withdrawn_after_it_name_no_document(
    six: Review, browsers: dict[str, FlaskClient]
) -> None:
    for judge in (1, 2):
        perform(relations.declare_relation, DESK, six.contest_id, six.seat(judge).id, author(ONE).id, "kin")
    go_to(six, "drawn")
    assert {one.seat.number for one in six.turn(ONE).assignments} == {3, 4, 5}
    for page in sees(six, browsers).values():
        for row in re.findall(r"<tr(?:(?!<tr).)*?A0\d.*?</tr>", page, re.S):
            assert not re.search(r"评委\d|Reviewer \d|recused", row)


@pytest.mark.parametrize("read", [False, True])
def test_what_is_declared_after_the_draw_waits_for_the_coding_officer_who_draws_others(
    six: Review, browsers: dict[str, FlaskClient], read: bool
) -> None:
    """No view, file or entry that names a code tells from which of them somebody, with a sheet or without, has left."""
    go_to(six, "open")
    whose = next(one for one in AUTHORS if bool(six.turn(one).sheets) is read)
    leaving = min(one.seat.number for one in six.turn(whose).assignments)
    perform(relations.declare_relation, DESK, six.contest_id, six.seat(leaving).id, author(whose).id, "mentor")
    page = browser_of(six.app, CODING_OFFICER).get(f"/desk/{six.contest_id}/coding").text
    assert re.search(rf"{six.turn(whose).code}</b>\s*Reviewer {leaving}", page)
    before, codes_before = sees(six, browsers), about_codes(six)
    perform(sealed_relations.apply_to_codes, CODER, six.contest_id)
    assert about_codes(six) == codes_before
    turn = six.turn(whose)
    reviewing = [one.seat.number for one in turn.assignments if one.seat_id not in turn.recused]
    assert (len(reviewing), leaving in reviewing) == (3, False)
    told = "\n".join(f"{page} {line[:200]}" for (_who, page), line in moved(before, sees(six, browsers)))
    assert not told, told
    with refused("nothing_waits"):
        perform(sealed_relations.apply_to_codes, CODER, six.contest_id)


def test_a_further_review_is_asked_for_and_the_coding_officer_names_or_draws_the_reviewer(six: Review) -> None:
    go_to(six, "marked")
    shown = {one["code"]: one["status"] for one in review_view(six.contest_id)["documents"]}
    disputed = six.turn(ONE)
    assert shown[disputed.code] == "disputed"
    perform(reviewers.order_rereview, DESK, six.contest_id, disputed.id, "reviewer")
    with refused("rereview_not_needed"):
        perform(reviewers.order_rereview, DESK, six.contest_id, disputed.id, "chair")
    shown = {one["code"]: one["status"] for one in review_view(six.contest_id)["documents"]}
    assert shown[six.turn(ONE).code] == "open"
    perform(reviewers.order_rereview, CODER, six.contest_id, disputed.id, "reviewer")
    assert len(six.turn(ONE).assignments) == 4


def test_a_penalty_that_only_the_authors_name_tells_counts_and_is_seen_after_the_decoding(six: Review) -> None:
    go_to(six, "open")
    assert BY_NAME["rule"](six, ONE) == ()
    turn = six.turn(ONE)
    assert all(one["penalties"] == [] for one in review_view(six.contest_id)["documents"])
    told = {
        played(review_rulings.rule, DESK, six.contest_id, six.turn(who).id, "penalty", "late", WHY) for who in AUTHORS
    }
    assert told == {()}
    assert [one.kind for one in six.turn(ONE).penalties] == ["late"]
    assert len(review_view(six.contest_id)["documents"]) == len(AUTHORS)
    assert turn.code
