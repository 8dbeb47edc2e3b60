"""From a written test to an explanation before judges: proposed, confirmed by another, played, ranked overall."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from io import BytesIO

import pytest
from openpyxl import load_workbook

from scoring.actions.preparing.events import EventPlan, add_event
from scoring.actions.preparing.rehearsing import begin_rehearsal
from scoring.actions.results.corrections import approve_correction, request_sheet
from scoring.actions.results.places_in_stage import keep_promotion, move_up
from scoring.actions.results.promotion import confirm_promotion, propose_promotion, set_stage
from scoring.actions.results.promotion import undo_promotion as undo
from scoring.actions.running.late_entries import enter_late
from scoring.actions.running.matches import record_play_off
from scoring.actions.running.not_performing import record_not_performing, withdraw_not_performing
from scoring.actions.running.paper import enter_paper
from scoring.actions.running.points import open_points, release_points
from scoring.actions.running.releases import release, undo_release
from scoring.actions.running.screens import freeze, unfreeze
from scoring.actions.running.sheets import submit
from scoring.actions.running.turns import call
from scoring.actions.setting_up.copying import Wanted, copy_contest
from scoring.actions.setting_up.event_settings import change_settings
from scoring.actions.setting_up.in_preparation import Identity
from scoring.actions.setting_up.overall import set_awards
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.look import event_of
from scoring.board.views.audience import audience
from scoring.board.views.overall import overall
from scoring.extensions import db
from scoring.rules.draw import seal_of
from scoring.store import Correction, Entry, Event, NotPerforming, Turn
from tests.conftest import DESK, marks_worth
from tests.organizers.conftest import Desk, words_of
from tests.organizers.test_totals_page import signed_in
from tests.record.conftest import CHECKER, CHIEF, TALLIER
from tests.refusals import refusal

TEST, SPEECH = 2, 1
POINTS = {"01": "70", "02": "95", "03": "88"}


def turns(place: int) -> dict[str, Turn]:
    db.session.rollback()
    event = db.session.scalars(db.select(Event).where(Event.position == place).order_by(Event.id)).first()
    assert event is not None
    return {turn.number: turn for turn in event.rounds[0].turns}


def prepared(desk: Desk, results: Mapping[str, str] = POINTS) -> int:
    """The cast's explanation is a stage after a written test, whose points are all public."""
    contest_id = desk.venue.contest_id
    perform(add_event, DESK, contest_id, EventPlan("written_test", 1, None, ("笔试", "Written test")))
    perform(open_points, DESK, contest_id, TEST)
    for number, points in results.items():
        turn = turns(TEST)[number]
        for who in (TALLIER, CHECKER):
            perform(enter_paper, who, contest_id, turn.id, turn.panel[0].id, {"points": points})
    return contest_id


def press(person: Desk, name: str, place: int = SPEECH, **sent: str) -> str:
    data = {"request": secrets.token_hex(16), "place": str(place), **sent}
    return words_of(person.browser.post(f"{person.path}/promotion/{name}", data=data, follow_redirects=True))


def basis(person: Desk) -> str:
    found = re.search(r'name="basis" value="([0-9a-f]{64})"', person.browser.get(f"{person.path}/promotion").text)
    assert found is not None
    return found[1]


def speaks(number: str, total: str) -> None:
    turn = turns(SPEECH)[number]
    perform(call, DESK, turn.id)
    for seat in turn.panel:
        perform(submit, Actor(f"seat:{seat.id}"), turn.id, seat.id, marks_worth(total), f"of-{number}-by-{seat.number}")
    perform(release, DESK, turn.id)


def stands(contest_id: int) -> list[tuple[int, str, str, str | None]]:
    db.session.rollback()
    rows = overall(contest_id)["rows"]
    return [
        (row["rank"], row["number"], row["score"], row["stopped"]["zh"] if row["stopped"] else None) for row in rows
    ]


