"""A fifth format needs one module and one template, and nothing else in the house knows its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from jinja2 import ChoiceLoader, FileSystemLoader
from openpyxl import load_workbook

from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.transaction import Actor, perform
from scoring.rules import formats
from scoring.store.codes import seat_key
from tests.conftest import CHEN, LIN, ROOT, Venue, begin_with
from tests.formats import quiz

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture
def quiz_venue(installation) -> Iterator[Venue]:
    """A quiz of two contestants before three judges."""
    if "quiz" not in [known.key for known in formats.all_formats()]:
        formats.register(quiz.FORMAT)
    for app in begin_with(installation, installation.empty):
        loader = app.jinja_env.loader
        app.jinja_env.loader = ChoiceLoader([loader, FileSystemLoader(TEMPLATES)])
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            plan = Plan("quiz", ("知识竞赛", "Quiz"), "明州市院", "quiz", 3, [CHEN, LIN])
            yield Venue(app, perform(set_up, Actor("test"), plan))
        app.jinja_env.loader = loader


def test_a_quiz_runs_from_the_call_to_the_ranking(quiz_venue):
    tablets = [quiz_venue.app.test_client() for _ in range(3)]
    for number, answers in {"01": ["7", "9", "4"], "02": ["8", "8", "3"]}.items():
        quiz_venue.call(number)
        for judge, right in enumerate(answers, 1):
            assert submitted_on_the_tablet(tablets[judge - 1], quiz_venue, judge, number, right)
        quiz_venue.release(number)
    rows = [(row["rank"], row["number"], row["score"]) for row in quiz_venue.audience()["rows"]]
    assert rows == [(1, "02", "8.00"), (2, "01", "7.00")]


def submitted_on_the_tablet(tablet: FlaskClient, venue: Venue, judge: int, number: str, right: str) -> bool:
    seat = venue.seat(judge)
    tablet.post(f"/judge/enter/{seat_key(seat)}")
    page = tablet.get(f"/judge/{seat.id}").get_data(as_text=True)
    assert 'id="mark-right"' in page
    field = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("base", "submission")}
    address = f"/judge/{seat.id}/turn/{venue.turn(number).id}"
    answer = tablet.post(address, data=field | {"typed-right": right, "verb": "submit"}, follow_redirects=True)
    return 'data-stage="locked"' in answer.get_data(as_text=True)


def test_what_a_quiz_refuses_is_said_beside_its_field(quiz_venue):
    quiz_venue.call("01")
    tablet, seat = quiz_venue.app.test_client(), quiz_venue.seat(1)
    tablet.set_cookie("language", "en")
    tablet.post(f"/judge/enter/{seat_key(seat)}")
    address = f"/judge/{seat.id}/turn/{quiz_venue.turn('01').id}"
    typed = {"typed-right": "11", "verb": "submit", "base": "0", "submission": "a-quiz-sheet"}
    answer = tablet.post(address, data=typed, follow_redirects=True)
    assert "The mark must be between 0 and 10." in answer.get_data(as_text=True)


def test_a_quiz_is_on_every_page_and_in_every_file(quiz_venue):
    from scoring.board.views.record import record_of_marks
    from scoring.exports import ranking_csv, ranking_xlsx

    quiz_venue.call("01")
    for judge in (1, 2, 3):
        quiz_venue.submits(judge, "01", {"right": "6"})
    quiz_venue.release("01")
    visitor = quiz_venue.app.test_client()
    for page in ("/", "/c/quiz", "/c/quiz/screen"):
        answer = visitor.get(page)
        assert answer.status_code == 200
        assert "6.00" in answer.get_data(as_text=True) or page == "/"
    with quiz_venue.app.test_request_context():
        record = record_of_marks(quiz_venue.contest_id)
        assert load_workbook(BytesIO(ranking_xlsx(record))).worksheets[0].max_row >= 2
        assert "6.00" in ranking_csv(record).decode("utf-8-sig")


def test_a_released_score_is_worked_out_once_and_an_open_one_never_shown(quiz_venue):
    quiz_venue.call("01")
    for judge in (1, 2, 3):
        quiz_venue.submits(judge, "01", {"right": "6"})
    quiz_venue.release("01")
    quiz_venue.audience()
    quiz_venue.call("02")
    before = quiz.scored
    for judge in (1, 2, 3):
        quiz_venue.submits(judge, "02", {"right": "9"})
        assert [row["number"] for row in quiz_venue.audience()["rows"]] == ["01"]
    assert quiz.scored == before
    quiz_venue.release("02")
    assert [row["number"] for row in quiz_venue.audience()["rows"]] == ["02", "01"]


def test_nothing_outside_a_format_and_its_templates_asks_for_a_format_by_name():
    asks = re.compile(r"""(?:format|kind\.key|\.key)\s*(?:==|!=|in)\s*[("'\[{]""")
    files = [
        *(path for path in (ROOT / "scoring").rglob("*.py") if "rules" not in path.parts),
        *(path for path in (ROOT / "templates").rglob("*.html") if "sheets" not in path.parts),
    ]
    assert not [f"{path.relative_to(ROOT)}" for path in files if asks.search(path.read_text())]


def test_nothing_outside_the_rulebook_and_the_demo_imports_a_format():
    of_one = re.compile(r"rules\.formats\.(?!base\b|common\b)|rules\.formats import (?!base\b|common\b)")
    files = [path for path in (ROOT / "scoring").rglob("*.py") if not {"rules", "demo"} & {*path.parts}]
    assert not [f"{path.relative_to(ROOT)}" for path in files if of_one.search(path.read_text())]
