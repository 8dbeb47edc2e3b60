"""The supervisor's log: every entry in plain sentences, whether the chain holds, and the sign-off."""

from __future__ import annotations

import ast

import pytest
from sqlalchemy import update

from scoring.actions.record import sign_off
from scoring.actions.registry import log_entries
from scoring.actions.running import sheets, turns
from scoring.actions.transaction import Actor, perform
from scoring.board.conditions.calibration import UNLOCK
from scoring.board.conditions.draws import DRAW
from scoring.board.reading.log import SIGN_OFF, check_chain, log, newest_entry, signed_off
from scoring.board.reading.look import news
from scoring.extensions import db
from scoring.organizers.record import log_words
from scoring.store import Contest, Entry, SheetVersion
from tests.conftest import DESK, FULL_MARKS, ROOT, Venue
from tests.record.conftest import SUPERVISOR
from tests.refusals import entries, refused


def signs(venue: Venue, up_to: int) -> None:
    perform(sign_off.sign_off, SUPERVISOR, venue.contest_id, up_to)


def newest(venue: Venue) -> int:
    db.session.rollback()
    return newest_entry(venue.contest_id)


@pytest.fixture
def begun(venue: Venue) -> Venue:
    """No. 01 is called, judge 2 has submitted, and judge 3 is recused."""
    venue.call("01")
    venue.submits(2, "01", FULL_MARKS)
    venue.recuse(3, "01")
    return venue


def test_the_log_says_who_did_what_when_and_why(begun, staff):
    page = staff("supervisor").reads("log")
    assert "何组长 called no. 01" in page
    assert "Judge 2 submitted the sheet for no. 01" in page
    assert "何组长 recused Judge 3 for no. 01 declared before the draw" in page
    assert page.index("recused Judge 3") < page.index("called no. 01")


def test_the_log_reads_in_chinese_too(begun, staff):
    supervisor = staff("supervisor")
    supervisor.browser.set_cookie("language", "zh")
    page = supervisor.browser.get(f"/desk/{begun.contest_id}/log").text
    assert "评委 2" in page or "评委2" in page
    assert "提交" in page


def test_no_mark_stands_in_the_log(begun, staff):
    begun.submits(4, "01", FULL_MARKS | {"law": "23.5"})
    assert "23.5" not in staff("supervisor").look("log").text


def test_the_log_can_be_read_by_kind(begun, staff):
    page = staff("supervisor").reads("log?kind=sheets")
    assert "submitted the sheet" in page
    assert "called no. 01" not in page
    assert "No entry of this kind yet." in staff("supervisor").reads("log?kind=screens")
    assert "called no. 01" in staff("supervisor").reads("log?kind=nonsense")


def test_a_long_log_is_turned_page_by_page(begun, staff, monkeypatch):
    monkeypatch.setattr("scoring.organizers.record.log.ON_A_PAGE", 2)
    answer = staff("supervisor").look("log")
    assert "Older entries" in answer.text
    assert "called no. 01" not in answer.text
    assert "called no. 01" in staff("supervisor").reads(f"log?before={newest(begun) - 1}")


def test_the_supervisor_signs_up_to_an_entry_and_that_is_an_entry_itself(begun, staff):
    supervisor, up_to = staff("supervisor"), newest(begun)
    assert "Nothing is signed yet." in supervisor.reads("log")
    page = supervisor.after("log/sign", up_to=up_to)
    assert "Your sign-off is on record." in page
    number = log(begun.contest_id, None, None, 10, check=False)["signed"]["number"]
    assert f"Signed up to entry {number} by 周监督" in page
    assert f"周监督 signed as witness of all entries up to {number}" in page
    assert signed_off(begun.contest_id)["up_to"] == up_to


def test_nobody_signs_twice_or_ahead(begun):
    up_to = newest(begun)
    with refused("sign_off_unknown"):
        signs(begun, up_to + 1)
    with refused("sign_off_unknown"):
        signs(begun, 0)
    signs(begun, up_to)
    with refused("sign_off_nothing_new"):
        signs(begun, up_to)
    with refused("contest_unknown"):
        perform(sign_off.sign_off, SUPERVISOR, 999, 1)


def test_an_untouched_record_holds(begun):
    db.session.rollback()
    assert check_chain(begun.contest_id)["broken"] is None


