"""What a judge sees who has no sheet to fill in, at every size and with text twice as large: nothing is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scoring import create_app
from scoring.actions.running import matches, recusals, send_back, turns
from scoring.actions.setting_up import panels
from scoring.actions.setting_up.contests import add_account
from scoring.actions.setting_up.match_plans import KNOCKOUT, RoundPlan
from scoring.actions.setting_up.rooms import JudgeLine, name_judges
from scoring.actions.transaction import Actor, perform
from scoring.config import own_key, secret_key
from scoring.extensions import db
from scoring.store import Seat
from scoring.store.codes import seat_key
from tests.actions.matches import sheet_worth
from tests.attacks.phone import opened_handover
from tests.browser import hall_states as made
from tests.browser.boxes import TABLETS, faults_at
from tests.browser.conftest import TABLET
from tests.browser.debate_halls import debate_over
from tests.browser.hall_states import Stage
from tests.browser.tablets import SLOW
from tests.browser.targets import too_small
from tests.browser.test_desk_pages import sound
from tests.conftest import (
    DESK,
    ORGANIZER,
    PASSWORD,
    Installation,
    Server,
    leave_to_the_disk,
    marks_worth,
    start_server,
    stop_server,
)
from tests.passwords import quickly_checked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
SIZES = (*TABLETS, (960, 600), (960, 312))
TWICE = "document.documentElement.style.fontSize = '200%'"
DESK_ACCOUNT = {"name": ORGANIZER, "password": PASSWORD}


class Place(NamedTuple):
    """A judge's seat: its contest, its number in the store and the key on its card."""

    contest: int
    seat: int
    key: str


Keys = dict[str, Place]


def key_of(stage: Stage, judge: int) -> Place:
    """This judge's seat, from 1."""
    seat = stage.turns[0].panel[judge - 1].id
    db.session.rollback()
    return Place(stage.contest_id, seat, seat_key(db.session.get_one(Seat, seat)))


def not_marking() -> Keys:
    """Judges of one turn, all with long names: one waits for the others, one is asked, one is recused, one abstains."""
    stage = made.explanation("not-marking", 7, 7)
    stage.asks(name_judges, {seat.id: JudgeLine(made.LONG_NAME) for seat in stage.turns[0].panel})
    stage.play_each(2, 7)
    turn = stage.calls(2, "speak")
    stage.submits(turn, [marks_worth("90")] * 2)
    panel = [seat.id for seat in turn.panel]
    perform(send_back.send_back, DESK, turn.id, panel[1], "事实认定一项是否漏填了半分？请核对。")
    perform(recusals.recuse, DESK, turn.id, panel[5], "kin", "赛前申报")
    perform(recusals.recuse, DESK, turn.id, panel[6], "abstained", "迟到，未听完")
    return {
        "locked": key_of(stage, 1),
        "sent back": key_of(stage, 2),
        "recused": key_of(stage, 6),
        "abstained": key_of(stage, 7),
    }


def between_turns() -> Keys:
    """Judges between two turns: before the first, after a score, after somebody who did not come."""
    before, after, away = (made.explanation(f"between-{number}", 3, 3) for number in range(3))
    after.plays(0, "90", "91", "92")
    away.plays(0, "90", "91", "92")
    perform(turns.call, DESK, away.turns[1].id)
    made.is_out(away, 1, "absent")
    return {"waiting": key_of(before, 1), "approved": key_of(after, 1), "closed": key_of(away, 1)}


def tied() -> Keys:
    """Judges of a tied match, one of whom has voted."""
    stage = made.debate("tied", 4, 1, rounds=(RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT),))
    turn = stage.calls(0)
    stage.submits(turn, [sheet_worth("90", "90")] * 3)
    voter = turn.panel[1].id
    perform(matches.cast_ballot, Actor(f"seat:{voter}", seat_id=voter), turn.id, voter, "control")
    return {"ballot": key_of(stage, 1), "voted": key_of(stage, 2)}


def all_done() -> Keys:
    """Judges of contests of each format that are over, and a reserve."""
    played, checked = made.explanation("done", 2, 3), made.benches_at_work("checked", 1, 1, 1)
    reserve = perform(panels.add_reserve, DESK, played.contest_id, played.turns[0].room_id, {"name": "候补"}) or 0
    played.play_each(2, 3)
    made.inspected(checked, 1)
    spare = db.session.get_one(Seat, reserve)
    return {
        "over": key_of(played, 1),
        "over, a reserve": Place(played.contest_id, reserve, seat_key(spare)),
        "over, an inspector": key_of(checked, 1),
        "over, a reviewer": key_of(made.review_over("read"), 1),
        "over, a debate": key_of(debate_over("debated"), 1),
    }


STATES: tuple[Callable[[], Keys], ...] = (not_marking, between_turns, tied, all_done)


@pytest.fixture(scope="module")
def seats(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Keys]]:
    """One server with a seat in each state, by what the judge is."""
    folder = tmp_path_factory.mktemp("seats")
    installation.begin_in(folder)
    address = f"sqlite:///{folder / 'saiping.db'}"
    app = create_app(INSTANCE=folder, SEATS_KEY=own_key(secret_key(folder), "seats"), SQLALCHEMY_DATABASE_URI=address)
    with app.app_context():
        leave_to_the_disk()
        perform(add_account, DESK_ACCOUNT["name"], quickly_checked(DESK_ACCOUNT["password"]))
        keys = {state: key for make in STATES for state, key in make().items()}
        db.engine.dispose()
    server = start_server(folder)
    yield server, keys
    stop_server(server)


@pytest.fixture
def tablets(seats: tuple[Server, Keys], browser: Browser) -> Iterator[dict[str, Page]]:
    """A tablet for each state; the first seat moved to its own from another by the desk's code."""
    server, places = seats
    contexts: list[BrowserContext] = []

    def opens(path: str) -> Page:
        contexts.append(browser.new_context(locale="zh-CN", reduced_motion="reduce", viewport=TABLET))
        page = contexts[-1].new_page()
        page.goto(f"{server.url}/judge/{path}")
        return page

    def takes(path: str) -> Page:
        page = opens(path)
        page.locator("#take").click()
        expect(page.locator("[data-stage]")).to_be_visible(timeout=SLOW)
        return page

    first = next(iter(places))
    opened = {"held elsewhere": takes(f"enter/{places[first].key}")}
    opened[first] = takes(f"handover/{opened_handover(server, *places[first][:2], DESK_ACCOUNT)}")
    opened |= {state: takes(f"enter/{place.key}") for state, place in places.items() if state != first}
    expect(opened["held elsewhere"].locator("[data-stage=moved]")).to_be_visible(timeout=SLOW)
    yield opened
    for context in contexts:
        context.close()


def test_a_judge_who_has_nothing_to_mark_reads_it_whole_at_every_size(tablets: dict[str, Page]) -> None:
    found = {}
    for state, page in tablets.items():
        for language in ("zh", "en"):
            found[f"{state}, {language}"] = faults_at(page, *SIZES)
            if small := too_small(page):
                found[f"{state}, {language}, for a finger and an old eye"] = {"any size": small}
            page.evaluate(TWICE)
            found[f"{state}, {language}, twice as large"] = faults_at(page, *SIZES[1:3])
            page.locator(".language button").click()
            turned = f"html:lang({'en' if language == 'zh' else 'zh'}) [data-stage]"
            expect(page.locator(turned)).to_be_visible(timeout=SLOW)
    sound(found)
