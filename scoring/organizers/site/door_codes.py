"""Letting one device try where strangers must wait: a door code is made here, and typed there."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from sqlalchemy import select

from scoring import access, wording
from scoring.extensions import db
from scoring.rules.duties import SITE_VERBS
from scoring.rules.refusal import Refused
from scoring.store import DoorCode
from scoring.store.door_codes import GOOD_FOR
from scoring.store.ledger import name_behind
from scoring.store.steady import on_the_wall, steady

_UNLOCKS = SITE_VERBS["unlock_account"]


@access.role(*SITE_VERBS["make_door_code"])
def door_codes() -> str | tuple[str, int]:
    """Show the page; a press makes a code, which is shown in the answer itself and nowhere else."""
    if request.method != "POST":
        return _page()
    try:
        return _page(code=access.new_door_code(access.actor(), unlocks=access.may(*_UNLOCKS)))
    except Refused as refused:
        access.note_refusal(refused)
        return _page(refused=wording.sentence(refused.problems[0])), 409


def _page(code: str = "", refused: str = "") -> str:
    return render_template(
        "organizers/site/door_codes.html",
        code=code,
        refused=refused,
        made=[_shown(one) for one in db.session.scalars(select(DoorCode).order_by(DoorCode.id.desc()))],
        kept_out=access.kept_out(),
        minutes=GOOD_FOR.seconds // 60,
    )


def _shown(one: DoorCode) -> dict[str, Any]:
    return {
        "id": one.id,
        "made": on_the_wall(one.made),
        "by": name_behind(one.made_by),
        "used": one.device is not None,
        "over": steady() - one.made >= GOOD_FOR,
    }
