"""What is recorded about a match beside sheets and penalties: who was silent, the secret ballot, the play-off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scoring.rules.formats.base import PenaltyFacts, SheetFacts
from scoring.rules.formats.debate.defaults import FROM_SIDE, FROM_SPEAKER
from scoring.rules.formats.debate.settings import DebateRules
from scoring.rules.formats.debate.sides import SIDES, all_speakers, side_of
from scoring.rules.panel import Standing
from scoring.rules.refusal import Problem, Refused, refuse_any

SILENT = "silent"
_NAMES = ("silent", "secret_ballot", "play_off")


@dataclass(frozen=True)
class MatchFacts:
    """`silent` are speakers such as "control.2"; `secret_ballot` is the side by seat; `play_off` the side that won it.

    An empty ballot is one that has not begun; "" is no play-off.
    """

    silent: tuple[str, ...] = ()
    secret_ballot: Mapping[str, str] = field(default_factory=dict)
    play_off: str = ""


def read_facts(rules: DebateRules, sheets: Sequence[SheetFacts], raw: Mapping[str, Any]) -> MatchFacts:
    """The facts of a match, {"silent": [speaker], "secret_ballot": {seat: side}, "play_off": side}.

    Raises Refused with every problem: facts_malformed, unknown_fact, speaker_unknown, speaker_twice,
    seat_not_of_panel (also for a judge who is recused or abstains), ballot_for_no_side.
    """
    refuse_any([Problem("unknown_fact", str(name)[:40]) for name in raw if name not in _NAMES])
    silent, ballot, play_off = raw.get("silent", []), raw.get("secret_ballot", {}), raw.get("play_off", "")
    if not isinstance(silent, Sequence) or isinstance(silent, str):
        raise Refused.because("facts_malformed", "silent")
    if not isinstance(ballot, Mapping):
        raise Refused.because("facts_malformed", "secret_ballot")
    problems = [*_problems_of_silent(rules, silent), *_problems_of_ballot(sheets, ballot)]
    if play_off != "" and play_off not in SIDES:
        problems.append(_no_side("play_off", play_off))
    refuse_any(problems)
    return MatchFacts(tuple(silent), dict(ballot), play_off)


def _problems_of_silent(rules: DebateRules, silent: Sequence[object]) -> list[Problem]:
    known = all_speakers(rules.speakers)
    problems = []
    for place, part in enumerate(silent):
        if part not in known:
            problems.append(Problem("speaker_unknown", f"silent.{place}", {"speaker": str(part)[:40]}))
        elif part in silent[:place]:
            problems.append(Problem("speaker_twice", f"silent.{place}", {"speaker": str(part)}))
    return problems


def _problems_of_ballot(sheets: Sequence[SheetFacts], ballot: Mapping[str, object]) -> list[Problem]:
    voters = voters_of(sheets)
    problems = []
    for seat, side in ballot.items():
        if seat not in voters:
            problems.append(Problem("seat_not_of_panel", f"secret_ballot.{seat}", {"seats": str(seat)[:40]}))
        elif side not in SIDES:
            problems.append(_no_side(f"secret_ballot.{seat}", side))
    return problems


def _no_side(place: str, side: object) -> Problem:
    return Problem("ballot_for_no_side", place, {"side": str(side)[:40]})


def voters_of(sheets: Sequence[SheetFacts]) -> tuple[str, ...]:
    """The seats that vote in a secret ballot: all whose sheets count. Source: domain page 1, recusal; 2B."""
    return tuple(sheet.seat for sheet in sheets if sheet.standing == Standing.COUNTED)


def silent_penalties(rules: DebateRules, silent: Sequence[str]) -> tuple[PenaltyFacts, ...]:
    """The points that silent members cost, by the parts they come off. Source: domain page 2B, team sheet."""
    off = rules.silent.off
    if not rules.silent.points:
        return ()
    parts = [(side_of(part), part) for part in silent if off != FROM_SPEAKER]
    parts += [(part, part) for part in silent if off != FROM_SIDE]
    return tuple(PenaltyFacts(part, SILENT, rules.silent.points, speaker) for part, speaker in parts)
