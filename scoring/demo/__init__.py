"""The demo: a contest of each kind and one of three events, and the facts that a person or a script needs to run it."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from scoring import access
from scoring.actions.setting_up.contests import add_account
from scoring.actions.site.demonstration import note_demonstration
from scoring.actions.transaction import Actor, perform
from scoring.demo import all_round, case_binding, debate, legal_explanation, suggestion_review
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.refusal import Refused
from scoring.store import Contest, Event, Seat
from scoring.store.codes import seat_key, seat_pin
from scoring.store.demonstration import demonstration, own_begun
from scoring.store.ledger import signature_of
from scoring.store.people import ORGANIZER, ROLES

CONTESTS = (legal_explanation, case_binding, suggestion_review, debate, all_round)
SLUGS = [contest.SLUG for contest in CONTESTS]


def make(base_url: str, facts_file: Path) -> dict[str, Any]:
    """Create the demo contest if the database has none, and write down how to drive it; answers those facts.

    Raises Refused(demo_among_others) where a contest that is not the demo's is open: the facts name passwords and seat
    codes, so they are deleted then.
    """
    kept = json.loads(facts_file.read_text()) if facts_file.exists() else {}
    password = kept.get("organizer", {}).get("password") or secrets.token_hex(4)
    if not db.session.scalar(select(Contest.id)):
        _create(password)
    if title := own_begun():
        forget(facts_file)
        raise Refused.because("demo_among_others", title=title)
    facts = _facts(base_url, password)
    descriptor = os.open(facts_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(facts, file, ensure_ascii=False, indent=2)
    return facts


def forget(facts_file: Path) -> None:
    """Delete the facts: whoever serves without the demo runs contests of his own."""
    facts_file.unlink(missing_ok=True)


def forget_beside_others(facts_file: Path) -> bool:
    """Delete the facts as soon as a contest is open that is not the demo's; answers whether they are gone."""
    if own_begun():
        forget(facts_file)
    return not facts_file.exists()


def _create(password: str) -> None:
    """All accounts of the demo have one password: hashing takes a while on purpose, and the demo starts often.

    They come after the contests, whose draws no supervisor is there to type for.
    """
    for contest in CONTESTS:
        contest.create(Actor(signature_of(ORGANIZER), role=ORGANIZER))
    hashed = access.hashed(password)
    perform(note_demonstration, hashed, list(db.session.scalars(select(Contest.id))))
    for role in ROLES:
        perform(add_account, role, hashed, role)


def _facts(base_url: str, password: str) -> dict[str, Any]:
    contest = next(iter(_own()))
    event = contest.events[0]
    turns = [turn for played in event.rounds for turn in played.turns]
    return {
        "base_url": base_url,
        "contests": [_contest_facts(base_url, other) for other in _own()],
        "contest": {"id": contest.id, "slug": contest.slug, "format": event.format},
        "addresses": {
            "leaderboard": f"{base_url}/c/{contest.slug}",
            "screen": f"{base_url}/c/{contest.slug}/screen",
            "judge": f"{base_url}/judge/",
            "desk": f"{base_url}/desk/{contest.id}",
        },
        "organizer": {"name": ORGANIZER, "password": password},
        "accounts": {role: {"name": role, "password": password} for role in ROLES},
        "seats": [_seat_facts(base_url, seat) for room in event.rooms for seat in room.seats],
        "turns": [{"id": turn.id, "number": turn.number} for turn in turns],
        "rubric": _rubric(event),
    }


def _own() -> Iterable[Contest]:
    kept = demonstration()
    return db.session.scalars(select(Contest).where(Contest.id.in_(kept.contests if kept else [])).order_by(Contest.id))


def _contest_facts(base_url: str, contest: Contest) -> dict[str, Any]:
    """One contest of the demo, with the seats of all rooms of its events."""
    seats = [
        _seat_facts(base_url, seat) | {"room": room.position, "event": event.position}
        for event in contest.events
        for room in event.rooms
        for seat in room.seats
    ]
    return {"id": contest.id, "slug": contest.slug, "format": contest.events[0].format, "seats": seats}


def _rubric(event: Event) -> list[dict[str, Any]]:
    """The criteria of the event's first part, whatever its format calls them."""
    kind = formats.get(event.format)
    return [dict(item) for item in kind.rubric(event.settings, kind.parts(event.settings)[0]).to_data()]


def _seat_facts(base_url: str, seat: Seat) -> dict[str, Any]:
    key = seat_key(seat)
    return {
        "id": seat.id,
        "number": seat.number,
        "pin": seat_pin(seat),
        "key": key,
        "enter": f"{base_url}/judge/enter/{key}",
    }


def facts_file() -> Path:
    """Where the demo's facts are written."""
    return Path(current_app.config["INSTANCE"]) / "demo.json"
