"""Play-offs of persons (加赛): who shares a rank is told apart by the figures recorded of them, with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.running.matches import record_play_off
from scoring.actions.running.screens import freeze
from scoring.actions.transaction import perform
from scoring.board.reading.recount import recount
from scoring.board.views.corrections import corrections
from scoring.extensions import db
from scoring.rules.refusal import problems_of
from scoring.store import Entry
from tests.conftest import DESK, Venue, contest_of

WHY = "加赛一题，限时三分钟"
#: Which places are drawn and marked: 01 and 02 get the very same sheets, 03 others.
TOTALS = {"01": ["90"] * 7, "02": ["90"] * 7, "03": ["80"] * 7}


@pytest.fixture
def tied(venue: Venue) -> Venue:
    """Two with the same marks throughout, who share rank 1, and one behind them."""
    for number, totals in TOTALS.items():
        venue.call(number)
        venue.all_submit(number, totals)
        venue.release(number)
    return venue


def ranks(venue: Venue) -> list[tuple[str, int, bool, str | None]]:
    return [(row["number"], row["rank"], row["shared"], row["decided_by"]) for row in venue.audience()["rows"]]


def play_off(venue: Venue, number: str, figure: str, reason: str = WHY) -> None:
    perform(record_play_off, DESK, venue.turn(number).id, "", reason, figure)


def refused(venue: Venue, number: str, figure: str = "8", reason: str = WHY) -> list[str]:
    return [problem.code for problem in problems_of(lambda: play_off(venue, number, figure, reason))]


def test_equal_ranks_are_told_apart_once_everybody_tied_has_a_figure(tied: Venue) -> None:
    before = [("01", 1, True, "shared_rank"), ("02", 1, True, "shared_rank"), ("03", 3, False, None)]
    assert ranks(tied) == before
    play_off(tied, "01", "8.5")
    assert ranks(tied) == before
    play_off(tied, "02", "９")
    assert ranks(tied) == [("02", 1, False, "play_off"), ("01", 2, False, "play_off"), ("03", 3, False, None)]
    first = tied.audience()["rows"][0]
    assert first["explanation"]["tie"]["figures"]["play_off"] == "9.00"
    assert (first["score"], first["told_apart"]) == ("90.00", {"key": "play_off", "value": "9.00"})
    entries = db.session.scalars(select(Entry).where(Entry.verb == "record_play_off")).all()
    assert [(entry.details["figure"], entry.details["reason"]) for entry in entries] == [("8.5", WHY), ("9", WHY)]


def test_a_figure_is_put_right_by_another_and_both_stay_on_record(tied: Venue) -> None:
    for number, figure in (("01", "8"), ("02", "9"), ("01", "9.5")):
        play_off(tied, number, figure)
    assert [number for number, *_ in ranks(tied)] == ["01", "02", "03"]
    assert [one["figure"] for one in tied.turn("01").facts["play_off_figures"]] == ["8", "9.5"]


def test_a_play_off_that_ends_level_leaves_the_rank_shared(tied: Venue) -> None:
    for number in ("01", "02"):
        play_off(tied, number, "4")
    assert ranks(tied)[:2] == [("01", 1, True, "shared_rank"), ("02", 1, True, "shared_rank")]


def test_what_cannot_be_decided_by_a_play_off_is_refused(tied: Venue) -> None:
    assert refused(tied, "03") == ["play_off_not_tied"]
    assert (
        refused(tied, "01", "")
        == refused(tied, "01", "-1")
        == refused(tied, "01", "1，5")
        == ["play_off_figure_missing"]
    )
    assert refused(tied, "01", reason=" ") == ["reason_missing"]
    event = contest_of(tied).events[0]
    event.settings = event.settings | {"ties": ["exact_value", "shared_rank"]}
    db.session.commit()
    assert refused(tied, "01") == ["play_off_no_step"]


def test_before_the_release_there_is_nothing_to_decide(venue: Venue) -> None:
    venue.call("01")
    assert refused(venue, "01") == ["play_off_not_public"]


def test_while_the_board_stands_still_the_play_off_is_not_seen(tied: Venue) -> None:
    perform(freeze, DESK, tied.contest_id)
    for number, figure in (("01", "8"), ("02", "9")):
        play_off(tied, number, figure)
    assert ranks(tied)[0] == ("01", 1, True, "shared_rank")


def test_counting_again_keeps_what_the_play_off_decided(tied: Venue) -> None:
    for number, figure in (("01", "8"), ("02", "9")):
        play_off(tied, number, figure)
    event = contest_of(tied).events[0]
    lines: dict[str, Any] = {line.number: line for line in recount(event, event.settings).lines}
    assert [(lines[number].rank_before, lines[number].rank_after) for number in ("01", "02")] == [
        ("2", "2"),
        ("1", "1"),
    ]
    listed = corrections(tied.contest_id)["played_off"]
    assert [(one["number"], one["rank"], one["figure"]) for one in listed] == [("02", 1, "9"), ("01", 2, "8")]
