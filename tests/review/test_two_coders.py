"""With the duties separated whoever draws the codes assigns nobody, and a second coding officer does."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select, update

from scoring.actions.preparing import relations
from scoring.actions.review import reviewers, sealed_relations
from scoring.actions.setting_up.contests import add_account
from scoring.actions.site import separation
from scoring.actions.transaction import Actor, perform
from scoring.board.conditions.set_up import set_up_of
from scoring.extensions import db
from scoring.rules.duties import OFFICERS
from scoring.store import Account
from tests.conftest import DESK
from tests.refusals import refused
from tests.review.conftest import CODER, ONE, OTHER, Review, author, go_to

SECOND = Actor("account:coder", role="coder")
TERMINAL = Actor("terminal:李明")


def test_a_second_coding_officer_assigns_and_draws_again_where_the_first_has_drawn_the_codes(six: Review) -> None:
    separate()
    go_to(six, "drawn")
    turn, others = six.turn(ONE), [six.seat(number).id for number in (1, 2, 3)]
    leaving, seat, _ = [one.seat for one in turn.assignments]
    perform(relations.declare_relation, DESK, six.contest_id, leaving.id, author(ONE).id, "kin")
    pressed: dict[str, Callable[[Actor], object]] = {
        "apply": lambda who: perform(sealed_relations.apply_to_codes, who, six.contest_id),
        "by hand": lambda who: perform(reviewers.assign_by_hand, who, six.contest_id, {six.turn(OTHER).id: others}),
        "recuse": lambda who: perform(
            reviewers.recuse_reviewer, who, six.contest_id, turn.id, seat.id, "mentor", "师生"
        ),
        "back": lambda who: perform(reviewers.reinstate_reviewer, who, six.contest_id, turn.id, seat.id),
        "draw": lambda who: six.draws_again(1, 2, 3, 4, 5, actor=who),
    }
    six.types()
    for press in pressed.values():
        with refused("codes_and_assigns"):
            press(CODER)
        press(SECOND)


def test_it_is_said_before_the_day_that_one_coding_officer_is_too_few(six: Review) -> None:
    def advice() -> set[str]:
        return {problem.code for problem in set_up_of(six.contest_id).advice}

    assert "coder_alone" not in advice()
    separate()
    assert "coder_alone" in advice()
    perform(add_account, "第二编码员", "-", "coder")
    db.session.execute(update(Account).where(Account.name == "第二编码员").values(role="coder"))
    db.session.commit()
    assert "coder_alone" not in advice()


def separate() -> None:
    """The duties are separated among the accounts of the review."""
    accounts = {one.role: one.id for one in db.session.scalars(select(Account))}
    perform(separation.separate_duties, TERMINAL, {office: accounts[office] for office in OFFICERS})
