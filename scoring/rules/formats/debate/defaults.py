"""What a new debate starts from: rubrics, stage script and rules, all of them editable data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from scoring.rules.camps import MeetingRules
from scoring.rules.clocks import DUAL, SHARED, Clock
from scoring.rules.formats.debate.sides import CONTROL, DEFENCE
from scoring.rules.listed import ListRules, start_of_match
from scoring.rules.panel import PanelRules
from scoring.rules.penalties import OvertimeRule
from scoring.rules.publication import AT_ONCE
from scoring.rules.rubric import Criterion, Rubric

SCORES, THREE_BALLOTS = "scores", "three_ballots"
INDIVIDUAL_RANKING, SUM_OF_SPEAKERS = "individual_ranking", "sum_of_speakers"
WAYS = (SCORES, THREE_BALLOTS, INDIVIDUAL_RANKING, SUM_OF_SPEAKERS)
BY_TEAM_SHEET = (SCORES, THREE_BALLOTS)

FROM_SIDE, FROM_SPEAKER, FROM_BOTH = "side", "speaker", "both"
SECRET_BALLOT, STANDS = "secret_ballot", "stands"

OPENING, CROSS, FREE_DEBATE, CLOSING = "opening", "cross_examination", "free_debate", "closing"
STAGES = (OPENING, CROSS, FREE_DEBATE, CLOSING)

INDIVIDUAL_RUBRIC = Rubric(
    (
        Criterion(
            "argument",
            "立论与法理",
            "Argument and legal reasoning",
            Decimal(25),
            hint_zh="观点鲜明，法律依据准确，法理阐释透彻。",
            hint_en="Takes a clear position, rests it on law in force and explains why the law says so.",
        ),
        Criterion(
            "evidence",
            "事实证据运用",
            "Use of facts and evidence",
            Decimal(20),
            hint_zh="紧扣案件事实，证据引用准确，证明逻辑完整。",
            hint_en="Keeps to the facts of the case, cites evidence exactly, leaves no gap in the proof.",
        ),
        Criterion(
            "rebuttal",
            "辩驳与应变",
            "Rebuttal and response",
            Decimal(25),
            decides_ties=True,
            hint_zh="抓住对方要害，反驳有力，应对突发问题沉着。",
            hint_en="Finds the opponent's weak point, rebuts with force, stays calm when surprised.",
        ),
        Criterion(
            "logic",
            "逻辑与针对性",
            "Logic and relevance",
            Decimal(15),
            hint_zh="层次清楚，前后一致，回应针对争议焦点。",
            hint_en="Argues in clear, consistent steps and answers the point in dispute.",
        ),
        Criterion(
            "manner",
            "语言仪态",
            "Language and bearing",
            Decimal(15),
            hint_zh="语言规范流畅，仪态端庄，尊重对方。",
            hint_en="Speaks correctly and fluently, with dignity and respect for the opponent.",
        ),
    )
)

TEAM_RUBRIC = Rubric(
    (
        Criterion(
            OPENING,
            "立论",
            "Opening",
            Decimal(15),
            hint_zh="立论明确，框架完整，法律和事实依据充分。",
            hint_en="A clear case, whole in its structure, well founded in law and fact.",
        ),
        Criterion(
            CROSS,
            "攻辩",
            "Cross-examination",
            Decimal(20),
            hint_zh="提问切中要害，回答正面不回避。",
            hint_en="Questions go to the heart of the matter; answers do not evade.",
        ),
        Criterion(
            FREE_DEBATE,
            "自由辩论",
            "Free debate",
            Decimal(30),
            hint_zh="攻防有序，反应迅速，论点层层推进。",
            hint_en="Attack and defence in good order, quick replies, the argument moves forward.",
        ),
        Criterion(
            CLOSING,
            "总结",
            "Closing",
            Decimal(15),
            hint_zh="全面归纳，回应对方主要观点，升华己方立场。",
            hint_en="Sums up the whole debate, meets the other side's main points, lifts its own position.",
        ),
        Criterion(
            "teamwork",
            "团队配合",
            "Teamwork",
            Decimal(10),
            hint_zh="分工明确，衔接自然，观点一致。",
            hint_en="Clear roles, smooth hand-overs, one line of argument.",
        ),
        Criterion(
            "manner",
            "语言风度",
            "Language and manner",
            Decimal(10),
            hint_zh="语言文明规范，风度得体，遵守规则。",
            hint_en="Correct and courteous language, good manner, keeps to the rules.",
        ),
    )
)


def team_rubric(cross_examination: bool) -> Rubric:
    """The team sheet of 100 points; without 攻辩 its 20 points go half to the opening, half to the free debate.

    Source: domain page 2B, team sheet.
    """
    if cross_examination:
        return TEAM_RUBRIC
    half = TEAM_RUBRIC.criterion(CROSS).maximum / 2
    return Rubric(tuple(_with_more(line, half) for line in TEAM_RUBRIC.criteria if line.key != CROSS))


def _with_more(line: Criterion, points: Decimal) -> Criterion:
    if line.key not in (OPENING, FREE_DEBATE):
        return line
    return Criterion(line.key, line.zh, line.en, line.maximum + points, hint_zh=line.hint_zh, hint_en=line.hint_en)


def script(cross_examination: bool) -> tuple[Clock, ...]:
    """The stage script; the free debate's clock gives each side its 4 minutes, and warns nobody.

    Source: domain page 2B, stage script, 1v1 [S]; 2 minutes a side of cross-examination are a default [D].
    """
    cross = (
        _speech("cross_control", "控方攻辩", "Prosecution's cross-examination", 2, CONTROL),
        _speech("cross_defence", "辩方攻辩", "Defence's cross-examination", 2, DEFENCE),
    )
    return (
        Clock("prepare", "备题", "Preparation", 20 * 60, kind=SHARED),
        _speech("opening_control", "控方立论", "Prosecution's opening", 3, CONTROL),
        _speech("opening_defence", "辩方立论", "Defence's opening", 3, DEFENCE),
        *(cross if cross_examination else ()),
        Clock("free_debate", "自由辩论", "Free debate", 4 * 60, warn_seconds=0, kind=DUAL),
        _speech("closing_control", "控方总结", "Prosecution's closing", 3, CONTROL),
        _speech("closing_defence", "辩方总结", "Defence's closing", 3, DEFENCE),
        Clock("marking", "评分", "Marking and comments", 3 * 60, kind=SHARED),
    )


def _speech(key: str, zh: str, en: str, minutes: int, side: str) -> Clock:
    return Clock(key, zh, en, minutes * 60, side=side)


def ties_for(decide: str, individual_sheets: bool) -> tuple[str, ...]:
    """The tie steps that can decide something, in their default order.

    Contestants ranked on their own score have the key criterion; teams ranked on matches won have the format's own
    step. A step asked of somebody who has no value for it is passed over. Source: domain page 1, ties [S]; their
    order for matches follows the common one, wins, then ballots or points (Tabbycat's standings rules) [D].
    """
    steps = ["exact_value"]
    if individual_sheets:
        steps.append("key_criterion")
    if decide != INDIVIDUAL_RANKING:
        steps.append("format_step")
    return (*steps, "untrimmed_mean", "play_off", "shared_rank")


def defaults_for(speakers: int) -> dict[str, Any]:
    """The settings of a new debate with so many speakers on each side, 1 to 4.

    1v1 ranks individuals, teams are decided by scores; 攻辩 from 3v3 on. Source: domain page 2B.
    """
    alone, cross = speakers == 1, speakers >= 3
    decide = INDIVIDUAL_RANKING if alone else SCORES
    team = team_rubric(cross)
    return {
        "speakers": speakers,
        "decide": decide,
        "individual_sheets": True,
        "team_rubric": team.to_data(),
        "individual_rubric": INDIVIDUAL_RUBRIC.to_data(),
        "stage_weights": {line.key: "1" for line in team.criteria if line.key in STAGES},
        "silent": {"points": "10", "from": FROM_SPEAKER if alone else FROM_SIDE},
        "tied_match": STANDS if alone else SECRET_BALLOT,
        "ballot_penalties": False,
        "meeting": MeetingRules().to_data(),
        "motions": [],
        "panel": PanelRules(floor=True).to_data(),
        "overtime": OvertimeRule().to_data(),
        "penalties": start_of_match(),
        "listed": ListRules().to_data(),
        "ties": list(ties_for(decide, True)),
        "publication": AT_ONCE,
        "clocks": [clock.to_data() for clock in script(cross)],
    }
