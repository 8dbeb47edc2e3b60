"""Who has no rank, and why: out of the event, a void document, a score that went with the opponent's.

Nobody is silently missing. It is told from decisions that somebody does not perform, from rulings that void a document,
and from the entry list, of whom no turn is found.
"""

from __future__ import annotations

from collections.abc import Iterator

from scoring.board.reading.core import Core
from scoring.board.reading.corrected import corrected_score
from scoring.board.reading.facts import format_of
from scoring.board.reading.matches import named
from scoring.board.reading.not_performing import decisions_in_force, ground_of, out_of_event
from scoring.board.reading.stages import not_promoted
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.audience import Unranked
from scoring.board.snapshots.shared import Titles
from scoring.rules.not_performing import ABSENT, FORFEIT, VERDICT
from scoring.store import Contestant, NotPerforming

#: What an absent author is: nobody is called to write.
NOTHING: Titles = {"zh": "未报送", "en": "nothing handed in"}
#: A team that has still to get a match, and who came when nobody could be taken in any more.
WAITS: Titles = {"zh": "待排场次", "en": "waiting for a match"}
MISSED: Titles = {"zh": "未参赛", "en": "took no part"}
#: Who did not go on to a stage.
NOT_PROMOTED: Titles = {"zh": "未晋级", "en": "not promoted"}
#: What becomes of a speaker's score when the other side is put out after the release.
WITHOUT_MARKS: Titles = {"zh": "对方不计成绩，本场判胜，不计个人分", "en": "the other side is out: won without marks"}


def unranked_of(core: Core) -> list[Unranked]:
    """Whoever is without a rank in an event, with the ground; of coded work nothing until results are public.

    The ground is told by its name; what was noted about it stays in the record. `was` is the score before it was
    corrected away, None where there was none.
    """
    found: list[Unranked] = core.once(("unranked", core.room), lambda: _unranked(core))
    return found


def _unranked(core: Core) -> list[Unranked]:
    coded = format_of(core.event).subject == "document"
    if coded and not _any_result(core):
        return []
    ranked = {placed.contestant.id for placed in (*core.ranked, *core.speakers)}
    found: dict[int, Unranked] = {}
    for contestant, ground, state in (
        *_decided(core),
        *_void(core),
        *_without_marks(core),
        *_unplaced(core),
        *_stayed(core),
    ):
        if contestant.id not in ranked and contestant.id not in found:
            found[contestant.id] = _view(contestant, ground, corrected_score(state.turn, contestant) if state else None)
    return sorted(found.values(), key=lambda one: str(one["number"]))


def _any_result(core: Core) -> bool:
    """Whether a result is public, or it is public that there will be none."""
    if core.turns and all(state.outcome for state in core.turns):
        return True
    return any(state.outcome and VERDICT not in state.outcome.verdict for state in core.turns)


Found = tuple[Contestant, Titles, TurnState | None]


def _decided(core: Core) -> Iterator[Found]:
    """Who does not perform, in the event or in one of its turns."""
    out = out_of_event(core.event, core.until).values()
    appearing = ((appearance, state) for state in core.turns for appearance in state.turn.appearances) if out else ()
    turns = {appearance.contestant_id: state for appearance, state in appearing}
    for one in out:
        yield one.contestant, _ground(core, one), turns.get(one.contestant_id)
    for decision in decisions_in_force(core.event, core.until):
        state = core.state_of(decision.turn_id) if decision.turn_id else None
        if state and not state.turn.hidden:
            yield decision.contestant, _ground(core, decision), state


def _ground(core: Core, decision: NotPerforming) -> Titles:
    if decision.kind == ABSENT and format_of(core.event).subject == "document":
        return NOTHING
    ground = ground_of(decision.kind)
    return {"zh": ground["zh"], "en": ground["en"]}


def _void(core: Core) -> Iterator[Found]:
    for state in core.turns:
        void: dict[str, str] = (state.outcome.verdict.get("void") if state.outcome else None) or {}
        for appearance in state.turn.appearances if void else ():
            yield appearance.contestant, {"zh": void["zh"], "en": void["en"]}, state


def _without_marks(core: Core) -> Iterator[Found]:
    """The speakers whose announced scores went when the match became one that their side has won without marks."""
    for state in core.turns:
        if not state.outcome or state.outcome.verdict.get("decided_by") != FORFEIT:
            continue
        for appearance in state.turn.appearances:
            if "." in appearance.part and corrected_score(state.turn, appearance.contestant, core.until) is not None:
                yield appearance.contestant, WITHOUT_MARKS, state


def _unplaced(core: Core) -> Iterator[Found]:
    """Who was entered and has no place: in a review whoever came late and handed nothing in before the decoding."""
    missed = NOTHING if format_of(core.event).subject == "document" else MISSED
    yield from ((one, WAITS, None) for one in core.unplaced.waiting)
    yield from ((one, missed, None) for one in core.unplaced.missed)


def _stayed(core: Core) -> Iterator[Found]:
    """Who did not go on to this stage: ranked among those who did not, and never missing."""
    yield from ((one, NOT_PROMOTED, None) for one in not_promoted(core.event, core.until))


def _view(contestant: Contestant, ground: Titles, was: str | None) -> Unranked:
    return {"contestant": contestant.id, **named(contestant), "ground": ground, "was": was}
