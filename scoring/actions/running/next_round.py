"""What follows when a turn is over: the next round fills itself, and whoever is out of the event is out of it, too."""

from __future__ import annotations

from scoring.actions.running.clocks import stop_clocks
from scoring.actions.running.holding import put_out_of
from scoring.actions.running.unfilling import unfill
from scoring.actions.setting_up.match_plans import KNOCKOUT, fill_bracket
from scoring.actions.transaction import coming
from scoring.board.conditions.retraction import made_of
from scoring.board.reading.facts import outcome_of
from scoring.board.reading.freeze import release_in_force
from scoring.board.reading.not_performing import out_of_event
from scoring.board.reading.rounds import standing_numbers
from scoring.board.reading.unplaced import unplaced_of
from scoring.extensions import db
from scoring.rules.draw import draw
from scoring.rules.formats.base import Outcome
from scoring.rules.not_performing import PERFORMED
from scoring.rules.refusal import Refused
from scoring.store import Event, NotPerforming, Release, Round, Turn
from scoring.store.contests import MARKING, RELEASED
from scoring.store.model import now

CUT = "cut"  # what the lots are for where a shared rank stands at the edge of a knockout's places


def fill_next(turn: Turn) -> None:
    """Make the matches that the end of one has made possible: of the bracket, or of the knockout after a full round."""
    played = turn.round
    if played.plan.get("pairing") == KNOCKOUT:
        _fill(played)
    _seed_after(played)


def go_on_without(event: Event) -> None:
    """Whoever waited for a match does not any more: the knockout that waited with them follows if all else is over."""
    first = event.rounds[0] if event.rounds else None
    if first and first.turns:
        _seed_after(first)


def _seed_after(played: Round) -> None:
    """Seed the knockout after a full round; with fewer than two left it has no match, and is over with that.

    Not while somebody still waits for a match of the round: they would be left out of it for good.
    """
    following = next((other for other in played.event.rounds if other.position == played.position + 1), None)
    if not following or not _awaits_seeds(following) or any(other.state != RELEASED for other in played.turns):
        return
    if not unplaced_of(played.event).waiting:  # asked last: every release comes by here
        seeds = best_of(played, following.plan["size"]) if played.turns else played.plan["seeds"]
        following.plan = following.plan | {"seeds": seeds}
        _fill(following)
        if not following.turns:
            _seed_after(following)


def _awaits_seeds(played: Round) -> bool:
    return played.plan.get("pairing") == KNOCKOUT and "seeds" not in played.plan


def best_of(played: Round, size: int) -> list[str]:
    """The best so many of a round, by rank; lots from the round's recorded seed part a shared rank [D]."""
    ranks = standing_numbers(played)
    lots = draw(played.plan["seed"], CUT, list(ranks)) if ranks else ()
    ordered = sorted(ranks, key=lambda number: (ranks[number], lots.index(number)))
    return ordered[: size or None]


def _fill(played: Round) -> None:
    """Make the matches of a knockout that are known; who is out of the event meanwhile has lost there already."""
    made = list(played.turns)
    fill_bracket(played)
    db.session.flush()
    out = out_of_event(played.event)
    for turn in [turn for turn in played.turns if turn not in made]:
        for one in turn.sides.values():
            if one.id in out:
                hold(out[one.id], turn)


def hold(decision: NotPerforming, turn: Turn) -> None:
    """Take the contestant out of the turn; where a side is out by that, the turn is over and the next may follow."""
    put_out_of(decision, turn)
    if turn.not_held:
        settle(decision, turn)


def settle(decision: NotPerforming, turn: Turn) -> None:
    """The turn is over without marks, its clocks stop; it is on record whether it had been performed.

    Where it was settled before, as with the other side of a match, that is taken back with what had filled from it.
    """
    before = release_in_force(turn) if turn.state == RELEASED else None
    performed = turn.state == MARKING or (before is not None and before.verdict.get(PERFORMED))
    verdict = dict(outcome_of(turn).verdict) | ({PERFORMED: True} if performed else {})
    if before is not None:
        unfill(turn)
        before.withdrawn_at, before.withdrawn_revision = now(), coming(turn.contest)
    turn.state = RELEASED
    stop_clocks(turn)
    about = {"verdict": verdict, "actor": decision.actor, "revision": coming(turn.contest)}
    db.session.add(Release(turn=turn, announced={}, **about))
    db.session.flush()
    fill_next(turn)


def check_next_round(turn: Turn, before: Release, outcome: Outcome) -> None:
    """Refused(correction_changes_next_round) where another outcome would put other people in a round that is filled."""
    if changes_next_round(turn, before, outcome):
        raise Refused.because("correction_changes_next_round", number=turn.number)


def changes_next_round(turn: Turn, before: Release, outcome: Outcome) -> bool:
    """Whether another outcome would put other people in a round that is filled."""
    played = turn.round
    following = next((other for other in played.event.rounds if other.position == played.position + 1), None)
    winner = outcome.verdict.get("winner")
    changed = winner != before.verdict.get("winner") and "seeds" in played.plan
    seeds = following.plan.get("seeds") if following else None
    reseeds = following is not None and seeds is not None and best_of(played, following.plan.get("size", 0)) != seeds
    return bool(changed and made_of(turn)) or reseeds
