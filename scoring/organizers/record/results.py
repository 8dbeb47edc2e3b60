"""The files of a contest's results, for the organizer to take away."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask import Response, send_file

from scoring import board, exports
from scoring.event_meant import event_meant
from scoring.found import found
from scoring.organizers import doors


@doors.behind("desk")
def ranking_xlsx(contest_id: int) -> Response:
    """The ranking, all marks and how the scores came about, as a workbook."""
    return _file(contest_id, exports.ranking_xlsx, "xlsx", exports.XLSX)


@doors.behind("desk")
def ranking_csv(contest_id: int) -> Response:
    """The ranking as CSV."""
    return _file(contest_id, exports.ranking_csv, "csv", "text/csv")


@doors.behind("desk")
def overall_xlsx(contest_id: int) -> Response:
    """The overall ranking and the offices, as a workbook."""
    record = found(board.overall, contest_id, seen=False)
    name = f"{record['contest']['slug']}-overall-{record['revision']}.xlsx"
    return send_file(BytesIO(exports.overall_xlsx(record)), exports.XLSX, as_attachment=True, download_name=name)


def _file(contest_id: int, make: Callable[[Any], bytes], ending: str, kind: str) -> Response:
    """The file, named after the contest and the revision that it shows."""
    record = found(board.record_of_marks, contest_id, event_meant())
    name = f"{record['contest']['slug']}-ranking-{record['revision']}.{ending}"
    return send_file(BytesIO(make(record)), kind, as_attachment=True, download_name=name)
