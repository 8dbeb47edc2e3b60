"""The demo's all-round contest (综合赛): twelve contestants in three events that weigh 40, 30 and 30."""

from __future__ import annotations

from dataclasses import replace

from scoring.actions.preparing.events import EventPlan, add_event
from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.setting_up.overall import set_awards, set_overall
from scoring.actions.transaction import Actor, perform
from scoring.demo import legal_explanation
from scoring.demo.awards import promise
from scoring.rules.awards import MODELS_AND_EXPERTS, PRIZES

SLUG = "zonghe"
CONTESTANTS, JUDGES, INSPECTORS = 12, 5, 4
OFFICES = 4  # three contestants of each, as many as an office counts
WEIGHTS = {"1": "40", "2": "30", "3": "30"}
QUESTIONS = ("现场答问", "Questions on the Spot")


def create(actor: Actor) -> None:
    """Set the contest up with its events, weights and awards, ready to call the first contestant."""
    chosen = legal_explanation.entrants()[:CONTESTANTS]
    offices = sorted({entrant.office for entrant in chosen})[:OFFICES]
    plan = Plan(
        slug=SLUG,
        title=("明州市检察机关岗位练兵综合赛", "Mingzhou Procuratorates' All-Round Contest"),
        office="明州市人民检察院",
        format="legal_explanation",
        judges=JUDGES,
        entrants=[replace(entrant, office=offices[place % OFFICES]) for place, entrant in enumerate(chosen)],
    )
    contest_id = perform(set_up, actor, plan)
    perform(_add_events, actor, contest_id)


def _add_events(actor: Actor, contest_id: int) -> None:
    """The other two events, the weights and the awards, as one change."""
    add_event(actor, contest_id, EventPlan("case_binding", INSPECTORS))
    add_event(actor, contest_id, EventPlan("legal_explanation", JUDGES, title=QUESTIONS))
    set_overall(actor, contest_id, {"weighting": {"percent": WEIGHTS}})
    promise(actor, contest_id, PRIZES)
    set_awards(actor, contest_id, "overall", [award.to_data() for award in MODELS_AND_EXPERTS])
