"""Duties in separate hands: no officer gets into a contest alone, and nobody does there what excludes another."""

from __future__ import annotations

import re
import secrets
import sqlite3
from contextlib import closing
from itertools import cycle, islice
from typing import Any

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from scoring.actions.registry import log_entries
from scoring.actions.results import totals
from scoring.actions.setting_up import panels
from scoring.actions.site import separation
from scoring.actions.transaction import Actor, perform, record
from scoring.board.conditions.totals import totals as totals_view
from scoring.board.reading.duties import duties
from scoring.extensions import db
from scoring.rules.duties import EXCLUSIONS, OFFICERS, excluding
from scoring.store import Account, Contest, Seat, SiteEntry
from scoring.store.duties import first_fingerprints
from scoring.store.installation import is_separated
from tests.access.conftest import House, browser_of
from tests.attacks.phone import Phone
from tests.conftest import DESK, Server, Venue, signed_in_as
from tests.organizers.conftest import words_of
from tests.refusals import refused

EXCLUDED = "runs_and_witnesses"
TERMINAL = Actor("account:李明")


def account(name: str) -> Account:
    db.session.rollback()
    return db.session.scalars(select(Account).where(Account.name == name)).one()


def separate() -> None:
    """Each of the demo's officers holds the office that its name says."""
    perform(separation.separate_duties, TERMINAL, {office: account(office).id for office in OFFICERS})


@pytest.fixture
def apart(house: House) -> House:
    """The demo with the duties separated, each officer in a browser."""
    separate()
    for who in (*OFFICERS, "organizer"):
        house.browsers[who] = browser_of(house.app, who)
    return house


def step(house: House, who: str, address: str, **sent: Any) -> TestResponse:
    return house.browsers[who].post(f"/desk/{address}", data={"request": secrets.token_hex(16), **sent})


def says(answer: TestResponse) -> str:
    return words_of(answer)


def test_an_administrator_separates_the_duties_and_holds_none_of_them_any_more(house: House) -> None:
    form = "duties/separate"
    chosen = {office: account(office).id for office in OFFICERS}
    twice = step(house, "administrator", form, **chosen | {"auditor": chosen["system"]})
    assert (twice.status_code, "No account holds two offices" in says(twice)) == (409, True)
    assert f'value="{chosen["security"]}" selected' in twice.text
    missing = step(house, "administrator", form, system=chosen["system"])
    assert says(missing).count("Please choose an account for this office.") == 2
    assert not is_separated()
    assert step(house, "administrator", form, **chosen).location == "/desk/sign-in"
    assert is_separated()
    assert account("administrator").role == "organizer"
    assert db.session.scalars(select(SiteEntry).order_by(SiteEntry.id.desc())).first().details == {
        "officers": {"system": "system", "security": "security", "auditor": "auditor"},
        "organizers": ["administrator"],
        "begun": first_fingerprints(),
    }


def test_who_makes_an_account_gives_it_no_rights_and_who_gives_rights_knows_no_password(apart: House) -> None:
    made = step(apart, "system", "accounts/create", name="刘计时", role="timekeeper").text
    password = re.search(r'id="password">([^<]+)<', made)[1]
    browser = apart.app.test_client()
    browser.set_cookie("language", "en")
    early = step(apart, "security", "accounts/role", account=account("刘计时").id, role="timekeeper")
    assert (early.status_code, "has still the password that was given to it" in says(early)) == (409, True)
    browser.post("/desk/sign-in", data={"name": "刘计时", "password": password})
    own = {"new": "a timekeeper's own words", "again": "a timekeeper's own words"}
    browser.post("/desk/password", data={"present": password, **own})
    assert "Your account has no rights yet" in says(browser.get("/desk/"))
    contest = apart.contest("shifa").id
    assert browser.get(f"/desk/{contest}/clocks").status_code == 403
    listed = says(apart.browsers["security"].get("/desk/accounts"))
    assert "刘计时 no rights yet · asked for: timekeeper" in listed
    assert step(apart, "security", "accounts/role", account=account("刘计时").id, role="timekeeper").status_code == 303
    signed_in_as(browser, account("刘计时"))
    assert browser.get(f"/desk/{contest}/clocks").status_code == 200
    step(apart, "system", "accounts/renew", account=account("刘计时").id)
    assert (account("刘计时").role, account("刘计时").wanted) == ("none", "timekeeper")
    signed_in_as(browser, account("刘计时"))
    assert browser.get(f"/desk/{contest}/clocks").status_code == 403


