"""The step of contestants: a small table to type them in; lists come in by import."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask_babel import ngettext
from werkzeug.wrappers import Response

from scoring.actions.setting_up.entry_list import EntryLine, by_number
from scoring.board.conditions.set_up import SetUp
from scoring.board.reading.facts import format_of
from scoring.organizers.preparing.import_kinds import offered
from scoring.organizers.setting_up import path
from scoring.organizers.setting_up.reading import Sent, read_whole

EMPTY_ROWS, MOST_ROWS = 5, 1000
COLUMNS = ("number", "name", "office", "department", "category", "team")


def contestants_step(contest_id: int) -> Response | tuple[str, int]:
    """Show the entry list; save it, or show it again with more empty rows."""
    found = path.set_up_called(contest_id)
    if request.method != "POST":
        return _page(contest_id, found, _kept(found))
    if "name" not in request.form:
        abort(400)  # a list without its columns is no empty list: nobody is taken off for it
    rows = _sent(request.form)
    if request.form.get("do") == "more":
        return _page(contest_id, found, rows, empty=EMPTY_ROWS * 4)
    filled = [row for row in rows if any(row[name] for name in COLUMNS)]
    lines = [EntryLine(**{name: row[name] for name in COLUMNS}, id=row["id"]) for row in filled]
    problems = path.act("enter", contest_id, lines=lines)
    if problems:
        return _page(contest_id, found, filled, problems=path.sentences(problems))
    said = ngettext("%(num)s contestant is on the list.", "%(num)s contestants are on the list.", len(lines))
    return path.onward(contest_id, "contestants", said)


def _page(
    contest_id: int, found: SetUp, rows: list[dict[str, Any]], empty: int = EMPTY_ROWS, **shown: Any
) -> tuple[str, int]:
    problems = shown.get("problems", {})
    beside = {f"lines.{place}.{name}" for place in range(len(rows)) for name in COLUMNS}
    return path.show(
        contest_id,
        "contestants",
        409 if problems else 200,
        rows=rows + [dict.fromkeys(COLUMNS, "") | {"id": None}] * empty,
        problems=problems,
        others=[said for place, said in problems.items() if place not in beside],
        offer=offered(found.event.contest, ("contestants", "teams")),
        teams=format_of(found.event).subject == "match",
        locked=any(turn.pairing for played in found.event.rounds for turn in played.turns),
    )


def _kept(found: SetUp) -> list[dict[str, Any]]:
    people = sorted(found.event.contest.contestants, key=lambda one: by_number(one.number))
    return [
        {name: getattr(one, name) for name in COLUMNS[:-1]}
        | {"team": one.team.number if one.team else "", "id": one.id}
        for one in people
    ]


def _sent(sent: Sent) -> list[dict[str, Any]]:
    """The rows that were typed but those marked to be taken off."""
    columns = {name: sent.getlist(name) for name in (*COLUMNS, "id")}
    count = min(len(columns["name"]), MOST_ROWS)
    rows = [{name: _cell(values, place) for name, values in columns.items()} for place in range(count)]
    off = set(sent.getlist("off"))
    return [row | {"id": _id(row["id"])} for row in rows if not row["id"] or row["id"] not in off]


def _cell(values: list[str], place: int) -> str:
    return values[place].strip() if place < len(values) else ""


def _id(text: str) -> int | None:
    found = read_whole(text)
    return found if isinstance(found, int) and found > 0 else None
