"""What is recorded of a match beside its sheets: the sides' draw, silent members, secret ballots, the play-off."""

from __future__ import annotations

from scoring.actions.find import own_seat_of, turn_of
from scoring.actions.registry import EVERYWHERE, LOTS, REASON, TURN, WHY, _l, flag, logged, text, text_if_any, verb
from scoring.actions.running.seals import break_seal
from scoring.actions.said import stated
from scoring.actions.setting_up.match_plans import draw_sides_of
from scoring.actions.transaction import Actor, coming, record
from scoring.board.conditions.play_offs import check_play_off
from scoring.board.conditions.releasing import check_open
from scoring.board.reading.facts import PLAY_OFF_FIGURES, format_of, outcome_of, recorded_facts, sheets_of
from scoring.extensions import db
from scoring.rules.figures import plain, read_decimal
from scoring.rules.refusal import Refused
from scoring.store import Ballot, Turn

NEEDS_BALLOT, NEEDS_PLAY_OFF = "secret_ballot", "play_off"


@verb(
    (TURN, *LOTS, WHY),
    done=_l("The sides of this round are drawn. The seed and the witness are on record."),
    heard=True,
)
@logged(
    "draws",
    _l("drew pairs or sides, seed %(seed)s (sealed %(sealed_seed)s, typed %(typed)s), witnessed by %(witness)s%(how)s"),
    EVERYWHERE,
)
def draw_sides(actor: Actor, turn_id: int, seed: str = "", witness: str = "", reason: str = "") -> None:
    """Draw sides and motions of every match of the turn's round that has none yet; once drawn they stay.

    Raises Refused: turn_unknown, sides_drawn, and what `break_seal` refuses. Source: domain page 2B, sides by draw.
    """
    turn = turn_of(turn_id)
    event = turn.round.event
    lots = break_seal(actor, event, seed, witness, reason)
    drawn = draw_sides_of(turn.round, lots["seed"]) if turn.sides else {}
    if not drawn:
        raise Refused.because("sides_drawn")
    record(turn.contest, actor, "draw_sides", event=event.position, **lots, **drawn)


@verb(
    (TURN, text("speaker"), flag("silent", optional=False)),
    done=_l("Recorded for no. %(number)s; the rules say what it costs."),
    heard=True,
)
@logged(
    "results",
    _l("recorded that a speaker of no. %(turn)s was silent"),
    EVERYWHERE,
    off=("silent", _l("took back that a speaker of no. %(turn)s was silent")),
)
def mark_silent(actor: Actor, turn_id: int, speaker: str, silent: bool = True) -> None:
    """Record that a member did not speak in the free debate, or that this was a mistake; the rules say what it costs.

    Raises Refused: turn_unknown, turn_released, turn_not_open, speaker_unknown, speaker_twice, not_silent.
    Source: domain page 2B, −10.
    """
    turn = _open_turn(turn_id)
    listed = list(turn.facts.get("silent", []))
    if not silent and speaker not in listed:
        raise Refused.because("not_silent", "speaker")
    listed = [*listed, speaker] if silent else [part for part in listed if part != speaker]
    event = turn.round.event
    format_of(event).check_facts(event.settings, sheets_of(turn), recorded_facts(turn) | {"silent": listed})
    turn.facts = {**turn.facts, "silent": listed}
    record(turn.contest, actor, "mark_silent", turn=turn.id, speaker=speaker, silent=silent)


@logged("sheets", _l("cast a secret vote on no. %(turn)s"), EVERYWHERE)
def cast_ballot(actor: Actor, turn_id: int, seat_id: int, side: str) -> None:
    """Cast a judge's vote in the secret ballot of a tied match; the trail says that, never for whom.

    Raises Refused: turn_unknown, seat_not_in_room, seat_moved, turn_released, turn_not_open, seat_recused,
    ballot_twice, ballot_for_no_side, missing_sheets while the match is not marked, match_decided, match_stands.
    Source: domain page 2B, tied match.
    """
    turn = _open_turn(turn_id)
    seat = own_seat_of(actor, turn, seat_id)
    if seat.id in turn.recused:
        raise Refused.because("seat_recused", number=turn.number)
    if any(ballot.seat_id == seat.id for ballot in turn.ballots):
        raise Refused.because("ballot_twice", number=turn.number)
    _check_need(turn, (NEEDS_BALLOT,))
    if side not in turn.sides:
        raise Refused.because("ballot_for_no_side", "side")
    db.session.add(Ballot(turn=turn, seat=seat, side=side))
    record(turn.contest, actor, "cast_ballot", turn=turn.id, seat=seat.id)


@verb(
    (TURN, text_if_any("side"), REASON, text_if_any("figure")),
    done=_l("The play-off of no. %(number)s is recorded."),
    heard=True,
)
@logged("results", _l("recorded the play-off of no. %(turn)s"), EVERYWHERE)
def record_play_off(actor: Actor, turn_id: int, side: str, reason: str, figure: str = "") -> None:
    """Record who won the play-off of a tied match: after an even ballot, or in place of one; or a person's figure.

    A person has shared a rank with others since the release: its points in the play-off, or the votes of the panel's
    ballot, decide once all of them have one. Recorded again it replaces the figure before, which stays on record.
    Raises Refused: turn_unknown, turn_released, turn_not_open, reason_missing, ballot_for_no_side, missing_sheets,
    match_decided, match_stands; of a person play_off_figure_missing, play_off_not_public, play_off_no_step,
    play_off_not_tied. Source: domain page 1, ties.
    """
    if not (turn := turn_of(turn_id)).sides:
        _record_figure(actor, turn, figure, stated(reason))
        return
    check_open(turn)
    reason = stated(reason)
    _check_need(turn, (NEEDS_BALLOT, NEEDS_PLAY_OFF))
    if side not in turn.sides:
        raise Refused.because("ballot_for_no_side", "side")
    turn.facts = {**turn.facts, "play_off": side}
    record(turn.contest, actor, "record_play_off", turn=turn.id, side=side, reason=reason)


def _record_figure(actor: Actor, turn: Turn, typed: str, reason: str) -> None:
    check_play_off(turn)
    try:
        figure = read_decimal(typed)
    except ValueError:
        raise Refused.because("play_off_figure_missing", "figure") from None
    if figure < 0:
        raise Refused.because("play_off_figure_missing", "figure")
    shown = plain(figure)
    kept = {"figure": shown, "reason": reason, "revision": coming(turn.contest)}
    turn.facts = {**turn.facts, PLAY_OFF_FIGURES: [*turn.facts.get(PLAY_OFF_FIGURES, ()), kept]}
    record(turn.contest, actor, "record_play_off", turn=turn.id, figure=shown, reason=reason)


def _open_turn(turn_id: int) -> Turn:
    turn = turn_of(turn_id)
    check_open(turn)
    if not turn.sides:
        raise Refused.because("turn_not_open", number=turn.number)
    return turn


def _check_need(turn: Turn, needs: tuple[str, ...]) -> None:
    verdict = outcome_of(turn).verdict
    if verdict["needs"] not in needs:
        raise Refused.because("match_decided" if verdict["winner"] or verdict["needs"] else "match_stands")
