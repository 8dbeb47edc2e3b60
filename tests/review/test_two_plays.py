"""Behind the code: who reviews which document, and who submits when, is the same to all but the coding officer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from scoring.actions.preparing import relations
from scoring.actions.review import reviewers, sealed_relations
from scoring.actions.running import send_back, sheets
from scoring.actions.transaction import Actor, perform
from scoring.board.views.marks import marks as marks_view
from scoring.extensions import db
from scoring.store import Seat, Turn
from scoring.store.people import CODER as CODING_OFFICER
from scoring.store.people import ROLES
from tests.access.conftest import browser_of
from tests.conftest import DESK, Installation, begin_with
from tests.review.conftest import AUTHORS, CODER, ONE, OTHER, Review, author, sheet_of
from tests.review.looks import Seen, moved, sees_all

CHIEF = Actor("account:chief", role="chief")


def test_two_assignments_marked_in_two_orders_look_alike_to_all_but_the_coding_officer(
    six: Review, installation: Installation, tmp_path: Path
) -> None:
    db.session.remove()
    db.engine.dispose()
    shutil.copy(installation.database, tmp_path / "coded")
    plays = []
    for turned in (False, True):
        for app in begin_with(installation, tmp_path / "coded"):
            app.config["WTF_CSRF_ENABLED"] = False
            with app.app_context():
                plays.append(list(looks(Play(Review(app, six.contest_id), turned))))
                db.session.remove()
    pairs = enumerate(zip(*plays, strict=True), 1)
    told = [f"{place} {page} {line[:200]}" for place, pair in pairs for page, line in moved(*pair)]
    assert not told, "\n".join(told)


class Play:
    """One of two days: the same marks for each code, by other reviewers and in another order."""

    def __init__(self, review: Review, turned: bool) -> None:
        self.review, self.turned = review, turned
        self.browsers = {who: browser_of(review.app, who) for who in (*ROLES, "visitor") if who != CODING_OFFICER}

    def panel(self, who: str) -> list[Seat]:
        """The first reviewers of an author's document: reviewer 1 has that of one or that of the other."""
        first = AUTHORS.index(who) + (3 if self.turned else 0)
        return [self.review.seat((first + step) % 6 + 1) for step in range(3)]

    def submits(self, turn: Turn, seat: Seat, marks: dict[str, str]) -> None:
        version = len([one for sheet in turn.sheets for one in sheet.versions])
        typed = Actor(f"seat:{seat.id}", seat_id=seat.id)
        perform(sheets.submit, typed, turn.id, seat.id, marks, f"sheet-{turn.id}-{seat.id}-{version}")

    def sheets(self) -> list[tuple[str, Seat, dict[str, str]]]:
        """Every first sheet in the order in which it comes in: document by document, or reviewer by reviewer."""
        other = sheet_of("70")
        fields = [field for field, mark in other.items() if mark != "0"]
        other |= {fields[0]: str(int(other[fields[0]]) - 1), fields[-1]: str(int(other[fields[-1]]) + 1)}
        found = []
        for who in AUTHORS:
            marks = [sheet_of("95" if who == ONE else "72"), sheet_of("70"), other]
            panel = sorted(self.panel(who), key=lambda seat: seat.number, reverse=self.turned)
            found += [(who, seat, sheet) for seat, sheet in zip(panel, marks, strict=True)]
        return sorted(found, key=lambda one: -one[1].number) if self.turned else found

    def seen(self) -> Seen:
        db.session.rollback()
        return sees_all(self.review, self.browsers)


def looks(play: Play) -> Iterator[Seen]:
    """A whole review, and what all but the coding officer see after each step that is one reviewer's or one code's."""
    review = play.review
    panels = {review.turn(who).id: [seat.id for seat in play.panel(who)] for who in AUTHORS}
    perform(reviewers.assign_by_hand, CODER, review.contest_id, panels)
    review.opens()
    coming = play.sheets()
    for place, (who, seat, marks) in enumerate(coming, 1):
        play.submits(review.turn(who), seat, marks)
        if place == len(coming) // 2:
            yield play.seen()
    yield play.seen()
    sent_back(play)
    yield play.seen()
    further(play)
    yield play.seen()
    for who in (ONE, OTHER):
        perform(relations.declare_relation, DESK, review.contest_id, review.seat(1).id, author(who).id, "kin")
    perform(sealed_relations.apply_to_codes, CODER, review.contest_id)
    yield play.seen()


def sent_back(play: Play) -> None:
    """The chief asks about the second sheet of a code, and its reviewer keeps it."""
    review = play.review
    (shown,) = [one for one in marks_view(review.contest_id)["turns"] if one["number"] == review.turn(OTHER).code]
    perform(send_back.send_back, CHIEF, shown["turn"], 0, "是否误填？", shown["rows"][1]["sheet"])
    (sheet,) = [one for one in review.turn(OTHER).sheets if one.newest.question]
    play.submits(review.turn(OTHER), sheet.seat, dict(sheet.versions[0].typed))


def further(play: Play) -> None:
    """A further review is asked for, goes to reviewer 5 or 2, and comes in."""
    review, turn = play.review, play.review.turn(ONE)
    perform(reviewers.order_rereview, DESK, review.contest_id, turn.id, "reviewer")
    seat = review.seat(2 if play.turned else 5)
    perform(reviewers.order_rereview, CODER, review.contest_id, turn.id, "reviewer", seat.id)
    play.submits(review.turn(ONE), seat, sheet_of("71"))
