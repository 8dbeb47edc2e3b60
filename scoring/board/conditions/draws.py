"""The draws as they were held: seed, witness, and the ticket of everybody, so that anyone can draw again.

And what was changed by hand since, by whom and why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import select

from scoring.board.conditions.late import ADD_MATCH, REMOVE_LATE
from scoring.board.reading.look import event_of
from scoring.board.reading.unplaced import ENTER_LATE
from scoring.board.snapshots.audience import DrawnBefore, Line, Lots, LotsBefore, NewestDraw
from scoring.board.snapshots.draws import DrawOfOrder, Moved, SidesDrawn
from scoring.extensions import db
from scoring.rules.draw import BENCHES, LATE, ORDER, SIDES, case_tickets, tickets
from scoring.store import Entry, Event, Turn

#: The verbs under which draws and changes of the order stand in the audit trail.
DRAW, DRAW_SIDES, PLAN_BENCHES, MOVE = "draw", "draw_sides", "plan_benches", "move_turn"
#: Draws of before that are shown beside the newest.
BEFORE_MOST = 20
_PURPOSE = {DRAW: ORDER, DRAW_SIDES: SIDES, PLAN_BENCHES: BENCHES}


def may_draw(event: Event) -> bool:
    """Whether the event's order can still be drawn: nobody was called and no clock has run."""
    return not any(turn.begun or turn.clocks for turn in event.rounds[0].turns)


def is_drawn(event: Event) -> bool:
    """Whether lots have decided anything about the event's order, sides or benches."""
    return next(_entries(event, *_PURPOSE), None) is not None


def was_drawn(event: Event, *verbs: str) -> bool:
    """Whether a draw of the event under one of these verbs is on record."""
    return any("seed" in entry.details for entry in _entries(event, *verbs))


def late_taken_off(event: Event) -> bool:
    """Whether somebody whose place was drawn late was taken off again, so that lots for latecomers are drawn anew."""
    wanted = select(Entry).where(Entry.contest_id == event.contest_id, Entry.verb == REMOVE_LATE)
    off = {str(entry.details["number"]) for entry in db.session.scalars(wanted)}
    drawn = (
        one for entry in _entries(event, ENTER_LATE) if "seed" in entry.details for one in entry.details["entered"]
    )
    return any(str(one["number"]) in off for one in drawn)


def _before(event: Event, entry: Entry) -> DrawnBefore:
    """How often it was drawn and from what before: {"times", "before"}, `before` as `lots_of` with `at`, newest first.

    Sides are drawn again where a match had sides before; what is drawn for latecomers is another draw each time.
    """
    verbs: tuple[str, ...] = () if entry.verb in (ENTER_LATE, ADD_MATCH) else (DRAW, PLAN_BENCHES)
    keys = entry.details.get("sides", {}).keys()
    verbs = (entry.verb,) if keys and verbs else verbs
    drawn = [
        one
        for one in _entries(event, *verbs)
        if verbs and one.revision < entry.revision and (not keys or keys & one.details.get("sides", {}).keys())
    ]
    return {"times": len(drawn) + 1, "before": [_lots_before(one) for one in drawn[:BEFORE_MOST]]}


def _lots_before(entry: Entry) -> LotsBefore:
    return {**lots_of(entry.details), "at": entry.at.isoformat()}


def draw_of(contest_id: int, event: int | None = None) -> DrawOfOrder | None:
    """The last draw of an event's order or benches, which is the one in force; None before the first.

    `order` has `{number, ticket, case, case_ticket}` in drawn order; a ticket is the SHA-256 of three lines: the seed,
    `purpose` and the number. Raises LookupError.
    """
    entry = next(_entries(event_of(contest_id, event), DRAW, PLAN_BENCHES), None)
    if entry is None:
        return None
    details, cases = entry.details, entry.details.get("cases", {})
    drawn = tickets(details["seed"], _PURPOSE[entry.verb], details["order"])
    dealt = case_tickets(details["seed"], details["order"], cases)
    return {
        "purpose": _PURPOSE[entry.verb],
        "lots": lots_of(details),
        "seed": details["seed"],
        "witness": details["witness"],
        "at": entry.at.isoformat(),
        **_before(event_of(contest_id, event), entry),
        "order": [
            {
                "number": each.name,
                "ticket": each.digits,
                "case": cases.get(each.name),
                "case_ticket": dealt[each.name].digits if each.name in dealt else None,
            }
            for each in drawn
        ],
    }


def benches_planned(event: Event) -> int:
    """How many benches a batch was planned with, 0 before any plan."""
    wanted = select(Entry).where(Entry.contest_id == event.contest_id, Entry.verb == PLAN_BENCHES)
    here = (
        entry
        for entry in db.session.scalars(wanted.order_by(Entry.revision.desc()))
        if entry.details.get("event", 1) == event.position
    )
    return next((int(entry.details["benches"]) for entry in here), 0)


