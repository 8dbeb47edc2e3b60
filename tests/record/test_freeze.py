"""The freeze: for everyone but the desk the board stays as it was at that moment, whatever is released since."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.actions.results import corrections
from scoring.actions.running import matches, releases, screens
from scoring.actions.setting_up.match_plans import ALL_PLAY, KNOCKOUT, RoundPlan
from scoring.actions.transaction import perform
from scoring.board.reading import states
from scoring.board.views.desk import desk as desk_view
from scoring.board.views.operating import screens as screens_view
from scoring.extensions import db
from scoring.store import Correction
from tests.actions.conftest import set_up
from tests.actions.matches import CONTROL_WINS, WITNESS, plan
from tests.actions.test_forfeits import out as forfeits
from tests.actions.test_not_performing import back, out
from tests.conftest import DESK, FULL_MARKS, Venue, contest_of
from tests.record.conftest import CHIEF, OPERATOR, TALLIER

__all__ = ["set_up"]
#: What of the audience's snapshot a freeze holds.
STANDS_STILL = ("rows", "released", "not_held", "order", "unranked", "latest", "closing")


def freeze(contest: Any) -> None:
    perform(screens.freeze, OPERATOR, contest.contest_id)


def unfreeze(contest: Any) -> None:
    perform(screens.unfreeze, OPERATOR, contest.contest_id)


def play(venue: Venue, number: str, total: str = "90") -> None:
    venue.call(number)
    venue.all_submit(number, [total] * 7)
    venue.release(number)


def scores(venue: Venue) -> list[tuple[str, str]]:
    states._kept.clear()  # as after a restart: nothing may depend on what a process remembers
    return [(row["number"], row["score"]) for row in venue.audience()["rows"]]


def test_what_is_released_after_the_freeze_is_public_only_when_the_board_moves_again(venue):
    play(venue, "01")
    freeze(venue)
    play(venue, "02", "95")
    shown = venue.audience()
    assert scores(venue) == [("01", "90.00")]
    assert (shown["released"], shown["latest"]["number"], shown["hall"]["frozen"]) == (1, "01", True)
    assert [step["state"] for step in shown["order"]] == ["released", "performing", "waiting"]
    unfreeze(venue)
    assert scores(venue) == [("02", "95.00"), ("01", "90.00")]


def test_the_desk_goes_on_meanwhile(venue):
    freeze(venue)
    play(venue, "01")
    desk = desk_view(venue.contest_id)
    assert [row["number"] for row in desk["rows"]] == ["01"]
    assert desk["hall"]["frozen"] is True


def test_who_performs_now_is_still_shown(venue):
    freeze(venue)
    venue.call("01")
    assert venue.audience()["now"]["number"] == "01"


def audience_addresses(venue: Venue) -> list[str]:
    """Every address that anybody may open about the contest, whoever adds it."""
    rules = [rule for rule in venue.app.url_map.iter_rules() if rule.endpoint.startswith("audience.")]
    return ["/", *(rule.rule.replace("<slug>", "shifa") for rule in rules if rule.arguments == {"slug"})]


def test_every_page_and_file_for_the_audience_holds_the_score_back(venue, anyone):
    freeze(venue)
    play(venue, "01", "93.5")
    addresses = audience_addresses(venue)
    assert {"/c/shifa", "/c/shifa/screen", "/c/shifa/board.json"} <= set(addresses)
    for address in addresses:
        answer = anyone.get(address)
        assert answer.status_code in (200, 404), address
        assert "93.5" not in answer.text, address
        assert "陈思远" not in answer.text, address
    assert "The ranking stands still for the moment." in anyone.get("/c/shifa").text
    unfreeze(venue)
    assert "93.50" in anyone.get("/c/shifa").text


def test_a_correction_after_the_freeze_is_held_back_with_its_tag_and_its_source(venue):
    play(venue, "01")
    freeze(venue)
    turn, seat = venue.turn("01").id, venue.seat(3).id
    about = (venue.contest_id, turn, seat, FULL_MARKS, "评委3", "录入有误")
    perform(corrections.request_sheet, TALLIER, *about)
    correction = db.session.query(Correction).one().id
    perform(corrections.approve_correction, CHIEF, venue.contest_id, correction, "已核对")
    seconds = (venue.contest_id, turn, "", 32, "计时员", "录像")
    perform(corrections.request_overtime, TALLIER, *seconds)
    correction = db.session.query(Correction).order_by(Correction.id.desc()).first().id
    perform(corrections.approve_correction, CHIEF, venue.contest_id, correction, "已核对")
    assert scores(venue) == [("01", "90.00")]
    row = venue.audience()["rows"][0]
    assert row["corrected"] is None
    assert [line["total"] for line in row["explanation"]["judges"]] == ["90"] * 7
    assert {line.get("source", "") for line in row["explanation"]["judges"]} == {""}
    unfreeze(venue)
    assert scores(venue) == [("01", "89.00")]
    assert venue.audience()["rows"][0]["corrected"] == {"old": "90.00", "new": "89.00"}


def test_one_behind_does_not_make_a_score_public_while_the_board_stands_still(venue):
    event = contest_of(venue).events[0]
    event.settings = event.settings | {"publication": "at_end"}
    db.session.commit()
    for number in ("01", "02"):
        play(venue, number)
    freeze(venue)
    play(venue, "03")
    assert scores(venue) == []
    unfreeze(venue)
    assert len(scores(venue)) == 3


def test_a_release_that_was_public_before_stays_public(venue):
    for number in ("01", "02", "03"):
        play(venue, number)
    freeze(venue)
    assert len(scores(venue)) == 3


def test_in_a_knockout_who_plays_on_is_held_back_too(set_up):
    hall = set_up(plan())
    hall.play("1.1", *CONTROL_WINS)
    freeze(hall)
    hall.play("1.2", *CONTROL_WINS)
    states._kept.clear()
    shown = hall.audience()
    assert len(shown["order"]) == 2
    assert shown["match"]["key"] == "1.1"
    final = shown["bracket"][1]["matches"][0]
    assert (final["first"] is None, final["second"] is None) == (False, True)
    assert shown["next"] is None
    unfreeze(hall)
    assert len(hall.audience()["order"]) == 3


def test_the_sides_of_a_final_are_shown_as_they_are_drawn_but_not_before_the_board_moves(set_up):
    hall = set_up(plan())
    hall.play("1.1", *CONTROL_WINS)
    freeze(hall)
    hall.play("1.2", *CONTROL_WINS)
    perform(matches.draw_sides, DESK, hall.match("2.1").id, "31 41 59", WITNESS)
    assert hall.audience()["draw"] is None
    unfreeze(hall)
    drawn = hall.audience()["draw"]
    final = hall.match("2.1")
    assert [(line["side"], line["number"]) for line in drawn["lines"]] == [
        (side, one.number) for side, one in final.sides.items()
    ]
    hall.call("2.1")
    assert hall.audience()["draw"] is None


def test_a_knockout_that_follows_a_round_is_not_shown_before_the_board_moves(set_up):
    rounds = (RoundPlan(("初赛", "Preliminary"), ALL_PLAY), RoundPlan(("决赛", "Final"), KNOCKOUT, 2))
    hall = set_up(plan(4, *rounds))
    hall.play("1", *CONTROL_WINS)
    freeze(hall)
    hall.play("2", ("80", "95"), ("80", "95"), ("80", "95"))
    states._kept.clear()
    shown = hall.audience()
    assert shown["bracket"] is None
    assert len(shown["rows"]) == 2
    unfreeze(hall)
    assert hall.audience()["bracket"] is not None


def test_the_operator_sees_how_much_is_held_back(venue):
    freeze(venue)
    play(venue, "01")
    db.session.rollback()
    shown = screens_view(venue.contest_id)
    assert (shown["held_back"], shown["rows"]) == (1, [])
    unfreeze(venue)
    db.session.rollback()
    assert screens_view(venue.contest_id)["held_back"] == 0


def test_who_is_found_after_all_stays_absent_on_the_board_that_stands_still(venue):
    event = contest_of(venue).events[0]
    event.settings = event.settings | {"publication": "at_end"}
    db.session.commit()
    for number in ("01", "02"):
        play(venue, number)
    out(venue, "03")
    freeze(venue)
    before = {name: shown for name, shown in venue.audience().items() if name in STANDS_STILL}
    back(venue, "03")
    play(venue, "03", "99")
    states._kept.clear()
    shown = venue.audience()
    assert {name: shown[name] for name in before} == before
    unfreeze(venue)
    assert scores(venue)[0] == ("03", "99.00")
    assert venue.audience()["unranked"] == []


def test_who_is_out_since_the_freeze_waits_on_the_board(venue):
    play(venue, "01")
    freeze(venue)
    out(venue, "02", "disqualified")
    shown = venue.audience()
    assert ([step["state"] for step in shown["order"]], shown["unranked"]) == (["released", "waiting", "waiting"], [])
    unfreeze(venue)
    assert [one["ground"]["zh"] for one in venue.audience()["unranked"]] == ["取消资格"]


def test_a_forfeit_that_becomes_one_of_both_sides_stays_a_win_on_the_board_that_stands_still(set_up):
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    forfeits(hall, "1.1", "control")
    freeze(hall)
    forfeits(hall, "1.1", "defence")
    states._kept.clear()
    assert hall.audience()["match"]["winner"] == "defence"
    unfreeze(hall)
    assert hall.audience()["match"]["winner"] is None


@pytest.mark.parametrize("way", ["one_behind", "at_end"])
def test_a_release_that_the_way_of_publication_holds_back_moves_no_revision_and_is_taken_back_unseen(venue, way):
    event = contest_of(venue).events[0]
    event.settings = event.settings | {"publication": way}
    db.session.commit()
    for number in ("01", "02"):
        venue.call(number)
        venue.all_submit(number, ["90"] * 7)
    before = venue.audience()
    venue.release("01")
    venue.release("02")
    assert venue.audience() == before
    perform(releases.undo_release, DESK, venue.turn("02").id, "按错了", "02")
    assert venue.audience() == before
    venue.call("03")
    shown = venue.audience()
    assert (shown["revision"], shown["taken_back"]) == (before["revision"] + 1, [])


def test_a_score_that_was_shown_and_taken_back_stays_so_on_the_board_that_stands_still(venue):
    play(venue, "01")
    perform(releases.undo_release, DESK, venue.turn("01").id, "按错了", "01")
    assert [one["number"] for one in venue.audience()["taken_back"]] == ["01"]
    freeze(venue)
    before = venue.audience()
    venue.release("01")
    assert venue.audience() == before
    unfreeze(venue)
    assert venue.audience()["taken_back"] == []
