"""Whether each announced score is the one in the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from scoring.extensions import db
from scoring.rules.not_performing import VERDICT
from scoring.store import Entry, Event, Release, Round, Turn


def recorded_results(contest_id: int) -> Mapping[int, Any]:
    """The figures of each turn's newest release as the record has them, by the turn's id."""
    verbs = ("release", "approve_correction")
    wanted = select(Entry).where(Entry.contest_id == contest_id, Entry.verb.in_(verbs)).order_by(Entry.revision)
    details = (entry.details for entry in db.session.scalars(wanted))
    return {said["turn"]: said.get("announced") or said.get("after") for said in details}


def first_other_result(contest_id: int) -> str:
    """The number of the first turn whose announced figures are not those in the record; "" where all are."""
    recorded = recorded_results(contest_id)
    newest = select(func.max(Release.id)).group_by(Release.turn_id)
    here = select(Release).join(Turn).join(Round).join(Event).where(Event.contest_id == contest_id)
    for release in db.session.scalars(here.where(Release.id.in_(newest)).order_by(Release.id)):
        said = recorded.get(release.turn_id)
        if VERDICT not in release.verdict and said is not None and said != release.announced:
            return release.turn.alias
    return ""
