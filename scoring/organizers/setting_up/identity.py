"""The step of names: what the contest is called, who holds it on which level, its line, official or practice."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring.actions.setting_up.in_preparation import Identity
from scoring.organizers.setting_up import path
from scoring.store import Contest

LEVELS = {
    "department": _l("department"),
    "office": _l("office"),
    "city": _l("city"),
    "province": _l("province"),
}
#: Source: domain page 5, lines; the field takes any other, too.
LINES = (
    "普通犯罪", "重大犯罪", "职务犯罪", "经济犯罪", "刑事执行", "民事", "行政", "公益诉讼", "未成年人",
    "控告申诉", "案件管理", "知识产权", "法律政策研究", "检察侦查", "检察技术", "司法警察", "综合",
)  # fmt: skip


NAMED = ("title_zh", "title_en", "office", "level", "line", "slug", "held_on", "venue")


def identity_words() -> dict[str, Any]:
    """The levels and lines to choose from."""
    return {"levels": LEVELS, "lines": LINES}


def identity_sent() -> Identity:
    """What the form says; what is wrong with it says the action."""
    text = {name: request.form.get(name, "").strip() for name in NAMED}
    return Identity(practice=request.form.get("run") == "practice", **text)


def identity_step(contest_id: int) -> Response | tuple[str, int]:
    """Show and change what the contest is called."""
    problems: dict[str, str] = {}
    typed: Any = _kept(path.set_up_called(contest_id).event.contest)
    if request.method == "POST":
        problems = path.sentences(path.act("describe", contest_id, identity=identity_sent()))
        if not problems:
            return path.onward(contest_id, "identity")
        typed = request.form
    return path.show(
        contest_id, "identity", 409 if problems else 200, typed=typed, problems=problems, **identity_words()
    )


def _kept(contest: Contest) -> dict[str, str]:
    return {name: getattr(contest, name) for name in NAMED} | {"run": "practice" if contest.practice else "official"}
