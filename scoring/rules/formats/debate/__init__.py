"""Adversarial debate (对抗辩论): two sides of one to four speakers before a panel. Source: domain page 2B."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from scoring.rules.explanation import Score
from scoring.rules.formats.base import Format, Outcome, Settings, SheetFacts, Start, TurnFacts
from scoring.rules.formats.debate import standings
from scoring.rules.formats.debate.defaults import defaults_for
from scoring.rules.formats.debate.facts import read_facts, silent_penalties
from scoring.rules.formats.debate.forfeit import forfeited
from scoring.rules.formats.debate.settings import MOST_SPEAKERS, check_settings, read_motions, read_rules
from scoring.rules.formats.debate.sheet import (
    check_parts,
    draft_problems,
    read_sheet,
    running_total,
    running_totals,
    speakers_among,
    sums,
)
from scoring.rules.formats.debate.verdict import decision_of, scores_of, verdict_of
from scoring.rules.formats.debate.ways import Marked, MatchSheet, decide, speaker_scores
from scoring.rules.panel import Standing
from scoring.rules.ranking import rank
from scoring.rules.refusal import Problem, refuse_any, under

__all__ = ["FORMAT", "defaults_for", "running_totals", "score"]


def score(settings: Settings, facts: TurnFacts) -> Outcome:
    """The match's scores by part and its verdict; a speaker who is away has no part in it, and no score.

    Raises Refused as `score_panel` does, as `read_sheet` does with the seat before the field, as `read_facts` and
    `decision_of` do; part_missing; unknown_part, also for a penalty on what has no score of its own.
    """
    rules = read_rules(settings)
    check_parts(rules, facts.parts)
    refuse_any([Problem("unknown_part", p.part) for p in facts.penalties if p.part not in rules.parts])
    recorded = read_facts(rules, facts.sheets, facts.facts)
    penalties = (*facts.penalties, *silent_penalties(rules, recorded.silent))
    sheets = tuple(_match_sheet(settings, facts.parts, sheet) for sheet in facts.sheets)
    speakers = speaker_scores(speakers_among(rules, facts.parts), rules, sheets, penalties)
    figures = decide(Marked(rules, sheets, penalties, speakers))
    decision = decision_of(rules, figures, recorded, facts.sheets)
    best = best_speakers(settings, speakers)
    verdict = verdict_of(rules, figures, decision, penalties, best)
    return Outcome(scores_of(rules, figures, decision, speakers), verdict)


def _match_sheet(settings: Settings, parts: Sequence[str], sheet: SheetFacts) -> MatchSheet:
    if sheet.standing != Standing.COUNTED or sheet.marks is None:
        return MatchSheet(sheet.seat, sheet.standing, None)
    clean = under(sheet.seat, lambda: read_sheet(settings, parts, sheet.marks))
    return MatchSheet(sheet.seat, sheet.standing, clean)


def best_speakers(settings: Settings, speakers: Mapping[str, Score]) -> tuple[str, ...]:
    """The best debater of a match (最佳辩手), several where no tie step tells them apart; () where none is marked."""
    contenders = [standings.contender(settings, part, [scored], {}) for part, scored in speakers.items()]
    return tuple(ranked.key for ranked in rank(contenders, tuple(settings["ties"])) if ranked.rank == 1)


def check_facts(settings: Settings, sheets: Sequence[SheetFacts], facts: Mapping[str, Any]) -> None:
    """Raise Refused as `read_facts` does for facts that cannot be recorded of a match."""
    read_facts(read_rules(settings), sheets, facts)


FORMAT = Format(
    key="debate",
    zh="对抗辩论",
    en="Adversarial debate",
    subject="match",
    defaults=lambda: defaults_for(1),
    check_settings=check_settings,
    parts=lambda settings: read_rules(settings).parts,
    rubric=lambda settings, part: read_rules(settings).rubric(part),
    read_sheet=read_sheet,
    draft_problems=draft_problems,
    running_total=running_total,
    score=score,
    tie_values=standings.tie_values,
    contender=standings.contender,
    standing=standings.standing,
    points=standings.points,
    motions=lambda settings: read_motions(settings.get("motions", [])),
    running_totals=running_totals,
    sums=sums,
    check_facts=check_facts,
    prepares="prepare",
    not_held=forfeited,
    speakers=lambda settings: read_rules(settings).speakers,
    about_zh="控方与辩方对垒；评委给双方或辩手打分，按得分、三票或个人成绩判定。",
    about_en="Prosecution against defence; the panel marks the sides or speakers, and scores, ballots or ranks decide.",
    starts=tuple(
        Start(f"{count}v{count}", f"{count} 对 {count}", f"{count} against {count}", partial(defaults_for, count))
        for count in range(1, MOST_SPEAKERS + 1)
    ),
)
