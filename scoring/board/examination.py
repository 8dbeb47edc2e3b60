"""Whether the record can be trusted: what is stored is held against what was acknowledged, chained and announced.

Done once at each start; what does not agree is kept in board/doubts.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy.exc import DatabaseError

from scoring.board.doubts import keep_doubts
from scoring.board.facts import kinds_out, outcome_of
from scoring.board.log import check_chain
from scoring.board.set_up import turns_of
from scoring.extensions import db
from scoring.rules.not_performing import VERDICT
from scoring.rules.refusal import Problem, Refused
from scoring.store import Contest, Entry, Turn
from scoring.store.contests import RELEASED
from scoring.store.journal import SITE, Heads, heads_of


def examine(known: Heads) -> dict[int, list[Problem]]:
    """Hold every contest against itself and against the journal's heads; keeps and answers the problems by contest.

    Codes: acknowledged_missing, acknowledged_differs, record_broken, sheet_changed, result_changed, result_differs,
    result_unreadable. What is wrong with the record of the installation itself stands under 0.
    """
    held = heads_of(db.session.connection())
    contests = list(db.session.scalars(select(Contest).order_by(Contest.id)))
    found = {contest.id: [*_acknowledged(contest.id, known, held), *_itself(contest)] for contest in contests}
    for gone in known.keys() - found.keys() - {SITE}:
        found[gone] = list(_acknowledged(gone, known, held))
    found[SITE] = list(_acknowledged(SITE, known, held))
    doubts = {contest_id: problems for contest_id, problems in found.items() if problems}
    keep_doubts(doubts)
    db.session.rollback()
    return doubts


def missing_from(copy: Path, known: Heads) -> int | None:
    """How many acknowledged changes of contests a copy of the database lacks; None where it is no such database."""
    engine = create_engine(f"sqlite:///file:{copy}?mode=ro&immutable=1&uri=true")
    try:
        with engine.connect() as connection:
            held = heads_of(connection)
    except DatabaseError:
        return None
    finally:
        engine.dispose()
    newest = ((contest_id, revision) for contest_id, (revision, _) in known.items() if contest_id != SITE)
    return sum(max(0, revision - held.get(contest_id, (0, ""))[0]) for contest_id, revision in newest)


def _acknowledged(record: int, known: Heads, held: Heads) -> Iterator[Problem]:
    """Whether the newest entry that was acknowledged is there; there may be newer ones, of commands."""
    if record not in known:
        return
    revision, fingerprint = known[record]
    last = held.get(record, (0, ""))[0]
    if last < revision:
        yield Problem("acknowledged_missing", "", {"held": str(last), "known": str(revision)})
    elif record != SITE and _fingerprint_at(record, revision) != fingerprint:
        yield Problem("acknowledged_differs", "", {"entry": str(revision)})


def _fingerprint_at(contest_id: int, revision: int) -> str | None:
    wanted = select(Entry.fingerprint).where(Entry.contest_id == contest_id, Entry.revision == revision)
    return db.session.scalar(wanted)


def _itself(contest: Contest) -> Iterator[Problem]:
    yield from _chained(contest)
    yield from _announced(contest)


def _chained(contest: Contest) -> Iterator[Problem]:
    broken = check_chain(contest.id)["broken"]
    if broken == 0:
        yield Problem("sheet_changed")
    elif broken is not None:
        yield Problem("record_broken", "", {"entry": str(broken)})


def _announced(contest: Contest) -> Iterator[Problem]:
    """Each announced score is the one in the record, and the one that the sheets give today."""
    recorded, renewed = _recorded(contest), _renewed(contest)
    for event in contest.events:
        for turn in turns_of(event):
            if turn.state == RELEASED and turn.releases:
                yield from _result(turn, recorded.get(turn.id), renewed.get(event.position, 0))


def _result(turn: Turn, recorded: Any, renewed: int) -> Iterator[Problem]:
    about = {"number": turn.alias}
    release = turn.releases[-1]
    if VERDICT in release.verdict:  # no figures were announced with it
        if release.verdict[VERDICT] != kinds_out(turn):
            yield Problem("result_differs", "", about)
        return
    if recorded is not None and recorded != release.announced:
        yield Problem("result_changed", "", about)
    if renewed > release.revision:
        return  # newer rules count it anew, which is shown as such
    try:
        outcome = outcome_of(turn)
    except Refused:
        yield Problem("result_unreadable", "", about)
        return
    finals = {part: score.explanation.to_data()["final"] for part, score in outcome.scores.items()}
    if finals != {part: said["final"] for part, said in release.announced.items()}:
        yield Problem("result_differs", "", about)


def _recorded(contest: Contest) -> dict[int, Any]:
    """The figures of each turn's newest release, as the record has them."""
    verbs = ("release", "approve_correction")
    wanted = select(Entry).where(Entry.contest_id == contest.id, Entry.verb.in_(verbs)).order_by(Entry.revision)
    details = (entry.details for entry in db.session.scalars(wanted))
    return {said["turn"]: said.get("announced") or said.get("after") for said in details}


def _renewed(contest: Contest) -> dict[int, int]:
    """The revision with which the rules in force of each event, by its position, came after others; once marked."""
    wanted = select(Entry).where(Entry.contest_id == contest.id, Entry.verb == "renew_settings")
    return {entry.details["event"]: entry.revision for entry in db.session.scalars(wanted.order_by(Entry.revision))}
