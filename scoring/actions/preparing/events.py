"""Adding an event (项目) to a contest: everybody who is entered takes part in it, before a panel of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.actions.preparing.relations import apply_relations
from scoring.actions.registry import _l, logged, verb
from scoring.actions.setting_up.contests import give_turns, open_room
from scoring.actions.setting_up.copying import seat_same_judges
from scoring.actions.setting_up.rooms import MOST_JUDGES
from scoring.actions.transaction import Actor, record
from scoring.board.reading.look import event_asked
from scoring.board.views.review import review_event
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.formats.base import Benches, Format
from scoring.rules.refusal import Refused
from scoring.store import Contest, Contestant, Event, Room


@dataclass(frozen=True)
class EventPlan:
    """What an event with one room needs to begin; without a title of its own (Chinese, English) it has its format's.

    `panel` is the place of another event whose judges sit here too, in its first room's order; there are as many seats
    then, each with a code of its own.
    """

    format: str
    judges: int
    settings: Mapping[str, Any] | None = None
    title: tuple[str, str] | None = None
    panel: int | None = None


@verb(done=_l("The event is added. Everybody who is entered takes part in it."))
@logged("setup", _l("added an event"))
def add_event(actor: Actor, contest_id: int, plan: EventPlan) -> int:
    """Add an event in which each contestant has one turn, in the order of their numbers; answers its id.

    An event of matches begins without any: its pairs are drawn by `pair_matches`. Raises Refused: contest_unknown,
    unknown_format, the problems of the settings, review_twice (a contestant hands in one document), event_unknown (the
    panel's), judges_out_of_range.
    """
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise Refused.because("contest_unknown")
    kind = formats.get(plan.format)
    settings = dict(plan.settings or kind.defaults())
    kind.check_settings(settings)
    if kind.subject == "document" and review_event(contest) is not None:
        raise Refused.because("review_twice", "format")
    source = None if plan.panel is None else event_asked(contest_id, plan.panel).rooms[0]
    judges = 1 if kind.entered else plan.judges if source is None else len(source.panel)
    if not 1 <= judges <= MOST_JUDGES:
        raise Refused.because("judges_out_of_range", "judges", most=MOST_JUDGES)
    title_zh, title_en = plan.title or (kind.zh, kind.en)
    place = len(contest.events) + 1
    event = Event(position=place, format=kind.key, title_zh=title_zh, title_en=title_en, settings=settings)
    contest.events.append(event)
    db.session.add(event)
    room = open_room(event, judges)
    if source is not None and not kind.entered:
        _seat_same(kind, source, room)
    give_turns(kind, room, _alone(contest) if kind.subject != "match" else [])
    db.session.flush()
    record(contest, actor, "add_event", event=event.position, format=kind.key, judges=judges)
    apply_relations(actor, contest)
    return event.id


def _seat_same(kind: Format, source: Room, room: Room) -> None:
    """The same judges; where inspectors work in pairs one without a partner is a reserve."""
    db.session.flush()
    db.session.refresh(room, ["seats"])
    seat_same_judges(source.panel, room)
    if isinstance(kind, Benches) and len(room.panel) % 2:
        room.seats[-1].reserve = True


def _alone(contest: Contest) -> list[Contestant]:
    """Who appears where everybody is judged alone; a team is none of them where it has members."""
    teams = {one.team_id for one in contest.contestants if one.team_id is not None}
    return [one for one in contest.contestants if one.id not in teams]
