"""Whoever comes late by a list has a place on the board, whatever is judged: nobody is left out of it."""

from __future__ import annotations

import pytest

from scoring.actions.preparing import imports
from scoring.actions.preparing.import_late import Lateness
from scoring.actions.transaction import perform
from scoring.board.views.audience import audience
from scoring.extensions import db
from scoring.imports import sheets_of
from tests.actions.hall import open_hall
from tests.actions.test_import_teams import shown
from tests.actions.test_imports import kept
from tests.conftest import DESK, begin_with
from tests.imports.making import text


def comes_by_list(contest_id, number, name):
    rows = [("编号", "姓名", "单位"), (number, name, "慈溪县院")]
    draft_id = kept(contest_id, "contestants", "人.csv", sheets_of(text(rows).encode()))
    perform(imports.confirm_import, DESK, contest_id, draft_id, shown(draft_id).digest, Lateness("航班延误"))
    db.session.rollback()


@pytest.fixture
def hall(installation):
    for app in begin_with(installation, installation.empty):
        with app.app_context():
            yield open_hall()


def test_a_contestant_stands_last_in_the_order(venue):
    venue.call("01")
    comes_by_list(venue.contest_id, "04", "吴桐")
    assert [step["number"] for step in audience(venue.contest_id)["order"]] == ["01", "02", "03", "04"]


def test_a_clerk_has_a_bench_of_a_batch_that_waits(hall):
    hall.start("01")
    comes_by_list(hall.contest_id, "03", "周子涵")
    seen = audience(hall.contest_id)
    assert "03" in [step["number"] for step in seen["order"]]
    assert "03" in str(seen["racing"]) or hall.facts("03")["batch"] == 2
