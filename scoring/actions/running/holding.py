"""Who is out of a turn and who is let in again: persons, teams, and speakers whether they are marked or not."""

from __future__ import annotations

from scoring.board.reading.facts import format_of
from scoring.board.reading.not_performing import decisions_in_force, speakers_in
from scoring.extensions import db
from scoring.rules.not_performing import CONTEST, TURN
from scoring.store import Appearance, NotPerforming, Turn


def put_out_of(decision: NotPerforming, turn: Turn) -> None:
    """Mark as out whom the decision is about: a team with all its speakers, a speaker alone.

    A speaker who gets no score of their own has no appearance until somebody has to say that they are away.
    """
    parts = {one.part for one in turn.appearances}
    for part, speaker in speakers_in(turn).items():
        if part not in parts and speaker.id == decision.contestant_id:
            db.session.add(Appearance(turn=turn, part=part, contestant=speaker))
    for appearance in turn.appearances:
        whose = (appearance.contestant_id or appearance.contestant.id, appearance.contestant.team_id)
        if appearance.not_performing is None and decision.contestant_id in whose:
            appearance.not_performing = decision
    _put_empty_sides_out(turn, decision)
    db.session.flush()


def _put_empty_sides_out(turn: Turn, decision: NotPerforming) -> None:
    """A side is out when the last of its speakers is."""
    out, speakers = turn.out, speakers_in(turn)
    for appearance in turn.appearances:
        theirs = [part for part in speakers if part.startswith(f"{appearance.part}.")]
        if theirs and appearance.not_performing is None and all(part in out for part in theirs):
            appearance.not_performing = decision


def let_in(decision: NotPerforming) -> None:
    """Let everybody in again whom nothing but this decision kept out, in all its turns; it is not in force any more."""
    for turn in turns_of(decision):
        settle_who_is_out(turn)


def turns_of(decision: NotPerforming) -> list[Turn]:
    """The turns in which the decision keeps somebody out."""
    return list({one.turn_id: one.turn for one in decision.appearances}.values())


def settle_who_is_out(turn: Turn) -> None:
    """Say anew who is out of the turn, by the decisions in force; of unmarked speakers only these stay in it."""
    event = turn.round.event
    judged = format_of(event).parts(event.settings)
    for appearance in list(turn.appearances):
        appearance.not_performing = None
        if appearance.part not in judged:
            turn.appearances.remove(appearance)
            db.session.delete(appearance)
    db.session.flush()
    for decision in _about(turn):
        put_out_of(decision, turn)


def _about(turn: Turn) -> list[NotPerforming]:
    """The decisions in force that hold in the turn, in their order."""
    event = turn.round.event
    inside = [one for one in decisions_in_force(event) if one.event_id == event.id or one.reach == CONTEST]
    return [one for one in inside if one.turn_id == turn.id or one.reach != TURN]
