"""Which pages are of the record and so say that the duties are not in separate hands: every page is looked at."""

from __future__ import annotations

from scoring.organizers.watched import PAGES as WATCHED
from scoring.store.access_log import LOGS, MARKS
from scoring.store.people import ROLES
from tests.access.conftest import House
from tests.access.table import JUDGE, PAGES, VISITOR
from tests.access.test_doors import doors

SAID = "The duties are not separated: an administrator may hold several of them."
#: Beside the pages that show marks or a log: those where something is drawn or decoded before a witness.
WITNESSED = {"coding", "witness", "draw"}
#: For everybody, and without any result: the list of contests.
NO_RESULTS = {"audience.home"}


def is_of_the_record(endpoint: str) -> bool:
    """Whether a page shows marks, results, a log, or what was drawn or decoded."""
    room, _, name = endpoint.partition(".")
    if room == "audience":
        return endpoint not in NO_RESULTS
    return room == "organizers" and (WATCHED.get(name) in (MARKS, LOGS) or name in WITNESSED)


def test_every_page_of_the_record_says_that_the_duties_are_not_separated_the_halls_screens_too(house: House) -> None:
    shown = {}
    for endpoint, method, rule in doors(house.app):
        who = next((one for one in (*ROLES, JUDGE, VISITOR) if one in PAGES[endpoint]), None)
        if method == "GET" and who is not None:
            answer = house.knock(who, "GET", house.address(rule))
            if answer.status_code == 200 and answer.mimetype == "text/html":
                shown[endpoint] = SAID in answer.text
    pages = {endpoint for endpoint in shown if is_of_the_record(endpoint)}
    assert {"audience.screen", "audience.overall_screen", "audience.standings", "audience.bracket"} < pages
    assert {endpoint for endpoint in pages if not shown[endpoint]} == set()
    elsewhere = {endpoint for endpoint, says in shown.items() if says} - pages
    assert elsewhere <= {"organizers.duties"}, "elsewhere it would only be in the way"
