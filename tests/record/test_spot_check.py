"""The spot check: drawn with a witness, noted line by line, widened to all when errors are too many."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.results import spot_checks
from scoring.actions.setting_up.contests import Entrant, Plan, set_up
from scoring.actions.transaction import Actor, perform
from scoring.board.snapshots.checking import SpotCheckHeld
from scoring.board.views.spot_checks import spot_check
from scoring.extensions import db
from scoring.rules.draw import draw
from scoring.store import Contest, Entry, SpotCheckLine
from tests.conftest import CHEN, DESK, LIN, ZHOU, Venue, begin_with, contest_of
from tests.record.conftest import CHECKER
from tests.refusals import refused

SEED, WITNESS = "20261122", "周监督"
MORE = [Entrant(f"{number:02}", f"选手{number}", "江北区院") for number in range(4, 14)]


def draws(venue: Venue, who: Actor = CHECKER, **other: Any) -> None:
    seed, witness = other.get("seed", SEED), other.get("witness", WITNESS)
    perform(spot_checks.draw_spot_check, who, venue.contest_id, None, seed, witness, other.get("rule", {}))


def notes(venue: Venue, number: str, found: str = "agrees", note: str = "") -> None:
    perform(spot_checks.note_spot_check, CHECKER, venue.contest_id, line_of(number), found, note)


def line_of(number: str) -> int:
    db.session.rollback()
    return next(line.id for line in db.session.scalars(select(SpotCheckLine)) if line.turn.number == number)


def check_of(venue: Venue) -> SpotCheckHeld:
    db.session.rollback()
    return spot_check(venue.contest_id)["check"]


def play(venue: Venue, numbers: list[str]) -> None:
    """Everybody is released, each later number with half a point less."""
    for place, number in enumerate(numbers):
        venue.call(number)
        venue.all_submit(number, [f"{95 - place / 2:g}"] * len(contest_of(venue).events[0].rooms[0].seats))
        venue.release(number)


@pytest.fixture(scope="module")
def played(installation: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which thirteen contestants are released, played once for all tests here."""
    kept = tmp_path_factory.mktemp("played") / "thirteen"
    for app in begin_with(installation, installation.empty):
        with app.app_context():
            plan = Plan("shifa", ("释法说理", "Final"), "明州市院", "legal_explanation", 3, [CHEN, LIN, ZHOU, *MORE])
            play(Venue(app, perform(set_up, DESK, plan)), [f"{number:02}" for number in range(1, 14)])
            db.session.remove()
            db.engine.dispose()
            shutil.copy(installation.database, kept)
    return kept


@pytest.fixture
def thirteen(installation: Any, played: Path) -> Iterator[Venue]:
    """Thirteen contestants before three judges, all released: no. 01 is the first, no. 13 the last."""
    for app in begin_with(installation, played):
        with app.app_context():
            yield Venue(app, db.session.scalars(select(Contest.id)).one())


def test_the_first_ten_and_a_drawn_one_of_the_other_three_are_checked(thirteen):
    draws(thirteen)
    check = check_of(thirteen)
    entry = db.session.scalars(select(Entry).where(Entry.verb == "draw_spot_check")).one()
    drawn = draw(entry.details["seed"], "spot check", ["11", "12", "13"])[:1]
    assert [line["number"] for line in check["lines"]] == [*(f"{place:02}" for place in range(1, 11)), *drawn]
    assert [line["chosen"] for line in check["lines"]] == ["top"] * 10 + ["drawn"]
    assert (check["state"], check["rule"]) == ("running", {"top": 10, "share": "15", "errors": "5"})
    assert (entry.details["typed"], entry.details["witness"], entry.details["drawn"]) == (SEED, WITNESS, list(drawn))


def test_when_all_agree_the_check_is_passed(thirteen):
    draws(thirteen)
    for line in check_of(thirteen)["lines"]:
        notes(thirteen, line["number"])
    check = check_of(thirteen)
    assert (check["state"], check["checked"], check["errors"]) == ("passed", 11, 0)


def test_one_error_in_eleven_asks_for_all_and_all_are_then_listed(thirteen):
    draws(thirteen)
    notes(thirteen, "03", "error", "评委2 的法律适用应为 22")
    assert check_of(thirteen)["state"] == "all_needed"
    perform(spot_checks.check_all, CHECKER, thirteen.contest_id, None)
    check = check_of(thirteen)
    assert (check["state"], len(check["lines"])) == ("all_running", 13)
    assert [line["chosen"] for line in check["lines"]][11:] == ["full", "full"]
    for line in check["lines"]:
        notes(thirteen, line["number"])
    assert check_of(thirteen)["state"] == "all_checked"


