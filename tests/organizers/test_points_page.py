"""Entry of results: entered twice or imported and confirmed by another, released, weighed like any event."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from io import BytesIO

import pytest
from openpyxl import load_workbook

from scoring.actions.preparing.codes import renew_code
from scoring.actions.results.corrections import approve_correction, request_sheet
from scoring.actions.running.paper import enter_paper
from scoring.actions.running.points import open_points, release_points
from scoring.actions.running.recusals import recuse
from scoring.actions.running.releases import release
from scoring.actions.running.sheets import submit
from scoring.actions.running.turns import call
from scoring.actions.transaction import Actor, perform
from scoring.board.views.audience import audience
from scoring.board.views.overall import overall
from scoring.extensions import db
from scoring.store import Contest, Correction, Event, Turn
from tests.conftest import DESK, marks_worth
from tests.imports.making import xlsx
from tests.organizers.conftest import Desk, words_of
from tests.organizers.test_import_pages import confirm, upload
from tests.organizers.test_totals_page import signed_in
from tests.record.conftest import CHECKER, CHIEF, TALLIER
from tests.refusals import entries, refusal


@pytest.fixture
def tested(desk: Desk) -> Desk:
    """The cast with a written test as the second event, added on the page of events."""
    sent = {
        "format": "written_test",
        "zh": "笔试",
        "en": "Written test",
        "judges": "7",
        "request": secrets.token_hex(8),
    }
    assert desk.browser.post(f"{desk.path}/events/add", data=sent).status_code == 303
    return desk


def event_of_test(desk: Desk) -> Event:
    db.session.rollback()
    return db.session.scalars(db.select(Event).where(Event.position == 2)).one()


def turn(desk: Desk, number: str) -> Turn:
    return next(one for one in event_of_test(desk).rounds[0].turns if one.number == number)


def look(person: Desk) -> str:
    return words_of(person.browser.get(f"{person.path}/points?event=2"))


def enter(person: Desk, number: str, points: str) -> str:
    place = turn(person, number)
    address = f"{person.path}/paper/{place.id}/{place.panel[0].id}?event=2"
    sent = {"request": secrets.token_hex(16), "typed-points": points}
    return words_of(person.browser.post(address, data=sent, follow_redirects=True))


def press(person: Desk, verb: str, **sent: str) -> str:
    fields: Mapping[str, str] = {"page": "points", "event": "2", "request": secrets.token_hex(16), **sent}
    answer = person.browser.post(f"{person.path}/{verb}?event=2", data=fields, follow_redirects=True)
    return words_of(answer)


def test_nobody_is_asked_for_a_judge(tested: Desk) -> None:
    event = event_of_test(tested)
    assert [seat.number for seat in event.rooms[0].panel] == [1]
    assert event.rooms[0].judges == []
    cards = tested.browser.get(f"{tested.path}/cards").text
    assert cards.count("card-seat") == 7
    assert "Written test" not in words_of(tested.browser.get(f"{tested.path}/seats"))
    place = event.rooms[0].panel[0]
    assert refusal(renew_code, tested.venue.contest_id, place.id).code == "no_judges_here"
    assert refusal(recuse, turn(tested, "01").id, place.id, "kin", "-").code == "no_judges_here"
    assert "judges" not in words_of(tested.browser.get(f"{tested.path}/set-up?event=2")).lower()


def test_a_test_is_entered_by_two_imported_for_others_released_and_weighed(tested: Desk) -> None:
    venue = tested.venue
    tallier, checker, chief = (signed_in(venue, role) for role in ("tallier", "checker", "chief"))
    assert "not open yet" in look(tallier)
    assert "Go on with the results" in words_of(tested.browser.get(f"{tested.path}?event=2"))
    assert "is not open" in enter(tallier, "01", "86.5") or "not open" in look(tallier)
    assert "Results can be entered now." in press(tallier, "open_points", request="opened-twice")
    done = entries()
    assert "Results can be entered now." in press(tallier, "open_points", request="opened-twice")
    assert entries() == done, "a double press does it once"
    assert "A second person" in enter(tallier, "01", "86.5")
    assert "Both entries agree: the result stands." in enter(checker, "01", "86.5")
    enter(tallier, "02", "79")
    second = turn(tested, "02")
    shown = checker.browser.get(f"{checker.path}/paper/{second.id}/{second.panel[0].id}?event=2")
    assert "Result of no. 02" in words_of(shown)
    assert f'href="{checker.path}/points?event=2"' in shown.text, "the way back"
    assert "The two entries differ" in enter(checker, "02", "97")
    assert "Both entries agree" in enter(tallier, "02", "97")

    rows = [("编号", "姓名", "成绩"), ("1", "陈思远", "86.5"), ("3", "周子涵", "91")]
    answer = upload(tested.browser, f"{tested.path}/import", xlsx(rows), "points")
    page = tested.browser.get(answer.location)
    assert "1 new 0 changed 1 same 0 wrong" in words_of(page)
    assert confirm(tested.browser, answer.location, page).status_code == 303
    assert "from a list; somebody else confirms it" in look(tested)
    assert "No. 03 has a result already." in enter(tallier, "03", "90")
    assert "The results are released." in press(chief, "release_points")
    assert [row["number"] for row in audience(venue.contest_id, 2)["rows"]] == ["02", "01"]
    assert refusal(release, turn(tested, "03").id).code == "points_unchecked"
    figures = re.search(
        r'name="figures" value="([0-9a-f]{64})"', checker.browser.get(f"{checker.path}/points?event=2").text
    )[1]
    for person, verb, said in ((checker, "check_points", "confirmed"), (chief, "release_points", "released")):
        sent = {"figures": figures, "request": f"{verb}-twice"}
        assert f"The results are {said}." in press(person, verb, **sent)
        done = entries()
        assert f"The results are {said}." in press(person, verb, **sent)
        assert entries() == done, "a double press does it once"
    rows_now = audience(venue.contest_id, 2)["rows"]
    assert [(row["rank"], row["number"], row["score"]) for row in rows_now] == [
        (1, "02", "97.00"),
        (2, "03", "91.00"),
        (3, "01", "86.50"),
    ]


def test_a_released_result_is_corrected_weighed_and_exported(tested: Desk) -> None:
    venue = tested.venue
    place = turn(tested, "01").panel[0].id
    perform(open_points, DESK, venue.contest_id, 2)
    for who in (TALLIER, CHECKER):
        for number, points in (("01", "80"), ("02", "97"), ("03", "91")):
            perform(enter_paper, who, venue.contest_id, turn(tested, number).id, place, {"points": points})
    perform(release_points, DESK, venue.contest_id, 2)
    perform(
        request_sheet, TALLIER, venue.contest_id, turn(tested, "01").id, place, {"points": "98"}, "陈思远", "misread"
    )
    asked = db.session.scalars(db.select(Correction)).one()
    perform(approve_correction, CHIEF, venue.contest_id, asked.id, "seen")
    assert [row["number"] for row in audience(venue.contest_id, 2)["rows"]] == ["01", "02", "03"]

    weights = {"weight-1": "60", "weight-2": "40", "best": "1", "ties": "key_criterion", "reason": "as published"}
    assert tested.browser.post(f"{tested.path}/events/weigh", data=weights).status_code == 303
    for number, total in (("01", "80"), ("02", "90"), ("03", "90")):
        first = next(
            one
            for one in db.session.get_one(Contest, venue.contest_id).events[0].rounds[0].turns
            if one.number == number
        )
        perform(call, DESK, first.id)
        for seat in first.panel:
            perform(
                submit,
                Actor(f"seat:{seat.id}"),
                first.id,
                seat.id,
                marks_worth(total),
                f"{number}-by-{seat.number}-of-event-1",
            )
        perform(release, DESK, first.id)
    # 98 × 0.4 + 80 × 0.6 = 87.2; 97 × 0.4 + 90 × 0.6 = 92.8; 91 × 0.4 + 90 × 0.6 = 90.4.
    rows = overall(venue.contest_id)["rows"]
    assert [(row["number"], row["score"]) for row in rows] == [("02", "92.80"), ("03", "90.40"), ("01", "87.20")]
    book = tested.browser.get(f"{tested.path}/ranking.xlsx?event=2", follow_redirects=True)
    sheet = load_workbook(BytesIO(book.data)).worksheets[0]
    assert {"01": 98.0, "02": 97.0, "03": 91.0}.items() <= {
        row[1].value: row[4].value for row in sheet.iter_rows()
    }.items()


def test_a_test_whose_results_are_public_at_the_end_shows_none_before_all_are_released(tested: Desk) -> None:
    venue = tested.venue
    event = event_of_test(tested)
    event.settings = event.settings | {"publication": "at_end"}
    db.session.commit()
    place = turn(tested, "01").panel[0].id
    perform(open_points, DESK, venue.contest_id, 2)
    for who in (TALLIER, CHECKER):
        for number in ("01", "02", "03"):
            perform(enter_paper, who, venue.contest_id, turn(tested, number).id, place, {"points": "80"})
    for number, seen in (("02", 0), ("01", 0), ("03", 3)):
        perform(release, DESK, turn(tested, number).id)
        board = audience(venue.contest_id, 2)
        assert (len(board["rows"]), board["released"], len(overall(venue.contest_id)["events"][1]["leading"])) == (
            seen,
            seen,
            seen,
        )
