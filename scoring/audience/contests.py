"""Finds what an address names: a contest's board by its slug, and the boards of all contests."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import Response, abort, make_response, redirect, request, url_for
from sqlalchemy import select

from scoring import access
from scoring.board.reading.doubts import doubts
from scoring.board.snapshots.audience import Board
from scoring.board.snapshots.pages import Card
from scoring.board.snapshots.shared import Titles
from scoring.board.views.audience import audience
from scoring.board.views.cards import cards_of
from scoring.extensions import db
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.store import Contest
from scoring.store.contests import OPEN
from scoring.store.hidden import HIDDEN
from scoring.store.rehearsals import leads_to, rehearsals


def board_of(slug: str) -> Board:
    """The snapshot of the event that the address means of the contest with this slug; answers 404 if there is none."""
    return found(audience, contest_id_of(slug), event_meant())


def contest_id_of(slug: str) -> int:
    """The id of the contest with this slug; answers 404 if there is none that whoever asks may know of."""
    row = db.session.execute(select(Contest.id, HIDDEN).where(Contest.slug == slug)).first()
    if row is None:
        abort(404)
    check_known(slug, *row)
    return int(row[0])


def check_known(slug: str, contest_id: int, hidden: bool) -> None:
    """Answers 404, as for no contest at all, to a stranger who asks for one that is hidden."""
    if hidden and not access.may_watch(contest_id, slug, request.args.get("pass")):
        abort(404)


def follows_rehearsal(view: Callable[..., Response]) -> Callable[..., Response]:
    """A hall screen's view that moves to the contest's rehearsal while one is on, and back when it is over."""

    @wraps(view)
    def moving(slug: str) -> Response:
        other = leads_to(contest_id_of(slug))
        if other is None:
            return view(slug=slug)
        there = db.session.get_one(Contest, other).slug
        return make_response(redirect(url_for(str(request.endpoint), slug=there, room=request.args.get("room"))))

    return moving


def all_cards() -> list[Card]:
    """A card for each event of all open contests, the newest contest first; none of one in doubt."""
    listed = (Contest.state == OPEN, Contest.id.not_in(doubts()), Contest.id.not_in(rehearsals()))
    wanted = select(Contest.id).where(*listed)
    return cards_of(db.session.scalars(wanted.order_by(Contest.id.desc())).all())


def titles_in_doubt() -> list[Titles]:
    """The titles of the contests of which nothing is shown, because their records did not agree at the start.

    Not of those that strangers know nothing of, nor of rehearsals.
    """
    wanted = select(Contest).where(Contest.id.in_(doubts()), ~HIDDEN, Contest.id.not_in(rehearsals()))
    return [{"zh": contest.title_zh, "en": contest.title_en} for contest in db.session.scalars(wanted)]