def test_a_milder_rule_lets_one_error_pass(thirteen):
    draws(thirteen, rule={"errors": "10"})
    notes(thirteen, "03", "error", "评委2 少记 1 分")
    with refused("full_check_not_needed"):
        perform(spot_checks.check_all, CHECKER, thirteen.contest_id, None)


def test_the_check_is_widened_once(thirteen):
    draws(thirteen)
    notes(thirteen, "03", "error", "评委2 少记 1 分")
    perform(spot_checks.check_all, CHECKER, thirteen.contest_id, None)
    with refused("full_check_twice"):
        perform(spot_checks.check_all, CHECKER, thirteen.contest_id, None)


def test_a_note_can_be_changed_and_both_stay_on_record(thirteen):
    draws(thirteen)
    notes(thirteen, "03", "error", "看错")
    notes(thirteen, "03")
    assert check_of(thirteen)["errors"] == 0
    noted = db.session.scalars(select(Entry).where(Entry.verb == "note_spot_check").order_by(Entry.id)).all()
    assert [entry.details["found"] for entry in noted] == ["error", "agrees"]


def test_an_error_says_what_is_wrong(thirteen):
    draws(thirteen)
    with refused("spot_check_note_missing"):
        notes(thirteen, "03", "error", "  ")
    with refused("finding_unknown"):
        notes(thirteen, "03", "perhaps")
    with refused("field_too_long"):
        notes(thirteen, "03", "error", "长" * 401)


def test_the_check_is_drawn_once_with_a_witness_and_a_seed(thirteen):
    for bad, code in (
        ({"witness": " "}, "witness_missing"),
        ({"witness": "王核分"}, "witness_is_actor"),
        ({"witness": "长" * 61}, "field_too_long"),
        ({"seed": ""}, "seed_missing"),
        ({"rule": {"share": "120"}}, "percent_out_of_range"),
    ):
        with refused(code):
            draws(thirteen, **bad)
    draws(thirteen)
    with refused("spot_check_drawn"):
        draws(thirteen)


def test_nothing_is_drawn_before_every_score_is_released(venue):
    venue.call("01")
    venue.all_submit("01", ["90"] * 7)
    venue.release("01")
    with refused("spot_check_too_early"):
        draws(venue)
    with refused("spot_check_unknown"):
        perform(spot_checks.check_all, CHECKER, venue.contest_id, None)
    with refused("contest_unknown"):
        perform(spot_checks.draw_spot_check, CHECKER, 999, None, SEED, WITNESS, {})


def test_a_line_of_another_contest_is_not_found(thirteen):
    draws(thirteen)
    with refused("spot_check_line_unknown"):
        perform(spot_checks.note_spot_check, CHECKER, thirteen.contest_id + 1, line_of("03"), "agrees", "")


@pytest.fixture
def three(venue: Venue) -> Venue:
    """The venue's three contestants, all released."""
    play(venue, ["01", "02", "03"])
    return venue


def test_the_checker_draws_compares_and_notes_on_the_page(three, staff):
    checker = staff("checker")
    rule = {"top": "10", "share": "15", "errors": "5"}
    said = checker.after("spot-check/draw", seed=SEED, witness=WITNESS, **rule)
    assert "The spot check is drawn." in said
    assert "0 of 3 checked, 0 with an error" in said
    page = checker.reads(f"spot-check/{line_of('02')}")
    assert "No. 02: compare with the signed paper" in page
    assert "Mean 94.50, points off 0, final score 94.50" in page
    assert page.count("Total 94.5") == 7
    said = checker.after("spot-check/note", line=line_of("02"), found="error", note="评委1 的总分有误")
    assert "too many errors: check all scores" in said
    assert "评委1 的总分有误" in staff("supervisor").reads("spot-check")


def test_the_organizer_may_draw_and_only_the_checker_notes(three, staff):
    staff("organizer").press("spot-check/draw", seed=SEED, witness=WITNESS, top="10", share="15", errors="5")
    for role in ("organizer", "chief", "supervisor"):
        staff(role).look("spot-check")
        staff(role).press("spot-check/note", status=403, line=line_of("01"), found="agrees")
    for role in ("chief", "supervisor"):
        staff(role).press("spot-check/draw", status=403)
        staff(role).press("spot-check/all", status=403)


@pytest.mark.parametrize("role", ["tallier", "host", "timekeeper", "operator", "coder"])
def test_nobody_else_sees_the_spot_check(three, staff, role):
    staff(role).look("spot-check", 403)
    staff(role).press("spot-check/draw", status=403)


def test_a_refusal_is_said_on_the_page(three, staff):
    answer = staff("checker").refused("spot-check/draw", seed=SEED, witness="", top="10", share="15", errors="5")
    assert "Please enter who witnessed the draw." in answer
    staff("checker").look("spot-check/999", 404)
