"""The ? of a screen: every page that a person reads has one, of three sentences, which opens without a script."""

from __future__ import annotations

import re
from html import unescape

import pytest

from scoring.organizers.setting_up import STEPS
from scoring.wording.help import HELP
from tests.access.table import PAGES
from tests.test_words import chinese

# What is no page, what leads on at once, and the hall's screens, which nobody touches.
WITHOUT = {
    "enrolment",
    "enrolment_certificate",
    "healthz",
    "metrics",
    "audience.screen",
    "audience.overall_screen",
    "audience.board_json",
    "audience.overall_json",
    "judges.turn",
    "judges.photo",
    "organizers.access_csv",
    "organizers.back_from_verb",
    "organizers.import_template",
    "organizers.job_file",
    "organizers.overall_xlsx",
    "organizers.photo",
    "organizers.ranking_csv",
    "organizers.ranking_xlsx",
    "organizers.session",
    "organizers.set_up_step",
}
STEP_PAGES = {f"organizers.set_up_step:{step}" for step in STEPS}


def test_every_page_has_a_help_and_every_help_a_page(app):
    read = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert set(HELP) == (read & set(PAGES)) - WITHOUT | STEP_PAGES | {"judges.tablet:bench"}


@pytest.mark.parametrize("page", sorted(HELP))
def test_a_help_is_three_sentences_in_both_languages(app, page):
    text = HELP[page]._args[0]
    assert len(re.findall(r"\.(?: |$)", text)) == 3, text
    assert len(re.findall("。", chinese()[text])) == 3, chinese()[text]


def help_of(page: str) -> str:
    """What the ? of a page holds; "" where there is none."""
    opens = (
        r'<details class="help">\s*<summary aria-label="Help with this page">.*?<p class="help-text"[^>]*>([^<]+)</p>'
    )
    found = re.search(opens, page, re.DOTALL)
    return unescape(found[1]) if found else ""


def test_the_help_of_a_page_opens_without_a_script(organizer, anyone):
    assert help_of(organizer.get("/desk/1").text) == HELP["organizers.desk"]._args[0]
    assert help_of(organizer.get("/desk/1/set-up/rules").text) == HELP["organizers.set_up_step:rules"]._args[0]
    assert help_of(anyone.get("/c/shifa").text) == HELP["audience.leaderboard"]._args[0]


def test_a_refused_press_shows_the_help_of_the_page_it_came_from(organizer):
    answer = organizer.post("/desk/1/undo_call", data={"request": "a" * 32, "page": "desk", "turn": "1"})
    assert answer.status_code == 409
    assert help_of(answer.text) == HELP["organizers.desk"]._args[0]


@pytest.mark.parametrize("address", ["/judge/enter/1-unknown", "/judge/handover/1-unknown"])
def test_a_code_that_opens_no_seat_shows_the_help_of_the_six_digits(anyone, address):
    assert help_of(anyone.get(address).text) == HELP["judges.sign_in"]._args[0]


def test_nobody_is_helped_on_a_hall_screen(anyone):
    assert help_of(anyone.get("/c/shifa/screen").text) == ""
