"""The demo writes down passwords and seat codes: its own alone, for the owner, and not where a contest is on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from scoring import demo
from scoring.actions.setting_up.contests import Entrant, Plan, set_up
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest
from scoring.store.contests import OPEN, PREPARING
from tests.conftest import DESK

BASE = "http://192.168.1.10:5000"


def real_contest(state: str) -> None:
    """A contest that somebody has set up beside the demo."""
    entrants = [Entrant("01", "林晓彤", "北辰市院")]
    contest_id = perform(
        set_up, DESK, Plan("yewu", ("业务竞赛", "Contest"), "北辰市院", "legal_explanation", 5, entrants)
    )
    db.session.get_one(Contest, contest_id).state = state
    db.session.commit()


def test_the_facts_name_the_demos_contests_and_are_for_the_servers_owner_alone(app: Flask, tmp_path: Path) -> None:
    facts = tmp_path / "demo.json"
    with app.app_context():
        demo.make(BASE, facts)
        real_contest(PREPARING)
        demo.make(BASE, facts)
    assert [one["slug"] for one in json.loads(facts.read_text())["contests"]] == demo.SLUGS
    assert facts.stat().st_mode & 0o777 == 0o600


def test_the_demo_ends_where_another_contest_is_opened_and_its_facts_are_deleted(app: Flask, tmp_path: Path) -> None:
    facts = tmp_path / "demo.json"
    with app.app_context():
        demo.make(BASE, facts)
        real_contest(OPEN)
        with pytest.raises(Refused, match="demo_among_others"):
            demo.make(BASE, facts)
    assert not facts.exists()


def test_no_demo_begins_in_an_installation_with_a_contest_of_its_own(app: Flask, tmp_path: Path) -> None:
    facts = tmp_path / "demo.json"
    with app.app_context():
        real_contest(PREPARING)
        with pytest.raises(Refused, match="demo_among_others"):
            demo.make(BASE, facts)
    assert not facts.exists()
