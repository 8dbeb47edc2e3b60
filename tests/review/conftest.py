"""A small review: three authors, four seats, two reviewers a document, and the steps that its stories are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from scoring.actions.review import coding, documents, review_rulings, reviewers
from scoring.actions.review.intake import Received, kept, names_to_hide
from scoring.actions.running import recusals, seals, sheets
from scoring.actions.setting_up.contests import Entrant, Plan, add_account, set_up
from scoring.actions.transaction import Actor, perform
from scoring.board.conditions.seals import supervised
from scoring.board.snapshots.review import Review as ReviewPage
from scoring.board.views.audience import audience
from scoring.board.views.review import reviewers_by_code
from scoring.documents import examine
from scoring.extensions import db
from scoring.rules import formats
from scoring.store import Contest, Contestant, Document, Entry, Event, Room, Seat, Turn
from scoring.store.codes import seat_pin
from scoring.store.people import CODER as CODING_OFFICER
from scoring.store.people import ROLES
from tests.access.conftest import browser_of
from tests.conftest import CHEN, DESK, LIN, ORGANIZER, PASSWORD, ZHOU, Installation, begin_with
from tests.documents.making import docx, pdf
from tests.passwords import quickly_checked

FORMAT = formats.get("suggestion_review")
CODER = Actor("account:刘编码", role="coder")
WITNESS = "王监督"
LETTERS = {
    "01": ("初稿.docx", docx("检察建议书", "关于校园周边食品安全")),
    "02": ("letter.pdf", pdf("检察建议书\n关于扬尘治理")),
    "03": ("附件.docx", docx("检察建议书", "关于快递信息保护")),
}


def sheet_of(total: str, **comments: str) -> dict[str, str]:
    """A sheet that comes to this total: the criteria filled up one after the other."""
    left, marks = Decimal(total), {}
    for criterion in FORMAT.rubric(FORMAT.defaults(), "").criteria:
        mark = min(left, criterion.maximum)
        marks[criterion.key] = str(mark)
        left -= mark
    return marks | comments


@dataclass
class Review:
    """The review as a test's story needs it. Documents are named by their author's number, as only the test may."""

    app: Flask
    contest_id: int

    def contest(self) -> Contest:
        """The stored contest."""
        db.session.rollback()
        return db.session.get_one(Contest, self.contest_id)

    def seat(self, number: int) -> Seat:
        """The seat of judge 1 to 4 of the review, the contest's first event."""
        of_review = select(Seat).join(Seat.room).join(Room.event).where(Seat.number == number, Event.position == 1)
        return db.session.scalars(of_review).one()

    def turn(self, author: str) -> Turn:
        """The turn behind which this author's document lies."""
        db.session.rollback()
        turns = db.session.scalars(select(Turn))
        return next(turn for turn in turns if turn.appearances[0].contestant.number == author)

    def document(self, author: str) -> Document:
        """The author's document in force."""
        found = self.turn(author).appearances[0].contestant.document
        assert found is not None
        return found

    def examined(self, name: str, content: bytes) -> Received:
        """A document examined and kept on disk."""
        return kept(examine(name, content), content, names_to_hide(self.contest()))

    def uploads(self, author: str, name: str = "", content: bytes = b"") -> int:
        """The organizer uploads the author's document."""
        ordinary = LETTERS.get(author, ("", b""))
        received = self.examined(name or ordinary[0], content or ordinary[1])
        contestant_id = self.turn(author).appearances[0].contestant_id
        return perform(documents.upload_document, DESK, self.contest_id, contestant_id, received)

    def clears(self, author: str, reason: str = "") -> None:
        """The organizer clears the author's document."""
        perform(documents.clear_document, DESK, self.contest_id, self.document(author).id, reason)

    def collects(self) -> None:
        """All three documents are in and cleared."""
        for author in LETTERS:
            self.uploads(author)
            self.clears(author)

    def types(self) -> None:
        """The supervisor, where there is one, types for the next draw."""
        if supervised(self.contest_id) and not self.contest().events[0].typed_seed:
            perform(seals.type_seed, Actor("account:周监督", role="supervisor"), self.contest_id, "当众掷出 4 6 1")

    def codes(self, seed: str = "314159") -> None:
        """The coding officer draws the codes."""
        self.types()
        perform(coding.code_documents, CODER, self.contest_id, seed, WITNESS)

    def draws(self, *seats: int, seed: str = "7") -> None:
        """The organizer draws the reviewers among these seats."""
        self.types()
        perform(reviewers.draw_reviewers, DESK, self.contest_id, seed, [self.seat(one).id for one in seats])

    def draws_again(self, *seats: int, seed: str = "7", actor: Actor = CODER, reason: str = "评阅人有变") -> None:
        """The coding officer draws them once more."""
        perform(reviewers.draw_reviewers, actor, self.contest_id, seed, [self.seat(one).id for one in seats], reason)

    def assigns(self, author: str, *seats: int) -> None:
        """The coding officer puts these seats on the author's document."""
        chosen = {self.turn(author).id: [self.seat(one).id for one in seats]}
        perform(reviewers.assign_by_hand, CODER, self.contest_id, chosen)

    def opens(self) -> None:
        """The organizer opens the cleared documents."""
        perform(reviewers.open_review, DESK, self.contest_id)

    def begins(self) -> None:
        """All steps up to the open review; judges 1 and 2 review every document."""
        self.collects()
        self.codes()
        self.draws(1, 2)
        self.opens()

    def submits(self, judge: int, author: str, total: str, **comments: str) -> None:
        """A judge submits a sheet with this total."""
        seat, turn = self.seat(judge), self.turn(author)
        actor = Actor(f"seat:{seat.id}", seat_id=seat.id)
        typed = sheet_of(total, **comments)
        perform(sheets.submit, actor, turn.id, seat.id, typed, f"sheet-{judge}-{author}-{total}")

    def all_submit(self, **totals: tuple[str, str]) -> None:
        """Judges 1 and 2 submit: `a01=("90", "88")`."""
        for author, (first, second) in totals.items():
            self.submits(1, author[1:], first)
            self.submits(2, author[1:], second)

    def recuse(self, judge: int, author: str, ground: str = "kin") -> None:
        """The coding officer recuses a judge."""
        perform(recusals.recuse, CODER, self.turn(author).id, self.seat(judge).id, ground, f"亲属是{author}")

    def further(self, judge: int, author: str, by: str = "reviewer") -> None:
        """The coding officer gives a disputed document to one more judge."""
        turn_id, seat_id = self.turn(author).id, self.seat(judge).id
        perform(reviewers.order_rereview, CODER, self.contest_id, turn_id, by, seat_id)

    def rules(self, author: str, ruling: str, kind: str, reason: str = "第三页") -> None:
        """The organizer records a ruling."""
        perform(review_rulings.rule, DESK, self.contest_id, self.turn(author).id, ruling, kind, reason)

    def witnesses(self, name: str = WITNESS) -> None:
        """The supervisor signs for the decoding."""
        perform(coding.witness_decoding, Actor(f"account:{name}", role="supervisor"), self.contest_id)

    def decodes(self) -> None:
        """The supervisor signs and the coding officer decodes."""
        self.witnesses()
        perform(coding.decode, CODER, self.contest_id)

    def belongs(self, judge: int, office: str, department: str = "") -> None:
        """It is recorded where a judge works."""
        seat = self.seat(judge)
        seat.office, seat.department = office, department
        db.session.commit()

    def releases(self) -> None:
        """The organizer releases all results."""
        perform(review_rulings.release_review, DESK, self.contest_id)

    def seen(self) -> ReviewPage:
        """The coding officer's view by codes."""
        db.session.rollback()
        return reviewers_by_code(self.contest_id)

    def ranking(self) -> list[tuple[int, str, str]]:
        """Rank, number and score of every public row."""
        db.session.rollback()
        return [(row["rank"], row["number"], row["score"]) for row in audience(self.contest_id)["rows"]]

    def entry(self, verb: str) -> dict[str, Any]:
        """What the newest audit entry of this verb says."""
        db.session.rollback()
        wanted = select(Entry).where(Entry.verb == verb).order_by(Entry.id.desc())
        found = db.session.scalars(wanted).first()
        assert found is not None
        return found.details


