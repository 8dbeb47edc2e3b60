"""Who would go on to a stage now, what that is based on, and what has to be said anew since it was confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from scoring.board.reading import knockout
from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import turns_of
from scoring.board.reading.freeze import frozen_since
from scoring.board.reading.not_performing import out_of_event
from scoring.board.reading.stages import confirmed_of, going_of, rule_of
from scoring.extensions import db
from scoring.rules.promotion import Promoted, StageRule, next_up, promoted
from scoring.rules.ranking import Ranked
from scoring.rules.refusal import Refused
from scoring.store import Entry, Event, NotPerforming
from scoring.store.contests import WAITING
from scoring.store.model import fingerprint


def source_of(event: Event, rule: StageRule) -> Core:
    """The stage before, as the desk knows it."""
    return core_of(event.contest_id, rule.source)


#: In place of what is drawn, to find out whether lots have to decide; who goes on by it goes nowhere.
UNDRAWN = "0"


def lots_drawn(event: Event, basis: str) -> dict[str, Any] | None:
    """What is on record of the lots that were drawn for this ranking: they are drawn once; None before."""
    wanted = select(Entry).where(Entry.contest_id == event.contest_id, Entry.verb == "propose_promotion")
    for entry in db.session.scalars(wanted.order_by(Entry.revision)):
        told: dict[str, Any] = entry.details
        if (told["event"], told["basis"]) == (event.position, basis) and "seal" in told:
            return told
    return None


def proposal(event: Event, seed: str = "", field: int | None = None) -> tuple[Promoted, str]:
    """Who goes on by the rule, by contestant id, and the fingerprint of the ranking that it is based on.

    Whoever has withdrawn from the contest since is passed over; a share is one of the `field`.
    Raises Refused: not_a_stage, stage_not_over (figures event), and as `promoted` does.
    """
    rule = rule_of(event)
    if rule is None:
        raise Refused.because("not_a_stage")
    core = source_of(event, rule)
    if not core.turns or not knockout.is_over(core.event, core.turns, core.until):
        raise Refused.because("stage_not_over", **{"event": core.event.title_zh, "event.en": core.event.title_en})
    return promoted(rule, _ranks(core, withdrawn(event)), seed, field), basis_of(core)


def _ranks(core: Core, without: set[int]) -> list[Ranked]:
    return [placed.ranked for placed in core.ranked if placed.contestant.id not in without]


def withdrawn(event: Event) -> set[int]:
    """Who performs no more in the event, by contestant id."""
    return {key for key in out_of_event(event) if key is not None}


def confirmed_or_refused(event: Event) -> dict[str, Any]:
    """The promotion that holds; Refused(promotion_not_confirmed) where there is none."""
    confirmed = confirmed_of(event)
    if confirmed is None or rule_of(event) is None:
        raise Refused.because("promotion_not_confirmed")
    return confirmed


def replaced(confirmed: dict[str, Any]) -> int:
    """For how many who withdrew somebody has moved up."""
    count: int = confirmed.get("replaced", len(confirmed.get("moved", ())))
    return count


def moving_up(event: Event) -> list[int]:
    """Who takes the place of one who went on and has withdrawn, by the ranking as it is now.

    Raises Refused: promotion_not_confirmed, nobody_withdrew, nobody_to_move_up, promotion_lots (lots would decide, and
    none were drawn), and as `next_up` does.
    """
    confirmed, rule = confirmed_or_refused(event), rule_of(event)
    out, going = withdrawn(event), going_of(event)
    if len(out & going) <= replaced(confirmed):
        raise Refused.because("nobody_withdrew")
    assert rule is not None
    core = source_of(event, rule)
    found = next_up(rule, _ranks(core, out | going), confirmed["seed"])
    if not found.goes:
        raise Refused.because("nobody_to_move_up")
    if found.drawn and confirmed["seed"] == UNDRAWN:
        raise Refused.because("promotion_lots")
    return [int(key) for key in found.goes]


@dataclass(frozen=True)
class Since:
    """What has happened to a confirmed promotion since it was last said who takes part, by contestant ids.

    So many places fell `free`; so many were given `twice`, because who had withdrawn is back, and of `may_leave` one
    leaves or all stay. `changed` says that the ranking is another one: by it these would come in, and those leave.
    """

    basis: str
    free: int = 0
    twice: int = 0
    may_leave: tuple[int, ...] = ()
    changed: bool = False
    come: tuple[int, ...] = ()
    leave: tuple[int, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether somebody has to say who stays."""
        return self.changed or self.twice > 0


