"""The steps of rubric and rules: what is saved, what is refused beside its field, and a new version after marking."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_babel import refresh
from sqlalchemy import select

from scoring.extensions import db
from scoring.organizers.setting_up.page_of_rules import GROUPS
from scoring.organizers.setting_up.specs import SPECS, TABLES
from scoring.rules import formats
from scoring.rules.formats.common import RULES
from scoring.rules.panel import PanelRules
from scoring.store import Entry
from scoring.wording.announcing import announced
from tests.conftest import Venue
from tests.organizers.conftest import words_of
from tests.organizers.path import Path, event, fields_of


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
    assert event(contest_id).settings["rubric"][4]["en"] == "普通话", "nobody has to know both languages"


@pytest.mark.parametrize("place", ["²", "9" * 5000, "-1", ""])
def test_a_row_that_is_not_there_is_not_moved(path, place):
    contest_id = path.begin()
    form = path.form(contest_id, "rubric")
    for press in (f"up:rubric.{place}", f"add:rubric.{place}.defects"):
        assert path.send(contest_id, "rubric", form, press).status_code < 500


def in_sight(page):
    """What stands in the fields of a rubric's rows that are not folded away."""
    shown = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    return unescape(" ".join(re.findall(r'name="rubric\.\d+\.(?:zh|en)" value="([^"]*)"', shown)))


def test_the_names_in_sight_are_in_the_readers_language_and_the_others_are_folded(path):
    contest_id = path.begin()
    names = in_sight(path.look(contest_id, "rubric").text)
    assert ("plain language" in names.lower(), "群众语言与沟通" in names) == (True, False)
    assert "Chinese and hints" in words_of(path.look(contest_id, "rubric"))
    path.browser.set_cookie("language", "zh")
    refresh()
    assert "群众语言与沟通" in in_sight(path.look(contest_id, "rubric").text)


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
    assert "Drop the highest and the lowest yes no" in words
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
    assert "The sheet of judge 1 for no. 01 could not be read any more" in words_of(answer)
    assert "Put this version in force" not in answer.text
    assert event(venue.contest_id).settings_version == 1


@pytest.mark.parametrize(("language", "named"), [("zh", "下移："), ("en", "Move down: ")])
def test_buttons_beside_a_row_are_named_after_it_in_the_readers_language(path, language, named):
    contest_id = path.begin()
    row = event(contest_id).settings["rubric"][0]
    path.browser.set_cookie("language", language)
    refresh()
    page = unescape(path.look(contest_id, "rubric").text)
    assert named + row[language] in page


def test_the_rooms_name_in_the_readers_language_comes_first(path):
    page = words_of(path.look(path.begin(), "rooms"))
    assert page.index("English name") < page.index("Chinese name")


#: What follows from the way an event begins, or cannot be said otherwise: how many speak, whose clock it is.
UNASKED = {"key", "defects", "speakers", "kind", "side"}


def test_no_rule_of_the_rulebook_is_without_its_field():
    """Each field of each class of rules, each column of each list, each setting of each format stands on a page."""
    shown = {path for _, singles, lists in GROUPS for path in (*singles, *lists)}
    wanted = {f"{name}.{key}" for name, rule in RULES.items() for key in rule().to_data()}
    assert wanted - shown == set()
    for settings in (start.settings() for kind in formats.all_formats() for start in kind.all_starts):
        for name, value in settings.items():
            if name in TABLES:
                assert {key for row in value for key in row} - UNASKED <= {*TABLES[name].columns}, name
            elif name not in ("ties", "stage_weights"):
                inside = {f"{name}.{key}" for key in value} if isinstance(value, dict) else {name}
                assert inside - UNASKED <= {*SPECS, *TABLES}, name


def test_the_stage_script_of_a_debate_gets_a_clock_of_the_prosecution_in_its_place(path):
    contest_id = path.begin("format:debate:3v3")
    form = fields_of(path.send(contest_id, "rules", path.form(contest_id, "rules"), "add:clocks").text)
    place = max(int(name.split(".")[1]) for name in form if name.startswith("clocks."))
    form[f"clocks.{place}.zh"], form[f"clocks.{place}.seconds"] = "质询小结", "1:30"
    form[f"clocks.{place}.kind"], form[f"clocks.{place}.side"] = "single", "control"
    form[f"clocks.{place}.warn_seconds"] = "15"
    form = fields_of(path.send(contest_id, "rules", form, f"up:clocks.{place}").text)
    form = fields_of(path.send(contest_id, "rules", form, "remove:clocks.0").text)
    assert path.send(contest_id, "rules", form).status_code == 303
    clocks = event(contest_id).settings["clocks"]
    assert [clock["zh"] for clock in clocks][-3:] == ["辩方总结", "质询小结", "评分"]
    assert "备题" not in [clock["zh"] for clock in clocks]
    added = {"key": "added_1", "zh": "质询小结", "en": "质询小结", "seconds": 90, "warn_seconds": 15}
    assert clocks[-2] == {**added, "kind": "single", "side": "control"}


def test_a_clock_that_both_sides_have_belongs_to_none_of_them(path):
    contest_id = path.begin("format:debate:1v1")
    form = path.form(contest_id, "rules")
    form["clocks.0.side"] = "control"
    answer = path.send(contest_id, "rules", form)
    assert answer.status_code == 409
    assert "Only a clock of one speaker can belong to a side." in words_of(answer)


def test_a_performance_of_one_has_the_clocks_of_its_format_and_no_more(path):
    contest_id = path.begin()
    before = fields_of(path.look(contest_id, "rules").text)
    after = fields_of(path.send(contest_id, "rules", before, "add:clocks").text)
    assert {name for name in after if "clocks" in name} == {name for name in before if "clocks" in name}


