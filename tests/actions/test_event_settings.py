"""Rubric and rules: free until somebody marks; afterwards a new version with a reason and everything counted again."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.running.sheets import save_draft
from scoring.actions.setting_up.event_settings import change_settings, renew_settings, save_template
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.look import event_of
from scoring.board.reading.recount import recount, settings_of, versions_of
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.refusal import problems_of
from scoring.store import Entry, Event, EventSettings, HallScreen, SettingsTemplate, SheetVersion
from scoring.store.model import now
from tests.conftest import DESK, FULL_MARKS, Venue

TOTALS = ["90", "91", "92", "93", "94", "95", "100"]
CLOSE = ["80", "93.5", "93.5", "93.5", "93.5", "93.5", "93.5"]
WHY = "组委会决定不去最高最低分"


def event(venue: Venue) -> Event:
    db.session.rollback()
    return event_of(venue.contest_id)


def settings_with(venue: Venue, **changes: Any) -> dict[str, Any]:
    """The settings in force with these replaced."""
    return deepcopy(event(venue).settings) | changes


def untrimmed(venue: Venue) -> dict[str, Any]:
    return settings_with(venue, panel=event(venue).settings["panel"] | {"trim": False})


def codes(act: Callable[..., Any], *args: object) -> list[tuple[str, str]]:
    db.session.rollback()
    return [(item.code, item.field) for item in problems_of(lambda: perform(act, DESK, *args))]


@pytest.fixture
def marked(venue: Venue) -> Venue:
    """01 and 02 are released: 93.00 before 93.50 with the extremes dropped, the other way round without."""
    for number, totals in (("01", TOTALS), ("02", CLOSE)):
        venue.call(number)
        venue.all_submit(number, totals)
        venue.release(number)
    return venue


def test_before_anybody_marks_the_settings_are_simply_replaced(venue):
    changed = settings_with(venue, publication="at_end")
    perform(change_settings, DESK, venue.contest_id, changed, "100")
    assert (event(venue).settings["publication"], event(venue).settings_version) == ("at_end", 1)
    entry = db.session.scalars(select(Entry).where(Entry.verb == "change_settings")).one()
    assert entry.details["changed"] == {"publication": "at_end"}


def test_settings_that_do_not_hold_together_are_refused_with_their_places(venue):
    wrong = settings_with(venue)
    wrong["rubric"][1]["maximum"] = "0"
    wrong["panel"]["trim_from"] = 2
    assert codes(change_settings, venue.contest_id, wrong, "100") == [
        ("maximum_not_positive", "rubric.1.maximum"),
        ("trim_from_too_low", "panel.trim_from"),
    ]
    assert codes(change_settings, venue.contest_id, settings_with(venue), "lots") == [
        ("full_marks_malformed", "full_marks")
    ]


def test_a_draft_is_enough_to_have_begun_marking(venue):
    venue.call("01")
    seat = venue.seat(1).id
    perform(save_draft, Actor(f"seat:{seat}"), venue.turn("01").id, seat, {"facts": "3"})
    assert codes(change_settings, venue.contest_id, untrimmed(venue), "100") == [("marking_begun", "")]
    assert event(venue).settings["panel"]["trim"] is True


def test_a_new_version_counts_everything_again_and_says_what_changes(marked):
    counted = recount(event(marked), untrimmed(marked))
    lines = {line.number: line.to_data() for line in counted.lines}
    assert lines["01"] == {
        "number": "01",
        "name": "陈思远",
        "score_before": "93.00",
        "score_after": "93.57",
        "rank_before": "2",
        "rank_after": "1",
    }
    assert lines["02"]["score_after"] == "91.57"
    assert perform(renew_settings, DESK, marked.contest_id, untrimmed(marked), "100", WHY, "shifa") == 2
    rows = marked.audience()["rows"]
    assert [(row["number"], row["score"], row["rank"]) for row in rows] == [("01", "93.57", 1), ("02", "91.57", 2)]
    assert rows[0]["explanation"]["method"] == "plain"
    assert rows[0]["corrected"] == {"old": "93.00", "new": "93.57"}


def test_the_version_before_is_kept_and_its_sheets_name_it(marked):
    perform(renew_settings, DESK, marked.contest_id, untrimmed(marked), "100", WHY, "shifa")
    found = event(marked)
    assert {version.settings_version for version in db.session.scalars(select(SheetVersion))} == {1}
    assert settings_of(found, 1)["panel"]["trim"] is True
    assert settings_of(found, 2)["panel"]["trim"] is False
    assert [(kept["version"], kept["reason"]) for kept in versions_of(found)] == [(1, WHY)]
    with pytest.raises(LookupError):
        settings_of(found, 3)
    entry = db.session.scalars(select(Entry).where(Entry.verb == "renew_settings")).one()
    assert entry.details["changed"]["panel"]["before"]["trim"] is True
    assert [line["number"] for line in entry.details["recount"]] == ["01", "02"]


def test_sheets_that_come_later_are_read_by_the_new_version(marked):
    finer = settings_with(marked)
    finer["rubric"][0]["step"] = "0.1"
    perform(renew_settings, DESK, marked.contest_id, finer, "100", "打分最小单位改为 0.1", "shifa")
    marked.call("03")
    marked.submits(1, "03", FULL_MARKS | {"facts": "14.3"})
    newest = db.session.scalars(select(SheetVersion).order_by(SheetVersion.id.desc())).first()
    assert (newest.settings_version, newest.marks["facts"]) == (2, "14.3")


def without_law(settings: dict[str, Any]) -> None:
    del settings["rubric"][1]
    settings["ties"].remove("key_criterion")


def lower_bearing(settings: dict[str, Any]) -> None:
    settings["rubric"][5]["maximum"] = "9"


def one_more(settings: dict[str, Any]) -> None:
    settings["rubric"].append({"key": "more", "zh": "其他", "en": "More", "maximum": "5"})


def coarser(settings: dict[str, Any]) -> None:
    settings["rubric"][0]["step"] = "7.5"


@pytest.mark.parametrize("change", [without_law, lower_bearing, one_more, coarser])
def test_what_would_make_a_sheet_unreadable_is_refused_with_the_sheet(marked, change):
    wanted = settings_with(marked)
    change(wanted)
    found = codes(renew_settings, marked.contest_id, wanted, "100", WHY, "shifa")
    assert found
    assert {code for code, _ in found} == {"sheet_unreadable"}
    assert (event(marked).settings_version, list(db.session.scalars(select(EventSettings)))) == (1, [])


@pytest.mark.parametrize(
    ("reason", "typed", "refused"),
    [
        (" ", "shifa", ("reason_missing", "reason")),
        ("x" * 401, "shifa", ("reason_too_long", "reason")),
        (WHY, "shi fa", ("confirmation_wrong", "typed")),
    ],
)
def test_a_new_version_needs_a_reason_and_the_typed_address(marked, reason, typed, refused):
    assert codes(renew_settings, marked.contest_id, untrimmed(marked), "100", reason, typed) == [refused]
    assert event(marked).settings_version == 1


def test_a_version_that_changes_nothing_is_none(marked):
    assert codes(renew_settings, marked.contest_id, settings_with(marked), "100", WHY, "shifa") == [
        ("settings_same", "")
    ]


def test_while_the_board_stands_still_no_version_comes_into_force(marked):
    db.session.rollback()
    contest = event(marked).contest
    contest.hall_screen = contest.hall_screen or HallScreen()
    contest.hall_screen.frozen_at, contest.hall_screen.frozen_revision = now(), contest.revision
    db.session.commit()
    wanted = untrimmed(marked)
    refused = codes(renew_settings, marked.contest_id, wanted, "100", WHY, "shifa")
    assert refused == [("board_frozen", "")]
    assert event(marked).settings_version == 1


def test_an_own_template_keeps_rubric_and_rules_under_its_name(venue):
    perform(save_template, DESK, venue.contest_id, " 省院标准 ")
    perform(change_settings, DESK, venue.contest_id, untrimmed(venue), "100")
    perform(save_template, DESK, venue.contest_id, "省院标准")
    kept = db.session.scalars(select(SettingsTemplate)).one()
    assert (kept.name, kept.format, kept.settings["panel"]["trim"]) == ("省院标准", "legal_explanation", False)
    formats.get(kept.format).check_settings(kept.settings)
    assert codes(save_template, venue.contest_id, " ") == [("field_missing", "name")]
    assert codes(save_template, venue.contest_id, "x" * 61) == [("field_too_long", "name")]