def test_a_written_test_lets_two_of_three_go_on_to_the_explanation_and_all_are_ranked(desk: Desk) -> None:
    contest_id, chief = prepared(desk), signed_in(desk.venue, "chief")
    said = press(desk, "set", source=str(TEST), take="first", value="2", last="all")
    assert "“Written test” is not over" in said
    assert turns(SPEECH) == {}
    assert "It is not said yet who goes on to this event." in words_of(desk.browser.get(desk.path))
    for page in ("/c/shifa", "/c/shifa/screen", "/c/shifa/overall", "/c/shifa/overall/screen", f"{desk.path}/draw"):
        assert desk.browser.get(page, follow_redirects=True).status_code == 200, page
    perform(release_points, DESK, contest_id, TEST)
    weights = {"weight-1": "60", "weight-2": "40", "best": "1", "ties": "key_criterion", "reason": "as published"}
    assert desk.browser.post(f"{desk.path}/events/weigh", data=weights).status_code == 303

    assert "A second person confirms who goes on." in press(desk, "propose")
    assert "Who proposed it does not confirm it." in press(desk, "confirm", basis=basis(chief))
    assert "they take part in the stage now" in press(chief, "confirm", basis=basis(chief))
    assert sorted(turns(SPEECH)) == ["02", "03"]
    assert "not promoted" in words_of(desk.browser.get(f"{desk.path}/promotion"))
    assert [(one["number"], one["ground"]["zh"]) for one in audience(contest_id, SPEECH)["unranked"]] == [
        ("01", "未晋级")
    ]

    speaks("02", "80")
    speaks("03", "90")
    # 95 × 0.4 + 80 × 0.6 = 86; 88 × 0.4 + 90 × 0.6 = 89.2; 01 has 70 × 0.4 = 28 and is the first of those who stayed.
    assert stands(contest_id) == [(1, "03", "89.20", None), (2, "02", "86.00", None), (3, "01", "28.00", "未晋级")]
    assert overall(contest_id)["open"] == []
    awards = [{"key": "a", "zh": "业务标兵", "quota": 1}, {"key": "b", "zh": "业务能手", "quota": 1}]
    perform(set_awards, DESK, contest_id, "overall", awards, None, "as published")
    given = [(row["number"], row["award"] and row["award"]["zh"]) for row in overall(contest_id)["rows"]]
    assert given == [("03", "业务标兵"), ("02", "业务能手"), ("01", None)]
    book = desk.browser.get(f"{desk.path}/overall.xlsx", follow_redirects=True)
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(book.data)).worksheets[0].iter_rows()]
    assert next(row for row in rows if row[1] == "01")[-1] == "not promoted"
    assert "not promoted" in desk.browser.get("/c/shifa/overall").text
    assert refusal(undo, contest_id, SPEECH, "too late").code == "stage_begun"


def test_what_changes_meanwhile_is_said_and_whoever_withdraws_is_replaced(desk: Desk) -> None:
    contest_id, chief = prepared(desk), signed_in(desk.venue, "chief")
    perform(release_points, DESK, contest_id, TEST)
    press(desk, "set", source=str(TEST), take="first", value="2", last="all")
    assert "would wait for each other" in press(
        desk, "set", TEST, source=str(SPEECH), take="first", value="2", last="all"
    )
    press(desk, "propose")
    shown, turn = basis(chief), turns(TEST)["01"]
    perform(request_sheet, TALLIER, contest_id, turn.id, turn.panel[0].id, {"points": "99"}, "陈思远", "misread")
    asked = db.session.scalars(db.select(Correction)).one()
    perform(approve_correction, CHIEF, contest_id, asked.id, "seen")
    assert "The ranking has changed since" in press(chief, "confirm", basis=shown)
    press(desk, "propose")
    press(chief, "confirm", basis=basis(chief))
    assert sorted(turns(SPEECH)) == ["01", "02"]
    assert "Nobody who goes on has withdrawn" in press(desk, "move-up", reason="ill")
    perform(record_not_performing, DESK, turns(SPEECH)["02"].id, "withdrawn", "ill", "组委会")
    assert "The next one takes the place" in press(desk, "move-up", reason="02 is ill")
    assert sorted(turns(SPEECH)) == ["01", "02", "03"]
    assert "Taken back." in press(desk, "undo", reason="the rule was wrong")
    assert turns(SPEECH) == {}
    assert "Everybody takes part" in press(desk, "clear")
    assert sorted(turns(SPEECH)) == ["01", "02", "03"]


def test_in_a_rehearsal_everybody_takes_part_in_a_stage_so_that_its_judges_have_whom_to_mark(desk: Desk) -> None:
    contest_id = desk.venue.contest_id
    perform(add_event, DESK, contest_id, EventPlan("written_test", 1))
    perform(set_stage, DESK, contest_id, SPEECH, {"source": TEST, "value": "2"})
    copy_id = perform(begin_rehearsal, DESK, contest_id)
    copied = db.session.scalars(db.select(Event).where(Event.contest_id == copy_id, Event.position == SPEECH)).one()
    assert [turn.number for turn in copied.rounds[0].turns] == ["01", "02", "03"]
    assert turns(SPEECH) == {}


