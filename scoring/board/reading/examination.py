"""Whether the record can be trusted: what is stored is held against what was acknowledged, chained and announced.

Done once at each start; what does not agree is kept in board/doubts.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy.exc import DatabaseError

from scoring.board.reading.announced import recorded_results
from scoring.board.reading.doubts import keep_doubts
from scoring.board.reading.facts import kinds_out, outcome_of, turns_of
from scoring.board.reading.log import check_chain, check_site_chain
from scoring.extensions import db
from scoring.rules.not_performing import VERDICT
from scoring.rules.refusal import Problem, Refused
from scoring.store import Contest, Entry, Turn
from scoring.store.contests import RELEASED
from scoring.store.journal import SITE, Heads, Marks, first_missing, heads_of


def examine(known: Heads, marks: Marks | None = None) -> dict[int, list[Problem]]:
    """Hold every contest against itself and against what the journal knows; keeps and answers the problems by contest.

    `known` are the journal's heads, `marks` all entries that it names.
    Codes: acknowledged_missing, acknowledged_differs, record_broken, sheet_changed, rows_changed, result_changed,
    result_differs, result_unreadable. What is wrong with the record of the installation itself stands under 0.
    """
    known_entries = marks or {}
    held = heads_of(db.session.connection())
    contests = list(db.session.scalars(select(Contest).order_by(Contest.id)))
    found = {
        contest.id: [*_acknowledged(contest.id, known, held, known_entries), *_itself(contest)] for contest in contests
    }
    for gone in known.keys() - found.keys() - {SITE}:
        found[gone] = list(_acknowledged(gone, known, held, known_entries))
    found[SITE] = [*_acknowledged(SITE, known, held, known_entries), *_site()]
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


def _acknowledged(record: int, known: Heads, held: Heads, marks: Marks) -> Iterator[Problem]:
    """Whether every entry that was acknowledged is there; there may be newer ones, of commands."""
    if record not in known:
        return
    revision, fingerprint = known[record]
    last = held.get(record, (0, ""))[0]
    if last < revision:
        yield Problem("acknowledged_missing", "", {"held": str(last), "known": str(revision)})
        return
    wanted = {**marks.get(record, {}), revision: fingerprint}
    if (missing := first_missing(db.session.connection(), record, wanted)) is not None:
        yield Problem("acknowledged_differs", "", {"entry": str(missing)})


def _site() -> Iterator[Problem]:
    """Whether the record of the installation holds, and its accounts and settings are as its newest entry left them."""
    checked = check_site_chain()
    if checked["broken"] is not None:
        yield Problem("record_broken", "", {"entry": str(checked["broken"])})
    if not checked["rows_agree"]:
        yield Problem("site_rows_changed")


def _itself(contest: Contest) -> Iterator[Problem]:
    yield from _chained(contest)
    yield from _announced(contest)


def _chained(contest: Contest) -> Iterator[Problem]:
    checked = check_chain(contest.id)
    broken = checked["broken"]
    if not checked["rows_agree"]:
        yield Problem("rows_changed")
    if broken == 0:
        yield Problem("sheet_changed")
    elif broken is not None:
        yield Problem("record_broken", "", {"entry": str(broken)})


def _announced(contest: Contest) -> Iterator[Problem]:
    """Each announced score is the one in the record, and the one that the sheets give today."""
    recorded, renewed = recorded_results(contest.id), _renewed(contest)
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


def _renewed(contest: Contest) -> dict[int, int]:
    """The revision with which the rules in force of each event, by its position, came after others; once marked."""
    wanted = select(Entry).where(Entry.contest_id == contest.id, Entry.verb == "renew_settings")
    return {entry.details["event"]: entry.revision for entry in db.session.scalars(wanted.order_by(Entry.revision))}