def test_a_closed_account_comes_back_without_rights(apart: House) -> None:
    host = account("host").id
    for who, verb in (("security", "close"), ("system", "reopen")):
        assert step(apart, who, f"accounts/{verb}", account=host).status_code == 303
    assert (account("host").role, account("host").wanted) == ("none", "host")


@pytest.mark.parametrize(
    ("who", "address", "whose", "sent", "sentence"),
    [
        ("system", "accounts/create", "", {"name": "x", "role": "administrator"}, "nobody holds all of them"),
        ("security", "accounts/role", "host", {"role": "administrator"}, "nobody holds all of them"),
        ("security", "accounts/role", "security", {"role": "organizer"}, "Nobody gives rights to himself"),
        ("security", "accounts/role", "auditor", {"role": "organizer"}, "Nobody else holds this office"),
        ("security", "accounts/close", "system", {}, "Nobody else holds this office"),
        ("system", "accounts/renew", "security", {}, "Nobody else holds this office"),
        ("security", "duties/separate", "", {}, "The duties are separated already."),
        ("security", "duties/ask", "", {"reason": " "}, "reason"),
        ("system", "duties/join", "", {}, "Nobody asks for this any more"),
        ("security", "duties/stay", "", {}, "Nobody asks for this any more"),
    ],
)
def test_what_would_put_two_duties_into_one_hand_is_refused(
    apart: House, who: str, address: str, whose: str, sent: dict[str, str], sentence: str
) -> None:
    before = db.session.scalars(select(SiteEntry.id)).all()
    about = {"account": account(whose).id} if whose else {}
    answer = step(apart, who, address, **about, **sent)
    assert (answer.status_code, sentence in says(answer)) == (409, True), says(answer)
    db.session.rollback()
    assert db.session.scalars(select(SiteEntry.id)).all() == before


def test_rights_rest_where_somebody_else_still_knows_the_password(house: House) -> None:
    db.session.execute(update(Account).where(Account.name.in_(["chief", "security"])).values(password_given=True))
    db.session.commit()
    chosen = {office: account(office).id for office in OFFICERS}
    refusal = step(house, "administrator", "duties/separate", **chosen)
    assert (refusal.status_code, says(refusal).count("still has the password that somebody gave it")) == (409, 1)
    db.session.execute(update(Account).where(Account.name == "security").values(password_given=False))
    db.session.commit()
    separate()
    assert (account("chief").role, account("chief").wanted) == ("none", "chief")
    assert account("tallier").role == "tallier"


def test_to_join_the_duties_again_takes_two_officers(apart: House) -> None:
    def may_join(who: str) -> bool:
        return "Agree: switch the separation off" in says(apart.browsers[who].get("/desk/duties"))

    assert not may_join("system")
    assert step(apart, "security", "duties/ask", reason="缺少人员").status_code == 303
    assert "security asks for it" in says(apart.browsers["system"].get("/desk/duties"))
    assert (may_join("system"), may_join("security")) == (True, False)
    assert step(apart, "security", "duties/join").status_code == 403
    again = step(apart, "security", "duties/ask", reason="again")
    assert (again.status_code, "Somebody has asked for this already" in says(again)) == (409, True)
    assert step(apart, "system", "duties/stay").status_code == 303
    assert step(apart, "system", "duties/join").status_code == 409
    assert is_separated()
    step(apart, "security", "duties/ask", reason="缺少人员")
    assert step(apart, "system", "duties/join").status_code == 303
    assert not is_separated()
    told = duties()
    assert told is not None
    assert (told["state"], told["by"], told["reason"]) == ("joined", ["security", "system"], "缺少人员")


