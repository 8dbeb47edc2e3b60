"""Paper sheets: which are missing, and the page on which one is entered, twice by two people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions.running import paper as verbs
from scoring.board.reading.facts import format_of
from scoring.board.views.paper import paper as paper_view
from scoring.board.views.paper import paper_sheet as paper_sheet_view
from scoring.extensions import db
from scoring.organizers import doors
from scoring.organizers.pressing import press
from scoring.organizers.record import sheet_entry
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.rules.refusal import Refused
from scoring.store import Turn

SAID = {
    verbs.FIRST: _l("Entered. A second person enters the same sheet now, without seeing yours."),
    verbs.DIFFERS: _l("The two entries differ. Look at the paper again; either of you enters the sheet again."),
    verbs.STORED: _l("Both entries agree: the sheet is stored as submitted and marked as from paper."),
}
SAID_OF_TESTS = {
    verbs.FIRST: _l("Entered. A second person enters the same result now, without seeing yours."),
    verbs.DIFFERS: _l("The two entries differ. Look at the original again; either of you enters the result again."),
    verbs.STORED: _l("Both entries agree: the result stands."),
}


@doors.behind("paper")
def paper(contest_id: int) -> str:
    """Show which sheets are missing, and how far the entry of each is."""
    shown = found(paper_view, contest_id, access.actor().label, event_meant())
    return render_template("organizers/record/paper.html", paper=shown)


@doors.behind("paper")
def paper_sheet(contest_id: int, turn_id: int, seat_id: int) -> str:
    """Show one sheet to enter."""
    return _sheet(contest_id, turn_id, seat_id)


@doors.behind("paper")
def enter_paper(contest_id: int, turn_id: int, seat_id: int) -> Response | tuple[str, int]:
    """Enter one sheet; a refusal shows what was typed with what is wrong beside it."""
    typed = sheet_entry.typed_sent()
    try:
        came = press("enter_paper", contest_id, turn_id=turn_id, seat_id=seat_id, typed=typed)
    except Refused as refused:
        return _sheet(contest_id, turn_id, seat_id, typed, wording.refusal(refused)), 409
    said = SAID_OF_TESTS if _is_of_test(turn_id) else SAID
    flash(str(said[came or verbs.FIRST]), "done")
    if came == verbs.DIFFERS:
        return redirect(url_for("organizers.paper_sheet", contest_id=contest_id, turn_id=turn_id, seat_id=seat_id), 303)
    return _listed(contest_id, turn_id)


def _listed(contest_id: int, turn_id: int) -> Response:
    """Back to the page where the sheet is listed: that of results where no judges mark."""
    page = "points" if _is_of_test(turn_id) else "paper"
    return redirect(url_for(f"organizers.{page}", contest_id=contest_id), 303)


def _is_of_test(turn_id: int) -> bool:
    """Whether what is entered is a result that no judge marks."""
    turn = db.session.get(Turn, turn_id)
    return turn is not None and format_of(turn.round.event).entered


@doors.behind("paper")
def withdraw_paper(contest_id: int, turn_id: int, seat_id: int) -> Response:
    """Take the own entry back."""
    try:
        press("withdraw_paper", contest_id, turn_id=turn_id, seat_id=seat_id)
        flash(gettext("Your entry is taken back."), "done")
    except Refused as refused:
        flash(wording.sentence(refused.problems[0]), "refused")
    return _listed(contest_id, turn_id)


def _sheet(
    contest_id: int,
    turn_id: int,
    seat_id: int,
    typed: Mapping[str, str] | None = None,
    refusal: Mapping[str, Any] | None = None,
) -> str:
    who = access.actor().label
    listed = found(paper_view, contest_id, who, event_meant())
    sheet = found(paper_sheet_view, contest_id, turn_id, seat_id, who)
    columns = gettext("You read"), gettext("The other one read")
    return sheet_entry.page("paper_sheet", sheet, typed, refusal, paper=listed, columns=columns)
