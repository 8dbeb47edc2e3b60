"""Recusal relations: which levels apply, what was declared, and every conflict found before the day."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from scoring.actions.preparing.offices import Answer
from scoring.board.conditions.conflicts import relations as relations_view
from scoring.board.conditions.set_up import set_up_of
from scoring.board.reading.offices import offices_to_ask
from scoring.organizers import doors
from scoring.organizers.grounds import GROUNDS
from scoring.organizers.preparing.heading import contest_called, heading
from scoring.organizers.steps import Given, Sent, Step, step
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


def _answers(sent: Sent) -> Given:
    pairs = zip(sent.getlist("one"), sent.getlist("other"), strict=False)
    said = [(one, other, sent.get(f"same.{place}", "")) for place, (one, other) in enumerate(pairs)]
    return {"answers": [Answer(one, other, same == "1") for one, other, same in said if same]}


STEPS = {
    "offices": Step("answer_offices", given=_answers),
    "withdraw-answer": Step("withdraw_office_answer"),
    "declare": Step("declare_relation"),
    "withdraw": Step("withdraw_relation"),
    "waive": Step("waive"),
    "withdraw-waiver": Step("withdraw_waiver"),
    "levels": Step("choose_levels", given=lambda sent: {"levels": sent.getlist("level")}),
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
