"""Two inspectors, their differences, and the chief who settles each with a reason; caps; the agreed result."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from scoring.actions.running import settlements
from scoring.actions.transaction import perform
from scoring.board.reading.facts import outcome_of
from scoring.board.views.audience import audience
from scoring.board.views.benches import benches
from scoring.board.views.differences import differences
from scoring.extensions import db
from scoring.rules.explanation import Explanation
from scoring.rules.refusal import Refused
from scoring.store import Release
from tests.actions.hall import CHIEF, Hall, checklist, open_hall


@pytest.fixture
def hall(app: Flask) -> Iterator[Hall]:
    """Both files are handed in after 50 and 62 minutes; nobody has inspected them."""
    with app.app_context():
        opened = open_hall()
        opened.start("01", minutes_ago=50)
        opened.stop("01")
        for turn in (opened.turn("01"), opened.turn("02")):
            turn.called_steady = opened.turn("01").called_steady
        db.session.commit()
        perform_stop_at(opened, "02", 62 * 60)
        opened.hand_in("01")
        opened.hand_in("02")
        yield opened


def perform_stop_at(hall: Hall, number: str, seconds: int) -> None:
    """The stop button is pressed so many seconds after the start."""
    turn = hall.turn(number)
    turn.facts = {**turn.facts, "seconds": seconds}
    db.session.commit()


def both(hall: Hall, number: str, first: dict[str, str], second: dict[str, str]) -> None:
    """Both inspectors submit."""
    hall.submits(1, number, first)
    hall.submits(2, number, second)


def test_a_release_waits_until_every_difference_is_settled(hall: Hall) -> None:
    both(hall, "01", checklist(index__wrong_entry="3"), checklist(index__wrong_entry="1", order__misplaced="1"))
    with pytest.raises(Refused) as refused:
        hall.release("01")
    problem = refused.value.problems[0]
    assert (problem.code, problem.figures["open"]) == ("differences_open", "2")
    hall.settle("01", "index.wrong_entry", 2)
    with pytest.raises(Refused, match="differences_open"):
        hall.release("01")
    hall.settle("01", "order.misplaced", 0)
    hall.release("01")
    hall_of_two = benches(hall.contest_id)["batches"][0]["benches"]
    assert [bench["stage"] for bench in hall_of_two] == ["released", "handed_in"]


def test_the_agreed_checklist_is_the_result_and_both_sheets_stay(hall: Hall) -> None:
    first, second = checklist(index__wrong_entry="3"), checklist(index__wrong_entry="1")
    both(hall, "01", first, second)
    both(hall, "02", checklist(), checklist())
    hall.settle("01", "index.wrong_entry", 2)
    hall.release("01")
    hall.release("02")
    assert hall.typed(1, "01") == first
    assert hall.typed(2, "01") == second
    # 01: two wrong entries, 100 - 2. 02: no defect, 2 started minutes over time, 100 - 4.
    assert hall.ranking() == [(1, "01", "98.00"), (2, "02", "96.00")]


def test_the_shorter_time_wins_a_tie(app: Flask) -> None:
    with app.app_context():
        hall = open_hall()
        hall.start("01", minutes_ago=50)
        for number, seconds in (("01", 3000), ("02", 2400)):
            perform_stop_at(hall, number, seconds)
            hall.hand_in(number)
            both(hall, number, checklist(order__misplaced="2"), checklist(order__misplaced="2"))
            hall.release(number)
        assert hall.ranking() == [(1, "02", "96.00"), (2, "01", "96.00")]
        rows = audience(hall.contest_id)["rows"]
        assert [row["decided_by"] for row in rows] == ["format_step", "format_step"]


@pytest.mark.parametrize(
    ("line", "count", "reason", "code"),
    [
        ("order.misplaced", 1, "看过原件", "line_not_in_dispute"),
        ("index.wrong_entry", 100, "看过原件", "count_too_high"),
        ("index.wrong_entry", -1, "看过原件", "count_not_whole"),
        ("index.wrong_entry", 2, " ", "reason_missing"),
        ("index.wrong_entry", 2, "因" * 401, "reason_too_long"),
    ],
)
def test_a_settlement_that_cannot_be_made_is_refused(hall: Hall, line: str, count: int, reason: str, code: str) -> None:
    both(hall, "01", checklist(index__wrong_entry="3"), checklist(index__wrong_entry="1"))
    with pytest.raises(Refused, match=code):
        hall.settle("01", line, count, reason)
    assert "settlements" not in hall.facts("01")


def test_nothing_is_settled_before_both_inspectors_have_submitted(hall: Hall) -> None:
    hall.submits(1, "01", checklist(index__wrong_entry="3"))
    with pytest.raises(Refused, match="missing_sheets"):
        hall.settle("01", "index.wrong_entry", 2)
    file = next(one for one in differences(hall.contest_id)["files"] if one["turn"] == hall.turn("01").id)
    assert (file["complete"], file["disputes"]) == (False, [])


def test_the_chief_sees_each_difference_line_by_line_with_pages_notes_and_both_counts(hall: Hall) -> None:
    noted = {"index.wrong_entry.1.page": "7", "index.wrong_entry.1.note": "漏列"}
    both(hall, "01", checklist(index__wrong_entry="2") | noted, checklist(index__wrong_entry="1"))
    file = next(one for one in differences(hall.contest_id)["files"] if one["turn"] == hall.turn("01").id)
    (dispute,) = file["disputes"]
    assert (file["open"], dispute["line"], dispute["kind"]) == (1, "index.wrong_entry", "count")
    assert [(one["seat"], one["count"], one["seen"]) for one in dispute["found"]] == [
        ("1", 2, [{"page": "7", "note": "漏列", "photo": ""}]),
        ("2", 1, []),
    ]
    assert "陈思远" not in str(differences(hall.contest_id))


def test_a_lost_original_caps_the_total_at_60(hall: Hall) -> None:
    both(hall, "01", checklist(), checklist())
    both(hall, "02", checklist(), checklist())
    perform(settlements.rule_cap, CHIEF, hall.turn("01").id, "lost_original", "第12页原件缺失")
    hall.release("01")
    hall.release("02")
    assert hall.ranking() == [(1, "02", "96.00"), (2, "01", "60.00")]


def test_a_cap_is_ruled_once_for_a_known_ground_and_can_be_taken_back(hall: Hall) -> None:
    turn_id = hall.turn("01").id
    with pytest.raises(Refused, match="unknown_ruling"):
        perform(settlements.rule_cap, CHIEF, turn_id, "late", "迟到")
    with pytest.raises(Refused, match="cap_unknown"):
        perform(settlements.withdraw_cap, CHIEF, turn_id, "lost_original", "已找到")
    perform(settlements.rule_cap, CHIEF, turn_id, "lost_original", "缺页")
    with pytest.raises(Refused, match="cap_twice"):
        perform(settlements.rule_cap, CHIEF, turn_id, "lost_original", "缺页")
    perform(settlements.withdraw_cap, CHIEF, turn_id, "lost_original", "已找到")
    assert hall.facts("01")["caps"] == []


def test_nothing_is_settled_or_capped_after_the_release(hall: Hall) -> None:
    both(hall, "01", checklist(), checklist())
    hall.release("01")
    with pytest.raises(Refused, match="turn_released"):
        perform(settlements.rule_cap, CHIEF, hall.turn("01").id, "lost_original", "缺页")
    with pytest.raises(Refused, match="turn_released"):
        hall.settle("01", "index.wrong_entry", 2)


def test_recounting_the_stored_sheets_gives_the_released_result(hall: Hall) -> None:
    both(hall, "01", checklist(index__wrong_entry="3"), checklist(index__wrong_entry="1"))
    both(hall, "02", checklist(craft__not_three_holes="4"), checklist(craft__not_three_holes="4"))
    hall.settle("01", "index.wrong_entry", 2)
    hall.release("01")
    hall.release("02")
    db.session.rollback()
    for release in db.session.scalars(select(Release)):
        recounted = outcome_of(release.turn).scores[""].explanation
        assert recounted == Explanation.from_data(release.announced[""])
        assert recounted.to_data() == release.announced[""]


def test_the_public_row_shows_items_counts_points_and_time_but_nobodys_notes(hall: Hall) -> None:
    noted = {"index.wrong_entry.1.page": "7", "index.wrong_entry.1.note": "漏列起诉书"}
    both(hall, "01", checklist(index__wrong_entry="2") | noted, checklist(index__wrong_entry="2"))
    both(hall, "02", checklist(), checklist())
    hall.release("01")
    hall.release("02")
    db.session.rollback()
    row = audience(hall.contest_id)["rows"][0]
    index = next(item for item in row["explanation"]["items"] if item["en"] == "Index")
    assert (index["points_left"], index["maximum"]) == ("13", "15")
    assert [(line["en"], line["count"], line["points"]) for line in index["defects"]] == [
        ("Missing or wrong entry", 2, "2")
    ]
    assert row["explanation"]["time"] == "50:00"
    assert "漏列起诉书" not in str(row)
