"""What organizer and coder see of a review of documents: by author before the coding, by code until the decoding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scoring.board.conditions.kept_off import related_to
from scoring.board.conditions.withheld import is_told
from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import format_of, outcome_of, penalties_shown
from scoring.board.reading.heading import contest_of
from scoring.board.reading.look import named_event
from scoring.board.reading.not_performing import decision_view, out_of_event
from scoring.board.reading.states import Place, TurnState
from scoring.board.snapshots.desk import Decision
from scoring.board.snapshots.review import (
    Author,
    CodedDocument,
    CodeRow,
    CodeTable,
    DocumentFile,
    Documents,
    DueToLeave,
    Review,
    ReviewCell,
    Reviewer,
    ReviewHead,
    Severity,
    Witnessed,
    Witnessing,
)
from scoring.extensions import db
from scoring.rules.explanation import Explanation
from scoring.rules.figures import round_half_up
from scoring.rules.formats.common import RULINGS, rereview_of, reviewing_by, rulings_of, severity_rules_of
from scoring.rules.panel import Standing
from scoring.rules.refusal import Problem, Refused
from scoring.rules.severity import normalise
from scoring.store import Coding, Contest, Contestant, Document, Event, NotPerforming, Turn
from scoring.store.contests import RELEASED, WAITING
from scoring.store.documents import CLEARED
from scoring.store.sheets import RETURNED

#: Among so many documents at least a late one is coded, so that its code does not tell whose it is.
HIDING = 3


def review_event(contest: Contest) -> Event | None:
    """The contest's event in which documents are judged, one at most: a contestant hands in one document."""
    return next((event for event in contest.events if format_of(event).subject == "document"), None)


def late_authors(event: Event) -> list[Contestant]:
    """Who may still hand in after the coding: entrants without a turn, who came late and are not out of the event.

    [] before the coding and after the decoding.
    """
    if event.coding is None or event.coding.decoded_at is not None:
        return []
    coded = {
        appearance.contestant_id for played in event.rounds for turn in played.turns for appearance in turn.appearances
    }
    gone = coded | out_of_event(event).keys()
    return [one for one in event.contest.contestants if one.team_id is None and one.id not in gone]


def is_review(contest_id: int) -> bool:
    """Whether documents are judged in the contest; raises LookupError."""
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise LookupError(contest_id)
    return review_event(contest) is not None


def _core_of_review(contest_id: int) -> Core:
    """The review of the contest; raises LookupError if there is none."""
    contest = db.session.get(Contest, contest_id)
    event = review_event(contest) if contest else None
    if event is None:
        raise LookupError(contest_id)
    return core_of(contest_id, event.position)


def documents(contest_id: int) -> Documents:
    """Every author of the review with the document in force; never a code. Raises LookupError."""
    core = _core_of_review(contest_id)
    late, out = late_authors(core.event), out_of_event(core.event)
    coded = [state.turn.appearances[0].contestant for state in core.turns]
    all_authors = {one.id: one for one in (*coded, *late, *(decision.contestant for decision in out.values()))}
    authors = sorted(all_authors.values(), key=lambda one: one.number)
    return {
        **_head(core),
        "authors": [
            {
                **_author(one),
                "document": _document(one.document),
                "late": one in late,
                "out": _out(out.get(one.id)),
            }
            for one in authors
        ],
        "late": [one.number for one in late if one.document is not None],
        "missing": [one.number for one in authors if one.document is None and one.id not in out],
        "hiding": HIDING,
        "among": sum(state.turn.state == WAITING for state in core.turns) + len([one for one in late if one.document]),
        "cleared": sum(one.document is not None and one.document.state == CLEARED for one in authors),
    }


def _head(core: Core) -> ReviewHead:
    coding = core.event.coding
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "event": named_event(core.event),
        "coded": coding is not None,
        "decoded": coding is not None and coding.decoded_at is not None,
        "begun": any(state.turn.begun for state in core.turns),
        "released": bool(core.turns) and all(state.turn.state == RELEASED for state in core.turns),
    }


def _author(one: Contestant) -> Author:
    return {
        "id": one.id,
        "number": one.number,
        "name": one.name,
        "office": one.office,
        "department": one.department,
    }


def _out(decision: NotPerforming | None) -> Decision | None:
    return decision_view(decision) if decision else None


def _document(document: Document | None) -> DocumentFile | None:
    if document is None:
        return None
    return {
        "id": document.id,
        "name": document.name,
        "kind": document.kind,
        "pages": document.pages,
        "unreadable": document.unreadable,
        "made_safe": document.made_safe,
        "findings": document.findings,
        "state": document.state,
        "reason": document.reason,
        "unresolved": document.unresolved,
    }


