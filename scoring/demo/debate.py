"""The demo's debate (对抗辩论), as large as a province's: 104 in 52 pairs, 4 rooms, then a knockout of 8."""

from __future__ import annotations

from scoring.actions.setting_up.match_plans import (
    ALL_PLAY,
    KNOCKOUT,
    MatchEntrant,
    MatchPlan,
    RoundPlan,
    set_up_matches,
)
from scoring.actions.transaction import Actor, perform
from scoring.demo.awards import promise
from scoring.rules import awards
from scoring.rules.formats.debate import defaults_for

SLUG = "bianlun"
DEBATERS, ROOMS, JUDGES, FINALISTS = 104, 4, 7, 8
CITIES = (
    "明州市", "临海市", "东江市", "云岭市", "清河市", "永安市", "宁川市",
    "平湖市", "安阳市", "龙山市", "新港市", "和田市", "金沙市",
)  # fmt: skip
FAMILY_NAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方"
GIVEN_NAMES = ("建宁", "若涵", "志恒", "雅文", "嘉禾", "一鸣", "思齐", "子墨", "书瑶", "天佑", "慧敏", "承志", "清越")


def entrants() -> list[MatchEntrant]:
    """The 104 debaters, eight from each of 13 cities."""
    return [
        MatchEntrant(
            f"{place + 1:03d}",
            FAMILY_NAMES[place % len(FAMILY_NAMES)] + GIVEN_NAMES[place % len(GIVEN_NAMES)],
            f"{CITIES[place % len(CITIES)]}人民检察院",
            "第一检察部",
        )
        for place in range(DEBATERS)
    ]


def create(actor: Actor) -> None:
    """Set the contest up with its pairs and sides drawn, ready to call the first match in each room."""
    plan = MatchPlan(
        slug=SLUG,
        title=("全省检察机关对抗辩论赛", "Provincial Procuratorates' Debate"),
        office="省人民检察院",
        format="debate",
        rooms=ROOMS,
        judges=JUDGES,
        entrants=entrants(),
        rounds=(
            RoundPlan(("初赛", "Preliminaries"), ALL_PLAY),
            RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT, FINALISTS),
        ),
        settings=defaults_for(1) | {"tied_match": "secret_ballot"},
        seed="2026-11-22 0900",
        witness="驻会监督员",
    )
    perform(promise, actor, perform(set_up_matches, actor, plan), awards.DEBATERS)