def since_confirmed(event: Event) -> Since:
    """What has to be said anew of the event's promotion. Raises Refused promotion_not_confirmed."""
    confirmed, rule = confirmed_or_refused(event), rule_of(event)
    assert rule is not None
    basis, out = basis_of(source_of(event, rule)), withdrawn(event)
    free = len(out & going_of(event)) - replaced(confirmed)
    come, leave = _difference(event, confirmed, out)
    kept = confirmed.get("kept", {"basis": confirmed["basis"], "come": [], "leave": []})
    other = free == 0 and (come or leave) and ([*come], [*leave]) != (kept["come"], kept["leave"])
    return Since(
        basis,
        free=max(0, free),
        twice=given_twice(event),
        may_leave=tuple(_may_leave(event, confirmed, out)) if free < 0 else (),
        changed=basis != kept["basis"] or bool(other),
        come=come,
        leave=leave,
    )


def given_twice(event: Event) -> int:
    """How many places of the stage have two holders, because who had withdrawn is back after somebody moved up."""
    confirmed = confirmed_of(event)
    up = replaced(confirmed) if confirmed else 0
    return max(0, up - len(withdrawn(event) & going_of(event))) if up else 0


def check_given_once(event: Event) -> None:
    """Refused(stage_given_twice) until somebody has said who stays where a place has two holders."""
    if given_twice(event):
        raise Refused.because("stage_given_twice")


def _difference(event: Event, confirmed: dict[str, Any], out: set[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who would go on by the ranking as it is now and does not, and the reverse; lots would decide anew."""
    try:
        found, _ = proposal(event, confirmed["seed"], confirmed.get("field"))
    except Refused:
        return (), ()
    drawn, taking = {int(key) for key in found.drawn}, going_of(event) - out
    by_rule = {int(key) for key in found.goes}
    return tuple(sorted(by_rule - taking - drawn)), tuple(sorted(taking - by_rule - drawn))


def _may_leave(event: Event, confirmed: dict[str, Any], out: set[int]) -> list[int]:
    """Who moved up or is back, and was not called yet."""
    back = select(NotPerforming.contestant_id).where(
        NotPerforming.contestant_id.in_(confirmed["goes"]), NotPerforming.withdrawn_at.is_not(None)
    )
    asked = {*confirmed.get("moved", ()), *db.session.scalars(back)} - out
    waiting = {one.contestant_id for turn in turns_of(event) if turn.state == WAITING for one in turn.appearances}
    return [key for key in confirmed["goes"] if key in asked & waiting]


def check_not_shown_still(event: Event, leaving: set[int]) -> None:
    """Refused(stage_shown_still) where the audience's board stands still and shows one of these in the stage."""
    until = frozen_since(event.contest)
    if until is not None and going_of(event, until) & leaving:
        raise Refused.because("stage_shown_still")


def basis_of(core: Core) -> str:
    """The fingerprint of a ranking: whoever is corrected in it makes it another one."""
    return fingerprint("", {one.ranked.key: [one.ranked.rank, str(one.ranked.exact)] for one in core.ranked})


def begun(event: Event) -> bool:
    """Whether anybody was called in the event, or its results are being entered."""
    return any(turn.begun for turn in turns_of(event))


def check_not_begun(event: Event) -> None:
    """Refused(stage_begun) once the stage has begun."""
    if begun(event):
        raise Refused.because("stage_begun")
