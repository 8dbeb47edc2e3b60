"""Documents of a review as verbs: uploading them, and clearing them for the reviewers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from scoring.actions.find import contest_of
from scoring.actions.registry import _l, logged, of_id, typed, verb
from scoring.actions.review.intake import Received
from scoring.actions.said import stated_if_any
from scoring.actions.transaction import Actor, record
from scoring.board.reading.not_performing import out_of_event
from scoring.board.views.review import late_authors, review_event
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contestant, Document, Event, Turn
from scoring.store.documents import CLEARED
from scoring.store.model import now


def event_of_documents(contest_id: int) -> Event:
    """The contest's event in which documents are judged.

    Raises Refused: contest_unknown, no_documents_here.
    """
    event = review_event(contest_of(contest_id))
    if event is None:
        raise Refused.because("no_documents_here")
    return event


@verb()
@logged("review", _l("took a document in"))
def upload_document(actor: Actor, contest_id: int, contestant_id: int, received: Received) -> int:
    """Record a document that was examined and is on disk; an earlier one is replaced and stays on record.

    Answers the document's id. Raises Refused: contest_unknown, no_documents_here, contestant_unknown, author_out,
    coded_already, document_twice (the very same file is there for another contestant).
    """
    event = event_of_documents(contest_id)
    author = _author(event, contestant_id)
    if author.id in out_of_event(event):
        raise Refused.because("author_out", number=author.number)
    if (twin := _author_of_same(author, received.sha256)) is not None:
        raise Refused.because("document_twice", "document", number=twin.number)
    if author.document is not None:
        author.document.replaced_at = now()
    facts = asdict(received) | {"unreadable": list(received.unreadable), "made_safe": list(received.made_safe)}
    document = Document(contestant=author, actor=actor.label, **facts | {"findings": list(received.findings)})
    db.session.add(document)
    db.session.flush()
    told: dict[str, Any] = {"number": author.number, "sha256": received.sha256, "kind": received.kind}
    record(event.contest, actor, "upload_document", document=document.id, **told)
    return document.id


@verb((of_id("document"), typed("reason")), done=_l("The document is cleared for its reviewers."))
@logged("review", _l("cleared a document for the reviewers"))
def clear_document(actor: Actor, contest_id: int, document_id: int, reason: str = "") -> None:
    """Release a document to its reviewers after its findings were looked at; with findings left it needs a reason.

    Raises Refused: contest_unknown, no_documents_here, document_unknown, document_cleared, findings_unresolved.
    """
    event = event_of_documents(contest_id)
    document = db.session.get(Document, document_id)
    if document is None or document.replaced_at or document.contestant.contest_id != contest_id:
        raise Refused.because("document_unknown")
    if document.state == CLEARED:
        raise Refused.because("document_cleared")
    if document.unresolved and not reason.strip():
        raise Refused.because("findings_unresolved", "reason")
    document.state, document.reason = CLEARED, stated_if_any(reason)
    record(event.contest, actor, "clear_document", document=document.id, reason=document.reason)


def turns_of_documents(event: Event) -> list[Turn]:
    """The turns of the review, one a document, in order; not those of which it was known before that there is none."""
    return [turn for turn in event.rounds[0].turns if not turn.not_held]


def _author(event: Event, contestant_id: int) -> Contestant:
    """The contestant whose document is taken in; once the others are coded only one who came late."""
    if event.coding is None:
        return author_in(event, contestant_id)
    late = {author.id: author for author in late_authors(event)}
    if contestant_id not in late or event.coding.decoded_at is not None:
        raise Refused.because("coded_already")
    return late[contestant_id]


def author_in(event: Event, contestant_id: int) -> Contestant:
    """The contestant, as one who is to hand in a document; Refused(contestant_unknown)."""
    for one in late_authors(event):
        if one.id == contestant_id:
            return one
    for turn in event.rounds[0].turns:
        if turn.appearances[0].contestant_id == contestant_id:
            return turn.appearances[0].contestant
    raise Refused.because("contestant_unknown")


def _author_of_same(author: Contestant, digest: str) -> Contestant | None:
    """Another contestant of the contest with the very same file in force."""
    wanted = (
        select(Contestant)
        .join(Document)
        .where(Contestant.contest_id == author.contest_id, Contestant.id != author.id)
        .where(Document.sha256 == digest, Document.replaced_at.is_(None))
    )
    return db.session.scalars(wanted).first()