@pytest.fixture
def review(installation: Installation) -> Iterator[Review]:
    """The review with nothing handed in yet."""
    for app in begin_with(installation, installation.empty):
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            settings = FORMAT.defaults() | {"reviewers": {"per_document": 2}}
            title = ("检察建议书评比", "Suggestion review")
            plan = Plan("jianyi", title, "明州市院", "suggestion_review", 4, [CHEN, LIN, ZHOU], settings)
            contest_id = perform(set_up, Actor("test"), plan)
            yield Review(app, contest_id)


@pytest.fixture
def signed_in(review: Review) -> Any:
    """Signs an account in: `signed_in("coder")` answers a browser that reads English."""

    def sign_in(role: str) -> FlaskClient:
        name = ORGANIZER if role == "organizer" else f"{ORGANIZER} {role}"
        perform(add_account, name, quickly_checked(PASSWORD), role)
        browser = review.app.test_client()
        browser.set_cookie("language", "en")
        assert browser.post("/desk/sign-in", data={"name": name, "password": PASSWORD}).status_code == 302
        return browser

    return sign_in


@pytest.fixture
def tablet(review: Review) -> Any:
    """Signs a judge in: `tablet(1)` answers a browser that reads English."""

    def sign_in(judge: int) -> FlaskClient:
        browser = review.app.test_client()
        browser.set_cookie("language", "en")
        assert browser.post("/judge/", data={"pin": seat_pin(review.seat(judge))}).status_code == 303
        return browser

    return sign_in


