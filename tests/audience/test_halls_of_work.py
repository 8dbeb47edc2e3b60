"""The hall screens of benches, of documents and of the overall result: each shows what is done there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from scoring.actions.review import coding
from scoring.board.views.audience import audience
from tests.audience.conftest import Visitor
from tests.audience.reading import Element
from tests.browser import hall_states as made
from tests.conftest import Installation, begin_with

Hall = Callable[[str], Element]


@pytest.fixture
def app(installation: Installation) -> Iterator[Flask]:
    """The application with no contest."""
    for app in begin_with(installation, installation.empty):
        with app.app_context():
            yield app


@pytest.fixture
def hall(app: Flask) -> Hall:
    """Somebody looks at the hall screen of a contest, in Chinese."""
    visitor = Visitor(app.test_client(), "zh")
    return lambda path: visitor.reads(f"/c/{path}")


def test_the_hall_of_a_binding_shows_the_race_of_its_four_benches(app: Flask, hall: Hall) -> None:
    made.benches_at_work("binding", 4, stopped=1, handed_in=0, batch=4)
    page = hall("binding/screen")
    assert page.one("section", "race").one("p", "race-state").text == "仍在装订 3/4"
    benches = page.one("section", "benches").all("li", "bench")
    assert [bench.one("span", "number").text for bench in benches] == ["01号", "02号", "03号", "04号"]
    assert [bench.attributes["data-is"] for bench in benches].count("working") == 3
    assert (page.all("section", "now"), page.all("section", "running-order")) == ([], [])


def test_the_hall_of_a_review_shows_how_far_it_is_and_its_codes_and_no_running_order(app: Flask, hall: Hall) -> None:
    letters = made.reviewed(made.review("letters", 3), 1)
    assert hall("letters/screen").one("section", "marking").text == "评阅进度 3 份 已提交评分表 3/6"
    for turn in letters.turns[1:]:
        letters.submits(turn, [made.sheet_of("90"), made.sheet_of("89")])
    letters.asks(coding.witness_decoding, actor=made.SUPERVISOR)
    letters.asks(coding.decode, actor=made.CODER)  # codes tell nothing of sealed relations any more
    page = hall("letters/screen")
    documents = page.one("section", "coded").all("li")
    assert [one.one("span", "code").text for one in documents] == ["A01", "A02", "A03"]
    assert [one.attributes["data-is"] for one in documents] == ["true"] * 3
    assert (page.all("section", "now"), page.all("section", "running-order")) == ([], [])
    assert "出场顺序" not in page.text


def test_the_overall_hall_is_filled_by_its_rows_once_there_are_totals(app: Flask, hall: Hall) -> None:
    made.events_played("city", 5, 5, 3)
    page = hall("city/overall/screen")
    rows = page.one("section", "ranking").all("li", "row")
    assert [row.text for row in rows] == [
        "1 01 林晓彤 江北区院 96.50",
        "2 02 周子涵 慈溪县院 94.50",
        "3 03 吴佳怡 高新技术产业开发区人民检察院 92.50",
    ]
    assert [event.one("p", "event-state").text for event in page.all("li", "event")] == [
        "进行中 已公布 5/12",
        "进行中 已公布 5/12",
        "进行中 已公布 3/12",
    ]
    assert [len(event.one("ol", "best").all("li")) for event in page.all("li", "event")] == [3, 3, 3]
    assert page.all("section", "welcome") == []


def test_the_states_that_screens_are_drawn_in_hold_what_they_promise(app: Flask) -> None:
    everything = audience(made.with_everything("everything").contest_id)
    newest, reckoned = everything["latest"], everything["latest"]["explanation"]
    assert [one["fate"] for one in reckoned["judges"]].count("recused") == 1
    assert (len(reckoned["penalties"]), newest["corrected"] is not None) == (1, True)
    others = [row for row in everything["rows"] if row["score"] == newest["score"]]
    assert [(row["rank"], row["decided_by"]) for row in others] == [(3, "untrimmed_mean"), (4, "untrimmed_mean")]
    assert [row["rank"] for row in everything["rows"] if row["shared"]] == [1, 1]
    letter = audience(made.review_over("letters").contest_id)["latest"]
    assert [one["zh"] for one in letter["explanation"]["penalties"]] == ["逾期提交", "文中出现身份标记"]
