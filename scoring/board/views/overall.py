"""The overall result of a contest: its events' public scores weighed into totals, and the offices ranked on these."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from scoring.board.reading.core import Core, core_of
from scoring.board.reading.doubts import check_trusted
from scoring.board.reading.facts import format_of
from scoring.board.reading.freeze import was_called
from scoring.board.reading.numbering import numbered
from scoring.board.reading.offices import offices_of
from scoring.board.reading.ranked import Placed, told_apart
from scoring.board.snapshots.overall import (
    Entrant,
    EventProgress,
    EventTitle,
    Leading,
    Member,
    MissingEvent,
    Offices,
    OpenOffice,
    OpenTotal,
    Overall,
    OverallPlace,
    OverallRow,
    OverallStanding,
    WeighedEvent,
)
from scoring.board.snapshots.scores import ToldApart
from scoring.board.snapshots.shared import Titles
from scoring.board.views.audience import counts_of
from scoring.board.views.awards import OFFICES, OVERALL, given, is_over
from scoring.board.views.screens import hall_of
from scoring.board.views.standings import standing_score
from scoring.board.views.tiers import Tier, asked, stopped, tiers_of, totals_of
from scoring.board.views.unranked import NOT_PROMOTED, unranked_of
from scoring.extensions import db
from scoring.rules.composite import Totals, contenders, office_totals
from scoring.rules.explanation import Score
from scoring.rules.explanation_terms import Term
from scoring.rules.figures import plain, round_half_up
from scoring.rules.not_performing import FORFEIT
from scoring.rules.overall import OverallRules, heaviest, on_hundred
from scoring.rules.ranking import Ranked, rank
from scoring.rules.refusal import Refused
from scoring.store import Contest, Contestant, Event
from scoring.store.contests import PERSON
from scoring.store.rehearsals import slug_led_to

#: With so many decimals the weighed score of one event is shown; the total is worked out with all of them.
DECIMALS_OF_A_PART = 4
#: So many of each event's public ranking stand beside its progress.
LEADING = 3


@dataclass(frozen=True)
class Entered:
    """Everybody who is ranked overall, with the public scores of each event, by event and then by contestant."""

    contest: Contest
    rules: OverallRules
    cores: Sequence[Core]
    entrants: Mapping[str, Contestant]
    results: Mapping[str, Mapping[str, Score]]

    @property
    def over(self) -> bool:
        """Whether every event is public to its last turn."""
        return all(is_over(core) for core in self.cores)


def overall(contest_id: int, seen: bool = True) -> Overall:
    """The snapshot of the overall ranking and of the offices: JSON-able, public scores only.

    With `seen` nothing is in it that was released while the audience's board stands still. Raises LookupError.
    """
    check_trusted(contest_id)
    contest = db.session.get(Contest, contest_id)
    if contest is None or not contest.events:
        raise LookupError(contest_id)
    cores = [core_of(contest_id, event.position, seen) for event in contest.events]
    kept = cores[0].once("overall", lambda: overall_of(cores))  # no sheet that comes in changes anything else
    newest: Overall = {**kept, "revision": cores[0].revision}
    return numbered(("overall", contest_id), newest) if seen else newest


def overall_of(cores: Sequence[Core]) -> OverallStanding:
    """The snapshot from events that were read already, all those of one contest."""
    entered = _entered(cores)
    contest, weighting = entered.contest, entered.rules.weighting
    tiers = tiers_of(contest, tuple(entered.entrants), cores[0].until)
    totals, ranks = totals_of(entered.rules, entered.results, tiers)
    return {
        "hall": hall_of(contest),
        "contest": {
            "id": contest.id,
            "slug": contest.slug,
            "title": {"zh": contest.title_zh, "en": contest.title_en},
            "date": contest.held_on,
            "venue": contest.venue,
            "host": contest.office,
            "moved": slug_led_to(contest),
        },
        "events": [_event(entered, core) for core in cores],
        "next": next((_named(core) for core in cores if _state(core) == "coming"), None),
        "weighted": weighting is not None,
        "over": entered.over,
        "total": len(entered.entrants),
        "ranked": len(totals.scores),
        "rows": _rows(entered, totals, ranks, stopped(tiers)),
        "open": _open(entered, totals, tiers) if weighting else [],
        **_offices(entered, totals),
    }


def rules_of(contest: Contest) -> OverallRules:
    """The contest's rules; without a weighting where the stored one does not fit the events that it has now."""
    events = [str(event.position) for event in contest.events]
    try:
        return OverallRules.from_data(contest.overall, events)
    except Refused:
        return OverallRules.from_data({**contest.overall, "weighting": None}, events)


