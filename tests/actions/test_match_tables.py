"""The workbook of an event of matches: each match of each round as everybody was told it, and nothing in codes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from scoring.actions.running import matches, penalties
from scoring.actions.transaction import perform
from scoring.board.views.record import record_of_marks
from scoring.exports.event_tables import ranking_of, tables_of
from tests.actions import test_team_sizes
from tests.actions.matches import CONTROL_WINS, TIED, WITNESS, Hall, plan
from tests.conftest import DESK

Line = dict[str, str]
CODE = re.compile(r"[a-z]+_[a-z_]+|wins|ballots|compared|dropped|silent")


def tables(app: Flask, hall: Hall) -> dict[str, list[Line]]:
    """The tables by name, each with its rows by heading."""
    with app.test_request_context(headers={"Accept-Language": "en"}):
        found = tables_of(record_of_marks(hall.contest_id))
        assert found[0] == ranking_of(record_of_marks(hall.contest_id))
    return {table.name: [dict(zip(table.headings, row, strict=True)) for row in table.rows] for table in found}


@pytest.fixture
def knockout(set_up: Any) -> Hall:
    """A knockout to its end: a semifinal by marks after a penalty, one by secret ballot, and the final."""
    hall: Hall = set_up(plan())
    hall.call("1.1")
    perform(penalties.add_overtime, DESK, hall.match("1.1").id, 40, "defence")
    hall.all_submit("1.1", *CONTROL_WINS)
    hall.release("1.1")
    hall.call("1.2")
    hall.all_submit("1.2", *TIED)
    for judge, side in enumerate(("control", "control", "defence"), 1):
        hall.votes(judge, "1.2", side)
    hall.release("1.2")
    perform(matches.draw_sides, DESK, hall.match("2.1").id, "31 41 59", WITNESS)
    hall.play("2.1", *CONTROL_WINS)
    return hall


def test_every_match_of_every_round_stands_with_its_figures_penalties_votes_and_winner(
    app: Flask, knockout: Hall
) -> None:
    first, second, final = tables(app, knockout)["Matches"]
    assert (first["Figure (Prosecution)"], first["Figure (Defence)"]) == ("88.33", "80.67")
    assert first["Points off (Defence)"].startswith("Overtime −1")
    assert first["Winner"] == first["No. of Prosecution"]
    assert (second["Secret votes (Prosecution)"], second["Secret votes (Defence)"]) == ("2", "1")
    assert second["How it was decided"] == "Equal marks; decided by the panel's secret ballot"
    assert {final["No. of Prosecution"], final["No. of Defence"]} == {first["Winner"], second["Winner"]}


def test_sides_are_ranked_by_wins_and_nothing_calls_a_win_a_score(app: Flask, knockout: Hall) -> None:
    best, *between, last = tables(app, knockout)["Ranking"]
    assert "Final score" not in best
    assert (best["Matches won"], best["Matches lost"], last["Matches won"]) == ("2", "0", "0")
    assert all(re.search(r"Own score \d+\.\d\d\)", line["Tie"]) for line in between if "own rule" in line["Tie"])
    assert any("own rule" in line["Tie"] for line in [*between, last])


def test_each_judges_marks_of_all_rounds_add_up_to_the_total_beside_them(app: Flask, knockout: Hall) -> None:
    lines = tables(app, knockout)["All marks"]
    assert len(lines) == 3 * 2 * 3  # three matches, two sides, three judges
    for line in lines:
        assert sum(Decimal(mark) for name, mark in line.items() if re.search(r"\(\d+\)$", name)) == Decimal(
            line["Total"]
        )


@pytest.mark.parametrize("decide", ["three_ballots", "scores", "sum_of_speakers"])
def test_ballots_are_beside_the_marks_and_speakers_have_tables_of_their_own(
    set_up: Any, app: Flask, decide: str
) -> None:
    hall = set_up(test_team_sizes.plan(3, decide))
    test_team_sizes.play(hall, "1", test_team_sizes.settings(3, decide), "0.9", "0.8")
    hall.release("1")
    found = tables(app, hall)
    assert len(found["Ranking of the speakers"]) == 6
    assert len(found["Marks of the speakers"]) == 6 * 3
    assert ("Three ballots" in found) is (decide == "three_ballots")
    if decide == "three_ballots":
        marks = found["All marks"][0]
        assert (marks["Total"], marks["Ballots"]) == ("90", "3")
        assert found["Three ballots"][0]["Stage ballot"] == "Prosecution"
    said = [cell for rows in found.values() for row in rows for cell in row.values()]
    assert not [cell for cell in said if CODE.fullmatch(cell)]