def test_who_has_asked_does_not_agree_in_another_office_either(apart: House) -> None:
    step(apart, "security", "duties/ask", reason="缺少人员")
    with refused("joining_asked_by_you"):
        perform(separation.agree_to_join, Actor("account:security", role="system"))


def test_nobody_gives_rights_to_himself_where_the_duties_are_joined_either(apart: House) -> None:
    perform(separation.join_at_the_machine, TERMINAL, "short of people")
    own = step(apart, "security", "accounts/role", account=account("security").id, role="administrator")
    assert (own.status_code, "Nobody gives rights to himself" in says(own)) == (409, True)
    other = step(apart, "security", "accounts/role", account=account("host").id, role="administrator")
    assert other.status_code == 303


def test_at_the_terminal_nobody_makes_an_account_with_rights_until_the_separation_is_off(apart: House) -> None:
    terminal = apart.app.test_cli_runner()
    adding = ["add-account", "x", "--by", "李明", "--password", "correct horse", "--role"]
    assert terminal.invoke(args=[*adding, "administrator"]).exit_code == 1
    assert "security administrator gives them" in terminal.invoke(args=[*adding, "chief"]).output
    assert account("x").role == "none"
    assert terminal.invoke(args=["join-duties", "--by", "李明", "--reason", " "]).exit_code == 1
    assert terminal.invoke(args=["join-duties", "--by", "李明", "--reason", "无人值守"]).exit_code == 0
    entry = db.session.scalars(select(SiteEntry).order_by(SiteEntry.id.desc())).first()
    assert (entry.verb, entry.actor, entry.details) == ("join_duties", "account:李明", {"reason": "无人值守"})
    adding[1] = "y"
    assert terminal.invoke(args=[*adding, "administrator"]).exit_code == 0


def officers() -> None:
    """Three officers hold the offices of the venue's installation."""
    db.session.add_all(Account(name=office, password="-", role=office) for office in OFFICERS)
    db.session.commit()
    separate()


def test_whoever_sits_on_a_panel_confirms_no_totals_of_that_contest(venue: Venue) -> None:
    perform(totals.ask_for_checks, DESK, venue.contest_id, True)
    venue.call("01")
    venue.all_submit("01", ["90", "91", "92", "93", "94", "95", "96"])
    db.session.execute(update(Seat).where(Seat.id == venue.seat(1).id).values(name="王 核分（主任）"))
    db.session.commit()
    figures, turn = totals_view(venue.contest_id)["turns"][0]["figures"], venue.turn("01").id
    officers()
    with refused("marks_and_tallies"):
        perform(totals.check_totals, Actor("account:王核分", role="checker"), turn, figures)
    perform(totals.check_totals, Actor("account:李核分", role="checker"), turn, figures)


@pytest.mark.parametrize("name", ["王核分", "王 核分", "王核分（主任）", "王核分(处长)"])
def test_whoever_has_tallied_a_contest_is_not_named_as_its_judge(venue: Venue, name: str) -> None:
    venue.call("01")
    venue.all_submit("01", ["90", "91", "92", "93", "94", "95", "96"])
    perform(totals.ask_for_checks, DESK, venue.contest_id, True)
    figures, turn = totals_view(venue.contest_id)["turns"][0]["figures"], venue.turn("01").id
    officers()
    perform(totals.check_totals, Actor("account:王核分", role="checker"), turn, figures)
    told = {"office": "", "department": "", "title": ""}
    perform(panels.describe_seat, DESK, venue.contest_id, venue.seat(2).id, {"name": "李四", **told})
    with refused("judges_and_tallied"):
        perform(panels.describe_seat, DESK, venue.contest_id, venue.seat(1).id, {"name": name, **told})
    with refused("judges_and_tallied"):
        perform(panels.add_reserve, DESK, venue.contest_id, venue.seat(1).room_id, {"name": name, **told})


def does(verb: str, actor: Actor, contest_id: int) -> None:
    """Put the verb on the contest's record, as every action does last."""
    record(db.session.get_one(Contest, contest_id), actor, verb)


def of_each(these: frozenset[str], those: frozenset[str]) -> list[tuple[str, str]]:
    """Each verb of either side once or more, with one of the other side."""
    most = max(len(these), len(those))
    return list(islice(zip(cycle(sorted(these)), cycle(sorted(those)), strict=False), most))


