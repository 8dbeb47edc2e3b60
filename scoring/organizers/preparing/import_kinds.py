"""The lists that can be imported, in words, and what a page that offers them needs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l

from scoring.actions.preparing.imports import kinds_of
from scoring.imports import BYTES_MOST, KINDS, ROWS_MOST
from scoring.store import Contest

KIND_NAMES = {
    "contestants": _l("Contestants"),
    "teams": _l("Teams"),
    "judges": _l("Judges"),
    "offices": _l("Offices"),
    "relations": _l("Recusal relations"),
    "points": _l("Entry of results"),
}
KIND_TASKS = {
    "contestants": _l("Number, name, office and department of each contestant."),
    "teams": _l("Each team with its speakers in the order of their seats."),
    "judges": _l("Who sits where, with office and department, and the reserves."),
    "offices": _l("Full and short names, so that recusal by office knows both."),
    "relations": _l("Kin and mentors, as they were declared."),
    "points": _l("The points of a written or machine test; somebody else holds them against the original."),
}


def offered(contest: Contest, only: Collection[str] = ()) -> dict[str, Any]:
    """The kinds that the contest takes, or `only` these of them, with their names and the limits of a file."""
    kinds = [KINDS[kind] for kind in kinds_of(contest) if not only or kind in only]
    limits = {"megabytes": BYTES_MOST // 1024 // 1024, "rows": ROWS_MOST}
    return {"kinds": kinds, "names": KIND_NAMES, "tasks": KIND_TASKS, "limits": limits}
