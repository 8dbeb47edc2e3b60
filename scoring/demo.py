"""The demo contest: a legal-explanation final of city size, and the facts that are needed to run it."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from scoring import access
from scoring.actions.contests import Entrant, Plan, add_account, set_up
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.store import Contest, Seat
from scoring.store.codes import seat_key, seat_pin

JUDGES = 7
ORGANIZER = "organizer"
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


def make(base_url: str, facts_file: Path) -> dict[str, Any]:
    """Create the demo contest if the database has none, and write down how to drive it; answers those facts."""
    kept = json.loads(facts_file.read_text()) if facts_file.exists() else {}
    password = kept.get("organizer", {}).get("password") or secrets.token_hex(4)
    if not db.session.scalar(select(Contest.id)):
        _create(password)
    facts = _facts(base_url, password)
    facts_file.write_text(json.dumps(facts, ensure_ascii=False, indent=2))
    return facts


def _create(password: str) -> None:
    plan = Plan(
        slug="shifa",
        title=("明州市检察机关释法说理业务竞赛", "Mingzhou Procuratorates' Legal Explanation Contest"),
        office="明州市人民检察院",
        format="legal_explanation",
        judges=JUDGES,
        entrants=entrants(),
    )
    perform(add_account, ORGANIZER, access.hashed(password))
    perform(set_up, Actor("demo"), plan)


def _facts(base_url: str, password: str) -> dict[str, Any]:
    contest = db.session.scalars(select(Contest).order_by(Contest.id)).first()
    assert contest is not None
    event = contest.events[0]
    turns = [turn for played in event.rounds for turn in played.turns]
    return {
        "base_url": base_url,
        "contest": {"id": contest.id, "slug": contest.slug, "format": event.format},
        "addresses": {
            "leaderboard": f"{base_url}/c/{contest.slug}",
            "screen": f"{base_url}/c/{contest.slug}/screen",
            "judge": f"{base_url}/judge/",
            "desk": f"{base_url}/desk/{contest.id}",
        },
        "organizer": {"name": ORGANIZER, "password": password},
        "seats": [_seat_facts(base_url, seat) for room in event.rooms for seat in room.seats],
        "turns": [{"id": turn.id, "number": turn.number} for turn in turns],
        "rubric": event.settings["rubric"],
    }


def _seat_facts(base_url: str, seat: Seat) -> dict[str, Any]:
    key = seat_key(seat)
    return {
        "id": seat.id,
        "number": seat.number,
        "pin": seat_pin(seat),
        "key": key,
        "enter": f"{base_url}/judge/enter/{key}",
    }


def facts_file() -> Path:
    """Where the demo's facts are written."""
    return Path(current_app.config["INSTANCE"]) / "demo.json"
