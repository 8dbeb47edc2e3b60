"""Debates of three and four speakers a side, and by the sum of speakers: from the set-up to the released ranking."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from scoring.actions.running import matches, penalties
from scoring.actions.setting_up.contests import Entrant
from scoring.actions.setting_up.match_plans import ROUND_ROBIN, MatchEntrant, MatchPlan, RoundPlan
from scoring.actions.transaction import perform
from scoring.board.views.desk import desk
from scoring.board.views.record import record_of_marks
from scoring.exports.event_tables import tables_of
from scoring.rules import formats
from scoring.rules.formats.debate import defaults_for
from scoring.rules.formats.debate.defaults import ties_for
from scoring.rules.formats.debate.settings import silent_offered
from scoring.rules.refusal import Refused
from scoring.store.codes import seat_pin
from tests.actions.matches import SEED, WITNESS, Hall
from tests.conftest import DESK

FORMAT = formats.get("debate")
MOTIONS = ["正当防卫是否过当", "自首能否认定"]


def team(number: str, name: str, speakers: int) -> MatchEntrant:
    places = [Entrant(f"{number}-{place}", f"{name}{place}辩") for place in range(1, speakers + 1)]
    return MatchEntrant(number, name, "江北区院", speakers=places)


def settings(speakers: int, decide: str) -> dict[str, Any]:
    """The defaults of that size, decided in this way."""
    chosen = defaults_for(speakers) | {"decide": decide, "motions": MOTIONS, "ties": list(ties_for(decide, True))}
    return chosen | {"silent": {"points": "10", "from": silent_offered(decide, True)[0]}}


def plan(speakers: int, decide: str, teams: int = 2) -> MatchPlan:
    entrants = [team(number, f"{number}队", speakers) for number in "ABC"[:teams]]
    title, rounds = ("对抗辩论", "Debate"), [RoundPlan(("循环赛", "Round robin"), ROUND_ROBIN)]
    given = settings(speakers, decide)
    return MatchPlan("bianlun", title, "明州市院", "debate", 1, 3, entrants, rounds, given, SEED, WITNESS)


def sheet(given: dict[str, Any], control: str, defence: str) -> dict[str, str]:
    """A whole sheet in which each line of a side has this share of its maximum."""
    typed = {}
    for part in marked(given):
        share = Decimal(control if part.startswith("control") else defence)
        for line in FORMAT.rubric(given, part).criteria:
            typed[f"{part}.{line.key}"] = str((line.maximum * share).quantize(Decimal("0.5")))
    return typed


def marked(given: dict[str, Any]) -> list[str]:
    """The parts that a judge marks: a side that is the sum of its speakers has no sheet of its own."""
    by_team = given["decide"] in ("scores", "three_ballots")
    return [part for part in FORMAT.parts(given) if by_team or "." in part]


def play(hall: Hall, key: str, given: dict[str, Any], control: str, defence: str) -> None:
    hall.call(key)
    ballots = {"ballot.impression": "control", "ballot.deciding": "control"}
    for judge in (1, 2, 3):
        more = ballots if given["decide"] == "three_ballots" else {}
        hall.submits(judge, key, sheet(given, control, defence) | more)


SIZES = [(3, "scores"), (3, "three_ballots"), (4, "scores"), (2, "sum_of_speakers"), (4, "sum_of_speakers")]


@pytest.mark.parametrize(("speakers", "decide"), SIZES)
def test_a_match_of_every_size_goes_from_the_set_up_to_the_ranking(set_up, speakers, decide):
    given = settings(speakers, decide)
    hall = set_up(plan(speakers, decide))
    play(hall, "1", given, "0.9", "0.8")
    hall.release("1")
    shown = hall.audience()
    winner = hall.match("1").sides["control"].number
    assert [(row["rank"], row["score"]) for row in shown["rows"]] == [(1, "1"), (2, "0")]
    assert shown["rows"][0]["number"] == winner
    assert len(shown["speakers"]) == 2 * speakers
    assert {row["number"] for row in shown["speakers"][:speakers]} == {f"{winner}-{n + 1}" for n in range(speakers)}
    assert shown["match"]["motion"] in MOTIONS


def test_the_sum_of_speakers_is_counted_by_hand(set_up):
    # Each of the prosecution's two speakers has 25 · 0.9 = 22.5, 18, 22.5, 13.5, 13.5 = 90; the defence's 80 each.
    given = settings(2, "sum_of_speakers")
    hall = set_up(plan(2, "sum_of_speakers"))
    play(hall, "1", given, "0.9", "0.8")
    hall.release("1")
    assert [side["figure"] for side in hall.audience()["match"]["sides"]] == ["180.00", "160.00"]


def test_a_silent_member_costs_the_own_side_and_can_turn_a_sum(set_up):
    given = settings(4, "sum_of_speakers")
    hall = set_up(plan(4, "sum_of_speakers"))
    play(hall, "1", given, "0.9", "0.9")
    perform(matches.mark_silent, DESK, hall.match("1").id, "control.4", True)
    hall.release("1")
    # four times 90 on both sides, less 10 for the one who did not speak
    shown = hall.audience()["match"]
    assert ([side["figure"] for side in shown["sides"]], shown["winner"]) == (["350.00", "360.00"], "defence")


@pytest.mark.parametrize("speakers", [3, 4])
def test_cross_examination_has_its_clocks_and_its_line_on_the_team_sheet(set_up, speakers):
    hall = set_up(plan(speakers, "scores"))
    hall.call("1")
    clocks = [clock["key"] for clock in desk(hall.contest_id)["current"]["clocks"]["all"]]
    assert clocks.index("cross_control") == clocks.index("opening_defence") + 1
    typed = sheet(settings(speakers, "scores"), "0.9", "0.8")
    without = {key: mark for key, mark in typed.items() if "cross_examination" not in key}
    with pytest.raises(Refused, match="mark_empty"):
        hall.submits(1, "1", without)


@pytest.mark.parametrize(("speakers", "decide"), SIZES)
def test_the_tablet_has_a_field_for_every_mark_and_says_what_the_match_is_about(set_up, installation, speakers, decide):
    given = settings(speakers, decide)
    hall = set_up(plan(speakers, decide))
    hall.call("1")
    browser = installation.app.test_client()
    browser.set_cookie("language", "zh")
    installation.app.config["WTF_CSRF_ENABLED"] = False
    page = browser.post("/judge/", data={"pin": seat_pin(hall.seat(1))}, follow_redirects=True).text
    fields = set(re.findall(r'name="typed-([\w.]+)"', page))
    ballots = {"ballot.impression", "ballot.deciding"} if decide == "three_ballots" else set()
    assert fields == set(sheet(given, "1", "1")) | ballots
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert f"辩题 {hall.match('1').facts['case']}" in words
    assert not any(f"{number}队" in words for number in "AB")


def test_an_opened_row_of_a_team_tells_all_its_matches(set_up):
    given = settings(3, "scores")
    hall = set_up(plan(3, "scores", teams=3))
    for key, control, defence in (("1", "0.9", "0.8"), ("2", "0.7", "0.8"), ("3", "0.9", "0.7")):
        play(hall, key, given, control, defence)
        hall.release(key)
    rows = {row["number"]: row for row in hall.audience()["rows"]}
    for number, row in rows.items():
        mine = [turn for turn in hall.turns if number in [side.number for side in turn.sides.values()]]
        played = row["standing"]["played"]
        assert [one["turn"] for one in played] == [turn.id for turn in mine]
        assert all(one["opponent"]["number"] != number for one in played)
        assert row["standing"]["figures"]["matches"] == "2"
        assert row["standing"]["figures"]["won"] == str([one["result"] for one in played].count("won")) == row["score"]
        # the figures have two decimals and no thirds here, so that the shown ones add up
        assert Decimal(row["standing"]["figures"]["total"]) == sum(Decimal(one["figure"]) for one in played)


def test_one_match_of_a_team_is_told_as_a_standing_too_and_a_single_speakers_is_its_own_score(set_up):
    hall = set_up(plan(3, "scores"))
    play(hall, "1", settings(3, "scores"), "0.9", "0.8")
    hall.release("1")
    shown = hall.audience()
    assert [row["standing"]["figures"]["won"] for row in shown["rows"]] == ["1", "0"]
    assert [row["standing"] for row in shown["speakers"]] == [None] * 6


def test_the_file_of_the_ranking_has_every_judges_marks_of_every_match_of_a_team(set_up):
    hall = set_up(plan(3, "scores", teams=3))
    for key, control, defence in (("1", "0.9", "0.8"), ("2", "0.7", "0.8")):
        play(hall, key, settings(3, "scores"), control, defence)
        hall.release(key)
    found = {table.name: table.rows for table in tables_of(record_of_marks(hall.contest_id))}
    rows = found["全部评分"]
    # three judges on both sides of two matches
    assert len(rows) == 12
    assert {row[1] for row in rows} == {hall.match(key).number.replace(" : ", " 对 ") for key in "12"}


@pytest.mark.parametrize(("part", "code"), [("", "unknown_part"), ("third", "unknown_part")])
def test_overtime_without_a_side_of_the_match_is_refused(set_up, part, code):
    hall = set_up(plan(3, "scores"))
    hall.call("1")
    with pytest.raises(Refused, match=code):
        perform(penalties.add_overtime, DESK, hall.match("1").id, 40, part)
    assert not hall.match("1").penalties