def code_table(contest_id: int) -> CodeTable:
    """Which code is whose: for the coding officer, and for everybody once it is decoded. Raises LookupError."""
    core = _core_of_review(contest_id)
    coded = [state.turn for state in core.turns if state.turn.code]
    coding: Coding | None = core.event.coding
    return {
        **_head(core),
        "table": [_row_of_table(turn) for turn in coded],
        "witness": coding.witness if coding else "",
        **_witnessed(coding),
        "seed": coding.seed if coding else "",
        "penalties": rulings_of(core.event.settings, "penalties"),
        "unsettled": [state.turn.code for state in core.turns if state.turn.code and _status(state) not in SETTLED],
    }


def _witnessed(coding: Coding | None) -> Witnessed:
    """Who has signed for the decoding, if somebody has."""
    signed = coding is not None and coding.witnessed_at is not None
    return {"witnessed": signed, "decode_witness": coding.decode_witness if coding else ""}


def witnessing(contest_id: int) -> Witnessing:
    """Whether the review is ready for its decoding, for the supervisor. Raises LookupError.

    Which codes are unsettled, or how many, would tell who has just submitted or left which.
    """
    core = _core_of_review(contest_id)
    coded = [state for state in core.turns if state.turn.code]
    unsettled = any(_status(state) not in SETTLED for state in coded)
    coding = core.event.coding
    return {**_head(core), **_witnessed(coding), "documents": len(coded), "unsettled": unsettled}


def _row_of_table(turn: Turn) -> CodeRow:
    return {"code": turn.code, "turn": turn.id, "state": turn.state, **_author(turn.appearances[0].contestant)}


DISPUTED = "disputed"
SETTLED = ("complete", "void", "released")


def review(contest_id: int) -> Review:
    """Every document by its code and where it stands; never whose it is. Raises LookupError.

    While the documents are coded nothing tells how a reviewer stands to a code: who knows whom a reviewer is related to
    could tell by it whose documents the others are. For the same reason all codes are in one state until every sheet is
    in that the first reviewers owe, and for good once a reviewer has left one: else the moment in which one moves would
    tell who moved it. Nor is it told how many documents a reviewer has and has done: that moves with a code.
    """
    core = _core_of_review(contest_id)
    whole = _by_code(core)
    if not core.event.is_sealed:
        return whole
    told = is_told([state.turn for state in core.turns])
    seats: list[Reviewer] = [{**seat, "load": None, "done": None} for seat in whole["seats"]]
    return whole | {"seats": seats, "documents": [_sealed(one, told) for one in whole["documents"]]}


def reviewers_by_code(contest_id: int) -> Review:
    """The same with who reviews what, who is kept off what, and what waits for the coding officer: for them alone."""
    core = _core_of_review(contest_id)
    whole = _by_code(core)
    related = {state.turn.id: _due(core, state) for state in core.turns if state.turn.code and core.event.is_sealed}
    for one in whole["documents"]:
        one["due"] = related.get(one["turn"], [])
    return whole


def _by_code(core: Core) -> Review:
    seats = [seat for room in core.event.rooms for seat in room.seats]
    load = Counter(place.seat.id for state in core.turns if state.turn.assignments for place in state.places)
    done = Counter(place.seat.id for state in core.turns for place in state.places if _has_been_in(core, place))
    settings = core.event.settings
    reviewers = reviewing_by(settings)
    per_document = reviewers.per_document
    return {
        **_head(core),
        "per_document": per_document,
        "opening_waits_for": opening_waits_for([state.turn for state in core.turns if state.turn.code], per_document),
        "threshold": str(rereview_of(settings).threshold),
        "rulings": {name: rulings_of(settings, name) for name in RULINGS},
        "drawn": any(state.turn.assignments for state in core.turns if state.turn.state == WAITING),
        "seats": [
            {"id": seat.id, "number": seat.number, "name": seat.name, "load": load[seat.id], "done": done[seat.id]}
            for seat in seats
        ],
        "documents": [_coded_view(state, [seat.id for seat in seats]) for state in core.turns if state.turn.code],
    }


def opening_waits_for(turns: Sequence[Turn], per_document: int) -> Problem | None:
    """Why none of these documents can be opened to reviewers now: nothing_cleared, reviewers_missing (says the codes).

    Where a coded one alone is short of reviewers, it is not said which (reviewers_short): they are all kept off it.
    All that are cleared are opened at once, each to so many reviewers. None where nothing keeps them back.
    """
    ready = [turn for turn in turns if is_ready(turn)]
    without = [turn.code for turn in ready if len(turn.assignments) < per_document]
    if not ready:
        return Problem("nothing_cleared")
    if without and len(without) < len(ready) and ready[0].hidden:
        return Problem("reviewers_short")
    return Problem("reviewers_missing", "", {"codes": ", ".join(without)}) if without else None


