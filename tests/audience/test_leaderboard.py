"""The leaderboard without scripts: right, explained, and equal to the board."""

from __future__ import annotations

import gzip
from typing import Any

import brotli
import pytest
from sqlalchemy.orm.attributes import flag_modified

from scoring.actions.running import penalties
from scoring.actions.running.not_performing import record_not_performing
from scoring.actions.transaction import perform as run
from scoring.board.snapshots.audience import Board
from scoring.extensions import db
from tests.audience.conftest import CALM, LIVELY, Visitor, perform
from tests.audience.reading import Element
from tests.conftest import DESK, Venue, contest_of

PAGE = "/c/shifa"


def figures_of(row: Element) -> dict[str, str]:
    """The figures of one row as they are written."""
    return {name: row.one("span", name).text for name in ("rank-figure", "name", "office", "score")}


def figures_on(board: Board) -> list[dict[str, str]]:
    """The same figures as the board has them."""
    return [
        {"rank-figure": str(row["rank"]), "name": row["name"], "office": row["office"], "score": row["score"]}
        for row in board["rows"]
    ]


def test_where_nobody_came_pages_count_nothing_and_wait_for_nothing(venue: Venue, english: Visitor) -> None:
    """The contest was over, "0 of 0 released", and the ranking was to begin with the first score."""
    for turn in contest_of(venue).events[0].rounds[0].turns:
        run(record_not_performing, DESK, turn.id, "absent", "未到场", "组委会")
    phone = english.reads(PAGE).text
    assert "Nobody has a result here." in phone
    assert "The ranking begins here" not in phone
    for page in (PAGE, f"{PAGE}/screen", "/"):
        assert "0 of 0" not in english.reads(page).text


def marks_of(element: Element) -> list[tuple[str, str, str]]:
    """Judge, total and fate of every mark; where its sheet came from is the corrections' matter."""
    return [tuple(part.text for part in mark.all("span"))[:3] for mark in element.one("ol", "marks").all("li")]  # type: ignore[misc]


def test_the_ranking_equals_the_board(venue: Venue, visitor: Visitor) -> None:
    perform(venue, "01", CALM)
    perform(venue, "02", LIVELY)
    rows = visitor.reads(PAGE).all("li", "row")
    assert [figures_of(row) for row in rows] == figures_on(venue.audience())
    assert [figures_of(row)["name"] for row in rows] == ["林晓彤", "陈思远"]


def test_a_row_opens_to_the_judges_marks_with_the_dropped_ones_named(venue: Venue, english: Visitor) -> None:
    perform(venue, "01", LIVELY)
    row = english.reads(PAGE).one("li", "row")
    assert marks_of(row) == [
        ("Judge 1", "90", "lowest"),
        ("Judge 2", "91.5", ""),
        ("Judge 3", "92", ""),
        ("Judge 4", "92", ""),
        ("Judge 5", "93", ""),
        ("Judge 6", "94.5", ""),
        ("Judge 7", "96", "highest"),
    ]
    reckoning = [line.text for line in row.all("dl", "reckoning")]
    assert reckoning == ["Sum of the other five 463 Mean 92.60", "Final score 92.60"]


def test_dropped_marks_are_marked_for_the_stylesheet_to_strike_out(venue: Venue, visitor: Visitor) -> None:
    perform(venue, "01", LIVELY)
    marks = visitor.reads(PAGE).one("li", "row").one("ol", "marks").all("li")
    fates = [mark.attributes["data-is"] for mark in marks]
    assert fates == ["dropped_low", *["counted"] * 5, "dropped_high"]


def test_a_penalty_stands_between_mean_and_final_score(venue: Venue, english: Visitor) -> None:
    venue.call("01")
    venue.all_submit("01", LIVELY)
    run(penalties.add_overtime, DESK, venue.turn("01").id, 40)
    venue.release("01")
    row = english.reads(PAGE).one("li", "row")
    reckoning = [line.text for line in row.all("dl", "reckoning")]
    assert reckoning == ["Sum of the other five 463 Mean 92.60", "Overtime −1", "Final score 91.60"]
    assert row.one(name="announcement").text.endswith(
        "a mean of 92.60. 1 is taken off. The final score of contestant 01 is 91.60."
    )


