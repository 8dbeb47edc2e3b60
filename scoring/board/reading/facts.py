"""From the stored records to the facts that the rulebook asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, select

from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.figures import read_stored
from scoring.rules.formats.base import Format, Outcome, PenaltyFacts, SheetFacts, TurnFacts
from scoring.rules.not_performing import sides_out
from scoring.rules.panel import Standing
from scoring.store import Event, Penalty, Recusal, Seat, Sheet, SheetVersion, Turn
from scoring.store.contests import RELEASED
from scoring.store.held import IS_IN_FORCE, Held, OwnSheet
from scoring.store.sheets import RETURNED, SUBMITTED
from scoring.store.to_mark import RecusalToMark, SeatToMark, TurnToMark

SERVER, COUNTED, APPROVED = "server", "counted", "approved"
_WITHOUT_RECUSAL = {one.value: one for one in (Standing.ABSTAINED, Standing.AWAY)}
CASE, SECRET_BALLOT, PLAY_OFF, SILENT = "case", "secret_ballot", "play_off", "silent"
#: What somebody reached in a play-off against those with whom a rank was shared, or the votes in a ballot about them.
PLAY_OFF_FIGURES = "play_off_figures"
BY_AUTHOR = "by_author"
Newest = dict[tuple[int, int], SheetVersion | Held]

#: Made once: to put it together takes longer than to run it.
_NEWEST = (
    select(Sheet.turn_id, Sheet.seat_id, SheetVersion)
    .join(SheetVersion, SheetVersion.sheet_id == Sheet.id)
    .where(
        Sheet.turn_id.in_(bindparam("turn_ids", expanding=True)),
        IS_IN_FORCE,
    )
)


def format_of(event: Event) -> Format:
    """The rulebook's format of an event."""
    return formats.get(event.format)


def turns_of(event: Event) -> list[Turn]:
    """All turns of the event, round after round."""
    return [turn for played in event.rounds for turn in played.turns]


def parts_of(turn: Turn) -> tuple[str, ...]:
    """What is judged within the turn, in order: ("",) for one performance.

    Without the part of a speaker who does not perform; of a turn that is not held, what would have been judged.
    """
    held = not turn.not_held
    return tuple(one.part for one in turn.appearances if not (held and one.not_performing_id is not None))


def is_before_panel(turn: Turn) -> bool:
    """Whether the panel may see the turn at all: what is judged by its code must have been given one."""
    return bool(turn.code) or not format_of(turn.round.event).coded


def newest_versions(turn_ids: Iterable[int]) -> Newest:
    """The version in force of every sheet of these turns, by (turn id, seat id)."""
    found = db.session.execute(_NEWEST, {"turn_ids": list(turn_ids)})
    return {(turn_id, holder): version for turn_id, holder, version in found}


def versions_at(turn: Turn, revision: int) -> Newest:
    """The version of each of the turn's sheets that was in force at a revision of the contest."""
    stored = [version for sheet in turn.sheets for version in sheet.versions if version.revision <= revision]
    return {(turn.id, version.sheet.seat_id): version for version in stored}


def standing_of(turn: Turn | TurnToMark, seat: Seat | SeatToMark, version: SheetVersion | Held | None) -> Standing:
    """How a seat stands to a turn; a recusal counts even where a sheet had come in before."""
    return standing_with(turn.recused.get(seat.id), version)


def standing_with(recusal: Recusal | RecusalToMark | None, version: SheetVersion | Held | None) -> Standing:
    """How a seat stands to a turn that it is recused from like this, or is not, with the version of its sheet."""
    if recusal is not None:
        return _WITHOUT_RECUSAL.get(recusal.ground, Standing.RECUSED)
    if version is not None and version.state == SUBMITTED:
        return Standing.COUNTED
    return Standing.MISSING


