"""In an idle session an open page may follow the contest on its screen; nothing else is answered, whatever is asked."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from scoring.extensions import db
from scoring.organizers import watched
from scoring.store import SignIn
from scoring.store.steady import steady
from tests.access.conftest import House
from tests.access.table import ACCOUNTS, PAGES

FOLLOWING = {"headers": {"Saiping-Follows": "1"}}
#: What may stay on a screen that nobody touches; prompter and waiting room show who is called to whoever is there.
GOES_ON = {"desk", "clocks", "benches", "screens", "prompter", "waiting_room"}


def test_an_idle_session_reads_no_page_on_by_asking_as_an_open_page_does(house: House) -> None:
    db.session.execute(update(SignIn).values(acted=steady() - timedelta(hours=3)))
    db.session.commit()
    answered = set()
    for rule in house.app.url_map.iter_rules():
        may = PAGES[rule.endpoint] & ACCOUNTS
        if rule.endpoint.startswith("organizers.") and "GET" in (rule.methods or ()) and may:
            answer = house.browsers[min(may)].get(house.address(rule), **FOLLOWING)
            led_away = answer.status_code in (302, 307) and answer.location.startswith("/desk/sign-in")
            answered |= set() if led_away else {rule.endpoint.removeprefix("organizers.")}
    assert answered - {"sign_in", "go_on", "session"} == GOES_ON
    assert {page for page in answered if watched.PAGES[page]} == {"prompter", "waiting_room"}


def test_the_waiting_room_goes_on_without_the_cases_of_the_staff(house: House) -> None:
    shown = f"/desk/{house.contest('shifa').id}/waiting-room?cases=1"
    assert '<th scope="col">Case</th>' in house.browsers["organizer"].get(shown).text
    db.session.execute(update(SignIn).values(acted=steady() - timedelta(hours=3)))
    db.session.commit()
    assert '<th scope="col">Case</th>' not in house.browsers["organizer"].get(shown, **FOLLOWING).text
