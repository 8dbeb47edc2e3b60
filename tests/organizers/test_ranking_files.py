"""The ranking's files: equal to the screen figure for figure, in the reader's language."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

import openpyxl
import pytest
from sqlalchemy import select

from scoring.actions.setting_up.event_settings import renew_settings
from scoring.actions.transaction import perform
from scoring.board.reading.look import news
from scoring.extensions import db
from scoring.jobs.queue import jobs
from scoring.store import Account
from tests.conftest import DESK, marks_worth
from tests.organizers.path import event


@pytest.fixture
def played(desk):
    """Three released scores: two that are equal, one with a recusal and a penalty."""
    venue = desk.venue
    venue.recuse(4, "03")
    for number, totals in (
        ("01", ["90", "91.5", "92", "93", "94.5", "95", "96"]),
        ("02", ["96", "95", "94.5", "93", "92", "91.5", "90"]),
        ("03", ["88", "89.5", "90.5", None, "91", "92.5", "93"]),
    ):
        venue.call(number)
        for judge, total in enumerate(totals, 1):
            if total:
                venue.submits(judge, number, marks_worth(total))
    desk.after("add_overtime", turn=desk.turn("03")["id"], seconds="32")
    for number in ("01", "02", "03"):
        venue.release(number)
    return desk


def lines_of(desk) -> list[dict[str, str]]:
    content = desk.browser.get(f"{desk.path}/ranking.csv").data.decode("utf-8-sig")
    lines = list(csv.DictReader(StringIO(content, newline="")))
    last = next(iter(lines.pop().values()))  # what a file says of the separation of duties
    assert last in (
        "The duties are not separated: an administrator may hold several of them.",
        "未实行三员分设：管理员可一人兼任。",
    )
    return lines


def book_of(desk):
    return openpyxl.load_workbook(BytesIO(desk.browser.get(f"{desk.path}/ranking.xlsx").data))


def test_the_csv_equals_the_leaderboard_figure_for_figure(played):
    rows = played.venue.audience()["rows"]
    shown = [(str(row["rank"]), row["number"], row["name"], row["office"], row["score"]) for row in rows]
    lines = lines_of(played)
    assert [(x["Rank"], x["No."], x["Name"], x["Office"], x["Final score"]) for x in lines] == shown
    assert [x["Final score"] for x in lines] == ["93.20", "93.20", "89.88"]


def test_the_workbook_equals_the_leaderboard_figure_for_figure(played):
    rows = played.venue.audience()["rows"]
    cells = list(book_of(played)["Ranking"].iter_rows(min_row=3, max_col=5))
    shown = [(row["rank"], row["number"], row["name"], row["office"], row["score"]) for row in rows]
    found = [(*(cell.value for cell in line[:4]), f"{line[4].value:.2f}") for line in cells]
    assert found == shown
    assert {line[4].number_format for line in cells} == {"0.00"}


def test_the_files_equal_the_desk_too(played):
    page = played.look()
    for line in lines_of(played):
        assert re.search(rf"released( approved| recused){{7}} {line['Final score']} {line['Rank']}", page)


def test_the_workbook_has_every_mark_with_the_recused_judge_named_as_such(played):
    lines = list(book_of(played)["All marks"].iter_rows(min_row=3, values_only=True))
    assert len(lines) == 3 * 7
    assert [line[-2] for line in lines if line[1] == "03"].count("recused") == 1


def test_unreleased_marks_are_in_no_file(desk):
    desk.venue.call("01")
    desk.venue.all_submit("01", ["90"] * 7)
    assert lines_of(desk) == []
    assert book_of(desk)["All marks"].max_row == 2


def test_the_files_are_named_after_the_contest_and_its_revision(played):
    revision = news(played.venue.contest_id)["revision"]
    for ending in ("xlsx", "csv"):
        answer = played.browser.get(f"{played.path}/ranking.{ending}")
        assert f"filename=shifa-ranking-{revision}.{ending}" in answer.headers["Content-Disposition"]


def test_the_files_say_what_they_are(desk):
    kinds = [desk.browser.get(f"{desk.path}/ranking.{ending}").content_type for ending in ("csv", "xlsx")]
    assert kinds == ["text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]


def test_the_files_speak_chinese(played):
    played.reads("zh")
    assert list(lines_of(played)[0])[:5] == ["名次", "编号", "姓名", "单位", "最后得分"]
    assert book_of(played).sheetnames == ["名次", "全部评分", "得分说明"]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_contest_that_does_not_exist_has_no_files(organizer, ending):
    assert organizer.get(f"/desk/999/ranking.{ending}").status_code == 404


def test_a_file_that_was_made_is_for_whoever_may_still_have_it_made_and_at_its_own_contest_alone(played) -> None:
    account, contest = (
        db.session.scalars(select(Account).where(Account.role == "organizer")).one(),
        played.venue.contest_id,
    )
    made = jobs().ask("ranking_csv", {"contest_id": contest, "event": None}, "en", account.id, "made before")

    def answered(contest_id: int) -> int:
        return played.browser.get(f"/desk/{contest_id}/jobs/{made.id}/file").status_code

    assert (answered(contest), answered(contest + 1)) == (200, 404)
    account.role = "host"
    db.session.commit()
    assert answered(contest) == 403


def test_the_workbook_says_what_an_unusual_rule_dropped_so_that_it_can_be_counted_again(played):
    panel = event(played.venue.contest_id).settings["panel"] | {"drop_high": 2, "drop_low": 2}
    settings = event(played.venue.contest_id).settings | {"panel": panel}
    perform(renew_settings, DESK, played.venue.contest_id, settings, "100", "通知：各去掉两个", "shifa")
    total = next(line for line in book_of(played)["How the scores came about"].iter_rows(min_row=3, values_only=True))
    assert total[3:10] == ("mean (without 2 highest and 2 lowest)", 7, "95; 96", "90; 91.5", 279.5, 3, "559/6")


def test_the_workbook_names_the_play_off_that_told_equal_scores_apart(played):
    for number, figure in (("01", "8"), ("02", "9")):
        played.after("record_play_off", turn=played.turn(number)["id"], figure=figure, reason="加赛")
    lines = [*book_of(played)["How the scores came about"].iter_rows(min_row=3, values_only=True)][:2]
    assert [(line[1], *line[-2:]) for line in lines] == [("02", "by a play-off", 9), ("01", "by a play-off", 8)]


def test_the_workbook_says_what_each_group_of_judges_made_so_that_it_can_be_counted_again(played):
    groups = [("专业评委", "Panel", "70", "1-5"), ("大众评委", "Public", "30", "6-7")]
    rows: list[dict[str, object]] = [
        {"key": en, "zh": zh, "en": en, "weight": weight, "seats": seats} for zh, en, weight, seats in groups
    ]
    rows[0] |= {"drop_high": 1, "drop_low": 1, "trim_from": 5}
    panel = event(played.venue.contest_id).settings["panel"] | {"groups": rows}
    settings = event(played.venue.contest_id).settings | {"panel": panel}
    perform(renew_settings, DESK, played.venue.contest_id, settings, "100", "通知：按类别加权", "shifa")
    lines = list(book_of(played)["How the scores came about"].iter_rows(min_row=2, values_only=True))
    total = dict(zip(lines[0], lines[1], strict=True))
    # 92 + 93 + 91.5 = 276.5 without the extremes, / 3 = 92.17; 191 / 2 = 95.5: 64.5167 + 28.65 = 93.17.
    assert total["Groups of judges"] == (
        "Panel 70%, seats 1, 2, 3, 4, 5: mean without one highest and one lowest, sum 276.5 of 3, figure 553/6; "
        "Public 30%, seats 6, 7: mean of all sheets, sum 191 of 2, figure 95.5"
    )
    assert (total["Method"], total["Sum counted"], total["Mean, exact"], total["Final score"]) == (
        "groups of judges by their weights", None, "559/6", 93.17,
    )  # fmt: skip