def test_two_who_are_level_at_the_last_place_play_off_before_anybody_goes_on(desk: Desk) -> None:
    contest_id, chief = prepared(desk, {"01": "95", "02": "88", "03": "88"}), signed_in(desk.venue, "chief")
    perform(release_points, DESK, contest_id, TEST)
    said = press(desk, "set", source=str(TEST), take="first", value="2", last="play_off")
    assert "At the last place 2 are level on rank 2." in said
    assert "At the last place 2 are level on rank 2." in press(desk, "propose")
    for number, figure in (("02", "7"), ("03", "9")):
        perform(record_play_off, DESK, turns(TEST)[number].id, "", "an extra round", figure)
    press(desk, "propose")
    press(chief, "confirm", basis=basis(chief))
    assert sorted(turns(SPEECH)) == ["01", "03"]


def promotion_of_two(desk: Desk) -> tuple[int, Desk]:
    """02 and 03 go on from the test to the explanation; 02 has withdrawn and 01 has moved up, and the chief's page."""
    contest_id, chief = prepared(desk), signed_in(desk.venue, "chief")
    perform(release_points, DESK, contest_id, TEST)
    confirmed(contest_id, SPEECH)
    perform(record_not_performing, DESK, turns(SPEECH)["02"].id, "withdrawn", "ill", "组委会")
    assert "Places that fell free: 1" in words_of(desk.browser.get(f"{desk.path}/promotion"))
    press(desk, "move-up", reason="02 is ill")
    assert sorted(turns(SPEECH)) == ["01", "02", "03"]
    return contest_id, chief


def is_back() -> None:
    db.session.rollback()
    decision = db.session.scalars(db.select(NotPerforming).where(NotPerforming.withdrawn_at.is_(None))).one()
    perform(withdraw_not_performing, DESK, decision.id, "well again")


@pytest.mark.parametrize(("leaves", "stay"), [("01", ["02", "03"]), ("02", ["01", "03"])])
def test_who_withdrew_is_back_and_somebody_says_who_of_the_two_holds_the_place(
    desk: Desk, leaves: str, stay: list[str]
) -> None:
    contest_id, chief = promotion_of_two(desk)
    assert refusal(keep_promotion, contest_id, SPEECH, "0", "nothing").code == "nothing_to_say"
    is_back()
    assert "places given twice: 1" in words_of(desk.browser.get(f"{desk.path}/promotion"))
    assert refusal(call, turns(SPEECH)["03"].id).code == "stage_given_twice"
    third = str(turns(SPEECH)["03"].appearances[0].contestant_id)
    assert "who moved up or is back" in press(desk, "step-back", contestant=third, reason="wrong one")
    who = str(turns(SPEECH)[leaves].appearances[0].contestant_id)
    assert "Please fill this in." in press(desk, "step-back", contestant=who, reason=" ")
    assert "The place has one holder again." in press(chief, "step-back", contestant=who, reason="the rule takes two")
    assert sorted(turns(SPEECH)) == stay
    assert "who stays" not in words_of(desk.browser.get(f"{desk.path}/promotion"))
    assert [one["number"] for one in audience(contest_id, SPEECH)["unranked"]] == [leaves]
    perform(call, DESK, turns(SPEECH)["03"].id)


def test_both_stay_where_a_person_says_so_and_the_next_withdrawal_moves_nobody_up_twice(desk: Desk) -> None:
    _, chief = promotion_of_two(desk)
    is_back()
    assert "It is recorded that all who take part stay." in press(
        chief, "keep", basis=basis(chief), reason="both were told that they take part"
    )
    assert "who stays" not in words_of(desk.browser.get(f"{desk.path}/promotion"))
    entry = db.session.scalars(db.select(Entry).where(Entry.verb == "keep_promotion")).one()
    assert entry.details["leave"] == "01"
    perform(call, DESK, turns(SPEECH)["03"].id)
    assert sorted(turns(SPEECH)) == ["01", "02", "03"]


