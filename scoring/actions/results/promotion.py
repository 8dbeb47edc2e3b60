"""From one stage to the next (晋级): the rule, the proposal, a second person's word, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.actions.find import contest_of
from scoring.actions.preparing.relations import apply_relations
from scoring.actions.registry import EVERYWHERE, REASON, RULING, _l, logged, text, text_if_any, verb, whole
from scoring.actions.running.seals import break_seal
from scoring.actions.said import stated
from scoring.actions.setting_up.entry_list import add_turns, lay_out, remove_turn
from scoring.actions.transaction import Actor, coming, record
from scoring.board.conditions.promotion import (
    UNDRAWN,
    check_not_begun,
    check_not_shown_still,
    confirmed_or_refused,
    lots_drawn,
    proposal,
)
from scoring.board.reading.facts import turns_of
from scoring.board.reading.look import event_asked
from scoring.board.reading.stages import can_be_source, can_be_stage, confirmed_of
from scoring.extensions import db
from scoring.rules.promotion import StageRule, check_no_circle
from scoring.rules.refusal import Refused
from scoring.store import Contestant, Event
from scoring.store.people import CHIEF, ORGANIZER, SUPERVISOR

PLACE = whole("place")


@verb(PLACE, done=_l("Recorded. Nobody takes part in this stage before it is confirmed who goes on."))
@logged("setup", _l("made an event a stage that people go on to"), EVERYWHERE)
def set_stage(actor: Actor, contest_id: int, place: int, rule: Mapping[str, Any]) -> None:
    """Let those take part in the event at this place whom an earlier one lets go on; its turns are given then.

    Raises Refused: contest_unknown, event_unknown (also the source, field source), stage_of_matches, source_of_matches,
    stage_begun,
    stage_confirmed, stages_wait, and what StageRule.from_data refuses.
    """
    contest, read = contest_of(contest_id), StageRule.from_data(rule)
    if read.source not in {one.position for one in contest.events}:
        raise Refused.because("event_unknown", "source")
    sources = {one.position: one.stage["rule"]["source"] for one in contest.events if one.stage}
    check_no_circle(place, sources | {place: read.source})
    event = _open_to_change(contest_id, place)
    if not can_be_stage(event):
        raise Refused.because("stage_of_matches", "place")
    if not can_be_source(event_asked(contest_id, read.source)):
        raise Refused.because("source_of_matches", "source")
    event.stage = {"rule": read.to_data()}
    _empty(event)
    record(event.contest, actor, "set_stage", event=place, after=read.to_data())


@verb(PLACE, done=_l("Everybody takes part in this event again."))
@logged("setup", _l("let everybody take part in an event again"), EVERYWHERE)
def clear_stage(actor: Actor, contest_id: int, place: int) -> None:
    """Let everybody take part again. Raises Refused: event_unknown, stage_begun, stage_confirmed, not_a_stage."""
    event = _open_to_change(contest_id, place)
    if not event.stage:
        raise Refused.because("not_a_stage")
    event.stage = {}
    lay_out(event)
    record(event.contest, actor, "clear_stage", event=place)
    apply_relations(actor, event.contest)


def _open_to_change(contest_id: int, place: int) -> Event:
    contest_of(contest_id)
    event = event_asked(contest_id, place)
    check_not_begun(event)
    if confirmed_of(event):
        raise Refused.because("stage_confirmed")
    return event


def _empty(event: Event) -> None:
    for turn in list(turns_of(event)):
        remove_turn(turn)
    db.session.refresh(event.rounds[0], ["turns"])


#: What goes on record of a draw.
_OF_LOTS = ("seed", "witness", "on_account", "sealed_seed", "seal", "typed", "next_seal", "reason")


@verb(
    (PLACE, *map(text_if_any, ("seed", "witness", "reason"))),
    roles=RULING,
    done=_l("Proposed. A second person confirms who goes on."),
    heard=True,
)
@logged("results", _l("proposed who goes on to the next stage"), ("desk",))
def propose_promotion(
    actor: Actor, contest_id: int, place: int, seed: str = "", witness: str = "", reason: str = ""
) -> None:
    """Work out who goes on by the rule; nothing holds before somebody else has confirmed it.

    Where lots decide at the last place they are drawn as every draw is, before a witness, and once for one ranking: who
    proposes anew is told the same.
    Raises Refused: event_unknown, stage_confirmed, as the board's `proposal` does, and as `break_seal` does.
    """
    event = _open_to_change(contest_id, place)
    found, basis = proposal(event, UNDRAWN)
    lots: dict[str, Any] = {}
    if found.drawn:
        known = lots_drawn(event, basis) or break_seal(actor, event, seed, witness, reason)
        lots = {name: known[name] for name in _OF_LOTS if name in known}
        found, _ = proposal(event, lots["seed"])
    told: dict[str, Any] = {name: [*map(int, getattr(found, name))] for name in ("goes", "stays", "drawn")}
    event.stage = {
        "rule": event.stage["rule"],
        "proposed": {**told, "basis": basis, "seed": lots.get("seed", UNDRAWN), "by": actor.label},
    }
    record(
        event.contest,
        actor,
        "propose_promotion",
        event=place,
        basis=basis,
        goes=numbers_of(event, told["goes"]),
        drawn=numbers_of(event, told["drawn"]),
        **lots,
    )


@verb(
    (PLACE, text("basis")),
    roles=(ORGANIZER, CHIEF, SUPERVISOR),
    done=_l("It is confirmed who goes on; they take part in the stage now."),
    heard=True,
)
@logged("results", _l("confirmed who goes on to the next stage"), EVERYWHERE)
def confirm_promotion(actor: Actor, contest_id: int, place: int, basis: str) -> None:
    """Confirm a proposal of somebody else's; `basis` is the fingerprint of the ranking that was shown.

    Who goes on gets a turn in the stage with the number as before; the recorded relations hold there, too.
    Raises Refused: event_unknown, stage_confirmed, promotion_not_proposed, promotion_own, promotion_changed where the
    ranking is another one now, and as the board's `proposal` does.
    """
    event = _open_to_change(contest_id, place)
    proposed = event.stage.get("proposed") if event.stage else None
    if proposed is None:
        raise Refused.because("promotion_not_proposed")
    if proposed["by"] == actor.label:
        raise Refused.because("promotion_own")
    found, now = proposal(event, proposed["seed"])
    if not (now == basis == proposed["basis"]) or [*map(int, found.goes)] != proposed["goes"]:
        raise Refused.because("promotion_changed")
    field = len(found.goes) + len(found.stays)
    holds = {**proposed, "field": field, "confirmed_by": actor.label, "revision": coming(event.contest)}
    event.stage = {"rule": event.stage["rule"], "confirmed": holds}
    give_turns(event, proposed["goes"])
    record(
        event.contest, actor, "confirm_promotion", event=place, basis=basis, goes=numbers_of(event, proposed["goes"])
    )
    apply_relations(actor, event.contest)


@verb(
    (PLACE, REASON),
    roles=RULING,
    done=_l("Taken back. Nobody takes part in the stage until it is confirmed anew."),
    heard=True,
)
@logged("results", _l("took back who goes on to the next stage"), EVERYWHERE)
def undo_promotion(actor: Actor, contest_id: int, place: int, reason: str) -> None:
    """Take a confirmed promotion back as long as the stage has not begun.

    Raises Refused: event_unknown, promotion_not_confirmed, stage_begun, stage_shown_still, reason_missing.
    """
    event = event_asked(contest_id, place)
    confirmed = confirmed_or_refused(event)
    check_not_begun(event)
    check_not_shown_still(event, {*confirmed["goes"]})
    reason = stated(reason)
    event.stage = {"rule": event.stage["rule"]}
    _empty(event)
    record(
        event.contest, actor, "undo_promotion", event=place, goes=numbers_of(event, confirmed["goes"]), reason=reason
    )


def give_turns(event: Event, ids: Sequence[int]) -> None:
    """A turn in the stage for each of these contestants, in this order."""
    going = {one.id: one for one in event.contest.contestants if one.id in set(ids)}
    add_turns(event, [going[key] for key in ids if key in going])


def numbers_of(event: Event, ids: Sequence[int]) -> str:
    """The numbers of these contestants, as the log tells them."""
    known: dict[int, Contestant] = {one.id: one for one in event.contest.contestants}
    return ", ".join(known[key].number for key in ids if key in known)