def _entered(cores: Sequence[Core]) -> Entered:
    contest = cores[0].contest
    entrants = {str(one.id): one for one in _entrants(contest, cores)}
    results = {str(core.event.position): _results(core, entrants) for core in cores}
    return Entered(contest, rules_of(contest), cores, entrants, results)


def _entrants(contest: Contest, cores: Sequence[Core]) -> list[Contestant]:
    """Who is ranked: everybody who was entered as one; the persons where members of a team are judged alone."""
    alone = [core for core in cores if format_of(core.event).subject != "match"]
    judged = [part.contestant for core in alone for state in core.turns for part in state.turn.appearances]
    if any(one.team_id is not None for one in judged):
        return [one for one in contest.contestants if one.kind == PERSON]
    return [one for one in contest.contestants if one.team_id is None]


def _results(core: Core, entrants: Mapping[str, Contestant]) -> dict[str, Score]:
    """The entrants' public scores of an event: their own, a speaker's where only that is ranked, or their team's."""
    points: dict[int, Score] = {}
    for placed in (*core.speakers, *core.ranked):
        with suppress(Refused):  # who has only matches that were not held has no points
            points[placed.contestant.id] = _points(core, placed)
    found = {key: points.get(one.id) or points.get(one.team_id or 0) for key, one in entrants.items()}
    return {key: score for key, score in found.items() if score is not None}


def _points(core: Core, placed: Placed) -> Score:
    """On a scale of 100 points."""
    kind, settings = format_of(core.event), core.event.settings
    scores = {str(state.turn.id): score for state, score in zip(placed.turns, placed.scores, strict=True)}
    maximum = kind.rubric(settings, _part(placed)).maximum
    return on_hundred(kind.points(settings, scores), maximum)


def _part(placed: Placed) -> str:
    """As which part of a turn the contestant was judged."""
    state, score = placed.turns[-1], placed.scores[-1]
    scores = state.outcome.scores if state.outcome else {}
    return next(part for part, found in scores.items() if found is score)


def _named(core: Core) -> EventTitle:
    return {"event": core.event.position, "zh": core.event.title_zh, "en": core.event.title_en}


def _event(entered: Entered, core: Core) -> EventProgress:
    weighting = entered.rules.weighting
    key = str(core.event.position)
    return {
        **_named(core),
        "weight": plain(weighting.percent[key]) if weighting else None,
        **counts_of(core),
        "over": is_over(core),
        "state": _state(core),
        "leading": [_leading(placed, core) for placed in core.ranked[:LEADING]],
    }


def _state(core: Core) -> str:
    """How far an event is: coming, running or over."""
    if is_over(core):
        return "over"
    return "running" if any(was_called(state.turn, core.until) for state in core.turns) else "coming"


def _leading(placed: Placed, core: Core) -> Leading:
    one = placed.contestant
    return {
        "contestant": one.id,
        "rank": placed.ranked.rank,
        "number": one.number,
        "name": one.name,
        "score": FORFEIT if standing_score(placed, core).explanation.method == FORFEIT else str(placed.ranked.shown),
    }


def _rows(entered: Entered, totals: Totals, ranks: Sequence[Ranked], stayed: Collection[str]) -> list[OverallRow]:
    apart = told_apart(ranks, {"key_criterion": "heaviest"})
    classes = {key: one.category for key, one in entered.entrants.items()}
    awards = given(ranks, entered.contest.awards.get(OVERALL, []), classes) if entered.over else {}
    titles = {str(core.event.position): core.event for core in entered.cores}
    return [
        {
            **_row(ranked, apart),
            **_who(entered.entrants[ranked.key]),
            "stopped": NOT_PROMOTED if ranked.key in stayed else None,
            "award": awards.get(ranked.key),
            "terms": [_weighed(titles[term.key], term) for term in totals.scores[ranked.key].explanation.terms],
        }
        for ranked in ranks
    ]


