"""The files of a contest's results, for the organizer to take away."""

from __future__ import annotations

from werkzeug.wrappers import Response

from scoring.board.reading.look import news
from scoring.organizers import doors
from scoring.organizers.jobs import file_of
from scoring.pages.found import found


@doors.behind("desk")
def ranking_xlsx(contest_id: int) -> Response:
    """The ranking, all marks and how the scores came about, as a workbook."""
    return file_of(contest_id, "ranking_xlsx", _revision(contest_id))


@doors.behind("desk")
def ranking_csv(contest_id: int) -> Response:
    """The ranking as CSV."""
    return file_of(contest_id, "ranking_csv", _revision(contest_id))


@doors.behind("desk")
def overall_xlsx(contest_id: int) -> Response:
    """The overall ranking and the offices, as a workbook."""
    return file_of(contest_id, "overall_xlsx", _revision(contest_id))


def _revision(contest_id: int) -> int:
    revision: int = found(news, contest_id)["revision"]
    return revision
