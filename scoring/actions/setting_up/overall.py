"""The rules of a contest's overall result and the quotas of its awards as verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from scoring.actions.find import contest_of
from scoring.actions.registry import _l, logged, typed, verb
from scoring.actions.said import check_reason
from scoring.actions.transaction import Actor, record
from scoring.board.reading.look import event_asked
from scoring.extensions import db
from scoring.rules.awards import read_awards
from scoring.rules.overall import OverallRules
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.store import Contest, Event, Release, Round, Turn

# What an event's quotas are for, and what a contest's.
OF_EVENT, OF_CONTEST = ("ranking", "speakers"), ("overall", "offices")


@verb(typed("reason"), done=_l("The weights are recorded; the overall ranking follows them."))
@logged("results", _l("changed how the overall result is put together"), ("audience", "overall", "desk"))
def set_overall(actor: Actor, contest_id: int, rules: Mapping[str, Any], reason: str = "") -> None:
    """Say what the events weigh, how equal totals are told apart and how offices are compared.

    Once a score is released it takes a reason. Raises Refused: contest_unknown, reason_missing, and what
    OverallRules.from_data refuses (weights_not_100, weight_negative, weights_missing, …).
    """
    contest = contest_of(contest_id)
    read = OverallRules.from_data(rules, [str(event.position) for event in contest.events])
    _check_reason(contest, reason)
    before, contest.overall = contest.overall, read.to_data()
    record(contest, actor, "set_overall", before=before, after=contest.overall, reason=reason.strip())


@verb((typed("kind"), typed("reason")), done=_l("The awards are recorded. They are given when everything is public."))
@logged("results", _l("changed the quotas of awards"), ("audience", "overall", "desk"))
def set_awards(
    actor: Actor,
    contest_id: int,
    kind: str,
    quotas: Sequence[Mapping[str, Any]],
    event: int | None = None,
    reason: str = "",
) -> None:
    """Say which awards there are and for how many, the highest first; none at all takes them away.

    `kind` is "overall" or "offices" of the contest, or "ranking" or "speakers" of the event at a place. Once a score is
    released it takes a reason. Raises Refused: contest_unknown, event_unknown, awards_for_nothing (field kind),
    reason_missing, award_class_of_offices, and what read_awards refuses (quota_not_positive, award_key_twice, …).
    """
    contest = contest_of(contest_id)
    held = _holder(contest, kind, event)
    read = read_awards(quotas)
    of_class = [Problem("award_class_of_offices", f"{place}.of") for place, one in enumerate(read) if one.of]
    refuse_any(of_class if kind == "offices" else [])
    awards = [award.to_data() for award in read]
    _check_reason(contest, reason)
    before = held.awards.get(kind, [])
    held.awards = {**held.awards, kind: awards}
    told: dict[str, Any] = {"event": held.position} if isinstance(held, Event) else {}
    record(contest, actor, "set_awards", kind=kind, before=before, after=awards, reason=reason.strip(), **told)


def _holder(contest: Contest, kind: str, event: int | None) -> Contest | Event:
    """Whose quotas are meant."""
    if kind in OF_CONTEST:
        return contest
    if kind not in OF_EVENT:
        raise Refused.because("awards_for_nothing", "kind")
    return event_asked(contest.id, event)


def _check_reason(contest: Contest, reason: str) -> None:
    """After the first release everybody knows who would gain by a change."""
    released = select(Release.id).join(Turn).join(Round).join(Event).where(Event.contest_id == contest.id).limit(1)
    if db.session.scalar(released) is not None:
        check_reason(reason)