def _row(ranked: Ranked, apart: Mapping[str, ToldApart]) -> OverallPlace:
    return {
        "rank": ranked.rank,
        "shared": ranked.shared,
        "score": str(ranked.shown),
        "precise": ranked.shown_precise,
        "decided_by": ranked.decided_by,
        "told_apart": apart.get(ranked.key),
    }


def _who(one: Contestant) -> Entrant:
    return {"contestant": one.id, "number": one.number, "name": one.name, "office": one.office}


def _weighed(event: Event, term: Term) -> WeighedEvent:
    """One weighed score: the figure that was published, its weight in percent, and what it adds."""
    added = round_half_up(term.exact * term.weight, DECIMALS_OF_A_PART)
    named: EventTitle = {"event": int(term.key), "zh": event.title_zh, "en": event.title_en}
    return {**named, "shown": str(term.shown), "weight": _percent(term.weight), "points": plain(added)}


def _percent(weight: Fraction) -> str:
    return plain(round_half_up(weight * 100, DECIMALS_OF_A_PART))


def _open(entered: Entered, totals: Totals, tiers: Sequence[Tier]) -> list[OpenTotal]:
    """Who has no total, with the events that are still to come for them and those that ended without a result.

    A name is told with the first public score of its bearer, or that there will be none, or when everything is public.
    """
    told = {key for scores in entered.results.values() for key in scores}
    cores = {str(core.event.position): core for core in entered.cores}
    events = entered.contest.events
    open_ones = [key for key in entered.entrants if key not in totals.scores]
    waiting = {key: totals.incomplete.get(key) or asked(events, tiers, key) for key in open_ones}
    missing = {key: [_missing(cores[event], entered.entrants[key]) for event in waiting[key]] for key in waiting}
    told |= {key for key in waiting if entered.over or any(one["ground"] for one in missing[key])}
    return [
        {
            **(_who(entered.entrants[key]) | ({} if key in told else {"name": "", "office": ""})),
            "state": "incomplete" if any(one["over"] or one["ground"] for one in missing[key]) else "pending",
            "missing": missing[key],
        }
        for key in waiting
    ]


def _missing(core: Core, entrant: Contestant) -> MissingEvent:
    """An event without a result of the entrant, with the ground where it is known that there will be none."""
    return {**_named(core), "over": is_over(core), "ground": _grounds(core).get(entrant.id)}


def _grounds(core: Core) -> dict[int, Titles]:
    """Why somebody has no rank in an event, by contestant, as its own board says it."""
    return core.once("grounds", lambda: {one["contestant"]: one["ground"] for one in unranked_of(core)})


def _offices(entered: Entered, totals: Totals) -> Offices:
    """The offices in rank order, those with too few totals, and the entrants who belong to none."""
    called = offices_of(entered.contest).called(one.office for one in entered.entrants.values())
    offices = {key: called[one.office] for key, one in entered.entrants.items() if one.office.strip()}
    scores = {key: score for key, score in totals.scores.items() if key in offices}
    found = office_totals(entered.rules.offices, offices, scores)
    ranks = rank(contenders(found, heaviest(found)), entered.rules.ties)
    apart = told_apart(ranks, {"key_criterion": "heaviest"})
    awards = given(ranks, entered.contest.awards.get(OFFICES, [])) if entered.over else {}
    return {
        "best": entered.rules.offices.best,
        "offices": [
            {
                **_row(ranked, apart),
                "office": ranked.key,
                "award": awards.get(ranked.key),
                "entrants": sum(office == ranked.key for office in offices.values()),
                "terms": [_member(entered, term) for term in found.scores[ranked.key].explanation.terms],
            }
            for ranked in ranks
        ],
        "offices_open": _offices_open(entered, offices, found),
        "no_office": [
            {"contestant": one.id, "number": one.number} for key, one in entered.entrants.items() if key not in offices
        ],
    }


def _offices_open(entered: Entered, offices: Mapping[str, str], found: Totals) -> list[OpenOffice]:
    """The offices with too few totals, each once something of its entrants is public, or when everything is."""
    shown = {offices.get(key) for scores in entered.results.values() for key in scores}
    return [
        {"office": office, "scored": len(have), "entrants": sum(of == office for of in offices.values())}
        for office, have in found.incomplete.items()
        if office in shown or entered.over
    ]


def _member(entered: Entered, term: Term) -> Member:
    one = entered.entrants[term.key]
    return {"contestant": one.id, "number": one.number, "name": one.name, "shown": str(term.shown)}
