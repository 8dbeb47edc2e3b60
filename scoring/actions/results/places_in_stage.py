"""A confirmed promotion afterwards: who moves up, who steps back, and a person's word on who stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.actions.preparing.relations import apply_relations
from scoring.actions.registry import EVERYWHERE, REASON, RULING, _l, logged, of_id, text, verb
from scoring.actions.results.promotion import PLACE, give_turns, numbers_of
from scoring.actions.said import stated
from scoring.actions.setting_up.entry_list import remove_turn
from scoring.actions.transaction import Actor, coming, record
from scoring.board.conditions.promotion import (
    Since,
    check_not_begun,
    check_not_shown_still,
    confirmed_or_refused,
    moving_up,
    replaced,
    since_confirmed,
    withdrawn,
)
from scoring.board.reading.facts import turns_of
from scoring.board.reading.look import event_asked
from scoring.rules.refusal import Refused
from scoring.store import Event
from scoring.store.people import CHIEF, ORGANIZER, SUPERVISOR


@verb((PLACE, REASON), roles=RULING, done=_l("The next one takes the place that fell free."), heard=True)
@logged("results", _l("moved the next one up to a stage"), EVERYWHERE)
def move_up(actor: Actor, contest_id: int, place: int, reason: str) -> None:
    """Let the best of those who stayed take the place of one who went on and has withdrawn, before the stage begins.

    By the ranking as it is now, and by the rule of the last place where several are level. An audience whose board
    stands still learns of it when that moves.
    Raises Refused: event_unknown, stage_begun, reason_missing, and as `moving_up` does.
    """
    event = event_asked(contest_id, place)
    confirmed = confirmed_or_refused(event)
    check_not_begun(event)
    reason = stated(reason)
    up = moving_up(event)
    revision = coming(event.contest)
    _hold(
        event,
        goes=[*confirmed["goes"], *up],
        stays=[key for key in confirmed["stays"] if key not in up],
        moved=[*confirmed.get("moved", ()), *up],
        replaced=replaced(confirmed) + 1,
        since={**confirmed.get("since", {}), **dict.fromkeys(map(str, up), revision)},
    )
    give_turns(event, up)
    record(event.contest, actor, "move_up", event=place, goes=numbers_of(event, up), reason=reason)
    apply_relations(actor, event.contest)


@verb((PLACE, of_id("contestant"), REASON), roles=RULING, done=_l("The place has one holder again."), heard=True)
@logged("results", _l("let somebody step back from a stage"), EVERYWHERE)
def step_back(actor: Actor, contest_id: int, place: int, contestant_id: int, reason: str) -> None:
    """Let one leave the stage where a place was given twice: who moved up, or who had withdrawn and is back.

    Raises Refused: event_unknown, promotion_not_confirmed, nothing_to_say, step_back_who (somebody else, or who was
    called already), stage_shown_still, reason_missing.
    """
    event = event_asked(contest_id, place)
    confirmed, found = confirmed_or_refused(event), since_confirmed(event)
    if not found.twice:
        raise Refused.because("nothing_to_say")
    if contestant_id not in found.may_leave:
        raise Refused.because("step_back_who", "contestant")
    check_not_shown_still(event, {contestant_id})
    reason = stated(reason)
    for turn in [one for one in turns_of(event) if one.appearances[0].contestant_id == contestant_id]:
        remove_turn(turn)
    _hold(
        event,
        goes=[key for key in confirmed["goes"] if key != contestant_id],
        stays=[contestant_id, *confirmed["stays"]],
        moved=[key for key in confirmed.get("moved", ()) if key != contestant_id],
        replaced=replaced(confirmed) - 1,
    )
    _keep(event, since_confirmed(event))
    record(event.contest, actor, "step_back", event=place, goes=numbers_of(event, [contestant_id]), reason=reason)


@verb(
    (PLACE, text("basis"), REASON),
    roles=(ORGANIZER, CHIEF, SUPERVISOR),
    done=_l("It is recorded that all who take part stay."),
    heard=True,
)
@logged("results", _l("said that all who take part in a stage stay"), ("desk",))
def keep_promotion(actor: Actor, contest_id: int, place: int, basis: str, reason: str) -> None:
    """Say that all who take part stay, although the ranking has changed or a place was given twice.

    `basis` is the fingerprint of the ranking that was shown. Raises Refused: event_unknown, promotion_not_confirmed,
    nothing_to_say, promotion_changed, reason_missing.
    """
    event = event_asked(contest_id, place)
    confirmed, found = confirmed_or_refused(event), since_confirmed(event)
    if not found.asked:
        raise Refused.because("nothing_to_say")
    if basis != found.basis:
        raise Refused.because("promotion_changed")
    reason = stated(reason)
    _hold(event, replaced=min(replaced(confirmed), len(withdrawn(event) & {*confirmed["goes"]})))
    _keep(event, since_confirmed(event))
    record(
        event.contest,
        actor,
        "keep_promotion",
        event=place,
        basis=basis,
        come=numbers_of(event, found.come),
        leave=numbers_of(event, found.leave),
        reason=reason,
    )


def _keep(event: Event, found: Since) -> None:
    """What was seen when it was said who stays, so that it is asked again only where something else happens."""
    kept: dict[str, str | Sequence[int]] = {"basis": found.basis, "come": [*found.come], "leave": [*found.leave]}
    _hold(event, kept=kept)


def _hold(event: Event, **changed: Any) -> None:
    event.stage = {**event.stage, "confirmed": {**event.stage["confirmed"], **changed}}
