"""Setting up as an organizer lives it: step after step, each saved by itself, up to an open contest."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.store import Contest, Rehearsal
from scoring.store.codes import seat_key
from tests.conftest import PASSWORD
from tests.organizers.conftest import words_of
from tests.organizers.path import NAMED, entrants, event
from tests.passwords import quickly_checked


def test_the_empty_list_leads_to_a_new_contest_and_the_formats_are_explained(path):
    assert "/desk/new" in path.browser.get("/desk/").text
    words = words_of(path.browser.get("/desk/new"))
    assert "Contestants appear one by one" in words
    assert "2 against 2" in words
    assert "Written on the day" in words


def test_nothing_is_stored_before_the_contest_has_a_name(path):
    path.browser.get("/desk/new?start=format:legal_explanation:")
    answer = path.browser.post("/desk/new", data={"start": "format:legal_explanation:", "title_zh": "", "slug": "A B"})
    assert answer.status_code == 409
    assert "Please fill this in" in words_of(answer)
    assert "small letters" in words_of(answer)
    assert list(db.session.scalars(select(Contest))) == []


@pytest.mark.parametrize("start", ["format:chess:", "format:debate:9v9", "template:7", "copy:7", "x"])
def test_what_nobody_offered_cannot_be_begun_with(path, start):
    assert path.browser.get(f"/desk/new?start={start}").status_code == 404
    assert path.browser.post("/desk/new", data={"start": start, **NAMED}).status_code == 404


@pytest.mark.parametrize(
    "start",
    [
        "format:legal_explanation:",
        "format:case_binding:",
        "format:suggestion_review:sent_in",
        "format:suggestion_review:on_the_day",
        "format:debate:1v1",
        "format:debate:4v4",
    ],
)
def test_every_step_of_every_format_can_be_read_and_saved_as_it_stands(path, start):
    contest_id = path.begin(start)
    before = event(contest_id).settings
    for step in ("identity", "rubric", "rules", "contestants", "judges", "rooms"):
        answer = path.send(contest_id, step, path.form(contest_id, step))
        assert answer.status_code == 303, words_of(answer)
    assert event(contest_id).settings == before
    assert path.look(contest_id, "format").status_code == 200
    assert "Open the contest" in words_of(path.look(contest_id))


def test_the_path_shows_what_is_done_and_what_is_missing(path):
    contest_id = path.begin()
    words = words_of(path.look(contest_id, "rubric"))
    assert "Rubric : done" in words
    assert "Contestants : something is missing" in words
    assert "at least 1 are needed" in words_of(path.look(contest_id))
    assert "1 thing is missing" in words_of(path.browser.get("/desk/"))


def test_the_contest_opens_when_nothing_is_missing_and_leads_to_the_desk(path):
    contest_id = path.begin()
    path.press(contest_id, "open")
    assert event(contest_id).contest.state == "preparing"
    assert "at least 1 are needed" in words_of(path.look(contest_id))
    path.send(contest_id, "contestants", entrants(("01", "陈思远")))
    answer = path.press(contest_id, "open")
    assert answer.location == f"/desk/{contest_id}"
    assert "Call no. 01" in words_of(path.browser.get(answer.location))


def test_the_public_list_has_only_open_contests(path):
    contest_id = path.begin()
    assert NAMED["title_zh"] not in path.browser.get("/").text.replace("<wbr>", "")
    path.send(contest_id, "contestants", entrants(("01", "陈思远")))
    path.press(contest_id, "open")
    assert NAMED["title_zh"] in path.browser.get("/").text.replace("<wbr>", "")


def test_a_practice_run_says_so_on_every_screen_and_an_official_one_nowhere(path):
    official, practice = path.begin(), path.begin(run="practice")
    seats = {one: event(one).rooms[0].seats[0] for one in (official, practice)}
    slugs = {one: event(one).contest.slug for one in (official, practice)}
    for one in (official, practice):
        addresses = [f"/desk/{one}", f"/desk/{one}/set-up/rules", f"/c/{slugs[one]}", f"/c/{slugs[one]}/screen"]
        path.browser.post(f"/judge/enter/{seat_key(seats[one])}")
        for address in [*addresses, f"/judge/{seats[one].id}"]:
            page = path.browser.get(address)
            assert page.status_code == 200, address
            assert ("Practice run" in page.text) == (one == practice), address
    db.session.add(Rehearsal(contest_id=practice, original_id=official, process="this one"))
    db.session.commit()
    for address in (f"/desk/{practice}", f"/judge/{seats[practice].id}"):
        assert "Rehearsal: nothing here counts" in path.browser.get(address).text, address


def test_an_own_template_and_a_copy_are_offered_to_the_next_contest(path):
    contest_id = path.begin()
    form = path.form(contest_id, "rules")
    form["panel.decimals"] = "3"
    path.send(contest_id, "rules", form)
    path.press(contest_id, "template", name="省院标准")
    path.send(contest_id, "contestants", entrants(("01", "陈思远")))
    words = words_of(path.browser.get("/desk/new"))
    assert "省院标准" in words
    assert "A copy of a contest held before" in words
    template = path.begin("template:1", title_zh="用模板")
    copy = path.begin(f"copy:{contest_id}", title_zh="第二年", contestants="1")
    assert [event(one).settings["panel"]["decimals"] for one in (template, copy)] == [3, 3]
    assert [len(event(one).contest.contestants) for one in (template, copy)] == [0, 1]


def test_a_contest_is_given_up_with_its_address_typed(path):
    contest_id = path.begin(slug="falsch")
    assert "Please type exactly falsch" in words_of(path.press(contest_id, "discard", typed="no", reason="x"))
    path.press(contest_id, "discard", typed="falsch", reason="重复创建")
    assert NAMED["title_zh"] not in path.browser.get("/desk/").text


def test_a_role_that_does_not_set_up_contests_stays_outside(path):
    contest_id = path.begin()
    perform(add_account, "supervisor", quickly_checked(PASSWORD), "supervisor")
    path.browser.post("/desk/sign-in", data={"name": "supervisor", "password": PASSWORD})
    for address in ("/desk/new", f"/desk/{contest_id}/set-up", f"/desk/{contest_id}/set-up/rules"):
        assert path.browser.get(address).status_code == 403
    assert path.press(contest_id, "open").status_code == 403
    assert "/desk/new" not in path.browser.get("/desk/").text


@pytest.mark.parametrize("address", ["/desk/77/set-up", "/desk/77/set-up/rules", "/desk/1/set-up/nowhere"])
def test_a_contest_or_step_that_is_not_there_is_not_found(path, address):
    path.begin()
    assert path.browser.get(address).status_code == 404
