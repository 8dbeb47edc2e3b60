"""The draw: order and cases from a witnessed seed, on record, and repeatable by anybody."""

from __future__ import annotations

import subprocess

import pytest
from sqlalchemy import select

from scoring.actions.running import clocks, draws
from scoring.actions.transaction import perform
from scoring.board.conditions.draws import draw_of
from scoring.board.views.audience import audience
from scoring.board.views.desk import desk
from scoring.board.views.seat import seat
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Entry
from tests.conftest import DESK
from tests.refusals import refusal_of

CASES = ["相邻权纠纷", "不起诉决定释明"]


def draw(venue, seed: str = "20261122", witness: str = "监督员赵", cases=(), reason: str = "") -> None:
    perform(draws.draw_turns, DESK, venue.contest_id, seed, witness, cases, reason=reason)


def seed_of(venue) -> str:
    """What the lots of the last draw follow from."""
    db.session.rollback()
    return draw_of(venue.contest_id)["seed"]


def order(venue) -> list[str]:
    db.session.rollback()
    return [turn["number"] for turn in desk(venue.contest_id)["turns"]]


def refused(venue, *args, **named) -> str:
    shown = order(venue)
    refusal = refusal_of(draw, venue, *args, **named)
    assert order(venue) == shown
    return refusal.code


def sha256sum(*lines: str) -> str:
    """What the supervisor's own machine says to these lines."""
    said = subprocess.run(["sha256sum"], input="\n".join(lines).encode(), capture_output=True, check=True)
    return said.stdout.decode().split()[0]


def test_the_order_is_that_of_the_tickets_which_anybody_can_compute(venue):
    draw(venue, "20261122")
    tickets = {number: sha256sum(seed_of(venue), "order", number) for number in ("01", "02", "03")}
    assert order(venue) == sorted(tickets, key=tickets.get)
    shown = draw_of(venue.contest_id)
    assert [(row["number"], row["ticket"]) for row in shown["order"]] == [(n, tickets[n]) for n in order(venue)]


def test_the_next_to_be_called_is_the_first_of_the_drawn_order(venue):
    draw(venue, "20261122")
    assert audience(venue.contest_id)["next"]["number"] == order(venue)[0]
    assert [turn["position"] for turn in desk(venue.contest_id)["turns"]] == [1, 2, 3]


def test_each_turn_gets_a_case_and_none_twice_while_others_are_left(venue):
    draw(venue, cases=CASES)
    dealt = [turn["case"] for turn in desk(venue.contest_id)["turns"]]
    assert set(dealt[:2]) == set(CASES)
    assert dealt[2] in CASES
    tickets = {case: sha256sum(seed_of(venue), "cases 1", case) for case in CASES}
    assert dealt[:2] == sorted(tickets, key=tickets.get)


def test_the_judges_see_the_case_and_the_audience_does_not(venue):
    draw(venue, cases=CASES)
    first = order(venue)[0]
    venue.call(first)
    assert seat(venue.seat(1).id)["turn"]["case"] in CASES
    assert not any(case in str(audience(venue.contest_id)) for case in CASES)


def test_a_draw_without_cases_takes_back_those_of_the_draw_before(venue):
    draw(venue, cases=CASES)
    draw(venue, reason="案例有误")
    assert {turn["case"] for turn in desk(venue.contest_id)["turns"]} == {None}


def test_the_draw_is_on_record_with_its_seed_and_its_witness(venue):
    draw(venue, witness=" 监督员赵 ", cases=CASES)
    entry = db.session.scalars(select(Entry).where(Entry.verb == "draw")).one()
    assert (entry.details["typed"], entry.details["witness"]) == ("20261122", "监督员赵")
    assert entry.details["order"] == order(venue)
    assert set(entry.details["cases"]) == {"01", "02", "03"}


def test_nothing_is_drawn_once_the_contest_has_begun(venue):
    venue.call("01")
    assert refused(venue) == "contest_begun"


def test_nothing_is_drawn_once_somebody_has_begun_to_prepare(venue):
    perform(clocks.start_clock, DESK, venue.turn("01").id, "prepare")
    assert refused(venue) == "contest_begun"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"witness": "  "}, "witness_missing"),
        ({"seed": "  "}, "seed_missing"),
        ({"seed": "7" * 65}, "seed_malformed"),
        ({"seed": "two\nlines"}, "seed_malformed"),
        ({"cases": ["同一案", "同一案"]}, "drawn_twice"),
    ],
)
def test_a_draw_that_nobody_could_check_is_refused(venue, sent, code):
    assert refused(venue, **sent) == code


def test_a_contest_that_does_not_exist_is_unknown(venue):
    with pytest.raises(Refused, match="contest_unknown"):
        perform(draws.draw_turns, DESK, 999, "1", "赵")


def test_before_the_draw_there_is_none_to_show(venue):
    assert draw_of(venue.contest_id) is None
