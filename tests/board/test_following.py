"""Whatever is done, in every format, what is kept of an event shows what one that is read afresh shows."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from scoring.actions.preparing.events import EventPlan, add_event
from scoring.actions.running import screens
from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.setting_up.match_plans import ALL_PLAY, KNOCKOUT, RoundPlan, set_up_matches
from scoring.actions.transaction import perform
from scoring.board.reading.look import seats_of_contest
from scoring.board.snapshots.audience import Board
from scoring.board.snapshots.desk import ClocksDesk, Desk
from scoring.board.snapshots.overall import Overall
from scoring.board.snapshots.tablet import Tablet
from scoring.board.views.audience import audience
from scoring.board.views.desk import desk as desk_view
from scoring.board.views.operating import screens as screens_view
from scoring.board.views.overall import overall
from scoring.board.views.seat import earlier_sheets, seat
from scoring.board.views.timekeeper import timekeeper
from scoring.extensions import db
from scoring.store import Contest, Contestant, Entry
from tests.actions.hall import open_hall
from tests.actions.matches import plan
from tests.board.anything import Anything, events_in
from tests.conftest import CHEN, DESK, LIN, ZHOU, Venue, marks_worth
from tests.review.conftest import FORMAT, Review
from tests.shapes import differences

#: Changes that are looked at, and how often something is tried for them.
CHANGES, TRIES = 14, 600
#: The type of what is shown under each name.
SHAPES: dict[str, Any] = {
    "overall": Overall,
    "audience": Board,
    "desk": Desk,
    "clocks": ClocksDesk,
    "seat": Tablet,
}


def explanations(_app: Flask) -> int:
    """Three who speak one after the other."""
    made = perform(set_up, DESK, Plan("shifa2", ("释法", "Speeches"), "", "legal_explanation", 3, [CHEN, LIN, ZHOU]))
    assert made is not None
    return made


def one_behind(app: Flask) -> int:
    """The same, each score public once the next one has performed, and counted twice before."""
    contest_id = explanations(app)
    event = db.session.get_one(Contest, contest_id).events[0]
    event.settings = event.settings | {"publication": "one_behind"}
    db.session.commit()
    return contest_id


def bindings(_app: Flask) -> int:
    """Three at their benches."""
    return open_hall(3).contest_id


def debates(_app: Flask) -> int:
    """Four teams, everybody against one other, then a knockout of two."""
    rounds = RoundPlan(("初赛", "First"), ALL_PLAY), RoundPlan(("决赛", "Final"), KNOCKOUT, 2)
    made = perform(set_up_matches, DESK, plan(4, *rounds, tied_match="secret_ballot"))
    assert made is not None
    return made


def reviews(app: Flask) -> int:
    """Three documents, coded, two reviewers each."""
    settings = FORMAT.defaults() | {"reviewers": {"per_document": 2}}
    authors = [CHEN, LIN, ZHOU]
    made = perform(set_up, DESK, Plan("jianyi", ("评比", "Review"), "", "suggestion_review", 4, authors, settings))
    assert made is not None
    review = Review(app, made)
    review.begins()
    return made


def several(app: Flask) -> int:
    """Two events for the same three, one of them without judges."""
    contest_id = explanations(app)
    perform(add_event, DESK, contest_id, EventPlan("written_test", 3))
    return contest_id


CONTESTS = (explanations, one_behind, bindings, debates, reviews, several)


def shown(contest_id: int) -> dict[str, Any]:
    """All that is made of what is kept, by name."""
    looks: dict[str, Callable[[], Any]] = {"overall": lambda: overall(contest_id)}
    for place in events_in(contest_id):
        looks |= {
            f"audience {place}": partial(audience, contest_id, place),
            f"desk {place}": partial(desk_view, contest_id, event=place),
            f"clocks {place}": partial(timekeeper, contest_id, place),
            f"screens {place}": partial(screens_view, contest_id, place),
        }
    looks |= {f"seat {one}": partial(seat, one) for one in sorted(seats_of_contest(contest_id))}
    return {name: look() for name, look in looks.items()}


def shown_afresh(app: Flask, contest_id: int) -> dict[str, Any]:
    """The same from a thread of its own, for which nothing is kept."""
    found: list[dict[str, Any]] = []

    def look() -> None:
        with app.app_context():
            found.append(shown(contest_id))
            db.session.remove()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.parametrize("contest", CONTESTS, ids=lambda contest: contest.__name__)
def test_what_is_kept_shows_what_is_read_afresh(app: Flask, contest: Callable[[Flask], int]) -> None:
    with app.app_context():
        contest_id = contest(app)
        anybody, done = Anything(contest_id, contest.__name__), Counter[str]()
        for _ in range(TRIES):
            before, name = revision_of(contest_id), anybody.step()
            if revision_of(contest_id) > before:
                done[name] += 1
                kept, afresh = shown(contest_id), shown_afresh(app, contest_id)
                for look in afresh:
                    assert kept[look] == afresh[look], f"{look} after {name}"
                assert strange_in(afresh) == {}, f"after {name}"
            if done.total() >= CHANGES:
                break
        assert done["see_through"]


def strange_in(looks: dict[str, Any]) -> dict[str, list[str]]:
    """What of each look is not of its type."""
    shapes = {look: SHAPES.get(look.split()[0]) for look in looks}
    found = {look: list(differences(looks[look], shape)) for look, shape in shapes.items() if shape}
    return {look: strange for look, strange in found.items() if strange}


def revision_of(contest_id: int) -> int:
    """How many changes the contest has seen."""
    db.session.rollback()
    return db.session.get_one(Contest, contest_id).revision


def test_a_release_leaves_the_views_of_all_others_as_they_are(venue: Venue) -> None:
    for number, total in (("01", "90"), ("02", "80")):
        venue.call(number)
        venue.all_submit(number, [total] * 7)
        venue.release(number)
    venue.call("03")
    venue.all_submit("03", ["70"] * 7)
    before, desk = audience(venue.contest_id), desk_view(venue.contest_id)
    venue.release("03")
    after, desk_after = audience(venue.contest_id), desk_view(venue.contest_id)
    assert [row["score"] for row in after["rows"]] == ["90.00", "80.00", "70.00"]
    assert all(row is was for row, was in zip(after["rows"], before["rows"], strict=False))
    assert all(turn is was for turn, was in zip(desk_after["turns"][:2], desk["turns"], strict=False))


def test_who_looks_while_nothing_happens_is_shown_what_was_made_before(venue: Venue) -> None:
    seen = audience(venue.contest_id)
    assert audience(venue.contest_id) is seen
    venue.call("01")
    called = audience(venue.contest_id)
    assert called["now"]["number"] == "01"
    venue.submits(1, "01", marks_worth("90"))
    assert [audience(venue.contest_id)["now"]["submitted"], called["now"]["submitted"]] == [1, 0]


def test_a_judges_sheets_are_counted_and_listed_released_or_not(venue: Venue) -> None:
    for number in ("01", "02"):
        venue.call(number)
        venue.all_submit(number, ["90"] * 7)
    venue.release("01")
    assert seat(venue.seat(1).id)["done"] == 2
    assert [sheet["number"] for sheet in earlier_sheets(venue.seat(1).id)] == ["02", "01"]


def test_a_release_that_is_held_back_moves_nothing_of_what_is_seen(venue: Venue) -> None:
    for number in ("01", "02"):
        venue.call(number)
        venue.all_submit(number, ["90"] * 7)
    venue.release("01")
    perform(screens.freeze, DESK, venue.contest_id)
    seen = audience(venue.contest_id)
    venue.release("02")
    still = audience(venue.contest_id)
    assert [row["number"] for row in still["rows"]] == ["01"]
    assert still["rows"][0] is seen["rows"][0]
    assert still == shown_afresh(venue.app, venue.contest_id)["audience 1"]
    perform(screens.unfreeze, DESK, venue.contest_id)
    assert [row["number"] for row in audience(venue.contest_id)["rows"]] == ["01", "02"]


def test_what_another_process_writes_into_the_rows_is_seen(venue: Venue) -> None:
    venue.call("01")
    venue.all_submit("01", ["90"] * 7)
    venue.release("01")
    assert audience(venue.contest_id)["rows"][0]["name"] == CHEN.name
    with db.engine.begin() as connection:
        connection.execute(update(Contestant).where(Contestant.number == "01").values(name="陈思源"))
    venue.call("02")  # with the next change, whatever it is, all rows are compared
    assert audience(venue.contest_id)["rows"][0]["name"] == "陈思源"


def test_another_database_put_in_its_place_is_read_anew(venue: Venue) -> None:
    venue.call("01")
    audience(venue.contest_id)
    with db.engine.begin() as connection:
        connection.execute(update(Entry).where(Entry.contest_id == venue.contest_id).values(fingerprint="0" * 64))
    assert audience(venue.contest_id) == shown_afresh(venue.app, venue.contest_id)["audience 1"]
