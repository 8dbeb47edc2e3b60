"""The demo's case-file binding (案卷装订), the size of a district: 20 clerks in two batches, inspectors in pairs."""

from __future__ import annotations

from sqlalchemy import select

from scoring.actions.running.benches import plan_benches
from scoring.actions.setting_up.contests import Entrant, Plan, set_up
from scoring.actions.transaction import Actor, perform
from scoring.demo.awards import promise
from scoring.extensions import db
from scoring.rules.awards import MODELS_AND_EXPERTS
from scoring.store import Event, Round, Turn

SLUG = "zhuangding"
INSPECTORS = 4
BENCHES = 10
DEPARTMENTS = ("第一检察部", "第二检察部", "第三检察部", "第四检察部", "案件管理办公室")
NAMES = (
    "方知行", "沈若溪", "姜文涛", "苏雅琴", "叶子航", "范晓雯", "石磊", "丁一鸣", "任静姝", "夏雨晴",
    "贺兰", "邹明哲", "江映雪", "孟庆华", "秦岚", "汪洋", "龚思齐", "黎晓芸", "史可风", "陶然",
)  # fmt: skip


def entrants() -> list[Entrant]:
    """The 20 clerks, numbered in the order of the benches."""
    return [
        Entrant(f"{place:02d}", name, "明州市海曙区院", DEPARTMENTS[place % len(DEPARTMENTS)])
        for place, name in enumerate(NAMES, 1)
    ]


def create(actor: Actor) -> None:
    """Set the contest up and plan its benches, ready for the first batch to start."""
    plan = Plan(
        slug=SLUG,
        title=("海曙区检察院案卷装订技能竞赛", "Haishu Procuratorate's Case-File Binding Contest"),
        office="明州市海曙区人民检察院",
        format="case_binding",
        judges=INSPECTORS,
        entrants=entrants(),
    )
    contest_id = perform(set_up, actor, plan)
    perform(promise, actor, contest_id, MODELS_AND_EXPERTS, ())  # all are of one office
    first = db.session.scalars(
        select(Turn).join(Round).join(Event).where(Event.contest_id == contest_id).order_by(Turn.position)
    ).first()
    assert first is not None
    perform(plan_benches, actor, first.id, BENCHES)
