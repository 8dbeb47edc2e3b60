"""The workbook of each kind of contest: words for people, and nowhere a code of the program."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import get_type_hints

import openpyxl
import pytest
from flask import Flask

from scoring.actions.running import penalties, releases
from scoring.actions.transaction import perform
from scoring.audience.words import words
from scoring.board.snapshots.scores import JudgeTotal
from scoring.board.snapshots.words import OneOf
from scoring.board.views.record import record_of_marks
from scoring.exports import ranking_xlsx
from scoring.exports.words import fate
from tests.actions.matches import sheet_worth
from tests.browser import debate_halls
from tests.browser import hall_states as made
from tests.browser.hall_states import Stage
from tests.conftest import DESK, Installation, begin_with


def benches_over(slug: str) -> Stage:
    """Four files, two of them with a defect."""
    return made.inspected(made.benches_at_work(slug, 4, 4, 4), 4)


def debate_with_overtime(slug: str) -> Stage:
    """A match of two teams of which one spoke too long."""
    stage = made.debate(slug, 2, 1, rounds=(debate_halls.PRELIMINARIES,))
    turn = stage.calls(0)
    perform(penalties.add_overtime, DESK, turn.id, 20, "control")
    stage.submits(turn, [sheet_worth("90", "80")] * 3)
    perform(releases.release, DESK, turn.id)
    return stage


def cells_of(app: Flask, stage: Stage) -> list[str]:
    """Every text of the workbook in Chinese."""
    with app.test_request_context(headers={"Accept-Language": "zh"}):
        book = openpyxl.load_workbook(BytesIO(ranking_xlsx(record_of_marks(stage.contest_id))))
    return [
        cell for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line if isinstance(cell, str)
    ]


MAKES = [made.with_everything, benches_over, debate_halls.debate_over, debate_with_overtime, made.review_over]


@pytest.mark.parametrize("make", MAKES)
def test_no_code_stands_where_words_are_wanted(installation: Installation, make: Callable[[str], Stage]) -> None:
    for app in begin_with(installation, installation.empty):
        with app.app_context():
            said = cells_of(app, make("shifa"))
    assert [cell for cell in said if re.search("[a-z]{3}", cell)] == []
    if make is made.review_over:
        assert "逾期提交 −5（第三页）；文中出现身份标记 −10（第三页）" in said


def test_whatever_becomes_of_a_sheet_has_its_words_on_screens_and_in_files(app: Flask) -> None:
    told = get_type_hints(JudgeTotal, include_extras=True)["fate"].__metadata__
    (fates,) = (one for one in told if isinstance(one, OneOf))
    with app.test_request_context(headers={"Accept-Language": "zh"}):
        assert [code for code in fates.words if fate(code) == code] == []
        assert [code for code in fates.words if f"fate.{code}" not in words("document")] == []
