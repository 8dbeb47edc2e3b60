"""The demo's suggestion review (检察建议书评比), of the size of one district office: 24 documents, 5 reviewers each."""

from __future__ import annotations

from sqlalchemy import select

from scoring.actions.review import coding, documents, reviewers
from scoring.actions.review.intake import kept, names_to_hide
from scoring.actions.setting_up.contests import Entrant, Plan, set_up
from scoring.actions.transaction import Actor, perform
from scoring.demo.awards import promise
from scoring.demo.legal_explanation import DEPARTMENTS, NAMES
from scoring.demo.letters import docx, letter
from scoring.documents import examine
from scoring.documents.sample import pdf
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.awards import TOP_TEN
from scoring.store import Contest, Event, Room, Seat

SLUG = "jianyishu"
OFFICE = "明州市江北区院"
DOCUMENTS, PER_DOCUMENT = 24, 5
SEATS = 7  # six reviewers and, last, the chair
SEED, WITNESS = "2026-11-22", "纪检监察组"


def entrants() -> list[Entrant]:
    """The 24 authors of one office."""
    return [
        Entrant(f"{place:02d}", name, OFFICE, DEPARTMENTS[place % len(DEPARTMENTS)])
        for place, name in enumerate(NAMES[:DOCUMENTS], 1)
    ]


def create(actor: Actor) -> None:
    """Set the contest up with its documents coded and assigned, ready to be opened to the reviewers."""
    settings = formats.get("suggestion_review").defaults()
    plan = Plan(
        slug=SLUG,
        title=("江北区检察院检察建议书评比", "Jiangbei Procuratorate's Suggestion Review"),
        office=OFFICE,
        format="suggestion_review",
        judges=SEATS,
        entrants=entrants(),
        settings=settings | {"reviewers": {"per_document": PER_DOCUMENT}},
    )
    contest_id = perform(set_up, actor, plan)
    perform(promise, actor, contest_id, TOP_TEN)
    assert contest_id is not None
    perform(_prepare, actor, contest_id)


def _prepare(actor: Actor, contest_id: int) -> None:
    """All that comes before the review, in one transaction: fifty durable ones take seconds."""
    _hand_in(actor, contest_id)
    coding.code_documents(actor, contest_id, SEED, WITNESS)
    reviewers.draw_reviewers(actor, contest_id, SEED, _reviewers(contest_id))


def _hand_in(actor: Actor, contest_id: int) -> None:
    """Every author hands in a letter, in turns as DOCX and PDF, and it is cleared."""
    contest = db.session.get_one(Contest, contest_id)
    hidden = names_to_hide(contest)
    authors = [(author.id, author.number) for author in contest.contestants]
    for place, (author_id, number) in enumerate(authors, 1):
        name, content = (f"{number}.docx", docx(letter(place))) if place % 2 else (f"{number}.pdf", pdf(letter(place)))
        received = kept(examine(name, content), content, hidden)
        document_id = documents.upload_document(actor, contest_id, author_id, received)
        documents.clear_document(actor, contest_id, document_id)


def _reviewers(contest_id: int) -> list[int]:
    """All seats but the chair's."""
    wanted = select(Seat.id).join(Room).join(Event, Room.event_id == Event.id).where(Event.contest_id == contest_id)
    return list(db.session.scalars(wanted.order_by(Seat.number)))[:-1]
