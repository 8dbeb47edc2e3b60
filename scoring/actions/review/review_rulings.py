"""What is ruled about a document by its code: penalties, caps and voids; and the release of the whole review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.actions.find import turn_in
from scoring.actions.registry import EVERYWHERE, REVIEWING, RULING, _l, logged, of_id, text_if_any, typed, verb
from scoring.actions.review.documents import event_of_documents, turns_of_documents
from scoring.actions.running.listed import found_in_list, put_down
from scoring.actions.running.releases import release
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.releasing import check_open
from scoring.board.reading.facts import BY_AUTHOR
from scoring.rules.formats.common import rulings_of
from scoring.rules.refusal import Refused
from scoring.rules.rulings import read_reason
from scoring.store import Turn
from scoring.store.contests import RELEASED
from scoring.store.people import CODER

PENALTY, CAP, VOID = "penalty", "cap", "void"
_OFFERED = {PENALTY: "penalties", CAP: "caps", VOID: "voids"}


@verb((of_id("turn"), typed("reason"), text_if_any("points")), roles=REVIEWING)
@logged("changes", _l("ruled about document %(turn)s"), EVERYWHERE)
def rule(actor: Actor, contest_id: int, turn_id: int, ruling: str, kind: str, reason: str, points: str = "") -> None:
    """Record a penalty or bonus, a cap or a void that the event offers, on a document of the review.

    `points` says which of a range. What somebody has to confirm counts only then, and that is after the decoding.

    A penalty by the coding officer is one for what only the author's name tells: nobody else sees it beside the code.
    Raises Refused: contest_unknown, no_documents_here, turn_unknown, turn_not_open, turn_released, unknown_ruling,
    reason_missing, reason_too_long, ruled_twice, and as `put_down` does. Source: domain page 2D, penalties.
    """
    turn = _open(contest_id, turn_id)
    offered = rulings_of(turn.round.event.settings, _OFFERED.get(ruling, ""))
    if kind not in [one["key"] for one in offered]:
        raise Refused.because("unknown_ruling", "kind", kind=kind[:40])
    said = read_reason(reason)
    about: dict[str, Any] = {"turn": turn.id, "code": turn.code, "ruling": ruling, "kind": kind, "reason": said}
    unseen = kind in turn.facts.get(BY_AUTHOR, ()) if ruling == PENALTY and turn.hidden else False
    if unseen and actor.role != CODER:
        _show(turn, kind)  # it is recorded already, which nobody may learn: from now on it is seen, and counts once
    elif kind in _recorded(turn, ruling):
        raise Refused.because("ruled_twice", number=turn.number)
    else:
        _write(actor, turn, ruling, kind, said, points)
    if ruling == PENALTY and turn.hidden and actor.role == CODER:
        turn.facts = {**turn.facts, BY_AUTHOR: [*turn.facts.get(BY_AUTHOR, ()), kind]}
        about["author"] = True
    record(turn.contest, actor, "rule", **about)


@verb((of_id("turn"), typed("reason")), roles=RULING, done=_l("The ruling is taken back. It stays on record."))
@logged("changes", _l("took a ruling about document %(turn)s back"), EVERYWHERE)
def take_back(actor: Actor, contest_id: int, turn_id: int, ruling: str, kind: str, reason: str) -> None:
    """Withdraw a cap or a void; a penalty is withdrawn at the desk.

    Raises Refused: contest_unknown, no_documents_here, turn_unknown, turn_not_open, turn_released, unknown_ruling,
    reason_missing, reason_too_long.
    """
    turn = _open(contest_id, turn_id)
    if ruling not in (CAP, VOID) or kind not in _recorded(turn, ruling):
        raise Refused.because("unknown_ruling", "kind", kind=kind[:40])
    said = read_reason(reason)
    left = {name: fact for name, fact in turn.facts.items() if name != VOID or ruling != VOID}
    if ruling == CAP:
        left["caps"] = [cap for cap in turn.facts["caps"] if cap["kind"] != kind]
    turn.facts = left
    record(turn.contest, actor, "take_back", turn=turn.id, code=turn.code, ruling=ruling, kind=kind, reason=said)


@verb(roles=RULING, done=_l("The results are released."))
def release_review(actor: Actor, contest_id: int) -> None:
    """Publish every result of the review at once, as its publication at the end wants.

    Raises Refused: contest_unknown, no_documents_here, not_decoded, and as `release` does.
    """
    event = event_of_documents(contest_id)
    if event.coding is None or event.coding.decoded_at is None:
        raise Refused.because("not_decoded")
    for turn in turns_of_documents(event):
        if turn.state != RELEASED:
            release(actor, turn.id)


def _open(contest_id: int, turn_id: int) -> Turn:
    event_of_documents(contest_id)
    turn = turn_in(contest_id, turn_id)
    check_open(turn)
    return turn


def _recorded(turn: Turn, ruling: str) -> Sequence[str]:
    """The kinds of this ruling that are in force for the document."""
    if ruling == PENALTY:
        return [penalty.kind for penalty in turn.penalties if penalty.withdrawn_at is None]
    if ruling == CAP:
        return [cap["kind"] for cap in turn.facts.get("caps", [])]
    return [turn.facts["void"]["kind"]] if turn.facts.get("void") else []


def _show(turn: Turn, kind: str) -> None:
    turn.facts = {**turn.facts, BY_AUTHOR: [one for one in turn.facts[BY_AUTHOR] if one != kind]}


def _write(actor: Actor, turn: Turn, ruling: str, kind: str, reason: str, points: str) -> None:
    fact = {"kind": kind, "reason": reason}
    if ruling == PENALTY:
        put_down(actor, turn, found_in_list(turn, kind), "", points, reason)
    elif ruling == CAP:
        turn.facts = {**turn.facts, "caps": [*turn.facts.get("caps", []), fact]}
    else:
        turn.facts = {**turn.facts, "void": fact}
