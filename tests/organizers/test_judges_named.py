"""Who judges is called as the contest calls them, in refusals too: a review has reviewers, benches have inspectors."""

from __future__ import annotations

import secrets

import pytest

from scoring.actions.preparing import codes
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.store import Contest, Seat
from scoring.store.codes import seat_key
from tests.browser import hall_states as made
from tests.conftest import DESK

CALLED = {
    "explanation": (lambda: made.explanation("said", 3, 3), "judge", "评委"),
    "binding": (lambda: made.benches_at_work("said", 2, 0, 0), "inspector", "检查员"),
    "review": (lambda: made.review("said", 3), "reviewer", "评阅人"),
}


@pytest.fixture(params=list(CALLED.values()), ids=list(CALLED))
def called(request, organizer):
    make, english, chinese = request.param
    contest = db.session.get_one(Contest, make().contest_id)
    return contest.id, contest.events[0].rooms[0].seats[0].id, english, chinese


def test_a_page_of_the_desk_names_them_so_when_it_refuses(called, organizer):
    contest, seat, english, _ = called
    perform(codes.revoke_code, DESK, contest, seat)
    answer = organizer.post(f"/desk/{contest}/cards/revoke", data={"request": secrets.token_hex(8), "seat": seat})
    said = answer.text if answer.status_code == 409 else organizer.get(answer.location).text
    assert f"The code of {english} 1 is revoked already." in said


def test_a_tablet_at_the_door_is_told_whose_seat_is_held(called, venue):
    _, seat, _, chinese = called
    enter = f"/judge/enter/{seat_key(db.session.get_one(Seat, seat))}"
    first, second = venue.app.test_client(), venue.app.test_client()
    assert first.post(enter).status_code in (302, 303)
    answer = second.post(enter, headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 409
    assert f"{chinese}1的席位由另一台平板占用" in answer.text


def test_at_the_head_of_a_sentence_they_have_a_capital(called, organizer):
    contest, seat, english, _ = called
    turn = db.session.get_one(Contest, contest).events[0].rounds[0].turns[0].id
    sent = {"request": secrets.token_hex(8), "turn": turn, "seat": seat}
    answer = organizer.post(f"/desk/{contest}/reinstate", data=sent)
    assert answer.status_code == 409
    assert f"{english.capitalize()} 1 is not recused." in answer.text