def test_a_recused_judge_is_shown_as_recused_and_not_as_zero(venue: Venue, english: Visitor) -> None:
    venue.call("01")
    venue.recuse(4, "01")
    for judge in (1, 2, 3, 5, 6, 7):
        venue.submits(judge, "01", {**FULL, "law": "20"})
    venue.release("01")
    row = english.reads(PAGE).one("li", "row")
    assert marks_of(row)[3] == ("Judge 4", "", "recused")


FULL = {"facts": "15", "law": "25", "reasoning": "25", "plain_language": "15", "response": "10", "bearing": "10"}


def test_the_announcement_is_the_hosts_sentence_in_chinese(venue: Venue, chinese: Visitor) -> None:
    perform(venue, "01", LIVELY)
    said = chinese.reads(PAGE).one("li", "row").one("p", "announcement").text.replace(" ", "")
    assert said == (
        "七位评委评分，去掉一个最高分96分，去掉一个最低分90分，其余五位评委合计总分463分，平均分92.60分；"
        "01号选手最后得分92.60分。"
    )


def test_the_announcement_names_no_dropped_marks_where_none_were(venue: Venue, english: Visitor) -> None:
    venue.call("01")
    for judge in (1, 2, 3):
        venue.recuse(judge, "01")
    for judge in (4, 5, 6, 7):
        venue.submits(judge, "01", FULL)
    venue.release("01")
    said = english.reads(PAGE).one("li", "row").one("p", "announcement").text
    assert said == (
        "four judges marked. The marks add up to 400, a mean of 100.00. The final score of contestant 01 is 100.00."
    )


def test_a_shared_rank_is_shown_as_shared(venue: Venue, english: Visitor) -> None:
    for number in ("01", "02"):
        perform(venue, number, CALM)
    perform(venue, "03", ["70"] * 7)
    rows = english.reads(PAGE).all("li", "row")
    assert [row.one("span", "rank").text for row in rows] == ["Rank 1 1 tied", "Rank 1 1 tied", "Rank 3 3"]
    assert "Equal in every step; the rank is shared." in rows[0].one("div", "tie-step").text
    assert rows[2].all("div", "tie-step") == []


def test_equal_figures_with_different_ranks_show_the_digits_that_decide(venue: Venue, english: Visitor) -> None:
    """Six judges: 361/4 = 90.25; seven: 451.5/5 = 90.3. With one decimal both are shown as 90.3."""
    show_one_decimal(venue)
    venue.call("01")
    venue.recuse(7, "01")
    venue.all_submit("01", ["85", "90", "90", "90.5", "90.5", "95"])
    venue.release("01")
    perform(venue, "02", ["85", "90", "90", "90.5", "90.5", "90.5", "95"])
    first, second = english.reads(PAGE).all("li", "row")
    assert (first.one("span", "score").text, first.one("span", "precise").text) == ("90.3", "90.30")
    assert (second.one("span", "score").text, second.one("span", "precise").text) == ("90.3", "90.25")
    assert "more decimals decide the rank" in first.one("div", "tie-step").text


def show_one_decimal(venue: Venue) -> None:
    """Let the contest show one decimal."""
    event = contest_of(venue).events[0]
    event.settings["panel"]["decimals"] = 1
    flag_modified(event, "settings")
    db.session.commit()


def test_figures_that_differ_show_no_extra_digits(venue: Venue, visitor: Visitor) -> None:
    perform(venue, "01", CALM)
    perform(venue, "02", LIVELY)
    assert visitor.reads(PAGE).all("span", "precise") == []