AUTHORS = [f"{number:02}" for number in range(1, 7)]
ONE, OTHER = "02", "05"


@pytest.fixture
def six(installation: Installation) -> Iterator[Review]:
    """Six authors of six offices, six named judges, three reviewers a document: coded, nobody drawn yet."""
    for app in begin_with(installation, installation.empty):
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            entrants = [Entrant(number, f"作者{number}", f"第{number}县院") for number in AUTHORS]
            plan = Plan("jianyi", ("评比", "Review"), "明州市院", "suggestion_review", 6, entrants, FORMAT.defaults())
            review = Review(app, perform(set_up, Actor("test"), plan))
            for number in range(1, 7):
                review.seat(number).name = f"评委{number}"
            db.session.commit()
            for author in AUTHORS:
                review.uploads(author, f"{author}.docx", docx("检察建议书", f"关于第{author}件事"))
                review.clears(author)
            for role in ROLES:
                perform(add_account, role, "-", role)
            review.codes()
            yield review


def author(number: str) -> Contestant:
    """The author with this number, as stored."""
    db.session.rollback()
    return db.session.scalars(select(Contestant).where(Contestant.number == number)).one()


def go_to(review: Review, state: str) -> None:
    """The review as far as this state."""
    if state == "coded":
        return
    review.draws(1, 2, 3, 4, 5)
    if state == "drawn":
        return
    review.opens()
    turns = {turn.appearances[0].contestant.number: turn for turn in review.contest().events[0].rounds[0].turns}
    unread = () if state == "marked" else (ONE, OTHER, AUTHORS[-1])  # whatever codes were drawn
    for who, turn in turns.items():
        if who in unread:
            continue
        for place, number in enumerate([seat.number for seat in turn.panel]):
            review.submits(number, who, "95" if who == ONE and place == 0 else "70")


@pytest.fixture
def browsers(six: Review) -> dict[str, FlaskClient]:
    return {who: browser_of(six.app, who) for who in (*ROLES, "visitor") if who != CODING_OFFICER}
