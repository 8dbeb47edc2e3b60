"""Importing teams: with their speakers, before the pairs are drawn, and what may still change afterwards."""

from __future__ import annotations

import pytest
from flask import current_app
from sqlalchemy import select

from scoring.actions.preparing import imports
from scoring.actions.preparing.import_late import Lateness
from scoring.actions.running.late_places import Lots
from scoring.actions.setting_up.contests import add_account
from scoring.actions.setting_up.match_plans import RoundPlan
from scoring.actions.transaction import perform
from scoring.board.conditions.conflicts import conflicts_of
from scoring.extensions import db
from scoring.imports import sheets_of
from scoring.organizers.preparing.imports import notes
from scoring.rules.formats.debate import defaults_for
from scoring.store import Contest, Contestant, Event, ImportDraft, Room, Seat
from tests.actions.matches import plan
from tests.actions.test_imports import kept
from tests.conftest import DESK
from tests.imports.making import text
from tests.passwords import quickly_checked

HEADINGS = ("队号", "队名", "单位", "一辩", "二辩")


@pytest.fixture
def contest(app):
    """A contest of teams of two in which nobody is entered yet."""
    with app.app_context():
        contest = Contest(slug="duikang", title_zh="对抗", title_en="Debate")
        event = Event(contest=contest, format="debate", title_zh="对抗", title_en="Debate", settings=defaults_for(2))
        db.session.add_all([contest, event, Room(event=event, name_zh="第一赛场", name_en="Room 1")])
        db.session.commit()
        yield contest.id


def drafted(contest_id, rows, kind="teams"):
    return kept(contest_id, kind, "队.csv", sheets_of(text(rows).encode()))


def shown(draft_id):
    db.session.rollback()
    return imports.preview(db.session.get_one(ImportDraft, draft_id))


def imported(contest_id, rows):
    draft_id = drafted(contest_id, rows)
    perform(imports.confirm_import, DESK, contest_id, draft_id, shown(draft_id).digest)
    db.session.rollback()


def problems(contest_id, *rows):
    planned = shown(drafted(contest_id, [HEADINGS, *rows])).planned
    return [(problem.field, problem.code) for one in planned for problem in one.problems]


def test_a_team_comes_with_its_speakers_who_are_numbered_after_it(contest):
    imported(contest, [HEADINGS, ("1", "江北队", "江北区院", "王雨桐", "孙浩然")])
    found = db.session.scalars(select(Contestant).order_by(Contestant.number))
    assert [(one.number, one.name, one.kind, one.office) for one in found] == [
        ("01", "江北队", "team", "江北区院"),
        ("01-1", "王雨桐", "person", "江北区院"),
        ("01-2", "孙浩然", "person", "江北区院"),
    ]
    assert [one.state for one in shown(drafted(contest, [HEADINGS, ("01", "江北队", "江北区院")])).planned] == ["same"]


def test_a_speaker_is_replaced_where_the_seat_is_named_anew(contest):
    imported(contest, [HEADINGS, ("01", "江北队", "江北区院", "王雨桐", "孙浩然")])
    imported(contest, [HEADINGS, ("01", "江北队", "", "", "欧阳静怡")])
    speakers = [one.name for one in db.session.scalars(select(Contestant).where(Contestant.number == "01-2"))]
    assert speakers == ["欧阳静怡"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("01", "江北队", "", "王雨桐"), ("speaker2", "speaker_missing")),
        (("01", "江北队", "", "", "孙浩然"), ("speaker2", "speaker_gap")),
    ],
)
def test_a_team_with_too_few_speakers_or_a_gap_between_them_is_wrong(contest, row, problem):
    assert problems(contest, row) == [problem]


def test_after_the_pairs_are_drawn_names_may_be_mended(set_up):
    hall = set_up(plan())
    contest_id = db.session.scalars(select(Contest.id)).one()
    assert problems(contest_id, ("A", "甲队", "", "", "", "")) == []
    imported(contest_id, [HEADINGS, ("A", "甲代表队")])
    assert "甲代表队" in [side.name for turn in hall.turns for side in turn.sides.values()]


def test_a_team_that_comes_late_is_drawn_into_the_pairs_of_a_round_that_is_not_begun(set_up):
    hall = set_up(plan(3, RoundPlan(("初赛", "Preliminaries"), "all_play")))
    draft_id = drafted(hall.contest_id, [HEADINGS, ("E", "戊队", "慈溪县院", "甲", "乙")])
    assert shown(draft_id).planned[0].late
    late = Lateness("航班延误", Lots("drawn", "20261129", "监督员赵"))
    perform(imports.confirm_import, DESK, hall.contest_id, draft_id, shown(draft_id).digest, late)
    db.session.rollback()
    met = [{turn.pairing["first"], turn.pairing["second"]} for turn in hall.turns]
    assert set().union(*met) == {"A", "B", "C", "E"}


def test_a_late_team_for_which_there_is_no_place_is_promised_none(set_up):
    hall = set_up(plan(4))
    hall.call(hall.turns[0].pairing["key"])
    (row,) = shown(drafted(hall.contest_id, [HEADINGS, ("E", "戊队", "慈溪县院", "甲", "乙")])).planned
    assert ([problem.code for problem in row.problems], notes(row)) == (["late_in_knockout"], [])


