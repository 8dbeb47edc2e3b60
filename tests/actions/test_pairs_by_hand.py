"""The first round paired by hand, before a witness and with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.actions.running import late_matches
from scoring.actions.setting_up.match_plans import ALL_PLAY, BY_HAND, RoundPlan
from scoring.actions.setting_up.pairing import pair_matches, undo_pairing
from scoring.actions.transaction import perform
from scoring.board.conditions.draws import sides_drawn
from scoring.board.reading.look import event_of
from scoring.board.reading.unplaced import unplaced_of
from scoring.rules.refusal import problems_of
from tests.actions.matches import SEED, WITNESS, plan
from tests.conftest import DESK

WHY = "两院同题训练，已报监督员"


@pytest.fixture
def hall(set_up):
    found = set_up(plan(4, RoundPlan(("初赛", "Preliminaries"), ALL_PLAY)))
    perform(undo_pairing, DESK, found.contest_id)
    return found


def by_hand(hall, *pairs: str, seed: str = SEED, witness: str = WITNESS, reason: str = WHY) -> Any:
    rounds = [RoundPlan(("初赛", "Preliminaries"), BY_HAND, pairs=pairs)]
    return perform(pair_matches, DESK, hall.contest_id, rounds, seed, witness, None, reason)


def refused(hall, *pairs: str, **more: str) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in problems_of(lambda: by_hand(hall, *pairs, **more))]


def test_the_pairs_are_those_that_were_typed_their_sides_are_drawn_and_the_record_says_so(hall):
    by_hand(hall, "A D", "C B")
    assert [{one.number for one in turn.sides.values()} for turn in hall.turns] == [{"A", "D"}, {"B", "C"}]
    newest = sides_drawn(hall.contest_id)[0]
    assert (newest["by_hand"], newest["witness"], newest["lots"]["reason"]) == (True, WITNESS, WHY)
    assert not sides_drawn(hall.contest_id)[1]["by_hand"], "the pairs before came of lots"


def test_whoever_is_in_no_pair_waits_and_lots_do_not_undo_what_people_made(hall):
    by_hand(hall, "A D")
    event = event_of(hall.contest_id)
    assert [one.number for one in unplaced_of(event).waiting] == ["B", "C"]
    again = problems_of(lambda: late_matches.pair_again(event, "99"))
    assert [one.code for one in again] == ["pairs_by_hand_stand"]


def test_pairs_without_reason_or_witness_or_with_somebody_twice_are_refused_and_nothing_changes(hall):
    assert refused(hall, "A D", reason=" ") == [("reason_missing", "reason")]
    assert refused(hall, "A D", witness=" ") == [("witness_missing", "witness")]
    assert refused(hall, "A D", "D B") == [("pair_twice", "pairs")]
    assert refused(hall) == [("pairs_missing", "pairs")]
    assert hall.turns == []