def test_a_correction_after_the_confirmation_is_shown_with_who_would_come_and_leave_and_is_asked_about(
    desk: Desk,
) -> None:
    contest_id, chief = prepared(desk), signed_in(desk.venue, "chief")
    perform(release_points, DESK, contest_id, TEST)
    confirmed(contest_id, SPEECH)
    turn = turns(TEST)["01"]
    perform(request_sheet, TALLIER, contest_id, turn.id, turn.panel[0].id, {"points": "99"}, "陈思远", "misread")
    asked = db.session.scalars(db.select(Correction)).one()
    perform(approve_correction, CHIEF, contest_id, asked.id, "seen")
    said = words_of(desk.browser.get(f"{desk.path}/promotion"))
    assert "The ranking has changed since it was confirmed." in said
    assert "By it these would go on as well: 01" in said
    assert "By it these would not go on: 03" in said
    assert "The ranking has changed since" in press(chief, "keep", basis="0" * 64, reason="as announced")
    press(chief, "keep", basis=basis(chief), reason="as announced; the correction came too late")
    assert "has changed since" not in words_of(desk.browser.get(f"{desk.path}/promotion"))
    assert sorted(turns(SPEECH)) == ["02", "03"]


def test_who_moves_up_while_the_board_stands_still_is_seen_by_nobody_before_it_moves(desk: Desk) -> None:
    contest_id = prepared(desk)
    perform(release_points, DESK, contest_id, TEST)
    confirmed(contest_id, SPEECH)
    perform(freeze, DESK, contest_id)
    perform(record_not_performing, DESK, turns(SPEECH)["02"].id, "withdrawn", "ill", "组委会")
    before, total = audience(contest_id, SPEECH), overall(contest_id)
    perform(move_up, DESK, contest_id, SPEECH, "02 is ill")
    seen = audience(contest_id, SPEECH)
    assert {name for name, shown in seen.items() if shown != dict(before)[name]} <= {"revision"}
    assert overall(contest_id)["rows"] == total["rows"]
    assert refusal(undo, contest_id, SPEECH, "the rule was wrong").code == "stage_shown_still"
    perform(unfreeze, DESK, contest_id)
    assert [one["number"] for one in audience(contest_id, SPEECH)["order"]] == ["02", "03", "01"]


def test_where_scores_come_out_one_behind_a_move_up_brings_nothing_out_early(desk: Desk) -> None:
    settings = dict(event_of(desk.venue.contest_id, SPEECH).settings) | {"publication": "one_behind"}
    perform(change_settings, DESK, desk.venue.contest_id, settings, "100")
    contest_id, _ = promotion_of_two(desk)
    speaks("03", "90")
    seen = audience(contest_id, SPEECH)
    assert (seen["rows"], seen["released"]) == ([], 0)
    speaks("01", "80")
    assert [one["number"] for one in audience(contest_id, SPEECH)["rows"]] == ["03", "01"]


def test_nobody_moves_up_who_is_below_the_score_that_a_stage_asks_for(desk: Desk) -> None:
    contest_id = prepared(desk)
    perform(release_points, DESK, contest_id, TEST)
    perform(set_stage, DESK, contest_id, SPEECH, {"source": TEST, "take": "score", "value": "80"})
    perform(propose_promotion, DESK, contest_id, SPEECH)
    event = db.session.scalars(db.select(Event).where(Event.position == SPEECH)).one()
    perform(confirm_promotion, CHIEF, contest_id, SPEECH, event.stage["proposed"]["basis"])
    perform(record_not_performing, DESK, turns(SPEECH)["02"].id, "withdrawn", "ill", "组委会")
    assert refusal(move_up, contest_id, SPEECH, "02 is ill").code == "nobody_to_move_up"


def confirmed(contest_id: int, place: int, source: int = TEST, value: str = "2") -> None:
    """Let the first so many of `source` go on to the event at this place."""
    perform(set_stage, DESK, contest_id, place, {"source": source, "value": value})
    perform(propose_promotion, DESK, contest_id, place)
    db.session.rollback()
    event = db.session.scalars(db.select(Event).where(Event.position == place)).one()
    perform(confirm_promotion, CHIEF, contest_id, place, event.stage["proposed"]["basis"])


def test_while_the_board_stands_still_nobody_sees_who_goes_on(desk: Desk) -> None:
    contest_id = prepared(desk)
    perform(set_stage, DESK, contest_id, SPEECH, {"source": TEST, "value": "2"})
    perform(freeze, DESK, contest_id)
    perform(release_points, DESK, contest_id, TEST)
    confirmed(contest_id, SPEECH)
    seen = audience(contest_id, SPEECH)
    assert (seen["order"], seen["next"], seen["total"], seen["unranked"]) == ([], None, 0, [])
    assert seen["rooms"][0]["next"] is None
    perform(unfreeze, DESK, contest_id)
    seen = audience(contest_id, SPEECH)
    assert ([step["number"] for step in seen["order"]], seen["total"]) == (["02", "03"], 2)


