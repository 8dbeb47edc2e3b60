"""Nothing early: in no state of a turn does any page or file show to anybody a mark that is not theirs to see yet."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from scoring.actions.running import screens, sheets
from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.store import Event
from scoring.store.people import ROLES
from tests.access.conftest import browser_of
from tests.access.table import JUDGE, PEOPLE, SEES_MARKS
from tests.audience.test_nothing_early import SECRET, SECRET_RESULTS, found
from tests.conftest import DESK, Venue, marks_worth
from tests.judges.conftest import call_beside

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Judge 1 is the one who knocks: what the others gave, and what it comes to, is nobody's business.
OTHERS = [*SECRET[1:], *SECRET_RESULTS]


def waits(venue: Venue) -> None:
    """Nothing has happened."""


def performs(venue: Venue) -> None:
    """Called, and every judge has a draft."""
    venue.call("01")
    for judge, total in enumerate(SECRET, 1):
        seat = venue.seat(judge).id
        perform(sheets.save_draft, Actor(f"seat:{seat}"), venue.turn("01").id, seat, marks_worth(total), base=0)


def is_marked(venue: Venue) -> None:
    """Left open for one late sheet, while the next performs."""
    venue.call("01")
    venue.all_submit("01", SECRET[:6])
    call_beside(venue, "02")


def is_tallied(venue: Venue) -> None:
    """Every sheet is in, nothing is released."""
    venue.call("01")
    venue.all_submit("01", SECRET)


def is_approved(venue: Venue) -> None:
    """Released by the desk, but public only when the first three are."""
    event = db.session.get_one(Event, venue.turn("01").round.event.id)
    event.settings = event.settings | {"publication": "one_behind"}
    db.session.commit()
    is_tallied(venue)
    venue.release("01")


def is_frozen(venue: Venue) -> None:
    """Released after the screen operator froze the audience's board."""
    is_tallied(venue)
    perform(screens.freeze, DESK, venue.contest_id)
    venue.release("01")


EARLY: dict[str, Callable[[Venue], None]] = {
    "waiting": waits,
    "performing": performs,
    "marking": is_marked,
    "tallied": is_tallied,
    "approved": is_approved,
    "frozen": is_frozen,
}


def shown_in(answer: TestResponse) -> str:
    """The answer as text, head and body; the cells of a spreadsheet."""
    if answer.mimetype != SPREADSHEET:
        return f"{answer.headers}\n{answer.text}"
    book = load_workbook(BytesIO(answer.data), read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def leaks(venue: Venue, who: str) -> dict[str, list[str]]:
    """Where somebody finds figures of others that are not released, by endpoint."""
    browser = browser_of(venue.app, who)
    turn, seat = venue.turn("01"), venue.seat(1)
    known = {"contest_id": venue.contest_id, "slug": "shifa", "turn_id": turn.id, "seat_id": seat.id}
    found_at: dict[str, list[str]] = {}
    for rule in venue.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and set(rule.arguments) <= set(known):
            _, address = rule.build({name: known[name] for name in rule.arguments})
            if figures := found(OTHERS, shown_in(browser.get(address))):
                found_at[rule.endpoint] = figures
    return found_at


@pytest.fixture
def everybody(venue: Venue) -> Venue:
    """The contest with an account for every role."""
    for role in ROLES:
        perform(add_account, role, "-", role)
    venue.app.config["WTF_CSRF_ENABLED"] = False
    return venue


@pytest.mark.parametrize("state", EARLY)
def test_before_the_release_nobody_sees_what_the_table_does_not_grant(everybody: Venue, state: str) -> None:
    EARLY[state](everybody)
    seen = {(who, endpoint) for who in PEOPLE for endpoint in leaks(everybody, who)}
    assert not {(who, endpoint) for who, endpoint in seen if state not in SEES_MARKS.get((who, endpoint), ())}


def test_after_the_release_the_figures_would_be_found(everybody: Venue) -> None:
    is_tallied(everybody)
    everybody.release("01")
    for who in PEOPLE:
        assert {"audience.board_json", "audience.leaderboard"} <= set(leaks(everybody, who))


def test_a_judge_sees_the_own_sheet_at_any_time(everybody: Venue) -> None:
    is_marked(everybody)
    answer = browser_of(everybody.app, JUDGE).get(f"/judge/{everybody.seat(1).id}/turn/{everybody.turn('01').id}")
    assert found(SECRET[:1], answer.text) == SECRET[:1]
