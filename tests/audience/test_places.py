"""The places of the templates: figures stay as the snapshot has them, words come around them."""

from __future__ import annotations

import pytest
from flask import Flask

from scoring.audience.places import Places
from scoring.audience.words import words

PLACES = Places({"judge": "Judge %(seat)s of %(panel.size)s", "fate.recused": "recused", "fate.counted": ""})
LINE = {"seat": "3", "total": "91.50", "fate": "recused", "panel": {"size": 7}, "gone": None}


def test_a_figure_is_written_as_it_is() -> None:
    assert PLACES.text(LINE, "total") == "91.50"
    assert PLACES.text(LINE, "panel.size") == "7"


def test_a_value_with_a_word_of_its_own_is_written_as_that_word() -> None:
    assert PLACES.text(LINE, "fate") == "recused"
    assert PLACES.text({"fate": "counted"}, "fate") == ""


@pytest.mark.parametrize("path", ["gone", "gone.further", "never", "seat.further"])
def test_where_there_is_nothing_nothing_is_written(path: str) -> None:
    assert PLACES.text(LINE, path) == ""
    assert PLACES.items(LINE, path) == []


def test_a_sentence_is_written_around_its_figures() -> None:
    assert PLACES.sentence("judge", LINE) == "Judge 3 of 7"
    assert PLACES.sentence("judge", None) == "Judge  of "


def test_the_items_of_a_mapping_are_its_pairs() -> None:
    assert PLACES.items({"figures": {"exact_value": "92.4286"}}, "figures") == [
        {"key": "exact_value", "value": "92.4286"}
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_small_numbers_are_spoken_as_words_up_to_the_largest_panel(app: Flask, language: str) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        said = words()
    for name in ("judges", "counted"):
        spoken = [said[f"{name}.{count}"] for count in range(1, 22)]
        assert len(set(spoken)) == 21
    assert "judges.22" not in said
