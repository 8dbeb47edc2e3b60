"""Setting up as an organizer lives it: step after step, each saved by itself, up to an open contest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from scoring.actions.contests import add_account
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.store import Contest, Event
from tests.conftest import ORGANIZER, PASSWORD, Venue
from tests.organizers.conftest import words_of
from tests.organizers.forms_read import read_form
from tests.passwords import quickly_checked

NAMED = {"title_zh": "明州市释法说理竞赛", "office": "明州市院", "level": "city", "line": "普通犯罪", "run": "official"}


@dataclass
class Path:
    """An organizer's browser on the way to a contest."""

    browser: FlaskClient

    def begin(self, start: str = "format:legal_explanation:", **named: str) -> int:
        """Choose what to begin with and name it; answers the contest's id."""
        answer = self.browser.post("/desk/new", data={"start": start, **NAMED, **named})
        assert (answer.status_code, answer.location.rpartition("/")[2]) == (303, "rubric")
        return int(answer.location.split("/")[2])

    def look(self, contest_id: int, step: str = "") -> TestResponse:
        """Read a step; without one the check list."""
        answer = self.browser.get(f"/desk/{contest_id}/set-up{'/' if step else ''}{step}")
        assert answer.status_code == 200
        return answer

    def send(self, contest_id: int, step: str, sent: Any, do: str = "save") -> TestResponse:
        """Press a button of a step."""
        form = MultiDict(sent)
        form["do"] = do
        return self.browser.post(f"/desk/{contest_id}/set-up/{step}", data=form)

    def form(self, contest_id: int, step: str) -> MultiDict[str, str]:
        """Everything that the step's form would send if nothing was changed."""
        return fields_of(self.look(contest_id, step).text)

    def press(self, contest_id: int, press: str, **sent: str) -> TestResponse:
        """Press a button beside the steps."""
        return self.browser.post(f"/desk/{contest_id}/set-up/press/{press}", data=sent)


def fields_of(html: str) -> MultiDict[str, str]:
    """What the fields of the first form of the page hold."""
    return read_form(html.partition("<main")[2])


