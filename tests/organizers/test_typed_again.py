"""What was typed into a form that is refused is there again, on every page of steps."""

from __future__ import annotations

import re

import pytest
from werkzeug.datastructures import MultiDict

from scoring.actions.preparing.events import EventPlan, add_event
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.organizers.typed_again import typed_again
from tests.conftest import DESK, contest_of
from tests.organizers.conftest import words_of
from tests.organizers.forms_read import read_form

PAGE = """<!doctype html><html><body><p title="a &amp; b">x &lt; y</p>
<details><summary>One</summary><form method="post" action="/desk/1/a"><input type="hidden" name="seat" value="1">
<input name="name" value="old"><textarea name="note">old</textarea></form></details>
<details class="two"><summary>Two</summary><form method="post" action="/desk/1/a?event=2">
<input type="hidden" name="seat" value="2"><input type="hidden" name="request" value="r">
<input name="name" value="old"><input name="name"><textarea name="note">old &amp; more</textarea>
<input type="checkbox" name="tick" value="1" checked><input type="radio" name="way" value="a" checked>
<input type="radio" name="way" value="b"><select name="kind"><option value="x" selected>X</option>
<option value="y">Y</option></select><button type="submit" name="do" value="z">Go</button></form></details>
<script>if (1 < 2 && "é") {}</script></body></html>"""
SENT = MultiDict(
    [("seat", "2"), ("name", '"新"<1>'), ("name", "second"), ("note", "a & b"), ("way", "b"), ("kind", "y")]
)


def test_the_form_that_was_sent_holds_what_was_typed_and_the_rest_stays():
    page = typed_again(PAGE, "/desk/1/a", SENT)
    first, _, second = page.partition('class="two"')
    assert 'value="old"' in first
    assert "<details><summary>One" in first
    assert "<details" in first
    assert second.startswith(' open=""')
    assert 'value="&quot;新&quot;&lt;1&gt;"' in second
    assert 'value="second"' in second
    assert "a &amp; b</textarea>" in second
    assert "old" not in second
    assert 'name="tick" value="1">' in second
    assert 'name="way" value="b" checked' in second
    assert 'value="y" selected' in second
    assert 'value="x">' in second


def test_without_such_a_form_the_page_stays_as_it_is():
    assert typed_again(PAGE, "/desk/1/b", SENT) == PAGE
    assert typed_again(PAGE, "/desk/1/a", MultiDict({"seat": "3"})) == PAGE


def test_nothing_else_of_the_page_changes():
    """Text, entities, scripts and attributes come out as they went in."""
    page = typed_again(PAGE, "/desk/1/a", MultiDict({"seat": "1", "name": "old", "note": "old"}))
    assert '<p title="a &amp; b">x &lt; y</p>' in page
    assert '<script>if (1 < 2 && "é") {}</script>' in page
    assert page.startswith("<!doctype html><html><body>")


@pytest.fixture
def weighed(desk):
    perform(add_event, DESK, desk.venue.contest_id, EventPlan("legal_explanation", 3))
    return desk


def test_a_wrong_total_of_weights_keeps_what_was_typed(weighed):
    sent = {"weight-1": "40", "weight-2": "30", "ties": "shared_rank", "best": "5", "reason": "通知第三条"}
    sent |= {"parts_first": "1", "decimals": "3"}
    answer = weighed.browser.post(f"{weighed.path}/events/weigh", data=sent)
    assert answer.status_code == 409
    assert "100" in words_of(answer)
    form = read_form(answer.text.partition('id="weigh"')[2].partition("</form>")[0].join(("<form>", "</form>")))
    assert {name: form[name] for name in sent} == sent
    db.session.rollback()
    assert contest_of(weighed.venue).overall == {}
    again = weighed.browser.post(f"{weighed.path}/events/weigh", data=sent | {"weight-2": "60"})
    assert again.status_code == 303
    weighting = contest_of(weighed.venue).overall["weighting"]
    assert (weighting["decimals"], weighting["parts_first"]) == (3, True)


def test_a_refused_reserve_keeps_the_fold_open_and_the_office_typed(desk):
    room = desk.venue.seat(1).room_id
    sent = {"room": str(room), "name": " ", "office": "省人民检察院", "request": "reserve-once-1"}
    answer = desk.browser.post(f"{desk.path}/seats/add-reserve", data=sent)
    assert answer.status_code == 409
    form = answer.text.partition('value="省人民检察院"')[0]
    assert form != answer.text
    assert re.search(r"<details[^>]*open[^>]*>(?:(?!</details>).)*$", form, re.S)


def test_the_switch_of_languages_leads_back_to_the_page_from_a_refused_step_and_from_a_step_of_the_path(desk):
    answer = desk.browser.post(f"{desk.path}/seats/add-reserve", data={"room": "1", "name": " "})
    assert f'name="next" value="{desk.path}/seats"' in answer.text
    page = desk.browser.get(f"{desk.path}/set-up/rubric").text
    assert f'name="next" value="{desk.path}/set-up/rubric' in page
