"""Matches: sides by a recorded draw, silent members, the secret ballot of a tied match, rounds that fill themselves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from scoring.actions.running import matches, penalties, recusals, releases, sheets, turns
from scoring.actions.setting_up.contests import Entrant
from scoring.actions.setting_up.match_plans import ALL_PLAY, KNOCKOUT, ROUND_ROBIN, MatchEntrant, RoundPlan
from scoring.actions.transaction import Actor, perform
from scoring.board.conditions.draws import sides_drawn
from scoring.board.reading.facts import outcome_of
from scoring.board.views.desk import desk as desk_view
from scoring.board.views.seat import seat as seat_view
from scoring.extensions import db
from scoring.organizers.running.draw import lots_left
from scoring.rules.formats.debate import defaults_for
from scoring.rules.pairings import draw_sides
from scoring.store import Ballot, Entry, Release, Turn
from tests.actions.matches import CONTROL_WINS, SEED, TEAMS, TIED, WITNESS, Hall, plan, sheet_worth
from tests.conftest import DESK
from tests.refusals import refused


@pytest.fixture
def hall(set_up: Any) -> Hall:
    """A knockout of four teams in one room."""
    return set_up(plan())


def test_the_first_round_pairs_the_seeds_and_the_recorded_draw_can_be_worked_out_again(hall):
    assert [(turn.pairing["key"], turn.pairing["first"], turn.pairing["second"]) for turn in hall.turns] == [
        ("1.1", "A", "D"),
        ("1.2", "B", "C"),
    ]
    entry = db.session.scalars(select(Entry).where(Entry.verb == "draw_sides")).one()
    assert (entry.details["typed"], entry.details["witness"]) == (SEED, WITNESS)
    for turn in hall.turns:
        drawn = draw_sides(entry.details["seed"], turn.pairing["first"], turn.pairing["second"])
        assert [side.number for side in turn.sides.values()] == [drawn.control, drawn.defence]


def test_what_the_supervisor_types_in_a_knockout_goes_into_the_sides_of_the_matches_that_follow(hall):
    def left() -> str:
        event = hall.turns[0].round.event
        return lots_left(event, desk_view(hall.contest_id))

    hall.call("1.1")
    assert left() == "matches"
    hall.all_submit("1.1", *CONTROL_WINS)
    hall.release("1.1")
    hall.play("1.2", *CONTROL_WINS)
    assert left() == "order"
    perform(matches.draw_sides, DESK, hall.match("2.1").id, "31 41 59", WITNESS)
    assert left() == "spot_check"


def test_a_match_is_released_with_both_sides_and_a_recount_gives_the_same(hall):
    hall.play("1.1", *CONTROL_WINS)
    release = db.session.scalars(select(Release)).one()
    recount = outcome_of(hall.match("1.1"))
    assert release.verdict == recount.verdict
    assert release.announced == {part: score.explanation.to_data() for part, score in recount.scores.items()}
    shown = hall.audience()["match"]
    # 90 + 90 + 85 = 265, a third is 88.33; 80 + 80 + 85 = 245, a third is 81.67: three judges, nothing dropped
    assert [(side["result"], side["figure"]) for side in shown["sides"]] == [("won", "88.33"), ("lost", "81.67")]
    assert shown["winner"] == "control"
    assert shown["sides"][0]["name"] in ("甲队", "丁队")


def test_a_tied_match_is_not_released_before_the_panel_has_voted_in_secret(hall):
    hall.call("1.1")
    hall.all_submit("1.1", *TIED)
    with refused("match_undecided"):
        hall.release("1.1")
    for judge in (1, 2, 3):
        seat = seat_view(hall.seat(judge).id)
        assert [side["side"] for side in seat["ballot"]["sides"]] == ["control", "defence"]
        hall.votes(judge, "1.1", "defence" if judge < 3 else "control")
        seat = seat_view(hall.seat(judge).id)
        assert (seat["ballot"], seat["voted"]) == (None, True)
    hall.release("1.1")
    shown = hall.audience()["match"]
    assert (shown["winner"], shown["decided_by"], shown["secret_ballot"]) == (
        "defence",
        "secret_ballot",
        {"control": 1, "defence": 2},
    )


def test_who_voted_how_stands_neither_in_the_trail_nor_on_any_screen(hall):
    hall.call("1.1")
    hall.all_submit("1.1", *TIED)
    hall.votes(1, "1.1", "defence")
    entry = db.session.scalars(select(Entry).where(Entry.verb == "cast_ballot")).one()
    assert set(entry.details) == {"turn", "seat"}
    desk = desk_view(hall.contest_id)["current"]["match"]
    assert (desk["needs"], [seat["number"] for seat in desk["ballots_missing"]]) == ("secret_ballot", [2, 3])
    assert hall.audience()["match"] is None


def test_a_seat_votes_once_for_one_of_the_two_sides(hall):
    hall.call("1.1")
    hall.all_submit("1.1", *TIED)
    with refused("ballot_for_no_side"):
        hall.votes(1, "1.1", "nobody")
    hall.votes(1, "1.1", "control")
    with refused("ballot_twice"):
        hall.votes(1, "1.1", "defence")
    assert [ballot.side for ballot in db.session.scalars(select(Ballot))] == ["control"]


def test_a_ballot_for_a_match_that_is_decided_or_not_marked_yet_changes_nothing(hall):
    hall.call("1.1")
    hall.submits(1, "1.1", sheet_worth("90", "80"))
    with refused("missing_sheets"):
        hall.votes(1, "1.1", "control")
    hall.submits(2, "1.1", sheet_worth("90", "80"))
    hall.submits(3, "1.1", sheet_worth("90", "80"))
    with refused("match_decided"):
        hall.votes(1, "1.1", "control")
    hall.release("1.1")
    with refused("turn_released"):
        hall.votes(1, "1.1", "control")
    assert not db.session.scalars(select(Ballot)).all()


def test_a_recused_judge_has_no_vote(hall):
    hall.call("1.1")
    perform(recusals.recuse, DESK, hall.match("1.1").id, hall.seat(1).id, "kin", "declared")
    with refused("seat_recused"):
        hall.votes(1, "1.1", "control")


def test_votes_do_not_count_once_a_correction_has_untied_the_match(hall):
    hall.call("1.1")
    hall.all_submit("1.1", *TIED)
    hall.votes(1, "1.1", "control")
    perform(penalties.add_overtime, DESK, hall.match("1.1").id, 40, "control")
    hall.release("1.1")
    assert hall.audience()["match"]["winner"] == "defence"
    assert hall.audience()["match"]["secret_ballot"] is None


def test_a_play_off_of_a_match_that_is_not_marked_is_refused(hall):
    hall.call("1.1")
    with refused("missing_sheets"):
        perform(matches.record_play_off, DESK, hall.match("1.1").id, "control", "held")


def test_a_play_off_decides_a_tied_match(hall):
    hall.call("1.1")
    hall.all_submit("1.1", *TIED)
    turn = hall.match("1.1").id
    with refused("reason_missing"):
        perform(matches.record_play_off, DESK, turn, "control", " ")
    perform(matches.record_play_off, DESK, turn, "control", "play-off of two minutes")
    with refused("match_decided"):
        hall.votes(1, "1.1", "defence")
    hall.release("1.1")
    assert hall.audience()["match"]["decided_by"] == "play_off"


def test_a_sheet_for_a_side_that_is_not_there_is_refused_and_not_kept(hall):
    hall.call("1.1")
    with refused("unknown_criterion"):
        hall.submits(1, "1.1", sheet_worth("90", "80") | {"third.opening": "20"})
    assert hall.audience()["now"]["submitted"] == 0


def test_a_silent_member_costs_the_side_ten_points_and_can_be_taken_back(hall):
    hall.call("1.1")
    turn = hall.match("1.1").id
    perform(matches.mark_silent, DESK, turn, "control.2", True)
    with refused("speaker_twice"):
        perform(matches.mark_silent, DESK, turn, "control.2", True)
    with refused("speaker_unknown"):
        perform(matches.mark_silent, DESK, turn, "control.9", True)
    with refused("not_silent"):
        perform(matches.mark_silent, DESK, turn, "defence.1", False)
    hall.all_submit("1.1", *[("85", "80")] * 3)
    # 85 less 10 for the silent member is 75, below 80
    assert outcome_of(hall.match("1.1")).verdict["winner"] == "defence"
    perform(matches.mark_silent, DESK, turn, "control.2", False)
    assert outcome_of(hall.match("1.1")).verdict["winner"] == "control"


def test_overtime_of_a_match_needs_its_side(hall):
    hall.call("1.1")
    with refused("unknown_part"):
        perform(penalties.add_overtime, DESK, hall.match("1.1").id, 40)


def test_the_next_match_fills_itself_with_the_winners_in_the_same_transaction_and_waits_for_its_draw(hall):
    hall.play("1.1", *CONTROL_WINS)
    assert len(hall.turns) == 2
    hall.play("1.2", *CONTROL_WINS)
    final = hall.match("2.1")
    winners = [hall.match(key).sides["control"].number for key in ("1.1", "1.2")]
    assert [final.pairing["first"], final.pairing["second"]] == winners
    with refused("sides_not_drawn"):
        hall.call("2.1")
    with refused("witness_missing"):
        perform(matches.draw_sides, DESK, final.id, "final-7", " ")
    perform(matches.draw_sides, DESK, final.id, "final-7", WITNESS)
    drawn = draw_sides(sides_drawn(hall.contest_id)[0]["seed"], *winners)
    assert [side.number for side in hall.match("2.1").sides.values()] == [drawn.control, drawn.defence]
    with refused("sides_drawn"):
        perform(matches.draw_sides, DESK, final.id, "another", WITNESS)
    hall.play("2.1", *CONTROL_WINS)
    last = hall.audience()["bracket"][-1]["matches"][0]
    assert [side["result"] for side in (last["first"], last["second"])].count("won") == 1


def test_a_release_that_is_refused_fills_no_next_round(hall):
    hall.play("1.1", *CONTROL_WINS)
    hall.call("1.2")
    hall.all_submit("1.2", *TIED)
    with refused("match_undecided"):
        hall.release("1.2")
    assert [turn.pairing["key"] for turn in hall.turns] == ["1.1", "1.2"]


def test_three_teams_leave_the_best_seed_a_bye(set_up):
    hall = set_up(plan(3))
    assert [(turn.pairing["first"], turn.pairing["second"]) for turn in hall.turns] == [("B", "C")]
    assert [match["bye"] for match in hall.audience()["bracket"][0]["matches"]] == [True, False]


def test_a_round_robin_has_everybody_meet_everybody_once_and_ranks_by_wins(set_up):
    hall = set_up(plan(4, RoundPlan(("循环赛", "Round robin"), ROUND_ROBIN)))
    met = {frozenset((turn.pairing["first"], turn.pairing["second"])) for turn in hall.turns}
    assert (len(hall.turns), len(met)) == (6, 6)
    hall.play("1", *CONTROL_WINS)
    board_now = hall.audience()
    assert (board_now["ranked_on"], [row["score"] for row in board_now["rows"]]) == ("wins", ["1", "0"])


def test_the_best_of_an_all_play_round_go_on_to_the_knockout_by_rank(set_up):
    rounds = (RoundPlan(("初赛", "Heats"), ALL_PLAY), RoundPlan(("决赛", "Final"), KNOCKOUT, 2))
    hall = set_up(plan(4, *rounds))
    hall.play("1", ("90", "80"), ("90", "80"), ("90", "80"))
    assert len(hall.turns) == 2
    hall.play("2", ("95", "70"), ("95", "70"), ("95", "70"))
    final = hall.match("1.1")
    shown = hall.audience()
    assert (len(shown["bracket"]), shown["match"]["number"]) == (1, hall.match("2").number)
    assert desk_view(hall.contest_id)["main"]["reason"] == "sides_not_drawn"
    # both won; 95 points go before 90
    assert (final.pairing["first"], final.pairing["second"]) == (
        hall.match("2").sides["control"].number,
        hall.match("1").sides["control"].number,
    )


def test_matches_in_two_rooms_go_on_at_once_and_each_room_shows_its_own(set_up):
    hall = set_up(plan(rooms=2))
    hall.call("1.1")
    hall.call("1.2")
    rooms = hall.audience()["rooms"]
    assert [room["now"]["turn"] for room in rooms] == [hall.match("1.1").id, hall.match("1.2").id]
    second = desk_view(hall.contest_id, rooms[1]["room"])
    assert second["current"]["id"] == hall.match("1.2").id
    assert [turn["id"] for turn in second["turns"]] == [hall.match("1.2").id]


def test_three_ballots_stay_hidden_until_the_release(set_up):
    hall = set_up(plan(decide="three_ballots"))
    hall.call("1.1")
    ballots = {"ballot.impression": "control", "ballot.deciding": "control"}
    for judge in (1, 2, 3):
        hall.submits(judge, "1.1", sheet_worth("90", "80") | ballots)
    before = str(hall.audience()) + str(desk_view(hall.contest_id))
    assert "impression" not in before
    hall.release("1.1")
    shown = hall.audience()["match"]
    assert [(line["seat"], line["impression"], line["stage"]) for line in shown["ballots"]] == [
        (str(judge), "control", "control") for judge in (1, 2, 3)
    ]


def test_a_set_up_without_enough_speakers_or_with_a_number_twice_is_refused(set_up):
    lonely = [MatchEntrant("A", "甲队", speakers=[Entrant("A-1", "甲1号")]), *TEAMS[1:]]
    wanted = replace(plan(), entrants=lonely, settings=defaults_for(2))
    with refused("speaker_missing"):
        set_up(wanted)
    with refused("number_twice"):
        set_up(replace(plan(), entrants=[*TEAMS, TEAMS[0]]))
    with refused("witness_missing"):
        set_up(replace(plan(), witness=""))
    assert not db.session.scalars(select(Turn)).all()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(totals=st.lists(st.tuples(st.integers(60, 100), st.integers(60, 100)), min_size=3, max_size=3))
def test_a_recount_of_the_stored_sheets_gives_the_released_result(set_up, totals):
    hall = set_up(replace(plan(), slug=f"bianlun-{abs(hash(tuple(totals)))}"[:40]))
    turn = next(turn for turn in hall.turns if turn.contest.id == hall.contest_id)
    perform(turns.call, DESK, turn.id)
    for seat, (control, defence) in zip(turn.room.seats, totals, strict=True):
        typed = sheet_worth(str(control), str(defence))
        perform(sheets.submit, Actor("seat"), turn.id, seat.id, typed, f"sheet-{turn.id}-{seat.id}")
    if outcome_of(db.session.get_one(Turn, turn.id)).verdict["needs"]:
        perform(matches.record_play_off, DESK, turn.id, "defence", "play-off")
    perform(releases.release, DESK, turn.id)
    db.session.rollback()
    release = db.session.scalars(select(Release).where(Release.turn_id == turn.id)).one()
    recount = outcome_of(db.session.get_one(Turn, turn.id))
    assert release.verdict == recount.verdict
    control, defence = (sum(Fraction(pair[side]) for pair in totals) for side in (0, 1))
    expected = "control" if control > defence else "defence"
    assert release.verdict["winner"] == expected