def missing_seats(turn: Turn) -> list[Seat]:
    """The seats whose sheets are still owed for the turn, in order."""
    newest = newest_versions([turn.id])
    standings = ((seat, standing_of(turn, seat, newest.get((turn.id, seat.id)))) for seat in turn.panel)
    return [seat for seat, standing in standings if standing is Standing.MISSING]


def all_in(connection: Connection, turn: TurnToMark) -> bool:
    """Whether no sheet is owed for the turn any more, as it stands in this transaction."""
    states = select(Sheet.seat_id, SheetVersion.state).join(SheetVersion, SheetVersion.sheet_id == Sheet.id)
    newest = states.where(Sheet.turn_id == turn.id, IS_IN_FORCE)
    submitted = {seat_id for seat_id, state in connection.execute(newest) if state == SUBMITTED}
    return all(seat_id in submitted or seat_id in turn.recused for seat_id in turn.seats)


def seats_asked(turn: Turn, known: Newest | None = None) -> list[Seat]:
    """The seats whose sheet of the turn is sent back with a question that is not answered yet, in order."""
    newest = newest_versions([turn.id]) if known is None else known
    asked = [seat for seat in turn.panel if (seat_id := (turn.id, seat.id)) in newest and newest[seat_id].question]
    return [seat for seat in asked if seat.id not in turn.recused]


def sheet_state(version: SheetVersion | Held | OwnSheet | None) -> str:
    """How far a judge is with a sheet: empty, draft, submitted or returned; one with a question stays returned."""
    if version is None:
        return "empty"
    return RETURNED if version.question else version.state


def reached(state: str, standing: Standing, version: SheetVersion | Held | None, held: bool = True) -> str:
    """The last of the four states that a sheet for a turn in this state has reached, as far as the server can know.

    Nothing counts of a turn that is not `held`. "" where at most the tablet has something, "server" once anything of
    it is stored, "counted" once it is submitted and among those that the score is worked out from, "approved" once
    that score is approved. See docs/live.md.
    """
    if version is None:
        return ""
    if standing is not Standing.COUNTED or not held:
        return SERVER
    return APPROVED if state == RELEASED else COUNTED


def facts_of(turn: Turn, newest: Newest, facts: Mapping[str, Any] | None = None, until: int | None = None) -> TurnFacts:
    """All that the rulebook needs to score the turn; `facts` are its recorded ones unless others are given."""
    sheets = sheets_of(turn, newest)
    penalties = tuple(
        PenaltyFacts(penalty.part, penalty.kind, Decimal(penalty.points), penalty.reason, penalty.adds)
        for penalty in turn.penalties
        if _stands(penalty, until)
    )
    parts = parts_of(turn) if until is None else _parts_at(turn, until)
    return TurnFacts(parts, sheets, penalties, recorded_facts(turn, until) if facts is None else facts)


def _parts_at(turn: Turn, revision: int) -> tuple[str, ...]:
    """What was judged within the turn as it stood at a revision, before it was decided that somebody is out."""
    judged = format_of(turn.round.event).parts(turn.round.event.settings)
    out = _out_at(turn, revision)
    return tuple(one.part for one in turn.appearances if one.part not in out and one.part in judged)


def _out_at(turn: Turn, until: int | None) -> list[str]:
    """The parts that nobody performs, or that nobody performed at a revision of the contest."""
    if until is None:
        return list(turn.out)
    return [part for part, decision in turn.out.items() if decision.revision <= until]


def kinds_out(turn: Turn) -> dict[str, str]:
    """As what the sides that are out of the turn, or whoever was to perform, do not perform, by part."""
    sides = sides_out((one.part, one.not_performing is not None) for one in turn.appearances)
    return {part: decision.kind for part, decision in turn.out.items() if part.partition(".")[0] in sides}


def _stands(penalty: Penalty, until: int | None) -> bool:
    """Whether the penalty counts, or counted at a revision of the contest."""
    begins = penalty.counts_from
    if begins is None:
        return False
    if until is None or penalty.withdrawn_revision is None:
        return penalty.withdrawn_at is None and (until is None or begins <= until)
    return begins <= until < penalty.withdrawn_revision


