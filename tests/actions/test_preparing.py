"""A contest in preparation: nothing is called before it is open, and it opens only when all is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.running import turns
from scoring.actions.running.draws import draw_turns
from scoring.actions.setting_up.copying import Wanted, copy_contest
from scoring.actions.setting_up.entry_list import EntryLine, enter
from scoring.actions.setting_up.in_preparation import (
    Beginning,
    Identity,
    begin,
    change_format,
    describe,
    discard,
    open_contest,
)
from scoring.actions.setting_up.match_plans import ALL_PLAY, RoundPlan
from scoring.actions.setting_up.pairing import pair_matches, undo_pairing
from scoring.actions.setting_up.rooms import JudgeLine, RoomLine, arrange_rooms, distribute, name_judges
from scoring.actions.transaction import perform
from scoring.board.conditions.set_up import set_up_of
from scoring.board.views.audience import audience
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.refusal import problems_of
from scoring.store import Contest, Contestant, Entry
from scoring.store.codes import seat_pin
from tests.conftest import DESK

CALLED = Identity("明州市释法说理竞赛", "", "明州市院", "city", "普通犯罪", False, "shifa-2026")
CHEN, LIN, ZHOU = (
    EntryLine("02", "陈思远", "江北区院", "第一检察部"),
    EntryLine("01", "林晓彤", "慈溪县院"),
    EntryLine("10", "周子涵", "江北区院"),
)


def beginning(key: str = "legal_explanation", start: int = 0) -> Beginning:
    return Beginning(key, formats.get(key).all_starts[start].settings())


@pytest.fixture
def contest_id(app):
    """A legal explanation that is being set up, with nobody entered."""
    with app.app_context():
        yield perform(begin, DESK, CALLED, beginning())


def contest(contest_id: int) -> Contest:
    db.session.rollback()
    return db.session.get_one(Contest, contest_id)


def codes(act: Callable[..., Any], *args: object, **named: Any) -> list[tuple[str, str]]:
    db.session.rollback()
    return [(item.code, item.field) for item in problems_of(lambda: perform(act, DESK, *args, **named))]


def order(contest_id: int) -> list[str]:
    return [turn.number for turn in contest(contest_id).events[0].rounds[0].turns]


def missing(contest_id: int) -> list[str]:
    db.session.rollback()
    return [problem.code for problem in set_up_of(contest_id).missing]


def test_a_new_contest_has_one_room_with_a_panel_and_is_not_open(contest_id):
    begun = contest(contest_id)
    assert (begun.state, begun.title_en, begun.level) == ("preparing", "明州市释法说理竞赛", "city")
    assert [len(room.seats) for room in begun.events[0].rooms] == [7]
    assert missing(contest_id) == ["contestants_missing"]


def test_inspectors_begin_as_two_pairs(app):
    with app.app_context():
        found = contest(perform(begin, DESK, Identity("装订"), beginning("case_binding")))
        assert (len(found.events[0].rooms[0].seats), found.slug) == (4, "c1")


def test_date_and_venue_are_kept_changed_and_shown_with_the_contest(contest_id):
    perform(describe, DESK, contest_id, replace(CALLED, held_on="2026-11-29", venue="培训中心礼堂"))
    kept = contest(contest_id)
    assert (kept.held_on, kept.venue) == ("2026-11-29", "培训中心礼堂")
    shown = audience(contest_id)["contest"]
    assert (shown["date"], shown["venue"]) == ("2026-11-29", "培训中心礼堂")


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"title_zh": ""}, ("field_missing", "title_zh")),
        ({"title_zh": "x" * 121}, ("field_too_long", "title_zh")),
        ({"office": "\0"}, ("field_not_text", "office")),
        ({"level": "galaxy"}, ("level_unknown", "level")),
        ({"held_on": "29.11.2026"}, ("date_malformed", "held_on")),
        ({"held_on": "2026-02-30"}, ("date_malformed", "held_on")),
        ({"held_on": "20261129"}, ("date_malformed", "held_on")),
        ({"venue": "x" * 121}, ("field_too_long", "venue")),
        ({"slug": "Shi Fa"}, ("slug_malformed", "slug")),
        ({"slug": "taken"}, ("slug_taken", "slug")),
    ],
)
def test_what_cannot_be_its_name_is_refused_beside_the_field(contest_id, change, refused):
    perform(begin, DESK, replace(CALLED, slug="taken"), beginning())
    assert codes(describe, contest_id, replace(CALLED, **change)) == [refused]
    assert contest(contest_id).slug == "shifa-2026"


def test_entrants_get_their_turns_in_the_order_of_their_numbers(contest_id):
    perform(enter, DESK, contest_id, [CHEN, LIN, ZHOU])
    assert order(contest_id) == ["01", "02", "10"]
    known = {one.number: one.id for one in contest(contest_id).contestants}
    perform(
        enter, DESK, contest_id, [replace(CHEN, id=known["02"], number="01"), replace(LIN, id=known["01"], number="02")]
    )
    assert [(one.number, one.name) for one in contest(contest_id).contestants] == [("01", "陈思远"), ("02", "林晓彤")]
    assert order(contest_id) == ["01", "02"]


def test_a_drawn_order_stays_and_who_comes_later_follows_it(contest_id):
    perform(enter, DESK, contest_id, [CHEN, LIN])
    perform(draw_turns, DESK, contest_id, "seed 3", "监督员")
    drawn = order(contest_id)
    known = {one.number: one.id for one in contest(contest_id).contestants}
    perform(
        enter,
        DESK,
        contest_id,
        [replace(CHEN, id=known["02"]), replace(LIN, id=known["01"]), replace(ZHOU, number="00")],
    )
    assert order(contest_id) == [*drawn, "00"]


@pytest.mark.parametrize(
    ("lines", "refused"),
    [
        ([CHEN, replace(LIN, number="02")], ("number_twice", "lines.1.number")),
        ([replace(CHEN, name="")], ("field_missing", "lines.0.name")),
        ([replace(CHEN, number="1" * 13)], ("field_too_long", "lines.0.number")),
        ([replace(CHEN, team="77")], ("team_unknown", "lines.0.team")),
        ([CHEN, replace(LIN, team="10"), replace(ZHOU, team="02")], ("team_of_team", "lines.1.team")),
        ([replace(CHEN, number=str(place)) for place in range(1001)], ("too_many_lines", "")),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_entered(contest_id, lines, refused):
    assert codes(enter, contest_id, lines) == [refused]
    assert contest(contest_id).contestants == []


def test_nothing_is_called_before_the_contest_is_open(contest_id):
    perform(enter, DESK, contest_id, [CHEN])
    turn_id = contest(contest_id).events[0].rounds[0].turns[0].id
    assert codes(turns.call, turn_id) == [("contest_not_open", "")]
    perform(open_contest, DESK, contest_id)
    perform(turns.call, DESK, turn_id)
    assert codes(enter, contest_id, [CHEN]) == [("entries_closed", "")]
    assert codes(arrange_rooms, contest_id, [RoomLine("一")]) == [("rooms_fixed", "")]


def test_it_does_not_open_while_something_is_missing_and_opens_once(contest_id):
    assert codes(open_contest, contest_id) == [("contestants_missing", "contestants")]
    assert contest(contest_id).state == "preparing"
    perform(enter, DESK, contest_id, [CHEN])
    perform(open_contest, DESK, contest_id)
    assert codes(open_contest, contest_id) == [("already_open", "")]
    assert codes(describe, contest_id, replace(CALLED, practice=True)) == [("practice_fixed", "practice")]
    assert codes(discard, contest_id, "shifa-2026", "x") == [("already_open", "")]
    assert db.session.scalars(select(Entry.verb).order_by(Entry.id)).all() == ["begin", "enter", "open_contest"]


def test_too_few_judges_are_missing_and_too_few_to_trim_are_advice(contest_id):
    room = contest(contest_id).events[0].rooms[0].id
    perform(arrange_rooms, DESK, contest_id, [RoomLine("主会场", id=room, judges=2)])
    assert "judges_missing" in missing(contest_id)
    perform(arrange_rooms, DESK, contest_id, [RoomLine("主会场", id=room, judges=4)])
    assert "judges_missing" not in missing(contest_id)
    assert "too_few_to_trim" in [problem.code for problem in set_up_of(contest_id).advice]


def test_rooms_come_and_go_with_their_turns_and_every_seat_has_its_own_code(contest_id):
    perform(enter, DESK, contest_id, [CHEN, LIN, ZHOU])
    first = contest(contest_id).events[0].rooms[0].id
    lines = [RoomLine("一号厅", "Hall 1", "2026-11-25T09:00", 5, first), RoomLine("二号厅", judges=5)]
    perform(arrange_rooms, DESK, contest_id, lines)
    perform(distribute, DESK, contest_id, {})
    rooms = contest(contest_id).events[0].rooms
    assert [(room.name_zh, room.name_en, len(room.seats)) for room in rooms] == [
        ("一号厅", "Hall 1", 5),
        ("二号厅", "二号厅", 5),
    ]
    assert [turn.room.position for turn in rooms[0].event.rounds[0].turns] == [1, 2, 1]
    assert len({seat_pin(seat) for room in rooms for seat in room.seats}) == 10
    perform(arrange_rooms, DESK, contest_id, [RoomLine("一号厅", judges=3, id=first)])
    assert [turn.room_id for turn in contest(contest_id).events[0].rounds[0].turns] == [first] * 3


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        (RoomLine(""), ("field_missing", "lines.0.zh")),
        (RoomLine("x", starts="tomorrow"), ("moment_malformed", "lines.0.starts")),
        (RoomLine("x", judges=22), ("judges_out_of_range", "lines.0.judges")),
    ],
)
def test_a_room_that_cannot_be_is_refused(contest_id, line, refused):
    assert codes(arrange_rooms, contest_id, [line]) == [refused]


def test_judges_get_their_names(contest_id):
    seat = contest(contest_id).events[0].rooms[0].seats[0].id
    perform(name_judges, DESK, contest_id, {seat: JudgeLine("赵明", "市中级法院")})
    assert contest(contest_id).events[0].rooms[0].seats[0].name == "赵明"
    assert codes(name_judges, contest_id, {seat: JudgeLine("x" * 61)}) == [("field_too_long", f"{seat}.name")]


def test_another_format_is_chosen_only_while_nobody_is_entered(contest_id):
    perform(change_format, DESK, contest_id, beginning("suggestion_review", 2))
    event = contest(contest_id).events[0]
    assert (event.format, event.settings["mode"], len(event.rounds)) == ("suggestion_review", "on_the_day", 1)
    perform(enter, DESK, contest_id, [CHEN])
    assert codes(change_format, contest_id, beginning()) == [("format_fixed", "")]


def test_a_contest_given_up_needs_its_address_and_a_reason(contest_id):
    assert codes(discard, contest_id, "shifa", "typed wrong") == [("confirmation_wrong", "typed")]
    assert codes(discard, contest_id, "shifa-2026", " ") == [("reason_missing", "reason")]
    perform(discard, DESK, contest_id, "shifa-2026", "名称有误，另建")
    assert contest(contest_id).state == "discarded"


@pytest.fixture
def debate_id(app):
    """A debate of teams of two that is being set up, with three teams."""
    with app.app_context():
        contest_id = perform(begin, DESK, Identity("辩论"), beginning("debate", 1))
        teams = [EntryLine(f"{team}", f"代表队{team}") for team in range(1, 5)]
        speakers = [
            EntryLine(f"{team}{place}", f"辩手{team}{place}", team=f"{team}")
            for team in range(1, 5)
            for place in (1, 2)
        ]
        perform(enter, DESK, contest_id, teams + speakers)
        yield contest_id


def test_matches_are_paired_from_the_entry_list_and_the_pairing_can_be_taken_back(debate_id):
    assert missing(debate_id) == ["matches_missing"]
    rounds = [RoundPlan(("初赛", "Preliminaries"), ALL_PLAY)]
    perform(pair_matches, DESK, debate_id, rounds, "seed 9", "监督员")
    turns = contest(debate_id).events[0].rounds[0].turns
    assert [len(turn.appearances) for turn in turns] == [6, 6]
    assert missing(debate_id) == []
    assert codes(enter, debate_id, []) == [("pairings_stand", "")]
    perform(undo_pairing, DESK, debate_id)
    assert missing(debate_id) == ["matches_missing"]
    perform(enter, DESK, debate_id, [])
    assert contest(debate_id).contestants == []


@pytest.mark.parametrize(
    ("rounds", "seed", "witness", "refused"),
    [
        ([], "s", "w", ("rounds_missing", "first")),
        ([RoundPlan(("x", "x"), "by_taste")], "s", "w", ("pairing_unknown", "rounds.0.pairing")),
        ([RoundPlan(("x", "x"), ALL_PLAY)], "s", " ", ("witness_missing", "witness")),
        ([RoundPlan(("x", "x"), ALL_PLAY)], "", "w", ("seed_missing", "seed")),
    ],
)
def test_a_pairing_that_cannot_be_is_refused_and_nothing_is_paired(debate_id, rounds, seed, witness, refused):
    assert codes(pair_matches, debate_id, rounds, seed, witness) == [refused]
    assert missing(debate_id) == ["matches_missing"]


def test_a_team_without_enough_speakers_is_named(debate_id):
    contestants = {one.number: one.id for one in contest(debate_id).contestants}
    lines = [EntryLine(n, n, team=n[0] if len(n) > 1 else "", id=key) for n, key in contestants.items() if n != "42"]
    perform(enter, DESK, debate_id, lines)
    rounds = [RoundPlan(("初赛", "Preliminaries"), ALL_PLAY)]
    assert codes(pair_matches, debate_id, rounds, "s", "w") == [("speaker_missing", "")]


def test_a_coded_contest_stores_its_turns_in_no_order_of_the_list(app):
    with app.app_context():
        contest_id = perform(begin, DESK, Identity("评比"), beginning("suggestion_review"))
        perform(enter, DESK, contest_id, [EntryLine(f"{place:02d}", f"作者{place}") for place in range(1, 31)])
        turns = contest(contest_id).events[0].rounds[0].turns
        assert [turn.position for turn in turns] == list(range(1, 31))
        assert [turn.id for turn in turns] != sorted(turn.id for turn in turns)


@pytest.mark.parametrize("people", [Wanted(), Wanted(contestants=True, judges=True)])
def test_a_copy_has_settings_and_rooms_and_the_people_that_are_wanted(contest_id, people):
    room = contest(contest_id).events[0].rooms[0]
    perform(
        arrange_rooms,
        DESK,
        contest_id,
        [RoomLine("主会场", "", "2026-11-25T09:00", 5, room.id), RoomLine("分会场", judges=9)],
    )
    seat = contest(contest_id).events[0].rooms[0].seats[0]
    perform(name_judges, DESK, contest_id, {seat.id: JudgeLine("赵明")})
    perform(enter, DESK, contest_id, [CHEN, LIN])
    perform(open_contest, DESK, contest_id)
    copy = contest(perform(copy_contest, DESK, contest_id, Identity("明年的竞赛"), people))
    rooms = copy.events[0].rooms
    assert copy.state == "preparing"
    assert copy.events[0].settings == contest(contest_id).events[0].settings
    assert [(room.name_zh, room.starts, len(room.seats)) for room in rooms] == [("主会场", "", 5), ("分会场", "", 9)]
    assert [one.number for one in copy.contestants] == (["01", "02"] if people.contestants else [])
    assert [turn.number for turn in copy.events[0].rounds[0].turns] == (["01", "02"] if people.contestants else [])
    assert rooms[0].seats[0].name == ("赵明" if people.judges else "")
    assert seat_pin(rooms[0].seats[0]) != seat_pin(contest(contest_id).events[0].rooms[0].seats[0])


def test_a_copy_of_teams_keeps_who_speaks_for_whom(debate_id):
    copy = perform(copy_contest, DESK, debate_id, Identity("辩论二"), Wanted(contestants=True))
    teams = {one.number: one.team.number for one in contest(copy).contestants if one.team}
    assert teams["11"] == "1"
    assert len(teams) == 8
    assert db.session.query(Contestant).filter_by(contest_id=copy).count() == 12
