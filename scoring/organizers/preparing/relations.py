"""Recusal relations: which levels apply, what was declared, and every conflict found before the day."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring.actions.preparing import offices as verb_of_offices
from scoring.actions.preparing import relations as verbs
from scoring.actions.preparing.offices import Answer
from scoring.actions.transaction import Actor
from scoring.board.conditions.conflicts import relations as relations_view
from scoring.board.conditions.set_up import set_up_of
from scoring.board.reading.offices import offices_to_ask
from scoring.organizers import doors
from scoring.organizers.grounds import GROUNDS
from scoring.organizers.preparing.heading import contest_called, heading
from scoring.organizers.steps import Sent, step, whole
from scoring.rules.conflicts import DECLARED, RELATIONS


@doors.behind("relations")
def relations(contest_id: int) -> str:
    """Show the relations and the conflicts that follow from them."""
    contest_called(contest_id)
    return render_template(
        "organizers/preparing/relations.html",
        contest=heading(contest_id),
        found=relations_view(contest_id),
        levels=RELATIONS,
        declared=DECLARED,
        grounds=GROUNDS,
        preparing=set_up_of(contest_id).preparing,
        unclear=offices_to_ask(contest_id),
    )


def _declare(actor: Actor, contest_id: int, sent: Sent) -> Any:
    pair = whole(sent, "seat"), whole(sent, "contestant")
    return verbs.declare_relation, (*pair, sent.get("ground", ""), sent.get("note", ""))


def _withdraw(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.withdraw_relation, (whole(sent, "relation"),)


def _waive(actor: Actor, contest_id: int, sent: Sent) -> Any:
    pair = whole(sent, "seat"), whole(sent, "contestant")
    return verbs.waive, (*pair, sent.get("ground", ""), sent.get("reason", ""))


def _withdraw_waiver(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.withdraw_waiver, (whole(sent, "waiver"),)


def _levels(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.choose_levels, (sent.getlist("level"),)


def _answer_offices(actor: Actor, contest_id: int, sent: Sent) -> Any:
    pairs = zip(sent.getlist("one"), sent.getlist("other"), strict=False)
    said = [(one, other, sent.get(f"same.{place}", "")) for place, (one, other) in enumerate(pairs)]
    return verb_of_offices.answer_offices, ([Answer(one, other, same == "1") for one, other, same in said if same],)


def _withdraw_answer(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verb_of_offices.withdraw_office_answer, (whole(sent, "answer"),)


STEPS = {
    "offices": (_answer_offices, _l("Kept, and applied to every turn that waits.")),
    "withdraw-answer": (_withdraw_answer, _l("The answer is taken back. The question is asked again.")),
    "declare": (_declare, _l("The relation is recorded and applies to every turn that waits.")),
    "withdraw": (_withdraw, _l("The relation is taken back, and the recusals that followed from it.")),
    "waive": (_waive, _l("Marks in spite of it. The reason is on record.")),
    "withdraw-waiver": (_withdraw_waiver, _l("The ground counts again.")),
    "levels": (_levels, _l("The levels are changed and apply to every turn that waits.")),
}


@doors.behind("relations")
def relations_step(contest_id: int, name: str) -> Response:
    """Perform one step of the page."""
    contest_called(contest_id)
    answer = step(contest_id, "organizers.relations", name, STEPS)
    if name == "offices" and answer.status_code == 303 and _all_answered(contest_id):
        return redirect(url_for("organizers.set_up", contest_id=contest_id), 303)
    return answer


def _all_answered(contest_id: int) -> bool:
    """Whether nothing keeps whoever sets the contest up from the check list any more."""
    return set_up_of(contest_id).preparing and not relations_view(contest_id)["unclear"]
