"""The log calls a thing as the desk does, says on or off, and of coded work no more than may be known."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from flask_babel import force_locale

from scoring import actions
from scoring.actions.registry import log_entries
from scoring.actions.results import totals
from scoring.actions.running import penalties
from scoring.actions.transaction import perform
from scoring.board.reading.log import log
from scoring.extensions import db
from scoring.organizers.record import log_words
from tests.actions.test_publication import six
from tests.conftest import DESK

__all__ = ["six"]


def said(contest_id: int, *verbs: str, language: str = "zh") -> list[str]:
    """The sentences of these verbs, the newest first."""
    db.session.rollback()
    listed = log(contest_id, verbs, None, 20, check=False)["entries"]
    with force_locale(language):
        return [log_words.sentence(entry) for entry in listed]


@pytest.mark.parametrize("six", ["one_behind"], indirect=True)
def test_a_score_that_is_not_public_with_its_release_is_approved_as_the_desk_says(six):
    six.plays("01")
    assert said(six.contest_id, "release") == ["确认了01号的成绩，待公布"]


@pytest.mark.parametrize("six", ["at_once"], indirect=True)
def test_a_score_that_is_public_with_its_release_is_released(six):
    six.plays("01")
    assert said(six.contest_id, "release") == ["公布了01号的得分"]


def test_whether_totals_are_checked_is_said_with_on_and_off(venue):
    for wanted in (True, False):
        perform(totals.ask_for_checks, DESK, venue.contest_id, wanted)
    assert said(venue.contest_id, "ask_for_checks") == ["决定公布成绩前不再核分", "决定公布成绩前核分"]


def test_a_withdrawn_penalty_is_said_with_whose_it_was(venue):
    venue.call("01")
    perform(penalties.add_overtime, DESK, venue.turn("01").id, 20)
    db.session.rollback()
    (penalty,) = venue.turn("01").penalties
    perform(penalties.withdraw_penalty, DESK, penalty.id, "计时有误")
    assert said(venue.contest_id, "withdraw_penalty") == ["撤销了01号的一项扣分"]


def recorded() -> Iterator[str]:
    """The verbs of all entries: what the actions give to `record` as the verb, by itself or by a name."""
    for place in pkgutil.walk_packages(actions.__path__, f"{actions.__name__}."):
        module = import_module(place.name)
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                given = node.args[2]
                if isinstance(given, ast.Constant):
                    yield str(given.value)
                elif isinstance(given, ast.Name) and hasattr(module, given.id):
                    yield getattr(module, given.id)


def test_every_verb_that_is_recorded_has_a_sentence() -> None:
    known = set(log_entries())
    assert len(set(recorded())) > 90
    assert set(recorded()) - known == set()
