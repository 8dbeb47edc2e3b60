"""The demo's legal explanation (释法说理), of the size of one city: 36 contestants, 7 judges, 6 criteria."""

from __future__ import annotations

from scoring.actions.setting_up.contests import Entrant, Plan, set_up
from scoring.actions.transaction import Actor, perform
from scoring.demo.awards import promise
from scoring.rules.awards import PRIZES

SLUG = "shifa"
JUDGES = 7
OFFICES = (
    "明州市院", "明州市江北区院", "明州市江南区院", "明州市海曙区院", "明州市镇山区院", "明州市奉水区院",
    "慈溪县院", "余溪县院", "象港县院", "宁湾县院", "高新技术产业开发区院", "城郊地区院",
)  # fmt: skip
DEPARTMENTS = ("第一检察部", "第二检察部", "第三检察部", "第四检察部", "第五检察部", "案件管理办公室")
NAMES = (
    "陈思远", "林晓彤", "周子涵", "吴佳怡", "郑凯", "王雨桐", "孙浩然", "欧阳静怡", "赵明轩",
    "黄诗琪", "徐梓萱", "朱俊杰", "胡欣妍", "郭宇航", "何梦洁", "高文博", "罗雅婷", "梁志远",
    "宋佳宁", "唐逸飞", "许嘉欣", "韩冰", "冯晨曦", "邓丽华", "曹立群", "彭程", "曾雨薇",
    "萧然", "田园", "董卓然", "潘月明", "袁野", "于洋", "蒋欣悦", "蔡文静", "余生辉",
)  # fmt: skip


def entrants() -> list[Entrant]:
    """The 36 contestants, numbered in the running order."""
    return [
        Entrant(f"{place:02d}", name, OFFICES[place % len(OFFICES)], DEPARTMENTS[place % len(DEPARTMENTS)])
        for place, name in enumerate(NAMES, 1)
    ]


def create(actor: Actor) -> None:
    """Set the contest up, ready to call its first contestant."""
    plan = Plan(
        slug=SLUG,
        title=("明州市检察机关释法说理业务竞赛", "Mingzhou Procuratorates' Legal Explanation Contest"),
        office="明州市人民检察院",
        format="legal_explanation",
        judges=JUDGES,
        entrants=entrants(),
    )
    perform(promise, actor, perform(set_up, actor, plan), PRIZES)
