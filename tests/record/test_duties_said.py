"""Every page of the record and every file says where the duties were not in separate hands."""

from __future__ import annotations

from datetime import UTC, datetime

from flask.testing import FlaskClient
from sqlalchemy import select, update

from scoring.actions.setting_up.contests import Entrant, Plan, set_up
from scoring.actions.site import separation
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.duties import duties
from scoring.extensions import db
from scoring.rules.duties import OFFICERS
from scoring.store import Account, SiteEntry
from tests.conftest import DESK, Venue

PAGES = ("tally", "totals", "paper", "corrections")
TERMINAL = Actor("account:李明")
NEVER = "The duties are not separated: an administrator may hold several of them."
LATE = "The duties were not separated from the beginning, but since 20"
JOINED = "Separation of duties switched off: 20"


def separate() -> None:
    accounts = db.session.scalars(select(Account).where(Account.role.in_(OFFICERS)))
    perform(separation.separate_duties, TERMINAL, {one.role: one.id for one in accounts})


def forget_what_had_begun() -> None:
    """Have the newest separation on record come before any contest."""
    newest = db.session.scalars(select(SiteEntry).order_by(SiteEntry.id.desc()).limit(1)).one()
    newest.details = newest.details | {"begun": {}}
    db.session.commit()


def test_no_clock_tells_whether_the_duties_were_separated_from_the_beginning(venue: Venue) -> None:
    db.session.add_all(Account(name=office, password="-", role=office) for office in OFFICERS)
    db.session.commit()
    separate()
    plan = Plan("later", ("之后", "Later"), "明州市院", "legal_explanation", 7, [Entrant("01", "陈思远")])
    later = perform(set_up, DESK, plan)
    for year in (1971, 2100):
        db.session.execute(update(SiteEntry).values(at=datetime(year, 1, 1, tzinfo=UTC)))
        db.session.commit()
        told = duties(venue.contest_id)
        assert (told and told["state"], duties(later)) == ("late", None)


def test_the_log_the_pages_of_marks_and_results_and_the_files_say_whether_the_duties_are_separated(
    venue: Venue, staff, anyone: FlaskClient
) -> None:
    supervisor, tallier, chief = staff("supervisor"), staff("tallier"), staff("chief")
    venue.call("01")
    venue.all_submit("01", ["90"] * 7)
    venue.release("01")
    venue.call("02")
    seat = venue.seat(1).id
    sheets = (f"corrections/{venue.turn('01').id}/{seat}", f"paper/{venue.turn('02').id}/{seat}")
    results = [f"/c/{venue.audience()['contest']['slug']}{page}" for page in ("", "/overall")]
    db.session.add_all(Account(name=office, password="-", role=office) for office in OFFICERS)
    db.session.commit()

    def says() -> list[str]:
        """Which of the three sentences the log, the pages of marks and results and a file say."""
        pages = [supervisor.reads("log"), *map(tallier.reads, PAGES), chief.reads("marks"), chief.reads("corrections")]
        pages += [tallier.reads(sheet) for sheet in sheets] + [anyone.get(address).text for address in results]
        texts = [*pages, supervisor.look("ranking.csv").text]
        found = [[one for one in (NEVER, LATE, JOINED) if one in text] for text in texts]
        assert all(one == found[0] for one in found)
        return found[0]

    assert says() == [NEVER]
    separate()
    assert says() == [LATE]
    perform(separation.join_at_the_machine, TERMINAL, "short of people")
    assert says() == [JOINED]
    assert "李明, reason: short of people" in supervisor.reads("log")
    assert not any("short of people" in anyone.get(address).text for address in results), "everybody reads that"
    separate()
    forget_what_had_begun()
    assert says() == []