def test_an_altered_entry_is_found_and_nothing_can_be_signed(begun, staff):
    db.session.rollback()
    call = db.session.query(Entry).filter_by(verb="call").one()
    number = call.revision
    db.session.execute(update(Entry).where(Entry.id == call.id).values(actor="account:别人"))
    db.session.commit()
    assert check_chain(begun.contest_id)["broken"] == number
    assert f"The chain is broken at entry {number}" in staff("supervisor").reads("log")
    before = entries()
    with refused("chain_broken"):
        signs(begun, newest(begun))
    assert entries() == before


def test_an_altered_mark_is_found(begun, staff):
    version = db.session.query(SheetVersion).first()
    changed = version.marks | {"law": "1"}
    db.session.execute(update(SheetVersion).where(SheetVersion.id == version.id).values(marks=changed))
    db.session.commit()
    assert check_chain(begun.contest_id)["broken"] == 0
    assert "A sheet does not match its fingerprint" in staff("supervisor").reads("log")


@pytest.mark.parametrize("role", ["organizer", "chief"])
def test_organizer_and_chief_read_and_do_not_sign(begun, staff, role):
    assert "I have witnessed" not in staff(role).reads("log")
    staff(role).press("log/sign", status=403, up_to=1)


@pytest.mark.parametrize("role", ["host", "tallier", "checker", "timekeeper", "operator", "coder"])
def test_nobody_else_reads_the_log(begun, staff, role):
    staff(role).look("log", 403)
    staff(role).press("log/sign", status=403, up_to=1)


def verbs_in_use() -> set[str]:
    """Every verb that is written out where something is recorded."""
    found: set[str] = set()
    for file in (ROOT / "scoring").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record" and len(call.args) > 2:
                if isinstance(call.args[2], ast.Subscript):  # the verb of an entry that was kept: written elsewhere
                    continue
                written = [part for part in ast.walk(call.args[2]) if isinstance(part, ast.Constant)]
                found |= {part.value for part in written if isinstance(part.value, str)}
    return found | {DRAW, UNLOCK, SIGN_OFF}


def test_every_verb_has_a_sentence_of_its_own():
    known = set(log_entries())
    assert not verbs_in_use() - known


def test_a_verb_of_an_older_version_names_itself(venue):
    entry = {"verb": "waved_a_flag", "turn": "", "about": None, "details": {}, "seat": None, "actor": "x"}
    entry |= {"subject": "", "reserve": None}
    with venue.app.test_request_context(headers={"Accept-Language": "en"}):
        assert log_words.sentence(entry) == "recorded “waved a flag”"
        assert log_words.sentence(entry | {"verb": "add_time"}) == "changed the time of no. — by — seconds"
        assert log_words.sentence(entry | {"verb": "call", "turn": "076 : 001"}) == "called no. 076 against 001"


def test_the_entries_are_counted_one_by_one_whatever_the_judges_type_between_them(begun, staff):
    turn = begun.turn("01").id
    for judge in (4, 5, 6):
        seat = begun.seat(judge).id
        perform(sheets.save_draft, Actor(f"seat:{seat}"), turn, seat, {"law": "9"})
    perform(turns.call, DESK, begun.turn("02").id, leave_open=True)
    shown = log(begun.contest_id, None, None, 100, check=False)
    assert [entry["number"] for entry in shown["entries"]] == list(range(shown["count"], 0, -1))
    assert shown["entries"][0]["revision"] > shown["count"]
    assert f"up to {shown['count']}" in staff("supervisor").reads("log")


def test_the_log_and_the_rehearsals_page_follow_the_contest_also_after_judges_have_drafted(venue, organizer):
    """A draft moves the contest's revision and not what pages are told of: held against that they would stand still."""
    venue.call("01")
    for mark in ("12", "13"):
        seat_id = venue.seat(1).id
        perform(
            sheets.save_draft,
            Actor(f"seat:{seat_id}"),
            venue.turn("01").id,
            seat_id,
            {"facts": mark},
            base=int(mark) - 12,
        )
    told = news(venue.contest_id)
    assert told["revision"] > told["changed"]
    for page in ("log", "rehearsal"):
        shown = organizer.get(f"/desk/{venue.contest_id}/{page}").get_data(as_text=True)
        assert f'data-changed="{told["changed"]}"' in shown


def test_what_was_changed_by_hand_before_a_press_is_printed_in_one_line(begun, caplog):
    db.session.execute(update(Contest).where(Contest.id == begun.contest_id).values(office="another office"))
    db.session.commit()
    begun.recuse(4, "01")
    printed = [one.getMessage() for one in caplog.records if "outside of this software" in one.getMessage()]
    assert [line.startswith(f"rows of contest {begun.contest_id} were") for line in printed] == [True]
