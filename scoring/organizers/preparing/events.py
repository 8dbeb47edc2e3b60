"""The events of a contest: adding one, what each weighs in the overall result, and the awards by quota."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring.actions.preparing.events import EventPlan
from scoring.board.reading.facts import format_of
from scoring.board.views.overall import rules_of
from scoring.organizers import doors
from scoring.organizers.preparing.heading import contest_called, heading
from scoring.organizers.steps import Given, Sent, Step, step, whole
from scoring.rules import formats
from scoring.rules.awards import (
    DEBATERS,
    FIVE_OFFICES,
    MODELS_AND_EXPERTS,
    NATIONAL,
    OFFICES,
    PRIZES,
    TEAMS,
    TOP_TEN,
    Award,
)
from scoring.rules.overall import TIES
from scoring.store import Contest, Event

JUDGES = 7  # Source: domain page 1, panel
ADDED = 2  # empty lines for more awards
LAST = {
    "all": _l("all get it, the next award has fewer"),
    "beside": _l("all get it, the next award stays whole"),
    "nobody": _l("none of them, they come to the next award"),
}
TIE_STEPS = {
    "key_criterion": _l("the event that weighs most decides"),
    "shared_rank": _l("they share the rank"),
}
KINDS = {
    "ranking": _l("Awards of the ranking"),
    "speakers": _l("Awards of the speakers"),
    "overall": _l("Awards of the overall result"),
    "offices": _l("Awards of the offices"),
}
_OF_PERSONS = {"prizes": PRIZES, "models": MODELS_AND_EXPERTS, "top_ten": TOP_TEN, "national": NATIONAL}
# Awards to begin from, by the kind of ranking that they are for. Source: domain page 1, awards.
PRESETS: Mapping[str, Mapping[str, tuple[Award, ...]]] = {
    "ranking": {**_OF_PERSONS, "debaters": DEBATERS, "teams": TEAMS},
    "speakers": {"debaters": DEBATERS},
    "overall": _OF_PERSONS,
    "offices": {"offices": OFFICES, "five_offices": FIVE_OFFICES},
}


@doors.behind("events")
def events(contest_id: int) -> str:
    """Show the events with their weights, and all awards."""
    contest = contest_called(contest_id)
    return render_template(
        "organizers/preparing/events.html",
        contest=heading(contest_id),
        events_here=contest.events,
        rules=rules_of(contest),
        awards=[one for event in contest.events for one in _of_event(event)] + _of_contest(contest),
        formats=formats.all_formats(),
        judges=JUDGES,
        ties=TIE_STEPS,
        kinds=KINDS,
        last=LAST,
        classes=sorted({one.category for one in contest.contestants if one.category}),
        presets=PRESETS,
        added=ADDED,
    )


def _of_event(event: Event) -> list[dict[str, Any]]:
    """The quotas of an event's ranking and, where speakers have scores of their own beside the sides, of theirs."""
    parts = format_of(event).parts(event.settings)
    several = len({"." in part for part in parts}) > 1
    kinds = ("ranking", "speakers") if several else ("ranking",)
    return [{"event": event, "kind": name, "quotas": event.awards.get(name, [])} for name in kinds]


def _of_contest(contest: Contest) -> list[dict[str, Any]]:
    kinds = ("overall", "offices") if len(contest.events) > 1 else ("offices",)
    return [{"event": None, "kind": name, "quotas": contest.awards.get(name, [])} for name in kinds]


def _plan(sent: Sent) -> Given:
    zh, en = sent.get("zh", "").strip(), sent.get("en", "").strip()
    named = (zh or en, en or zh) if zh or en else None
    panel = whole(sent, "panel") if sent.get("panel") else None
    judges = JUDGES if panel else whole(sent, "judges")
    return {"plan": EventPlan(sent.get("format", ""), judges, None, named, panel)}


def _weights(sent: Sent) -> Given:
    """The weights go to the rules as they were typed, so that what is no number is refused there."""
    percent = {name.partition("-")[2]: typed for name, typed in sent.items() if name.startswith("weight-")}
    ties = [step for step in TIES if step != "key_criterion" or sent.get("ties") == step]
    rules: Given = {"ties": ties, "offices": {"best": whole(sent, "best")}}
    weighting: Given = {"percent": percent, "parts_first": sent.get("parts_first") == "1"}
    if sent.get("decimals"):
        weighting["decimals"] = whole(sent, "decimals")
    return {"rules": rules | ({"weighting": weighting} if percent else {})}


def _quotas(sent: Sent) -> Given:
    """A preset where one is chosen, else the lines that have a name."""
    preset = PRESETS.get(sent.get("kind", ""), {}).get(sent.get("preset", ""), ())
    event = whole(sent, "event") if sent.get("event") else None
    return {"quotas": [award.to_data() for award in preset] or _lines(sent), "event": event}


def _lines(sent: Sent) -> list[Given]:
    """The named lines in their order; one without a key of its own gets the next that none has."""
    places = sorted({int(found[1]) for name in sent if (found := re.fullmatch(r"zh-([0-9]{1,2})", name))})
    taken = {sent.get(f"key-{place}") for place in places}
    free = (key for number in range(1, 1000) if (key := f"award_{number}") not in taken)
    lines = []
    for place in places:
        zh, en = sent.get(f"zh-{place}", "").strip(), sent.get(f"en-{place}", "").strip()
        if zh or en:
            key = sent.get(f"key-{place}") or next(free)
            lines.append({"key": key, "zh": zh, "en": en, **_rule(sent, place)})
    return lines


def _rule(sent: Sent, place: int) -> Given:
    """For how many a line's award is, for which class, from which score on, and what holds at the last place."""
    in_percent = sent.get(f"unit-{place}") == "percent"
    rule: Given = {name: typed for name in ("of", "last") if (typed := sent.get(f"{name}-{place}", ""))}
    rule |= {"percent": sent.get(f"quota-{place}", "")} if in_percent else {"quota": whole(sent, f"quota-{place}")}
    least = sent.get(f"least-{place}", "").strip()
    return rule | ({"least": least} if least else {})


STEPS = {
    "add": Step("add_event", given=_plan),
    "weigh": Step("set_overall", given=_weights),
    "award": Step("set_awards", given=_quotas),
}


@doors.behind("events")
def events_step(contest_id: int, name: str) -> Response:
    """Perform one step of the page."""
    contest_called(contest_id)
    return step(contest_id, "organizers.events", name, STEPS)
