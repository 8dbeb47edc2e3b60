"""The kinds of work, each a function of plain arguments, so that any process can do it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from scoring import exports
from scoring.board.reading.duties import duties
from scoring.board.views.overall import overall
from scoring.board.views.record import record_of_marks
from scoring.jobs.made import Made, Tell

Work = Callable[..., Made]
IMPORT = "import"


def ranking_xlsx(tell: Tell, contest_id: int, event: int | None) -> Made:
    """The ranking, all marks and how the scores came about, as a workbook; LookupError for no contest."""
    return _ranking(tell, contest_id, event, exports.ranking_xlsx, "xlsx", exports.XLSX)


def ranking_csv(tell: Tell, contest_id: int, event: int | None) -> Made:
    """The ranking as CSV; LookupError for no contest."""
    return _ranking(tell, contest_id, event, exports.ranking_csv, "csv", "text/csv")


def overall_xlsx(tell: Tell, contest_id: int, event: int | None) -> Made:
    """The overall ranking and the offices, as a workbook; LookupError for no contest."""
    tell(1, 3)
    record = overall(contest_id, seen=False)
    told = {**record, "duties": duties(contest_id)}
    tell(2, 3)
    name = f"{record['contest']['slug']}-overall-{record['revision']}.xlsx"
    return Made(name, exports.XLSX, exports.overall_xlsx(told))


def _ranking(
    tell: Tell, contest_id: int, event: int | None, make: Callable[[Any], bytes], ending: str, mimetype: str
) -> Made:
    """The file, named after the contest and the revision that it shows."""
    tell(1, 3)
    record = record_of_marks(contest_id, event)
    told = {**record, "duties": duties(contest_id)}
    tell(2, 3)
    return Made(f"{record['contest']['slug']}-ranking-{record['revision']}.{ending}", mimetype, make(told))


def import_list(tell: Tell, contest_id: int, draft: int, digest: str, actor: Mapping[str, Any]) -> Made:
    """The confirmation of an import, worked out on a copy of the database. Raises Refused as `confirm_import`."""
    from scoring.actions.preparing.imports import confirm_import
    from scoring.actions.staging import stage
    from scoring.actions.transaction import Actor

    tell(1, 3)
    staged = stage(contest_id, draft, confirm_import, Actor(**actor), contest_id, draft, digest)
    tell(2, 3)
    return Made("", "application/json", json.dumps(staged.to_data()).encode())


KINDS: dict[str, Work] = {
    "ranking_xlsx": ranking_xlsx,
    "ranking_csv": ranking_csv,
    "overall_xlsx": overall_xlsx,
    IMPORT: import_list,
}
#: The kinds that write, and therefore work on a copy.
ON_COPY = (IMPORT,)
