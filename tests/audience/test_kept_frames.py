"""What is kept of an event from look to look shows what a whole recomputation shows, through a long random contest."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import gevent
import pytest

from scoring.actions.running import penalties, recusals, sheets, turns
from scoring.actions.transaction import Actor, perform
from scoring.board.reading import frames
from scoring.board.reading.frames import rest
from scoring.board.reading.look import seats_of_contest
from scoring.board.views.audience import audience
from scoring.board.views.desk import desk
from scoring.board.views.seat import seat
from scoring.board.views.timekeeper import timekeeper
from scoring.loop import stepping_aside
from scoring.rules.refusal import Refused
from tests.conftest import DESK, Venue, marks_worth

STEPS = 40
NUMBERS = ("01", "02", "03")


def recomputed(venue: Venue, look: Callable[[], Any]) -> Any:
    """The same look from a thread of its own, for which nothing is kept."""
    found: list[Any] = []

    def look_afresh() -> None:
        with venue.app.app_context():
            found.append(look())

    thread = threading.Thread(target=look_afresh)
    thread.start()
    thread.join()
    return found[0]


def views(venue: Venue) -> list[Any]:
    """All that is made of what is kept."""
    contest_id = venue.contest_id
    seats = [seat(seat_id) for seat_id in sorted(seats_of_contest(contest_id))]
    return [audience(contest_id), desk(contest_id), timekeeper(contest_id), *seats]


def step(venue: Venue, chance: random.Random) -> None:
    """Something that a judge or the desk might do now; what is refused changes nothing."""
    number, judge = chance.choice(NUMBERS), chance.randrange(1, 8)
    turn_id, seat_id = venue.turn(number).id, venue.seat(judge).id
    typed = marks_worth(f"{chance.randrange(120, 200) / 2:g}")
    marker = Actor(f"seat:{seat_id}", seat_id=seat_id)
    every: list[Callable[[], Any]] = [
        lambda: perform(sheets.save_draft, marker, turn_id, seat_id, typed | {"law": ""}, 0),
        *[lambda: perform(sheets.submit, marker, turn_id, seat_id, typed, f"{chance.randrange(10**12):012d}")] * 9,
        lambda: perform(turns.call, DESK, turn_id, leave_open=True),
        lambda: perform(turns.undo_call, DESK, turn_id),
        lambda: perform(recusals.recuse, DESK, turn_id, seat_id, "kin", "told late"),
        lambda: perform(recusals.reinstate, DESK, turn_id, seat_id),
        lambda: perform(penalties.add_overtime, DESK, turn_id, 30),
        lambda: see_through(venue, number),
    ]
    with suppress(Refused):
        chance.choice(every)()


def see_through(venue: Venue, number: str) -> None:
    """Whatever is still missing for the turn's release, and the release."""
    with suppress(Refused):
        venue.call(number)
    for judge in range(1, 8):
        with suppress(Refused):
            venue.submits(judge, number, marks_worth(f"{80 + judge}"))
    venue.release(number)


def test_what_is_kept_shows_what_a_whole_recomputation_shows(venue: Venue) -> None:
    chance = random.Random(4)
    for _ in range(STEPS):
        step(venue, chance)
        assert views(venue) == recomputed(venue, lambda: views(venue))
    assert audience(venue.contest_id)["released"] > 0


def test_typing_moves_no_revision_that_the_audience_sees(venue: Venue) -> None:
    venue.call("01")
    seat_id = venue.seat(1).id
    before, desk_before = audience(venue.contest_id), desk(venue.contest_id)
    for version, law in enumerate(("20", "20.5", "21")):
        typed = marks_worth("90") | {"law": law}
        perform(sheets.save_draft, Actor("seat:1", seat_id), venue.turn("01").id, seat_id, typed, version)
    assert audience(venue.contest_id) == before
    assert desk(venue.contest_id)["revision"] == desk_before["revision"] + 3


def test_a_sheet_that_comes_in_reads_nothing_again_that_it_cannot_change(venue: Venue) -> None:
    venue.call("01")
    venue.all_submit("01", ["90"] * 6)
    shown = audience(venue.contest_id)
    venue.submits(7, "01", marks_worth("91"))
    again = audience(venue.contest_id)
    assert (shown["now"]["submitted"], again["now"]["submitted"]) == (6, 7)
    assert again["order"] is shown["order"]
    venue.release("01")
    assert audience(venue.contest_id)["released"] == 1


def test_no_judge_can_count_what_another_types(venue: Venue) -> None:
    venue.call("01")
    typing, other = venue.seat(1).id, venue.seat(2).id
    before, own = seat(other), seat(typing)["revision"]
    for version, law in enumerate(("20", "20.5")):
        typed = marks_worth("90") | {"law": law}
        perform(sheets.save_draft, Actor("seat:1", typing), venue.turn("01").id, typing, typed, version)
    assert seat(other) == before
    assert seat(typing)["revision"] == own + 2
    venue.submits(1, "01", marks_worth("90"))
    assert seat(other)["revision"] == before["revision"] + 1


def test_who_looks_while_another_look_gives_way_sees_the_same(venue: Venue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stepping_aside, "LONG_ENOUGH", 0.0)
    totals = ["90", "80", "70", "85", "75", "95", "65"]
    for number in NUMBERS:
        venue.call(number)
        views(venue)
        venue.all_submit(number, totals)
        venue.release(number)
        seen: list[Any] = []

        def look(seen: list[Any] = seen) -> None:
            with venue.app.app_context():
                seen.append(audience(venue.contest_id))

        gevent.joinall([gevent.spawn(look) for _ in range(4)], raise_error=True)
        assert seen == [recomputed(venue, lambda: audience(venue.contest_id))] * 4
        assert len(seen[0]["rows"]) == NUMBERS.index(number) + 1
        assert all(one["rows"] is seen[0]["rows"] for one in seen)  # worked out by one of them


def test_a_connection_that_was_lost_keeps_nobody_from_being_answered(venue: Venue) -> None:
    audience(venue.contest_id)
    (frame,) = frames._frames().values()
    frame.session.connection().invalidate()
    rest()
    venue.call("01")
    assert audience(venue.contest_id)["now"]["number"] == "01"
    (frame,) = frames._frames().values()
    frame.session.connection().invalidate()
    assert audience(venue.contest_id)["now"]["number"] == "01"