def test_rules_of_an_earlier_release_have_every_field_and_saving_them_changes_nothing(path):
    contest_id = path.begin()
    found = event(contest_id)
    found.settings = {**found.settings, "panel": {"trim": True, "trim_from": 5, "minimum_valid": 3, "decimals": 2}}
    db.session.commit()
    form = path.form(contest_id, "rules")
    assert (form["panel.drop_high"], form["panel.short"], form["panel.wide"]) == ("1", "plain", "15")
    assert "panel.floor" not in form, "what was below 0 stays so"
    assert path.send(contest_id, "rules", form).status_code == 303
    assert event(contest_id).settings["panel"] == PanelRules().to_data()
    entry = db.session.scalars(select(Entry).where(Entry.verb == "change_settings")).one()
    assert entry.details["changed"] == {}


def test_a_panel_that_drops_two_at_each_end_is_set_marked_announced_and_exported(marked):
    path, venue = marked
    form = path.form(venue.contest_id, "rules")
    form["panel.drop_high"] = form["panel.drop_low"] = "2"
    answer = path.send(venue.contest_id, "rules", form)
    # 01: 91 + 92 + 93 = 276, / 3 = 92, as before; of 80 90 91 92 93 94 100 two go at each end.
    assert "How many of the highest go 1 2" in words_of(answer)
    sent = fields_of(answer.text).to_dict() | {"reason": "通知：去掉两个最高分、两个最低分", "typed": "shifa"}
    assert path.press(venue.contest_id, "new-version", **sent).status_code == 303
    row = next(one for one in venue.audience()["rows"] if one["number"] == "01")
    assert announced(row)[1:3] == [
        "The 2 highest, 100 / 94, and the 2 lowest, 80 / 90, are dropped.",
        "What counts adds up to 276; divided by three it is 92.00.",
    ]


def test_no_heading_stands_over_a_list_that_is_empty_and_cannot_grow(path):
    contest_id = path.begin("format:written_test:paper")
    headings = re.findall(r'<h2 id="group-\d+">([^<]+)</h2>', path.look(contest_id, "rules").text)
    assert "Measures" in headings
    assert "Clocks" not in headings


def add_group(path: Path, contest_id: int, sent: Any, **typed: str) -> Any:
    """Add a row to the groups of judges and type into it; answers all that the form holds then."""
    form = fields_of(path.send(contest_id, "rules", sent, "add:panel.groups").text)
    place = max(int(name.split(".")[2]) for name in form if name.startswith("panel.groups."))
    for name, text in typed.items():
        form[f"panel.groups.{place}.{name}"] = text
    return form


def test_groups_of_judges_are_set_on_the_page_of_rules(path):
    contest_id = path.begin()
    form = add_group(path, contest_id, path.form(contest_id, "rules"), zh="专业评委", weight="70", seats="1-5")
    form["panel.groups.0.drop_high"] = form["panel.groups.0.drop_low"] = "2"
    form = add_group(path, contest_id, form, zh="大众评委", weight="20", seats="6、7", figure="median")
    wrong = path.send(contest_id, "rules", form)
    assert wrong.status_code == 409
    assert "Dropping the highest and the lowest needs at least 5 judges." in words_of(wrong)
    form["panel.groups.0.drop_high"] = form["panel.groups.0.drop_low"] = "1"
    form["panel.groups.0.trim_from"] = "4"
    wrong = path.send(contest_id, "rules", form)
    assert "The weights of the groups add up to 90; please make them 100." in words_of(wrong)
    assert fields_of(wrong.text)["panel.groups.0.zh"] == "专业评委"
    form["panel.groups.1.weight"] = "30"
    assert path.send(contest_id, "rules", form).status_code == 303
    first, second = event(contest_id).settings["panel"]["groups"]
    assert (first["zh"], first["weight"], first["seats"], first["trim_from"]) == ("专业评委", "70", "1-5", 4)
    assert (second["figure"], second["seats"]) == ("median", "6、7")


def test_where_judges_cannot_sit_in_groups_the_page_does_not_ask_for_any(path):
    contest_id = path.begin("format:debate:3v3")
    assert "Groups of judges" not in words_of(path.look(contest_id, "rules"))


def test_a_change_of_a_group_is_shown_before_it_comes_into_force(marked):
    path, venue = marked
    form = add_group(path, venue.contest_id, path.form(venue.contest_id, "rules"), zh="评委", weight="100", seats="1-7")
    words = words_of(path.send(venue.contest_id, "rules", form))
    assert "Groups of judges with weights · 评委 — there" in words
    assert "01 陈思远 92.00 → 91.43 2 → 1" in words


def test_the_steps_of_a_test_speak_of_no_panel_no_ballot_and_nobody_who_is_called(path):
    contest_id = path.begin("format:written_test:paper")
    rules = words_of(path.look(contest_id, "rules"))
    for other in ("Panel", "secret ballot", "How sheets become"):
        assert other not in rules
    assert "Rules How results become a score" in rules
    assert "play-off" in rules
    rooms = words_of(path.look(contest_id, "rooms"))
    assert "Where the test is held, and when." in rooms
    assert "Judges" not in rooms
    form = path.form(contest_id, "rooms")
    form["zh"] = "第一考场"
    assert path.send(contest_id, "rooms", form).status_code == 303
    assert path.form(contest_id, "rooms")["zh"] == "第一考场"


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("format:legal_explanation:", "From then on contestants can be called."),
        ("format:case_binding:", "From then on batches can start."),
        ("format:written_test:paper", "From then on results are entered."),
    ],
)
def test_what_the_opening_makes_possible_is_said_in_the_words_of_what_is_judged(path, start, said):
    """To a bench, a document and a test it was said that a contestant could be called."""
    assert said in words_of(path.look(path.begin(start), ""))