def _has_been_in(core: Core, place: Place) -> bool:
    """Whether the sheet is in; one of a coded document that was given back stays counted as nobody may see it."""
    return place.standing is Standing.COUNTED or (core.event.is_sealed and place.state == RETURNED)


def _coded_view(state: TurnState, seat_ids: list[int]) -> CodedDocument:
    turn = state.turn
    return {
        "turn": turn.id,
        "code": turn.code,
        "state": turn.state,
        "status": _status(state),
        "cells": {seat_id: _cell(state, seat_id) for seat_id in seat_ids},
        "range": _range(turn),
        "rereview": turn.facts.get("rereview"),
        "asked": turn.facts.get("rereview_asked"),
        "caps": turn.facts.get("caps", []),
        "void": turn.facts.get("void"),
        "penalties": [
            {
                "id": one.id,
                "kind": one.kind,
                "points": one.points,
                "reason": one.reason,
                "adds": one.adds,
                "proposed": one.is_proposed,
            }
            for one in penalties_shown(turn)
        ],
    }


def is_ready(turn: Turn) -> bool:
    """Whether a document waits, and may be opened to its reviewers once it has them."""
    return turn.state == WAITING and _is_cleared(turn)


def _is_cleared(turn: Turn) -> bool:
    document = turn.appearances[0].contestant.document
    return document is not None and document.state == CLEARED


def _sealed(document: CodedDocument, told: bool) -> CodedDocument:
    """The document without anything that ties a reviewer to its code; a void that was ruled is told at any time."""
    status = document["status"]
    if document["asked"] or (not told and status in (DISPUTED, "complete", "void")):
        status = "void" if document["void"] else "open"
    apart = document["range"] if status == DISPUTED else None
    return document | {"status": status, "cells": {}, "rereview": None, "range": apart}


def _due(core: Core, state: TurnState) -> list[DueToLeave]:
    """Which reviewers are to leave the document, by what was declared since the draw."""
    if state.turn.state == RELEASED or not state.turn.assignments:
        return []
    related = related_to(state.turn)
    return [
        {"seat": one.seat.number, "ground": related[one.seat_id]}
        for one in state.turn.assignments
        if one.seat_id in related and one.seat_id not in state.turn.recused
    ]


def _cell(state: TurnState, seat_id: int) -> ReviewCell:
    """How a seat stands to a document: assigned or not, recused or not, and the state of its sheet."""
    assigned = any(one.seat_id == seat_id for one in state.turn.assignments)
    place = next((place for place in state.places if place.seat.id == seat_id), None)
    return {
        "assigned": assigned,
        "recused": seat_id in state.turn.recused,
        "sheet": place.state if assigned and place else "",
    }


def _status(state: TurnState) -> str:
    """waiting, open, disputed, complete, void or released."""
    if state.turn.state in (WAITING, RELEASED):
        return state.turn.state
    try:
        outcome = outcome_of(state.turn)
    except Refused as refused:
        return DISPUTED if refused.code == "rereview_needed" else "open"
    return "complete" if outcome.scores else "void"


def _range(turn: Turn) -> str | None:
    """The range of the totals over which a further review is asked for, once it is known."""
    try:
        return str(outcome_of(turn).verdict.get("range") or "") or None
    except Refused as refused:
        return refused.problems[0].figures.get("range")


def severity(contest_id: int) -> Severity | None:
    """The released results as they would be if all reviewers were equally strict, beside the plain ones.

    None where the organizer has not chosen it, and before the release. Raises LookupError.
    """
    return severity_of(_core_of_review(contest_id))


def severity_of(core: Core) -> Severity | None:
    """The same of an event that was read already; None where its format knows no severity."""
    rules = severity_rules_of(core.event.settings)
    if not rules.shown or not core.ranked:
        return None
    plain: dict[str, Explanation] = {placed.contestant.number: placed.scores[-1].explanation for placed in core.ranked}
    found = normalise(plain, rules)
    names = {placed.contestant.number: placed.contestant.name for placed in core.ranked}
    return {
        "reviewers": [
            {
                "seat": seat,
                "reviews": one.reviews,
                "mean": str(round_half_up(one.mean, 2)),
                "spread": str(round_half_up(one.spread, 2)),
                "judged": one.judged,
            }
            for seat, one in sorted(found.reviewers.items(), key=lambda item: int(item[0]))
        ],
        "rows": [
            {"number": number, "name": names[number], "plain": str(one.plain), "final": str(one.final)}
            for number, one in found.documents.items()
        ],
    }
