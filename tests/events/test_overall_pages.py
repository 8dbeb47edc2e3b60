"""The pages of the overall result and of the offices: right without a script, in both languages, and nothing early."""

from __future__ import annotations

from typing import Any

import gevent
import pytest
from flask_babel import refresh

from scoring.actions.running import not_performing
from scoring.actions.setting_up.overall import set_awards
from scoring.actions.transaction import perform
from scoring.board.views.overall import overall
from scoring.extensions import socketio
from scoring.live.broadcaster import send
from tests.conftest import DESK
from tests.events.test_overall import BEST_OFFICE, MODELS, weigh
from tests.organizers.conftest import words_of
from tests.patience import within

PAGES = ["/c/shifa/overall", "/c/shifa/offices", "/c/shifa/overall/screen", "/c/shifa/overall.json"]


def reads(browser, path: str, language: str = "en") -> str:
    refresh()  # the story's application context outlives the request, and Babel keeps the language in it
    browser.set_cookie("language", language)
    return words_of(browser.get(path))


def play(meet) -> None:
    weigh(meet)
    perform(set_awards, DESK, meet.contest_id, "overall", MODELS, None, "the rules of the contest")
    perform(set_awards, DESK, meet.contest_id, "offices", BEST_OFFICE, None, "the rules of the contest")
    for place in (1, 2, 3):
        meet.plays(place, {"01": "90", "02": "95", "03": "80"})


def test_before_the_first_total_the_hall_says_who_takes_part_what_counts_and_what_is_next(meet, anyone):
    weigh(meet)
    said = reads(anyone, "/c/shifa/overall/screen")
    assert "Entrants: 3 The total is made of the scores of all events by their weights." in said
    assert "Next event Legal explanation" in said
    meet.plays(1, {"01": "90", "02": "95", "03": "80"})
    assert overall(meet.contest_id)["next"]["en"] == "Written reasoning"


def test_the_overall_page_opens_each_total_to_its_scores_and_weights(meet, anyone):
    play(meet)
    said = reads(anyone, "/c/shifa/overall")
    assert "Legal explanation 40 % 3 of 3 released" in said
    assert "3 of 3 have a total" in said
    assert "林晓彤 Model 慈溪县院 95.00" in said
    assert "Written reasoning 95.00 × 30 % = 28.5" in said
    assert said.index("95.00 × 30 %") < said.index("What each event weighs")


def test_the_overall_page_counts_an_absence_as_the_event_itself_does(meet, anyone):
    meet.call(1, "01")
    for part in ("02", "03"):
        perform(not_performing.record_not_performing, DESK, meet.turn(1, part).id, "absent", "未到场", "组委会")
    page, own = overall(meet.contest_id)["events"][0], meet.audience(1)
    assert [page[key] for key in ("released", "total")] == [own[key] for key in ("released", "total")] == [0, 1]


def test_the_offices_page_opens_each_office_to_its_best(meet, anyone):
    play(meet)
    said = reads(anyone, "/c/shifa/offices")
    assert "江北区院 Organisation award" not in said
    assert "An office is ranked on its best total" in said
    assert "慈溪县院 Organisation award 1 entered 95.00" in said
    assert "江北区院 2 entered 90.00" in said


@pytest.mark.parametrize(("language", "title"), [("zh", "总成绩排名"), ("en", "Overall ranking")])
def test_the_big_screen_shows_both_rankings(meet, anyone, language, title):
    play(meet)
    said = reads(anyone, "/c/shifa/overall/screen", language)
    assert title in said
    assert "林晓彤" in said
    assert "慈溪县院" in said


def test_a_contest_links_to_its_events_its_overall_result_and_its_offices(meet, anyone):
    for path in ("/c/shifa", "/c/shifa?event=2", "/c/shifa/overall"):
        page = anyone.get(path).text
        for way in ("/c/shifa", "/c/shifa?event=2", "/c/shifa?event=3", "/c/shifa/overall", "/c/shifa/offices"):
            assert f'href="{way}"' in page
    home = anyone.get("/").text
    assert 'href="/c/shifa/overall"' in home
    assert 'href="/c/shifa/offices"' in home


def test_a_contest_of_one_event_links_to_its_offices_and_to_no_overall_result(venue_of_one, anyone_at_one):
    page = anyone_at_one.get("/c/shifa").text
    assert 'href="/c/shifa/offices"' in page
    assert 'href="/c/shifa/overall"' not in page


@pytest.mark.parametrize("path", PAGES)
def test_no_page_shows_an_unreleased_score_or_name(meet, anyone, path):
    weigh(meet)
    for place in (1, 2):
        meet.plays(place, {"01": "90"})
    meet.call(3, "02")
    meet.marks(3, "02", "77.5")
    seen = anyone.get(path).text
    assert "77.5" not in seen
    assert "林晓彤" not in seen
    assert "慈溪县院" not in seen


@pytest.mark.parametrize("path", [page.replace("shifa", "nothing") for page in PAGES])
def test_a_contest_that_there_is_not_has_no_overall_result(meet, anyone, path):
    assert anyone.get(path).status_code == 404


def test_the_figures_are_the_same_for_those_without_a_socket(meet, anyone):
    play(meet)
    answer = anyone.get("/c/shifa/overall.json")
    assert [row["score"] for row in answer.json["rows"]] == ["95.00", "90.00", "80.00"]
    again = anyone.get("/c/shifa/overall.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def heard(watcher) -> list[dict[str, Any]]:
    return [message["args"][0] for message in watcher.get_received("/audience")]


def greeted(watcher) -> dict[str, Any]:
    """What it is greeted with, which is made giving way to others."""
    with gevent.Timeout(within(10)):
        while not (greeting := heard(watcher)):
            socketio.sleep(0.001)
    return greeting[0]


def test_whoever_watches_the_overall_result_is_greeted_with_it_and_told_of_changes(meet):
    weigh(meet)
    watcher = socketio.test_client(meet.app, namespace="/audience", auth={"contest": "shifa", "overall": True})
    greeting = greeted(watcher)
    assert greeting["ranked"] == 0
    for place in (1, 2, 3):
        meet.plays(place, {"01": "90"})
    send(meet.contest_id, set())
    news = heard(watcher)
    assert news
    assert news[-1]["base"] == greeting["revision"]