def sides_drawn(contest_id: int, event: int | None = None) -> list[SidesDrawn]:
    """Every draw of an event's sides, newest first: [{"seed", "witness", "at", "lots", "fixed", "by_hand", "matches"}].

    `matches` is [{"key", "control", "defence"}] with the numbers. Raises LookupError.
    """
    return [
        {
            "seed": entry.details["seed"],
            "witness": entry.details["witness"],
            "at": entry.at.isoformat(),
            "lots": lots_of(entry.details),
            "fixed": bool(entry.details.get("fixed")),
            "by_hand": "by_hand" in entry.details,
            "matches": [{"key": key, "control": one, "defence": two} for key, (one, two) in _sides(entry)],
        }
        for entry in _entries(event_of(contest_id, event), DRAW_SIDES, ENTER_LATE, ADD_MATCH)
        if "sides" in entry.details  # a latecomer's match has its sides drawn with it
    ]


def moves_of(contest_id: int, event: int | None = None) -> list[Moved]:
    """What was changed by hand since the last draw of an event's order, the newest first. Raises LookupError.

    The shape is [{"number", "before", "place", "reason", "by", "at"}].
    """
    found = event_of(contest_id, event)
    drawn = next(_entries(found, DRAW, PLAN_BENCHES), None)
    moves = (entry for entry in _entries(found, MOVE) if drawn is None or entry.revision > drawn.revision)
    return [
        {
            "number": entry.details["number"],
            "before": entry.details["before"],
            "place": entry.details["place"],
            "reason": entry.details["reason"],
            "by": entry.actor,
            "at": entry.at.isoformat(),
        }
        for entry in moves
    ]


def lots_of(details: Mapping[str, Any]) -> Lots:
    """What a draw on record was drawn from, so that anybody can draw it again; {} where no seed was sealed before it.

    {"seal", "sealed_seed", "typed", "witness", "on_account", "reason"}: the seal was shown before, `typed` is what the
    witness typed, on an own account or not; the seed is the SHA-256 of sealed seed and `typed`, as two lines.
    """
    if "seal" not in details:
        return {}
    return {
        "seal": details["seal"],
        "sealed_seed": details["sealed_seed"],
        "typed": details["typed"],
        "witness": details["witness"],
        "on_account": details["on_account"],
        "reason": details.get("reason", ""),
    }


def newest_draw(event: Event, known: Collection[Turn]) -> NewestDraw | None:
    """The newest draw as the hall sees it, or None: {"id", "kind", "late", "lines", "lots", "times", "before"}.

    `known` are the turns that whoever looks may know of: who plays a later round tells who has won the one before.

    `kind` is "order", "benches", "sides", or "late" where latecomers drew their places among those who wait; `late` are
    their numbers, joined. `lots` is as in `lots_of`; `times` and `before` say how often it was drawn and from what.
    `lines` is [{"number", "place"}], of sides [{"number", "match", "side"}]; no case is in it. Once somebody was called
    only what is drawn for latecomers is news, and the sides of matches of which none was called yet.
    """
    begun = any(turn.begun for turn in event.rounds[0].turns)
    verbs = (DRAW_SIDES, ENTER_LATE, ADD_MATCH) if begun else (*_PURPOSE, ENTER_LATE, ADD_MATCH)
    drawn = (entry for entry in _entries(event, *verbs) if entry.details.keys() & {"order", "sides"})
    entry = next((entry for entry in drawn if entry.verb != DRAW_SIDES or _is_to_come(entry, known)), None)
    if entry is None:
        return None
    late = [one["number"] for one in entry.details.get("entered", [])]
    of_sides = "sides" in entry.details
    return {
        "id": entry.revision,
        "late": ", ".join(late),
        "lots": lots_of(entry.details),
        **_before(event, entry),
        "kind": SIDES if of_sides else LATE if late else _PURPOSE[entry.verb],
        "lines": _lines_of_sides(entry) if of_sides else _places(event, entry),
    }


def _lines_of_sides(entry: Entry) -> list[Line]:
    names = ("control", "defence")
    pairs = [(key, side, number) for key, both in _sides(entry) for side, number in zip(names, both, strict=True)]
    return [{"number": number, "match": key, "side": side} for key, side, number in pairs]


def _is_to_come(entry: Entry, known: Collection[Turn]) -> bool:
    """Whether all matches whose sides were drawn with this entry are known, and none of them was called."""
    keys, seed = entry.details.get("sides", {}), entry.details["seed"]
    matches = [turn for turn in known if turn.pairing.get("seed") == seed and turn.pairing["key"] in keys]
    return len(matches) == len(keys) and not any(turn.begun for turn in matches)


def _places(event: Event, entry: Entry) -> list[Line]:
    """Who drew which place; of latecomers and those who wait it is the place in the whole order, as it is now."""
    drawn = entry.details["order"]
    if entry.verb != ENTER_LATE:
        return [{"number": number, "place": place} for place, number in enumerate(drawn, 1)]
    places = {turn.number: turn.position for turn in event.rounds[0].turns}
    return [{"number": number, "place": places[number]} for number in drawn if number in places]


def _sides(entry: Entry) -> list[tuple[str, list[str]]]:
    return list(entry.details["sides"].items())


def _entries(event: Event, *verbs: str) -> Iterator[Entry]:
    """The event's entries of these verbs, the newest first; benches that nobody drew are no draw."""
    wanted = select(Entry).where(Entry.contest_id == event.contest_id, Entry.verb.in_(verbs))
    for entry in db.session.scalars(wanted.order_by(Entry.revision.desc())):
        here = entry.details.get("event", 1) == event.position
        if here and (entry.verb != PLAN_BENCHES or "seed" in entry.details):
            yield entry