def organizers_browser():
    perform(add_account, "何组长", quickly_checked("correct horse"))
    browser = current_app.test_client()
    browser.application.config["WTF_CSRF_ENABLED"] = False
    browser.post("/desk/sign-in", data={"name": "何组长", "password": "correct horse"})
    return browser


def test_a_list_names_no_opponent_and_promises_a_late_team_no_match(set_up):
    hall = set_up(plan(3, RoundPlan(("初赛", "Preliminaries"), "all_play")))
    hall.call(hall.turns[0].pairing["key"])
    browser = organizers_browser()
    sent = {"kind": "teams", "pasted": "队号\t队名\t一辩\t二辩\nE\t戊队\t甲\t乙"}
    page = browser.get(browser.post(f"/desk/{hall.contest_id}/import", data=sent).location).text
    assert ("在最后加一场" in page, "暂无场次，之后在“迟到与增补”页面加一场" in page) == (False, True)


@pytest.mark.parametrize(("kind", "name"), [("teams", "队名"), ("contestants", "姓名")])
def test_a_late_team_without_speakers_is_a_team_by_whichever_list_it_comes(set_up, kind, name):
    hall = set_up(plan(3, RoundPlan(("初赛", "Preliminaries"), "all_play")))
    draft_id = drafted(hall.contest_id, [("编号", name, "单位"), ("E", "戊队", "慈溪县院")], kind)
    perform(imports.confirm_import, DESK, hall.contest_id, draft_id, shown(draft_id).digest, Lateness("航班延误"))
    db.session.rollback()
    assert db.session.scalars(select(Contestant).where(Contestant.number == "E")).one().kind == "team"


def test_a_list_of_contestants_says_that_each_row_becomes_a_team_where_teams_take_part(contest):
    browser = organizers_browser()
    members = {"pasted": "代表队\t姓名\t单位\n江北队\t王雨桐\t江北区院\n江北队\t孙浩然\t江北区院"}
    said = {}
    for kind in ("contestants", "teams"):
        answer = browser.post(f"/desk/{contest}/import", data={"kind": kind, **members})
        said[kind] = browser.get(answer.location).text
    assert "kind=teams" in said["contestants"]
    assert "become-teams" not in said["teams"]
    assert ("王雨桐" in said["teams"], "孙浩然" in said["teams"]) == (True, True)


WITH_DEPARTMENTS = {
    "beside each speaker": [
        ("队号", "队名", "单位", "一辩", "部门", "二辩", "部门"),
        ("1", "江北队", "江北区院", "王雨桐", "第一检察部", "孙浩然", "第三检察部"),
    ],
    "in one cell": [
        ("队号", "队名", "单位", "一辩", "二辩", "部门"),
        ("1", "江北队", "江北区院", "王雨桐", "孙浩然", "第一检察部、第三检察部"),
    ],
    "members in rows, the team named once, all lines counted through": [
        ("序号", "代表队", "姓名", "单位", "部门及职务", "辩位"),
        (1, "江北队", "孙浩然", "江北区院", "第三检察部副主任", "二辩"),
        (2, "", "王雨桐", "江北区院", "第一检察部检察官助理", "一辩"),
    ],
}


@pytest.mark.parametrize("rows", WITH_DEPARTMENTS.values(), ids=WITH_DEPARTMENTS)
def test_the_departments_of_speakers_are_read_and_recuse_their_colleagues(contest, rows):
    event = db.session.scalars(select(Event)).one()
    event.rooms[0].seats.append(Seat(number=1, name="李国栋", office="江北区人民检察院", department="第三检察部"))
    event.contest.recusal_levels = ["department"]
    db.session.commit()
    imported(contest, rows)
    speakers = db.session.scalars(select(Contestant).where(Contestant.team_id.is_not(None)).order_by(Contestant.number))
    assert [(one.name, one.department) for one in speakers] == [("王雨桐", "第一检察部"), ("孙浩然", "第三检察部")]
    found = conflicts_of(db.session.get_one(Contest, contest))
    assert [(one.contestant.name, one.ground) for one in found] == [("孙浩然", "department")]
    imported(contest, [HEADINGS, ("01", "江北队", "", "", "欧阳静怡")])
    assert conflicts_of(db.session.get_one(Contest, contest)) == (), "who comes instead works elsewhere"


def test_one_department_is_the_whole_teams_and_two_for_three_are_wrong(contest):
    one = [(*HEADINGS, "部门"), ("1", "江北队", "江北区院", "王雨桐", "孙浩然", "第一检察部")]
    imported(contest, one)
    assert [team.department for team in db.session.scalars(select(Contestant).where(Contestant.kind == "team"))] == [
        "第一检察部"
    ]
    several = [("队号", "队名", "单位", "队员", "部门"), ("2", "慈溪队", "慈溪县院", "王一、孙二", "一部、二部、三部")]
    planned = shown(drafted(contest, several)).planned
    assert [(p.field, p.code) for one in planned for p in one.problems] == [("department", "cell_several_departments")]