def test_who_performs_is_a_number_and_a_count(venue: Venue, english: Visitor) -> None:
    venue.call("01")
    venue.submits(1, "01", FULL)
    venue.submits(2, "01", FULL)
    page = english.reads(PAGE)
    assert page.one("section", "now").text == "Performing now No. 01 2 of 7 sheets in"
    assert page.one("section", "next").text == "Next No. 02"


def test_the_newest_score_is_shown_beside_the_ranking(venue: Venue, english: Visitor) -> None:
    perform(venue, "01", LIVELY)
    perform(venue, "02", CALM)
    latest = english.reads(PAGE).one("section", "latest")
    assert latest.one("span", "name").text == "林晓彤"
    assert latest.one("p", "points").text == "82.40 Rank 2"
    assert len(marks_of(latest)) == 7


def test_before_the_first_release_there_are_the_title_and_the_running_order(visitor: Visitor) -> None:
    page = visitor.reads(PAGE)
    assert page.one("h1").text in ("释法说理决赛", "Final")
    assert [step.text[:2] for step in page.one("ol", "order").all("li")] == ["01", "02", "03"]
    assert page.all("li", "row") == []
    assert page.all("section", "now") == page.all("section", "latest") == []


def test_the_running_order_says_how_far_each_turn_is(venue: Venue, english: Visitor) -> None:
    perform(venue, "01", CALM)
    venue.call("02")
    steps = english.reads(PAGE).one("ol", "order").all("li")
    assert [step.text for step in steps] == ["01 released", "02 performing", "03 waiting"]


def test_a_name_cannot_become_markup(venue: Venue, visitor: Visitor) -> None:
    contestant = venue.turn("01").appearances[0].contestant
    contestant.name = '<img src=x onerror="alert(1)">'
    db.session.commit()
    perform(venue, "01", CALM)
    page = visitor.reads(PAGE)
    assert page.all("img") == []
    assert page.one("li", "row").one("span", "name").text == '<img src=x onerror="alert(1)">'


@pytest.mark.parametrize("path", ["/c/none", "/c/none/screen", "/c/none/board.json"])
def test_an_unknown_contest_is_not_found_and_says_so_in_the_visitors_language(
    chinese: Visitor, english: Visitor, path: str
) -> None:
    answers = [visitor.get(path) for visitor in (chinese, english)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "There is nothing at this address." in answers[1].text
    assert "There is nothing at this address." not in answers[0].text


def test_board_json_is_the_boards_snapshot(venue: Venue, english: Visitor) -> None:
    perform(venue, "01", LIVELY)
    assert english.board() == venue.audience()


def test_an_unchanged_board_is_not_sent_again_and_a_changed_one_is(venue: Venue, english: Visitor) -> None:
    path = f"{PAGE}/board.json"
    first = english.get(path)
    assert first.headers["ETag"] == f'"{first.get_json()["revision"]}"'
    assert first.cache_control.no_cache
    again = english.get(path, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    venue.call("01")
    changed = english.get(path, If_None_Match=first.headers["ETag"])
    assert changed.status_code == 200
    assert changed.get_json()["now"]["number"] == "01"


@pytest.mark.parametrize(("coding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_what_is_compressed_is_the_same_page(venue: Venue, english: Visitor, coding: str, decode: Any) -> None:
    perform(venue, "01", LIVELY)
    path = f"{PAGE}/board.json"
    packed, plain = english.get(path, Accept_Encoding=coding), english.get(path)
    assert packed.headers["Content-Encoding"] == coding
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.vary
    assert decode(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2


def test_a_browser_that_refuses_compression_gets_the_plain_page(english: Visitor) -> None:
    answer = english.get(PAGE, Accept_Encoding="br;q=0, gzip;q=0, identity")
    assert "Content-Encoding" not in answer.headers
    assert answer.text.startswith("<!doctype html>")


def test_a_page_is_asked_for_again_because_its_figures_move(visitor: Visitor) -> None:
    answer = visitor.get(PAGE)
    assert answer.cache_control.no_cache
    assert {"cookie", "accept-language"} <= {name.lower() for name in answer.vary}