def sheets_of(turn: Turn, newest: Newest | None = None) -> tuple[SheetFacts, ...]:
    """Every seat of the turn's panel with its standing and, where it counts, its sheet."""
    known = newest_versions([turn.id]) if newest is None else newest
    sheets = []
    for seat in turn.panel:
        version = known.get((turn.id, seat.id))
        standing = standing_of(turn, seat, version)
        marks = version.marks if version and standing is Standing.COUNTED else None
        sheets.append(SheetFacts(str(seat.number), standing, marks))
    return tuple(sheets)


def recorded_facts(turn: Turn, until: int | None = None) -> dict[str, Any]:
    """The turn's facts that scoring reads; what only decides a tie is not among them.

    A speaker who is out has not spoken: the rules say what that costs.
    """
    known = {name: fact for name, fact in turn.facts.items() if name not in (CASE, PLAY_OFF, PLAY_OFF_FIGURES)}
    away = [part for part in _out_at(turn, until) if "." in part] if not turn.not_held else []
    listed = known.get(SILENT, [])
    return known | {SILENT: [*listed, *(part for part in away if part not in listed)]} if away else known


def deciding_facts(turn: Turn) -> dict[str, Any]:
    """What was recorded to decide a tied match: the votes of the seats that count, and the play-off."""
    counted = {seat.number for seat in turn.panel if seat.id not in turn.recused}
    votes = {str(ballot.seat.number): ballot.side for ballot in turn.ballots if ballot.seat.number in counted}
    play_off = turn.facts.get(PLAY_OFF)
    return ({SECRET_BALLOT: votes} if votes else {}) | ({PLAY_OFF: play_off} if play_off else {})


def play_off_figure(turn: Turn, until: int | None = None) -> Decimal | None:
    """The figure recorded last of whoever performed in the turn, by that revision if one is given; None for none."""
    kept = [one for one in turn.facts.get(PLAY_OFF_FIGURES, ()) if until is None or one["revision"] <= until]
    return read_stored(kept[-1]["figure"]) if kept else None


def outcome_of(turn: Turn, newest: Newest | None = None, settings: Mapping[str, Any] | None = None) -> Outcome:
    """The scores of a turn by the rules of its event, or by other settings; none, but a verdict, where it is not held.

    Votes and a play-off count only while the sheets leave the match tied: a correction that unties it needs nothing
    to be taken back. Raises Refused: missing_sheets, too_few_judges and whatever else the format refuses.
    """
    known = newest_versions([turn.id]) if newest is None else newest
    return _decided(turn, known, None, turn.round.event.settings if settings is None else settings)


def outcome_at(turn: Turn, revision: int) -> Outcome:
    """The scores as they were released by that revision, before later corrections; else as `outcome_of`."""
    return _decided(turn, versions_at(turn, revision), revision, turn.round.event.settings)


def _decided(turn: Turn, known: Newest, until: int | None, settings: Mapping[str, Any]) -> Outcome:
    kind = format_of(turn.round.event)
    if turn.not_held and (until is None or all(one.revision <= until for one in turn.out.values())):
        return kind.not_held(settings, kinds_out(turn))
    outcome = kind.score(settings, facts_of(turn, known, until=until))
    deciding = deciding_facts(turn) if outcome.verdict.get("needs") else {}
    if not deciding:
        return outcome
    return kind.score(settings, facts_of(turn, known, recorded_facts(turn, until) | deciding, until))


def penalties_shown(turn: Turn) -> list[Penalty]:
    """The penalties in force and proposed; of a coded document not those that only its author's name tells: lateness.

    Their kinds are the fact BY_AUTHOR: only the coding officer records them, and nobody else sees them beside a code.
    """
    unseen = turn.facts.get(BY_AUTHOR, ()) if turn.hidden else ()
    return [one for one in turn.penalties if one.withdrawn_at is None and one.kind not in unseen]
