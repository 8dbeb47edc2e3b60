"""The copy in which a contest is rehearsed: its rules, people, seats and order, and nothing that anybody did in it.

What reviewers read in it are samples behind codes of its own, drawn anew: neither the documents nor the codes of the
contest are in the copy, so that it tells nobody whose document is which.
"""

from __future__ import annotations

import secrets
from html import escape

from sqlalchemy import select

from scoring.actions.review.coding import PURPOSE
from scoring.actions.setting_up.cloning import Copies
from scoring.actions.setting_up.entry_list import lay_out
from scoring.board.reading.facts import format_of
from scoring.board.reading.not_performing import out_of_event
from scoring.board.views.review import late_authors
from scoring.documents.sample import LETTER, pdf
from scoring.extensions import db
from scoring.rules.draw import draw
from scoring.store import (
    Admission,
    Appearance,
    Coding,
    Contest,
    Contestant,
    Document,
    Event,
    EventSettings,
    NotPerforming,
    Office,
    OfficeAnswer,
    Relation,
    Seat,
    TabletCheck,
    Turn,
    Waiver,
)
from scoring.store.codes import give_code
from scoring.store.documents import CLEARED
from scoring.store.kept_files import keep
from scoring.store.model import now
from scoring.store.rehearsals import seat_in

#: Codes of a rehearsal begin so; those of a contest with A, so that nobody takes one for the other.
LETTER_OF_CODES = "R"


def copy_to_rehearse(contest: Contest, by: str) -> Contest:
    """The contest again, marked as a rehearsal, with seats and codes of its own; `by` signs for its samples."""
    copies = Copies()
    taken = set(db.session.scalars(select(Contest.slug)))
    slug = next(name for number in range(1, len(taken) + 2) if (name := f"rehearsal-{number}") not in taken)
    titles = {"title_zh": f"彩排 · {contest.title_zh}"[:120], "title_en": f"Rehearsal · {contest.title_en}"[:120]}
    fresh = {"revision": 0, "public_revision": 0, "frame_revision": 0, "created_at": now()}
    copy = copies.add(contest, slug=slug, practice=True, **titles, **fresh)
    people = sorted(contest.contestants, key=lambda one: one.team_id is not None)
    copied = {one.id: copies.add(one) for one in people}
    for event in contest.events:
        _copy_event(copies, event)
        if format_of(event).subject == "document":
            _sample_documents(copies, event, copied, by)
        else:
            _copy_turns(copies, event)
    _copy_what_is_known(copies, contest)
    db.session.expire_all()
    for before, event in zip(contest.events, copy.events, strict=True):
        if before.stage:  # else its judges would have nobody to mark
            lay_out(event)
    return copy


def keep_checks(before: Contest, copy: Contest) -> None:
    """What was found out about tablets in an earlier rehearsal holds in the one that takes its place."""
    for seat in (seat for event in before.events for room in event.rooms for seat in room.seats):
        check, there = db.session.get(TabletCheck, seat.id), seat_in(seat, copy.id)
        if check is not None and there is not None:
            known = {"screen": check.screen, "sound": check.sound, "battery": check.battery}
            db.session.add(TabletCheck(seat_id=there.id, **known))


def _copy_event(copies: Copies, event: Event) -> None:
    copies.add(event, sealed_seed=secrets.token_hex(16), typed_seed="", typed_by="", stage={})
    for room in event.rooms:
        copies.add(room, current_turn_id=None)
        for seat in room.seats:
            there = copies.add(seat, epoch=1, handover_until=None)
            if room.judges:
                give_code(there)
    for played in event.rounds:
        copies.add(played)
    for row in db.session.scalars(select(EventSettings).where(EventSettings.event_id == event.id)).all():
        copies.add(row)


def _copy_turns(copies: Copies, event: Event) -> None:
    turns = [turn for played in event.rounds for turn in played.turns]
    for turn in turns:
        copies.add(turn)
    for row in _decisions(event):
        copies.add(row)
    for turn in turns:
        for belonging in (*turn.appearances, *turn.assignments, *turn.recusals):
            copies.add(belonging)


def _decisions(event: Event) -> list[NotPerforming]:
    return list(db.session.scalars(select(NotPerforming).where(NotPerforming.event_id == event.id)))


def _sample_documents(copies: Copies, event: Event, copied: dict[int, Contestant], by: str) -> None:
    """A sample for each author, coded by a seed of the copy's own.

    Nothing is taken from the contest's turns: their order, recusals and codes belong together.
    """
    for row in _decisions(event):
        copies.add(row, turn_id=None)
    authors = [copied[one.id] for one in _authors(event)]
    seed = secrets.token_hex(16)
    numbered = {one.number: one for one in authors}
    drawn = [numbered[number] for number in draw(seed, PURPOSE, list(numbered))]
    round_id, room_id = copies.of(event.rounds[0]), copies.of(event.rooms[0])
    digits = max(2, len(str(len(drawn))))
    for place, author in enumerate(drawn, 1):
        code = f"{LETTER_OF_CODES}{place:0{digits}d}"
        turn = Turn(round_id=round_id, room_id=room_id, position=place, code=code)
        db.session.add(turn)
        db.session.add(Appearance(turn=turn, contestant=author))
        db.session.add(_sample_for(author, place, by))
    db.session.add(Coding(event_id=copies.of(event), seed=seed, witness="", actor=by))


def _authors(event: Event) -> list[Contestant]:
    """Who hands in a document, whether it is there already or not, in the order of their numbers."""
    entered = [one.contestant for turn in event.rounds[0].turns for one in turn.appearances] if event.rounds else []
    out = out_of_event(event)
    every = {one.id: one for one in (*entered, *late_authors(event)) if one.id not in out}
    return sorted(every.values(), key=lambda one: one.number)


def _sample_for(author: Contestant, place: int, by: str) -> Document:
    """The sample letter, in turns as PDF and as a page, as both kinds are read differently on a tablet."""
    title, *lines = map(escape, LETTER)
    page = f"<h1>{title}</h1>" + "".join(f"<p>{line}</p>" for line in lines)
    kind, content, pages = ("pdf", pdf(LETTER), 1) if place % 2 else ("docx", page.encode(), None)
    digest = keep(content)
    nothing: dict[str, list[str]] = {"unreadable": [], "made_safe": [], "findings": []}
    shown = {"name": f"sample.{kind}", "kind": kind, "sha256": digest, "shown_sha256": digest, "pages": pages}
    return Document(contestant=author, state=CLEARED, actor=by, **shown, **nothing)


def _copy_what_is_known(copies: Copies, contest: Contest) -> None:
    """Offices and what was answered about them, relations and what was waived, and who is let into the contest."""
    for kind in (Office, OfficeAnswer, Admission, Relation, Waiver):
        for row in db.session.scalars(select(kind).where(kind.contest_id == contest.id)).all():
            copies.add(row)


def seats_of(contest: Contest) -> list[Seat]:
    """All seats of the contest."""
    return [seat for event in contest.events for room in event.rooms for seat in room.seats]
