"""The step of rooms: names and planned times, who appears where, and the pairing of matches."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring.actions.setting_up.contests import room_names
from scoring.actions.setting_up.in_preparation import JUDGES
from scoring.actions.setting_up.match_plans import ALL_PLAY, BY_HAND, KNOCKOUT, ROUND_ROBIN, RoundPlan
from scoring.actions.setting_up.rooms import RoomLine
from scoring.board.conditions.draws import was_drawn
from scoring.board.conditions.set_up import SetUp
from scoring.board.reading.facts import format_of, turns_of
from scoring.organizers.setting_up import path
from scoring.organizers.setting_up.reading import both_named, read_whole
from scoring.pages.event_meant import event_meant
from scoring.rules.refusal import Problem

PAIRINGS = {
    ALL_PLAY: _l("everybody plays once, pairs by draw"),
    ROUND_ROBIN: _l("everybody plays everybody"),
    KNOCKOUT: _l("knockout"),
    BY_HAND: _l("pairs made by hand, with a reason"),
}
#: More lines are not read: a contest has at most a thousand entrants.
MOST_PAIRS = 500
SIZES = (4, 8, 16, 32)


def rooms_step(contest_id: int) -> Response | tuple[str, int]:
    """Show the rooms; save them, add one, deal the contestants out, or pair the matches."""
    found = path.set_up_called(contest_id)
    do = request.form.get("do", "")
    if request.method != "POST":
        return _page(contest_id, found, _kept(found))
    if do == "add" or do.startswith("remove:"):
        rows = _without(_sent(found), do)
        return _page(contest_id, found, rows + ([_new_room(len(rows) + 1)] if do == "add" else []), unsaved=True)
    if do in ("pair", "undo-pairing"):
        return _matches(contest_id, found, do)
    problems = path.act(
        "arrange_rooms", contest_id, lines=[RoomLine(**row) for row in _sent(found)], event=event_meant()
    )
    if not problems and ("evenly" in request.form or any(name.startswith("turn.") for name in request.form)):
        problems = path.act("distribute", contest_id, further=True, chosen=_chosen(), event=event_meant())
    if problems:
        return _page(contest_id, found, _sent(found), problems)
    return path.onward(contest_id, "rooms")


def _new_room(place: int) -> dict[str, Any]:
    zh, en = room_names(place)
    return {"zh": zh, "en": en, "starts": "", "judges": JUDGES, "id": None}


def _kept(found: SetUp) -> list[dict[str, Any]]:
    return [
        {"zh": room.name_zh, "en": room.name_en, "starts": room.starts, "judges": len(room.seats), "id": room.id}
        for room in found.event.rooms
    ]


def _sent(found: SetUp) -> list[dict[str, Any]]:
    """The rooms as they were typed; ids of rooms of another event are no ids here."""
    known = {str(room.id): len(room.seats) for room in found.event.rooms}
    columns = [request.form.getlist(name) for name in ("zh", "en", "starts", "judges", "id")]
    rows = []
    for zh, en, starts, judges, key in zip(*columns, strict=False):
        count: Any = read_whole(judges)
        seats = count if isinstance(count, int) else 0
        room_id = int(key) if key in known else None
        named = both_named({"zh": zh.strip(), "en": en.strip()})
        rows.append(named | {"starts": starts.strip(), "judges": seats, "id": room_id})
    return rows


def _without(rows: list[dict[str, Any]], do: str) -> list[dict[str, Any]]:
    gone = do.removeprefix("remove:")
    return [row for place, row in enumerate(rows) if not do.startswith("remove:") or str(place) != gone]


def _chosen() -> Mapping[int, int]:
    """The room chosen for each turn; none where they are dealt out evenly."""
    if "evenly" in request.form:
        return {}
    sent = {name.removeprefix("turn."): room for name, room in request.form.items() if name.startswith("turn.")}
    pairs = [(read_whole(turn), read_whole(room)) for turn, room in sent.items()]
    return {turn: room for turn, room in pairs if isinstance(turn, int) and isinstance(room, int)}


def _matches(contest_id: int, found: SetUp, do: str) -> Response | tuple[str, int]:
    if do == "undo-pairing":
        problems = path.act("undo_pairing", contest_id, event=event_meant())
        said = gettext("The pairing is taken back; the entry list can be changed again.")
    else:
        problems = path.act("pair_matches", contest_id, rounds=_rounds(), event=event_meant())
        said = gettext("The matches are paired and their sides drawn. Seed and witness are on record.")
    if problems:
        return _page(contest_id, found, _kept(found), problems)
    return path.onward(contest_id, "rooms", said)


def _rounds() -> list[RoundPlan]:
    """The first round as chosen, and the knockout after it if one was wanted."""
    first, size = request.form.get("first", ""), read_whole(request.form.get("size", "0"))
    if first == KNOCKOUT:
        return [RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)]
    pairs = [line.strip() for line in request.form.get("pairs", "").splitlines() if line.strip()]
    rounds = [RoundPlan(("初赛", "Preliminaries"), first, pairs=pairs[:MOST_PAIRS])] if first else []
    knockout = [RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT, size)] if isinstance(size, int) and size in SIZES else []
    return rounds + (knockout if rounds else [])


def _page(
    contest_id: int,
    found: SetUp,
    rows: list[dict[str, Any]],
    problems: tuple[Problem, ...] = (),
    unsaved: bool = False,
) -> tuple[str, int]:
    said = path.sentences(problems)
    beside = {f"lines.{place}.{name}" for place in range(len(rows)) for name in ("zh", "en", "starts", "judges")}
    beside |= {"seed", "witness", "reason", "first", "pairs"}
    kind = format_of(found.event)
    return path.show(
        contest_id,
        "rooms",
        409 if problems else 200,
        rows=rows,
        unsaved=unsaved,
        problems=said,
        others=[sentence for place, sentence in said.items() if place not in beside],
        matches=kind.subject == "match",
        coded=kind.coded,
        turns=sorted(turns_of(found.event), key=lambda turn: (turn.round.position, turn.position)),
        pairings=PAIRINGS,
        sizes=SIZES,
        seed=secrets.token_hex(8),
        paired_before=was_drawn(found.event, "draw_sides"),
    )
