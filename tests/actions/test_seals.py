"""The seal of a draw: shown before, mixed with what the supervisor types, drawn once, checked at anybody's terminal."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.running import draws, seals
from scoring.actions.running.late_entries import enter_late, remove_late
from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import Actor, perform
from scoring.board.conditions.draws import draw_of
from scoring.board.snapshots.audience import Lots, Seal
from scoring.board.views.audience import audience
from scoring.board.views.desk import desk
from scoring.extensions import db
from scoring.organizers.running.draw import mixing
from scoring.store import Entry, Event
from scoring.store.people import SUPERVISOR
from tests.conftest import DESK
from tests.refusals import refused

ZHAO = Actor("account:赵监督", role="supervisor")


@pytest.fixture
def supervised(venue: Any) -> Any:
    """The contest with a supervisor, who has an account."""
    perform(add_account, "赵监督", "kept as a hash", SUPERVISOR)
    return venue


def draw(venue: Any, *given: str, **named: Any) -> None:
    perform(draws.draw_turns, DESK, venue.contest_id, *given, **named)


def types(venue: Any, words: str = "红黄蓝 7") -> None:
    perform(seals.type_seed, ZHAO, venue.contest_id, words)


def seal(venue: Any) -> Seal:
    """What everybody is shown of the next draw."""
    db.session.rollback()
    return audience(venue.contest_id)["seal"]


def drawn(venue: Any) -> Lots:
    """The last draw, as everybody is shown it."""
    db.session.rollback()
    return audience(venue.contest_id)["draw"]["lots"]


def test_the_seal_is_shown_before_and_holds_the_seed_that_is_told_with_the_draw(supervised):
    shown = seal(supervised)
    types(supervised)
    assert seal(supervised) == {"seal": shown["seal"], "typed": "红黄蓝 7", "by": "赵监督"}
    draw(supervised)
    told = drawn(supervised)
    assert (told["seal"], told["typed"], told["witness"], told["on_account"]) == (
        shown["seal"],
        "红黄蓝 7",
        "赵监督",
        True,
    )
    assert sha256(told["sealed_seed"].encode()).hexdigest() == shown["seal"]


def test_anybody_gets_seal_and_seed_by_the_lines_that_the_page_shows(supervised):
    types(supervised, "it's 7 $HOME")
    draw(supervised)
    told = drawn(supervised)
    said = [subprocess.run(["sh", "-c", line], capture_output=True, check=True).stdout[:64] for line in mixing(told)]
    assert [each.decode() for each in said] == [told["seal"], draw_of(supervised.contest_id)["seed"]]


def test_nothing_that_is_shown_before_the_draw_is_the_sealed_seed(supervised):
    types(supervised)
    event = db.session.scalars(select(Event)).one()
    everything = str([audience(supervised.contest_id), desk(supervised.contest_id)])
    assert event.sealed_seed not in everything
    assert not any(event.sealed_seed in str(entry.details) for entry in db.session.scalars(select(Entry)))


def test_the_same_words_for_another_seal_draw_something_else_and_each_seal_is_used_once(venue):
    seeds, shown = set(), set()
    for time in range(4):
        shown.add(seal(venue)["seal"])
        draw(venue, "7", "赵", reason="重抽" if time else "")
        seeds.add(draw_of(venue.contest_id)["seed"])
    assert (len(seeds), len(shown)) == (4, 4)


def test_what_the_supervisor_typed_stays_and_nothing_that_others_type_takes_its_place(supervised):
    types(supervised)
    with refused("seed_typed"):
        types(supervised, "another")
    draw(supervised, "my own", "somebody else")
    assert (drawn(supervised)["typed"], drawn(supervised)["witness"]) == ("红黄蓝 7", "赵监督")


def test_without_the_supervisors_words_it_is_drawn_for_a_reason_which_everybody_sees(supervised):
    with refused("supervisor_types"):
        draw(supervised, "7", "赵监督")
    draw(supervised, "7", "钱监督", reason="监督员因病未到")
    told = drawn(supervised)
    assert (told["on_account"], told["witness"], told["reason"]) == (False, "钱监督", "监督员因病未到")


def test_whoever_draws_alone_draws_no_second_time_where_there_is_a_supervisor(supervised):
    draw(supervised, "7", "钱监督", reason="监督员因病未到")
    with refused("supervisor_types_again"):
        draw(supervised, "8", "钱监督", reason="再抽一次")
    types(supervised)
    draw(supervised, reason="漏了一位选手")
    assert drawn(supervised)["on_account"]


def test_a_place_that_was_drawn_late_is_not_drawn_again_without_the_supervisor(supervised):
    def comes(number: str) -> None:
        perform(
            enter_late,
            DESK,
            supervised.contest_id,
            number,
            "迟到者",
            place="drawn",
            seed="7",
            witness="钱",
            reason="晚点",
        )

    comes("98")
    perform(remove_late, DESK, supervised.contest_id, "98", "写错了")
    with refused("supervisor_types_again"):
        comes("99")


def test_everybody_sees_how_often_it_was_drawn_and_from_what_before(venue):
    draw(venue, "7", "赵")
    first = drawn(venue)["seal"]
    draw(venue, "8", "赵", reason="重抽")
    shown = audience(venue.contest_id)["draw"]
    assert (shown["times"], [one["seal"] for one in shown["before"]]) == (2, [first])


def test_where_nobody_supervises_the_record_says_that_whoever_drew_typed(venue):
    draw(venue, "7", "赵")
    assert drawn(venue) | {"on_account": False, "typed": "7", "witness": "赵", "reason": ""} == drawn(venue)


def test_it_is_drawn_again_for_a_reason_only(supervised):
    types(supervised)
    draw(supervised)
    types(supervised, "second")
    with refused("reason_missing"):
        draw(supervised)
    draw(supervised, reason="漏了一位选手")
    assert (drawn(supervised)["reason"], drawn(supervised)["typed"]) == ("漏了一位选手", "second")


def test_a_refused_draw_keeps_seal_and_words(supervised):
    types(supervised)
    before = seal(supervised)
    with refused("drawn_twice"):
        draw(supervised, cases=["同一案", "同一案"])
    assert seal(supervised) == before