@pytest.fixture
def path(app) -> Iterator[Path]:
    """An organizer who is signed in where there is no contest yet."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        perform(add_account, ORGANIZER, quickly_checked(PASSWORD))
        client = app.test_client()
        client.set_cookie("language", "en")
        client.post("/desk/sign-in", data={"name": ORGANIZER, "password": PASSWORD})
        yield Path(client)


def event(contest_id: int) -> Event:
    db.session.rollback()
    return db.session.get_one(Contest, contest_id).events[0]


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
    assert "Rubric , done" in words
    assert "Contestants , something is missing" in words
    assert "at least 1 are needed" in words_of(path.look(contest_id))
    assert "1 things are missing" in words_of(path.browser.get("/desk/"))


def test_maxima_that_do_not_add_up_are_saved_and_named_in_the_check_list(path):
    contest_id = path.begin()
    form = path.form(contest_id, "rubric")
    form["rubric.0.maximum"] = "１０"
    assert path.send(contest_id, "rubric", form).status_code == 303
    assert event(contest_id).settings["rubric"][0]["maximum"] == "10"
    assert "add up to 95, not to 100" in words_of(path.look(contest_id))
    form = path.form(contest_id, "rubric")
    form["full_marks"] = "95"
    path.send(contest_id, "rubric", form)
    assert "add up to" not in words_of(path.look(contest_id))


def test_rows_are_added_moved_and_taken_away_without_a_script_and_saved_only_then(path):
    contest_id = path.begin()
    form = path.form(contest_id, "rubric")
    answer = path.send(contest_id, "rubric", form, "add:rubric")
    assert "Not saved yet" in words_of(answer)
    form = fields_of(answer.text)
    form["rubric.6.zh"], form["rubric.6.maximum"] = "普通话", "5"
    form = fields_of(path.send(contest_id, "rubric", form, "up:rubric.6").text)
    assert (form["rubric.5.zh"], form["rubric.6.key"]) == ("普通话", "bearing")
    form = fields_of(path.send(contest_id, "rubric", form, "remove:rubric.0").text)
    assert len(event(contest_id).settings["rubric"]) == 6
    path.send(contest_id, "rubric", form)
    keys = [row["key"] for row in event(contest_id).settings["rubric"]]
    assert keys == ["law", "reasoning", "plain_language", "response", "added_1", "bearing"]
    assert event(contest_id).settings["rubric"][4]["en"] == ""


def test_a_checklist_gets_items_and_defects(path):
    contest_id = path.begin("format:case_binding:")
    form = fields_of(path.send(contest_id, "rubric", path.form(contest_id, "rubric"), "add:checklist").text)
    form = fields_of(path.send(contest_id, "rubric", form, "add:checklist.0.defects").text)
    form["checklist.7.zh"], form["checklist.7.defects.0.zh"] = "电子卷宗", "缺扫描件"
    form["checklist.0.defects.2.zh"], form["checklist.0.defects.2.points"] = "封面破损", "0.5"
    assert path.send(contest_id, "rubric", form).status_code == 303
    checklist = event(contest_id).settings["checklist"]
    assert [defect["key"] for defect in checklist[0]["defects"]] == [
        "blank_or_wrong_field",
        "wrong_cause_or_party",
        "added_1",
    ]
    assert checklist[7]["defects"][0]["zh"] == "缺扫描件"


@pytest.mark.parametrize(
    ("step", "change", "place", "says"),
    [
        ("rubric", {"rubric.1.maximum": "0"}, "rubric.1.maximum", "above 0"),
        ("rubric", {"rubric.1.maximum": "many"}, "rubric.1.maximum", "such as 25"),
        ("rubric", {"rubric.2.zh": "", "rubric.2.en": ""}, "rubric.2.zh", "give this a name"),
        ("rubric", {"rubric.3.step": "0.4"}, "rubric.3.step", "cannot be reached"),
        ("rules", {"panel.trim_from": "2"}, "panel.trim_from", "at least 3 judges"),
        ("rules", {"panel.decimals": "two"}, "panel.decimals", "a whole number"),
        ("rules", {"clocks.1.seconds": "soon"}, "clocks.1.seconds", "such as 6:30"),
        ("rules", {"clocks.1.warn_seconds": "999"}, "clocks.1.warn_seconds", "360 seconds"),
        ("rules", {"overtime.most": "0"}, "overtime.most", "above 0"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(path, step, change, place, says):
    contest_id = path.begin()
    before = event(contest_id).settings
    form = path.form(contest_id, step)
    for name, value in change.items():
        form[name] = value
    answer = path.send(contest_id, step, form)
    assert answer.status_code == 409
    problem = unescape(answer.text.partition(f'id="{place}-problem">')[2].partition("<")[0])
    assert says in problem
    assert fields_of(answer.text)[place] == change.get(place, "")
    assert event(contest_id).settings == before


def test_rules_are_saved_with_times_choices_and_the_chain_of_ties(path):
    contest_id = path.begin()
    form = path.form(contest_id, "rules")
    assert form["clocks.0.seconds"] == "15:00"
    form["clocks.0.seconds"], form["publication"] = "12:30", "one_behind"
    form.pop("panel.trim")
    answer = path.send(contest_id, "rules", form, "remove:ties.1")
    assert "Add: key criterion" in words_of(answer)
    assert path.send(contest_id, "rules", fields_of(answer.text)).status_code == 303
    settings = event(contest_id).settings
    assert settings["clocks"][0]["seconds"] == 750
    assert (settings["publication"], settings["panel"]["trim"]) == ("one_behind", False)
    assert settings["ties"] == ["exact_value", "untrimmed_mean", "play_off", "shared_rank"]


def test_each_rule_is_explained_with_its_default(path):
    contest_id = path.begin()
    words = words_of(path.look(contest_id, "rules"))
    assert "Decimals of a score Rounded half up once, at the very end. Default: 2." in words
    assert "Default: at once." in words


def entries(*rows: tuple[str, str]) -> MultiDict[str, str]:
    form: MultiDict[str, str] = MultiDict()
    for number, name in rows:
        for key, value in (("number", number), ("name", name), ("office", ""), ("department", ""), ("id", "")):
            form.add(key, value)
    return form


def test_contestants_are_typed_into_a_table_and_a_wrong_line_is_named(path):
    contest_id = path.begin()
    answer = path.send(contest_id, "contestants", entries(("01", "陈思远"), ("", ""), ("01", "林晓彤"), ("03", "")))
    assert answer.status_code == 409
    words = words_of(answer)
    assert "Two contestants have the number 01" in words
    assert "Please fill this in" in words
    assert event(contest_id).contest.contestants == []
    path.send(contest_id, "contestants", entries(("01", "陈思远"), ("02", "林晓彤")))
    form = path.form(contest_id, "contestants")
    assert [name for name in form.getlist("name") if name] == ["陈思远", "林晓彤"]
    form.add("off", form.getlist("id")[0])
    path.send(contest_id, "contestants", form)
    assert [one.name for one in event(contest_id).contest.contestants] == ["林晓彤"]


def test_a_broken_form_takes_nobody_off_the_list_and_no_name_from_a_seat(path):
    contest_id = path.begin()
    path.send(contest_id, "contestants", entries(("01", "陈思远")))
    seat = event(contest_id).rooms[0].seats[0].id
    path.send(contest_id, "judges", {f"{seat}.name": "赵明"})
    assert path.send(contest_id, "contestants", {}).status_code == 400
    path.send(contest_id, "judges", {})
    assert len(event(contest_id).contest.contestants) == 1
    assert event(contest_id).rooms[0].seats[0].name == "赵明"


def test_judges_get_names_and_their_number_is_set(path):
    contest_id = path.begin()
    room = event(contest_id).rooms[0]
    form = path.form(contest_id, "judges")
    form[f"{room.seats[0].id}.name"], form[f"judges.{room.id}"] = "赵明", "9"
    path.send(contest_id, "judges", form)
    seats = event(contest_id).rooms[0].seats
    assert (len(seats), seats[0].name) == (9, "赵明")
    form[f"judges.{seats[0].room_id}"] = "99"
    assert "1 to 21 judges" in words_of(path.send(contest_id, "judges", form))


def test_rooms_are_added_and_contestants_dealt_out(path):
    contest_id = path.begin()
    path.send(contest_id, "contestants", entries(("01", "陈思远"), ("02", "林晓彤")))
    form = fields_of(path.send(contest_id, "rooms", path.form(contest_id, "rooms"), "add").text)
    form.setlist("zh", ["一号厅", "二号厅"])
    form.setlist("starts", ["2026-11-25T09:00", ""])
    path.send(contest_id, "rooms", form)
    form = path.form(contest_id, "rooms")
    form["evenly"] = "1"
    path.send(contest_id, "rooms", form)
    found = event(contest_id)
    assert [(room.name_zh, room.starts) for room in found.rooms] == [("一号厅", "2026-11-25T09:00"), ("二号厅", "")]
    assert [turn.room.name_zh for turn in found.rounds[0].turns] == ["一号厅", "二号厅"]


def test_matches_are_paired_at_the_step_of_rooms_and_unpaired_again(path):
    contest_id = path.begin("format:debate:1v1")
    path.send(contest_id, "contestants", entries(*((f"{n:02d}", f"辩手{n}") for n in range(1, 5))))
    assert "The matches are not paired yet" in words_of(path.look(contest_id))
    sent = {"first": "all_play", "size": "0", "seed": "8 1 7", "witness": "监督员"}
    refused = path.send(contest_id, "rooms", sent | {"witness": ""}, "pair")
    assert "who witnessed the draw" in words_of(refused)
    assert path.send(contest_id, "rooms", sent, "pair").status_code == 303
    assert "Nothing is missing" in words_of(path.look(contest_id))
    assert "Take the pairing back first" in words_of(path.send(contest_id, "contestants", entries(("01", "x"))))
    path.send(contest_id, "rooms", {}, "undo-pairing")
    assert "The matches are not paired yet" in words_of(path.look(contest_id))


def test_the_contest_opens_when_nothing_is_missing_and_leads_to_the_desk(path):
    contest_id = path.begin()
    path.press(contest_id, "open")
    assert event(contest_id).contest.state == "preparing"
    assert "at least 1 are needed" in words_of(path.look(contest_id))
    path.send(contest_id, "contestants", entries(("01", "陈思远")))
    answer = path.press(contest_id, "open")
    assert answer.location == f"/desk/{contest_id}"
    assert "Call no. 01" in words_of(path.browser.get(answer.location))


def test_the_public_list_has_only_open_contests(path):
    contest_id = path.begin()
    assert NAMED["title_zh"] not in path.browser.get("/").text
    path.send(contest_id, "contestants", entries(("01", "陈思远")))
    path.press(contest_id, "open")
    assert NAMED["title_zh"] in path.browser.get("/").text


def test_a_practice_run_says_so_on_every_screen_and_an_official_one_nowhere(path):
    official, practice = path.begin(), path.begin(run="practice")
    seats = {one: event(one).rooms[0].seats[0] for one in (official, practice)}
    slugs = {one: event(one).contest.slug for one in (official, practice)}
    for one in (official, practice):
        addresses = [f"/desk/{one}", f"/desk/{one}/set-up/rules", f"/c/{slugs[one]}", f"/c/{slugs[one]}/screen"]
        with path.browser.session_transaction() as session:
            session["seats"] = {str(seats[one].id): seats[one].epoch}
        for address in [*addresses, f"/judge/{seats[one].id}"]:
            page = path.browser.get(address)
            assert page.status_code == 200, address
            assert ("Practice run" in page.text) == (one == practice), address


def test_an_own_template_and_a_copy_are_offered_to_the_next_contest(path):
    contest_id = path.begin()
    form = path.form(contest_id, "rules")
    form["panel.decimals"] = "3"
    path.send(contest_id, "rules", form)
    path.press(contest_id, "template", name="省院标准")
    path.send(contest_id, "contestants", entries(("01", "陈思远")))
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


@pytest.fixture
def marked(organizer: FlaskClient, venue: Venue) -> tuple[Path, Venue]:
    """The contest of the cast with two scores out: 92.00 and 93.50, because the extremes are dropped."""
    for number, totals in (("01", ["80", "90", "91", "92", "93", "94", "100"]), ("02", ["60"] + ["93.5"] * 6)):
        venue.call(number)
        venue.all_submit(number, totals)
        venue.release(number)
    return Path(organizer), venue


def test_after_marking_has_begun_saving_shows_what_a_new_version_would_change_and_changes_nothing(marked):
    path, venue = marked
    form = path.form(venue.contest_id, "rules")
    form.pop("panel.trim")
    answer = path.send(venue.contest_id, "rules", form)
    words = words_of(answer)
    assert "Drop one highest and one lowest total yes no" in words
    assert "01 陈思远 92.00 → 91.43 2 → 1" in words
    assert "02 林晓彤 93.50 → 88.71 1 → 2" in words
    assert event(venue.contest_id).settings_version == 1


def test_the_shown_version_comes_into_force_with_a_reason_and_the_typed_address(marked):
    path, venue = marked
    form = path.form(venue.contest_id, "rules")
    form.pop("panel.trim")
    shown = fields_of(path.send(venue.contest_id, "rules", form).text)
    refused = path.press(venue.contest_id, "new-version", **shown.to_dict() | {"reason": "", "typed": "x"})
    assert "Please give a reason" in words_of(refused)
    sent = fields_of(refused.text).to_dict() | {"reason": "通知要求不去最高最低分", "typed": "shifa"}
    assert path.press(venue.contest_id, "new-version", **sent).status_code == 303
    assert event(venue.contest_id).settings_version == 2
    assert [(row["number"], row["score"]) for row in venue.audience()["rows"]] == [("01", "91.43"), ("02", "88.71")]
    assert "通知要求不去最高最低分" in words_of(path.look(venue.contest_id, "rules"))


def test_a_new_version_that_would_lose_a_mark_says_which_sheet_and_cannot_be_put_in_force(marked):
    path, venue = marked
    form = path.form(venue.contest_id, "rubric")
    form = fields_of(path.send(venue.contest_id, "rubric", form, "remove:rubric.5").text)
    answer = path.send(venue.contest_id, "rubric", form)
    assert answer.status_code == 409
    assert "Judge 1's sheet for no. 01 could not be read any more" in words_of(answer)
    assert "Put this version in force" not in answer.text
    assert event(venue.contest_id).settings_version == 1


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
