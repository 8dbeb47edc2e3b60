"""The spot check: drawn with a witness, checked line by line against the signed paper, widened to all where needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.actions.find import contest_of
from scoring.actions.registry import _l, logged, of_id, typed, verb
from scoring.actions.running.seals import break_seal
from scoring.actions.transaction import Actor, record
from scoring.board.reading.look import event_asked
from scoring.board.views.spot_checks import ranks_to_check, spot_check_of, turns_to_check
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.rules.spot_check import SpotCheckRule, asks_for_all, choose
from scoring.store import SpotCheck, SpotCheckLine
from scoring.store.model import now
from scoring.store.people import CHECKER, ORGANIZER
from scoring.store.spot_checks import AGREES, DRAWN, ERROR, FULL, TOP

LONGEST_NOTE, LONGEST_NAME = 400, 60


@verb(
    (typed("seed"), typed("witness"), typed("reason")),
    roles=(CHECKER, ORGANIZER),
    done=_l("The spot check is drawn. With the same seed the draw comes out the same."),
)
@logged(
    "results",
    _l("drew the spot check, seed %(seed)s (sealed %(sealed_seed)s, typed %(typed)s), witnessed by %(witness)s%(how)s"),
)
def draw_spot_check(
    actor: Actor,
    contest_id: int,
    event: int | None,
    seed: str,
    witness: str,
    rule: Mapping[str, Any],
    reason: str = "",
) -> None:
    """Choose which released scores are checked again; what they are drawn from and the rule are recorded.

    Raises Refused: contest_unknown, spot_check_drawn, spot_check_too_early, spot_check_nothing, field_too_long, and
    what `break_seal` refuses and the rulebook about the rule. Source: domain page 4, spot checks.
    """
    contest = contest_of(contest_id)
    if spot_check_of(contest_id, event) is not None:
        raise Refused.because("spot_check_drawn")
    _check_length(witness)
    read, turns = SpotCheckRule.from_data(rule), turns_to_check(contest_id, event)
    ranks = ranks_to_check(contest_id, event)
    lots = break_seal(actor, event_asked(contest_id, event), seed, witness, reason)
    chosen = choose(read, ranks, lots["seed"])
    about = {"rule": read.to_data(), "seed": lots["seed"], "witness": lots["witness"], "actor": actor.label}
    check = SpotCheck(contest=contest, **about)
    for why, names in ((TOP, chosen.top), (DRAWN, chosen.drawn)):
        db.session.add_all([SpotCheckLine(spot_check=check, turn=turns[name], chosen=why) for name in names])
    db.session.add(check)
    db.session.flush()
    told: dict[str, Any] = {"rule": read.to_data(), "top": list(chosen.top), "drawn": list(chosen.drawn)}
    told |= {"event": event_asked(contest_id, event).position}
    record(contest, actor, "draw_spot_check", spot_check=check.id, **lots, **told)


def _check_length(witness: str) -> None:
    if len(witness.strip()) > LONGEST_NAME:
        raise Refused.because("field_too_long", "witness", most=LONGEST_NAME)


@verb((of_id("line"), typed("found"), typed("note")), roles=(CHECKER,), done=_l("Recorded."))
@logged("results", _l("checked no. %(turn)s against the paper"))
def note_spot_check(actor: Actor, contest_id: int, line_id: int, found: str, note: str = "") -> None:
    """Record that a score agrees with the signed paper, or what is wrong; noting again replaces it, both on record.

    Raises Refused: spot_check_line_unknown, finding_unknown, spot_check_note_missing (an error says what it is),
    field_too_long.
    """
    line = db.session.get(SpotCheckLine, line_id)
    if line is None or line.spot_check.contest_id != contest_id:
        raise Refused.because("spot_check_line_unknown")
    if found not in (AGREES, ERROR):
        raise Refused.because("finding_unknown", "found")
    said = note.strip()
    if found == ERROR and not said:
        raise Refused.because("spot_check_note_missing", "note")
    if len(said) > LONGEST_NOTE:
        raise Refused.because("field_too_long", "note", most=LONGEST_NOTE)
    line.found, line.note, line.actor, line.at = found, said, actor.label, now()
    about: dict[str, Any] = {"turn": line.turn_id, "number": line.turn.number, "found": found, "note": said}
    record(line.spot_check.contest, actor, "note_spot_check", spot_check=line.spot_check_id, **about)


@verb(roles=(CHECKER, ORGANIZER), done=_l("All scores are before the checker now."))
@logged("results", _l("asked for a full check; errors found: %(errors)s"))
def check_all(actor: Actor, contest_id: int, event: int | None) -> None:
    """Put every other released score before the checker too, because too many of the chosen ones had an error.

    Raises Refused: spot_check_unknown, full_check_twice, full_check_not_needed.
    """
    check = spot_check_of(contest_id, event)
    if check is None:
        raise Refused.because("spot_check_unknown")
    if check.full_at is not None:
        raise Refused.because("full_check_twice")
    errors = sum(line.found == ERROR for line in check.lines)
    if not asks_for_all(SpotCheckRule.from_data(check.rule), errors, len(check.lines)):
        raise Refused.because("full_check_not_needed")
    known = {line.turn_id for line in check.lines}
    others = [turn for turn in turns_to_check(contest_id, event).values() if turn.id not in known]
    db.session.add_all([SpotCheckLine(spot_check=check, turn=turn, chosen=FULL) for turn in others])
    check.full_at = now()
    record(check.contest, actor, "check_all", spot_check=check.id, errors=errors, added=len(others))