def test_nobody_is_entered_late_into_a_stage_but_into_the_event_before(desk: Desk) -> None:
    contest_id = prepared(desk)
    perform(set_stage, DESK, contest_id, SPEECH, {"source": TEST, "value": "2"})
    late = ("04", "吴桐", "堵车")
    assert refusal(enter_late, contest_id, *late, event=SPEECH).code == "late_in_stage"
    assert "gone on to it from an earlier one" in words_of(desk.browser.get(f"{desk.path}/late?event=1"))
    perform(enter_late, DESK, contest_id, *late, event=TEST)
    entry = db.session.scalars(db.select(Entry).where(Entry.verb == "enter_late")).one()
    assert (sorted(turns(TEST)), turns(SPEECH), entry.details["missed"]) == (["01", "02", "03", "04"], {}, [])


def test_of_two_stages_after_one_test_whoever_takes_part_in_more_is_ranked_before(desk: Desk) -> None:
    contest_id = prepared(desk)
    perform(release_points, DESK, contest_id, TEST)
    perform(add_event, DESK, contest_id, EventPlan("written_test", 1, None, ("复试", "Second test")))
    confirmed(contest_id, SPEECH, value="2")
    confirmed(contest_id, 3, value="1")
    weights = {"weight-1": "60", "weight-2": "20", "weight-3": "20", "best": "1", "ties": "key_criterion"}
    sent = {**weights, "reason": "as published"}
    assert desk.browser.post(f"{desk.path}/events/weigh", data=sent).status_code == 303
    speaks("02", "80")
    speaks("03", "90")
    # 02 waits for the second test, to which 03 did not go on; 01 went on to neither: 70 × 0.2.
    assert [(rank, number, score) for rank, number, score, _ in stands(contest_id)] == [
        (2, "03", "71.60"),
        (3, "01", "14.00"),
    ]


def test_a_copied_contest_has_its_stages_with_nobody_let_go_on_yet(desk: Desk) -> None:
    contest_id = prepared(desk)
    perform(release_points, DESK, contest_id, TEST)
    confirmed(contest_id, SPEECH)
    copy_id = perform(copy_contest, DESK, contest_id, Identity("明年", "Next year", slug="next"), Wanted(True, True))
    events = db.session.scalars(db.select(Event).where(Event.contest_id == copy_id).order_by(Event.position)).all()
    assert [one.stage.get("rule", {}).get("source") for one in events] == [TEST, None]
    assert [(set(one.stage), len(one.rounds[0].turns)) for one in events] == [({"rule"}, 0), (set(), 3)]


def test_lots_at_the_last_place_are_drawn_once_before_a_witness_and_nobody_can_draw_until_it_suits(desk: Desk) -> None:
    contest_id, chief = prepared(desk, {"01": "88", "02": "88", "03": "88"}), signed_in(desk.venue, "chief")
    perform(release_points, DESK, contest_id, TEST)
    said = press(desk, "set", source=str(TEST), take="first", value="1", last="lots")
    assert "Lots decide at the last place." in said
    assert "Please enter who witnessed the draw." in press(desk, "propose", seed="first")
    assert "Proposed." in press(desk, "propose", seed="a", witness="监督员 周")
    for seed in "bcdfgh":
        press(desk, "propose", seed=seed, witness="监督员 周", reason="once more")
    entries = db.session.scalars(db.select(Entry).where(Entry.verb == "propose_promotion")).all()
    assert len(entries) == 7
    assert len({(one.details["goes"], one.details["seed"], one.details["typed"]) for one in entries}) == 1
    first = entries[0].details
    assert (first["typed"], first["drawn"]) == ("a", "01, 02, 03")
    assert seal_of(first["sealed_seed"]) == first["seal"]
    press(chief, "confirm", basis=basis(chief))
    assert sorted(turns(SPEECH)) == [first["goes"]]
    refusals = [refusal(undo_release, one.id, "wrong press", number).code for number, one in turns(TEST).items()]
    assert sorted(refusals) == ["stage_confirmed", "undo_not_newest", "undo_not_newest"]
