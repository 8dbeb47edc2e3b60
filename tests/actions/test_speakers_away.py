"""A speaker of a team who does not perform: recorded like everybody else, and the team goes on without them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.results import corrections
from scoring.actions.running import not_performing, releases, send_back, sheets
from scoring.actions.running.matches import draw_sides
from scoring.actions.setting_up.contests import Entrant
from scoring.actions.setting_up.match_plans import ALL_PLAY, MatchEntrant, RoundPlan
from scoring.actions.setting_up.overall import set_awards
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.examination import examine
from scoring.board.reading.log import log
from scoring.board.reading.not_performing import decisions_on, who_may_be_out
from scoring.board.snapshots.matches import ResultSide
from scoring.board.views.corrections import corrections as corrections_view
from scoring.board.views.prompter import prompter
from scoring.board.views.record import record_of_marks
from scoring.extensions import db
from scoring.organizers.record.log_words import sentence
from scoring.rules import pairings
from scoring.rules.draw import mixed
from scoring.rules.formats.debate import defaults_for
from scoring.rules.formats.debate.settings import marked_parts, read_rules
from scoring.store import Contestant, Correction, Entry
from tests.actions.hall import CHIEF
from tests.actions.matches import CONTROL_WINS, WITNESS, Hall, plan
from tests.conftest import DESK
from tests.refusals import refused

HEATS = RoundPlan(("初赛", "Heats"), ALL_PLAY)


def team(number: str, size: int) -> MatchEntrant:
    speakers = [Entrant(f"{number}-{place}", f"{number}队{place}号") for place in range(1, size + 1)]
    return MatchEntrant(number, f"{number}队", "江北区院", speakers=speakers)


@pytest.fixture
def debate(set_up: Any) -> Any:
    """A match of two teams of so many, whose speakers are marked one by one."""

    def made(size: int, **settings: Any) -> Hall:
        chosen = defaults_for(size) | {"individual_sheets": True} | settings
        wanted = plan(2, HEATS, **chosen)
        object.__setattr__(wanted, "entrants", [team("A", size), team("B", size)])
        hall: Hall = set_up(wanted)
        return hall

    return made


def speaker(hall: Hall, part: str) -> Contestant:
    side, _, place = part.partition(".")
    entrant = hall.turns[0].sides[side]
    return next(one for one in entrant.contest.contestants if one.number == f"{entrant.number}-{place}")


def away(hall: Hall, *parts: str, kind: str = "absent") -> None:
    """The desk records that these speakers of the first match do not perform."""
    for part in parts:
        said = (kind, "急病", "评委会主任", speaker(hall, part).id)
        perform(not_performing.record_not_performing, DESK, hall.turns[0].id, *said)


def full_sheet(hall: Hall, without: tuple[str, ...] = ()) -> dict[str, str]:
    """Every criterion of every part at half of its maximum, but for the parts that are left out."""
    event = hall.turns[0].round.event
    rules = read_rules(event.settings)
    marked = [part for part in marked_parts(rules) if part not in without]
    return {f"{part}.{line.key}": str(int(line.maximum / 2)) for part in marked for line in rules.rubric(part).criteria}


def all_mark(hall: Hall, without: tuple[str, ...] = ()) -> None:
    for judge in (1, 2, 3):
        hall.submits(judge, "1", full_sheet(hall, without))


def shown_side(hall: Hall, side: str) -> ResultSide:
    sides = hall.audience()["match"]["sides"]
    return next(one for one in sides if one["side"] == side)


@pytest.mark.parametrize("size", [3, 4])
def test_the_team_goes_on_and_the_rule_for_a_silent_speaker_applies(debate, size):
    hall = debate(size)
    away(hall, "control.2")
    hall.call("1")
    all_mark(hall, without=("control.2",))
    hall.release("1")
    shown = hall.audience()
    absent = speaker(hall, "control.2").number
    control, defence = shown_side(hall, "control"), shown_side(hall, "defence")
    assert float(defence["figure"]) - float(control["figure"]) == 10  # points off for a silent member
    assert [(one["number"], one["zh"]) for one in control["away"]] == [(absent, "缺席")]
    assert absent not in [one["number"] for one in control["speakers"]]
    assert absent not in [row["number"] for row in shown["speakers"]]
    assert len(shown["speakers"]) == 2 * size - 1
    assert absent not in [one["number"] for one in shown["match"]["best_speakers"]]
    assert [(one["number"], one["ground"]["zh"]) for one in shown["unranked"]] == [(absent, "缺席")]
    assert examine({}) == {}


def test_of_a_sum_of_speakers_nothing_is_added_for_who_is_away(debate):
    hall = debate(
        2, decide="sum_of_speakers", silent={"points": "10", "from": "speaker"}, ties=["exact_value", "shared_rank"]
    )
    away(hall, "defence.1", kind="forfeited")
    hall.call("1")
    all_mark(hall, without=("defence.1",))
    hall.release("1")
    control, defence = shown_side(hall, "control"), shown_side(hall, "defence")
    assert float(control["figure"]) == 2 * float(defence["figure"])
    assert hall.audience()["match"]["winner"] == "control"


def test_a_speaker_who_gets_no_score_of_their_own_can_be_away_too_and_comes_back(set_up):
    hall = set_up(plan(2, HEATS))
    away(hall, "control.1")
    assert [one["zh"] for one in decisions_on(hall.turns[0])] == ["缺席"]
    hall.call("1")
    hall.all_submit("1", ("90", "85"), ("90", "85"), ("90", "85"))
    hall.release("1")
    assert (shown_side(hall, "control")["figure"], shown_side(hall, "defence")["figure"]) == ("80.00", "85.00")


def test_it_is_taken_back_as_long_as_nothing_is_released(set_up):
    hall = set_up(plan(2, HEATS))
    away(hall, "control.1")
    decision = decisions_on(hall.turns[0])[0]["id"]
    perform(not_performing.withdraw_not_performing, DESK, decision, "到了")
    hall.play("1", *CONTROL_WINS)
    assert shown_side(hall, "control")["away"] == []
    assert hall.audience()["match"]["winner"] == "control"


def test_marks_that_came_before_count_for_everybody_else(debate):
    hall = debate(3)
    hall.call("1")
    all_mark(hall)
    away(hall, "control.3", kind="disqualified")
    hall.release("1")
    assert [one["zh"] for one in shown_side(hall, "control")["away"]] == ["取消资格"]
    assert len(hall.audience()["speakers"]) == 5


@pytest.mark.parametrize("individual", [True, False])
def test_when_the_last_of_a_team_is_away_the_other_side_has_won(debate, set_up, individual):
    hall = debate(3) if individual else set_up(plan(2, HEATS))
    size = 3 if individual else 2
    away(hall, *(f"control.{place}" for place in range(1, size + 1)))
    assert (hall.audience()["match"]["winner"], hall.audience()["match"]["decided_by"]) == ("defence", "forfeit")
    newest = decisions_on(hall.turns[0])[-1]["id"]
    perform(not_performing.withdraw_not_performing, DESK, newest, "到了")
    assert hall.turns[0].state == "waiting"
    assert not hall.turns[0].not_held


def test_who_is_out_with_the_team_is_not_recorded_alone(debate):
    hall = debate(3)
    out = ("withdrawn", "退赛", "领队", hall.turns[0].sides["control"].id)
    perform(not_performing.record_not_performing, DESK, hall.turns[0].id, *out)
    with refused("not_performing_twice"):
        away(hall, "control.2")


def test_who_is_away_goes_with_the_team_when_the_sides_are_drawn(set_up):
    hall = set_up(plan(4, HEATS, RoundPlan(("决赛", "Final"), "knockout", 2)))
    for key in ("1", "2"):
        hall.play(key, *CONTROL_WINS)
    final = hall.match("1.1")
    one = next(one for one in who_may_be_out(final) if one["number"].endswith("-2"))
    perform(not_performing.record_not_performing, DESK, final.id, "absent", "急病", "评委会主任", one["id"])
    before = list(hall.match("1.1").out)
    pair, sealed = (final.pairing["first"], final.pairing["second"]), final.round.event.sealed_seed
    swaps = next(
        seed for seed in map(str, range(1, 99)) if pairings.draw_sides(mixed(sealed, seed), *pair).control == pair[1]
    )
    perform(draw_sides, DESK, final.id, swaps, WITNESS)
    (part,) = hall.match("1.1").out
    assert [part] != before
    assert hall.match("1.1").sides[part.partition(".")[0]].number == one["number"].partition("-")[0]


def test_after_the_release_it_is_a_correction_that_can_be_lifted(debate):
    hall = debate(3, tied_match="stands")
    hall.call("1")
    all_mark(hall)
    hall.release("1")
    member = speaker(hall, "control.1")
    with refused("not_performing_released"):
        away(hall, "control.1", kind="disqualified")
    perform(
        corrections.request_out,
        DESK,
        hall.contest_id,
        hall.turns[0].id,
        "disqualified",
        "监督员",
        "冒名顶替",
        member.id,
    )
    correction = db.session.scalars(select(Correction)).one()
    before = hall.audience()["speakers"]
    perform(corrections.approve_correction, CHIEF, hall.contest_id, correction.id, "查实")
    assert member.number not in [row["number"] for row in hall.audience()["speakers"]]
    (one,) = hall.audience()["unranked"]
    assert (one["number"], one["ground"]["zh"], one["was"]) == (member.number, "取消资格", "48.00")
    (lifted,) = corrections_view(hall.contest_id)["outs"]
    perform(corrections.request_lift, DESK, hall.contest_id, lifted["id"], "监督员", "查无此事")
    newest = db.session.scalars(select(Correction).order_by(Correction.id.desc())).first()
    assert newest is not None
    perform(corrections.approve_correction, CHIEF, hall.contest_id, newest.id, "属实")
    assert [row["number"] for row in hall.audience()["speakers"]] == [row["number"] for row in before]
    assert hall.audience()["unranked"] == []
    assert examine({}) == {}
    entries = log(hall.contest_id, None, None, 50, False)["entries"]
    said = [sentence(entry) for entry in entries if entry["verb"].endswith("_correction")]
    who = f"{member.number}号取消资格"
    assert said == [
        f"批准更正：撤销{who}",
        f"代 监督员 申请更正：撤销{who}",
        f"批准更正：{who}",
        f"代 监督员 申请更正：{who}",
    ]


def test_awards_move_up_behind_a_speaker_put_out_and_a_team_put_out_leaves_no_score_unexplained(debate):
    hall = debate(4, tied_match="stands")
    best = [{"key": "best", "zh": "最佳辩手", "en": "Best debater", "quota": 1}]
    perform(set_awards, DESK, hall.contest_id, "speakers", best, 1, "秩序册")
    hall.call("1")
    sheet = full_sheet(hall)
    rules = read_rules(hall.turns[0].round.event.settings)
    for part, less in (("control.1", 0), ("defence.1", 1)):
        line = rules.rubric(part).criteria[0]
        sheet[f"{part}.{line.key}"] = str(int(line.maximum) - less)
    for judge in (1, 2, 3):
        hall.submits(judge, "1", sheet)
    hall.release("1")
    first, second = (speaker(hall, part).number for part in ("control.1", "defence.1"))
    assert awarded(hall) == [first]
    put_out(hall, speaker(hall, "control.1"))
    assert awarded(hall) == [second]
    others = {row["number"] for row in hall.audience()["speakers"] if row["number"][0] == second[0]}
    put_out(hall, hall.turns[0].sides["control"])
    assert hall.audience()["speakers"] == []
    unranked = {one["number"]: one for one in hall.audience()["unranked"]}
    assert others <= unranked.keys()
    assert (unranked[second]["was"], unranked[second]["ground"]["en"][-17:]) == ("60.00", "won without marks")
    assert first in {one["number"] for one in prompter(hall.contest_id)["out"]}
    assert second not in {one["number"] for one in prompter(hall.contest_id)["out"]}


def awarded(hall: Hall) -> list[str]:
    return [row["number"] for row in hall.audience()["speakers"] if row.get("award")]


def put_out(hall: Hall, who: Contestant) -> None:
    """A correction that disqualifies somebody after the release is asked for and approved."""
    asked = ("disqualified", "监督员", "冒名顶替", who.id)
    perform(corrections.request_out, DESK, hall.contest_id, hall.turns[0].id, *asked)
    newest = db.session.scalars(select(Correction).order_by(Correction.id.desc())).first()
    assert newest is not None
    perform(corrections.approve_correction, CHIEF, hall.contest_id, newest.id, "查实")


def test_the_file_and_the_log_say_who_is_away(debate):
    hall = debate(3)
    away(hall, "control.2", kind="forfeited")
    hall.call("1")
    all_mark(hall, without=("control.2",))
    hall.release("1")
    record = record_of_marks(hall.contest_id)
    assert [(one["number"], one["ground"]["zh"]) for one in record["unranked"]] == [
        (speaker(hall, "control.2").number, "弃权")
    ]
    entry = db.session.scalars(select(Entry).where(Entry.verb == "record_not_performing")).one()
    assert (entry.details["contestant"], entry.details["kind"]) == (speaker(hall, "control.2").number, "forfeited")


def test_a_speaker_who_was_away_at_a_release_is_let_in_again_once_the_release_is_taken_back(debate):
    hall = debate(3)
    away(hall, "control.2")
    hall.call("1")
    all_mark(hall, without=("control.2",))
    hall.release("1")
    turn_id = hall.turns[0].id
    decision = decisions_on(hall.turns[0])[0]["id"]
    with refused("back_released"):
        perform(not_performing.withdraw_not_performing, DESK, decision, "来了")
    perform(releases.undo_release, DESK, turn_id, "误记", hall.turns[0].number)
    perform(not_performing.withdraw_not_performing, DESK, decision, "来了")
    with refused("sheets_incomplete"):
        hall.release("1")
    for judge in (1, 2, 3):
        perform(send_back.send_back, CHIEF, turn_id, hall.seat(judge).id, "二辩到场，请补评")
        seat = hall.seat(judge)
        given = (turn_id, seat.id, full_sheet(hall), f"anew-by-judge-{judge}")
        perform(sheets.submit, Actor(f"seat:{seat.id}"), *given, reason="补评")
    assert decisions_on(hall.turns[0]) == []
    with refused("match_undecided"):
        hall.release("1")  # all marked alike: nothing but the tie is in the way