@pytest.mark.parametrize("verb", ["request_correction", "approve_correction", "note_spot_check"])
def test_nobody_who_judges_checks_or_corrects_sheets_of_the_contest(venue: Venue, verb: str) -> None:
    officers()
    named = {"name": "王主评", "office": "", "department": "", "title": ""}
    perform(panels.describe_seat, DESK, venue.contest_id, venue.seat(2).id, named)
    with refused("marks_and_tallies"):
        perform(does, verb, Actor("account:王主评", role="chief"), venue.contest_id)


#: What judges and talliers do, whoever checks and corrects afterwards, and the server itself.
OF_OTHERS = {"add_photo", "call_chief", "take_seat", "leave_seat", "note_attempt", "accept_rows", "end_demo_codes"} | {
    *(
        "check_points",
        "confirm_promotion",
        "check_totals",
        "undo_check",
        "draw_spot_check",
        "note_spot_check",
        "check_all",
    ),
    *("request_correction", "approve_correction", "reject_correction"),
}


def test_whatever_else_is_done_in_a_contest_keeps_from_witnessing_it() -> None:
    verbs = {name for name, one in log_entries().items() if one.kind not in ("setup", "screens", "sheets")}
    keeping = {verb for verb in verbs if "runs_and_witnesses" in {found[0].code for found in excluding(verb)}}
    assert verbs - keeping == OF_OTHERS


def test_each_exclusion_of_the_table_holds_both_ways_for_every_verb(venue: Venue) -> None:
    pairs = [(one.code, *pair) for one in EXCLUSIONS if one.these for pair in of_each(one.these, one.those)]
    tried = [*pairs, *((code, second, first) for code, first, second in pairs)]
    assert len(tried) > 100
    officers()
    for number, (code, first, second) in enumerate(tried):
        who, contest_id = Actor(f"account:{number}", role="organizer"), venue.contest_id
        perform(does, first, who, contest_id)
        with refused(code):
            perform(does, second, who, contest_id)
    perform(separation.join_at_the_machine, TERMINAL, "short of people")
    perform(does, tried[0][2], Actor("account:0", role="organizer"), venue.contest_id)


def test_who_has_witnessed_a_contest_and_is_made_an_organizer_runs_it_by_no_door(server: Server) -> None:
    contest, turn = server.facts["contest"]["id"], server.facts["turns"][0]["id"]
    accounts = {name: account_id for account_id, name in stored(server, "SELECT id, name FROM account")}
    phones = {name: Phone(server.url) for name in ("administrator", "security", "supervisor")}
    signed_in(server, phones, "administrator", "supervisor")
    chosen = {office: accounts[office] for office in OFFICERS}
    assert phones["administrator"].presses("/desk/duties/separate", chosen, seen_at="/desk/duties").status_code == 303
    log = f"/desk/{contest}/log"
    signing = {"up_to": stored(server, f"SELECT max(revision) FROM entry WHERE contest_id = {contest}")[0][0]}
    assert phones["supervisor"].presses(f"{log}/sign", signing, seen_at=log).status_code == 303
    signed_in(server, phones, "security")
    given = {"account": accounts["supervisor"], "role": "organizer"}
    assert phones["security"].presses("/desk/accounts/role", given, seen_at="/desk/accounts").status_code == 303
    signed_in(server, phones, "supervisor")
    assert phones["supervisor"].joins("/desk", contest=contest).presses("call", turn=turn)["code"] == EXCLUDED
    form = {"turn": turn, "request": secrets.token_hex(8)}
    page = phones["supervisor"].presses(f"/desk/{contest}/call", form, seen_at=f"/desk/{contest}")
    assert (page.status_code, "Who has run this contest does not witness it" in page.text) == (409, True)


def stored(server: Server, question: str) -> list[Any]:
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database:
        return database.execute(question).fetchall()


def signed_in(server: Server, phones: dict[str, Phone], *names: str) -> None:
    for name in names:
        assert phones[name].signs_in(**server.facts["accounts"][name]).status_code == 302
