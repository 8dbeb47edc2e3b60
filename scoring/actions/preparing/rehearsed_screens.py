"""Hall screens in a rehearsal: the desk says which are its own, and these say what they show.

Anybody may open the address of a hall screen. So each shows a code of its own in a rehearsal, and only what comes from
a screen whose code was typed at the desk is believed.
"""

from __future__ import annotations

from collections.abc import Iterable

from scoring.actions.find import contest_of
from scoring.actions.preparing.rehearsing import held_of
from scoring.actions.registry import Field, _l, logged, read_typed, verb
from scoring.actions.transaction import Actor, record
from scoring.board.views.rehearsed_scenes import on_air as rehearsal_on_air
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Rehearsal

#: How a hall screen signs what it tells by itself.
HALL = "hall"
#: Signs of a screen's code: none of those that are taken for one another. As static/audience/scenes.js makes them.
SIGNS, LENGTH = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 6
SCREENS_MOST = 12


def read_code(raw: str) -> str:
    """The code of a hall screen as it was typed, in the way it is kept; Refused(screen_code_wrong)."""
    code = "".join(raw.split()).replace("-", "").upper()
    if len(code) != LENGTH or not set(code) <= set(SIGNS):
        raise Refused.because("screen_code_wrong", "screen")
    return code


@verb(Field("screen", "raw", read_typed), done=_l("What this screen shows is ticked from now on."))
@logged("setup", _l("knew hall screen %(screen)s for its own"))
def know_screen(actor: Actor, contest_id: int, raw: str) -> None:
    """The desk says that the screen with this code hangs in the hall: what it shows counts from now on.

    Raises Refused: contest_unknown, no_rehearsal, screen_code_wrong, screens_too_many.
    """
    held, code = held_of(contest_id), read_code(raw)
    if code in held.screens:
        return
    if len(held.screens) >= SCREENS_MOST:
        raise Refused.because("screens_too_many", "screen", most=SCREENS_MOST)
    held.screens = [*held.screens, code]
    record(contest_of(held.contest_id), actor, "know_screen", screen=code)


def is_known(contest_id: int, code: object) -> bool:
    """Whether the desk of this rehearsal knows a hall screen by this code; one look-up, and nothing is written."""
    held = db.session.get(Rehearsal, contest_id)
    return held is not None and held.ended_at is None and code in held.screens


@logged("setup", _l("a hall screen showed a scene for the first time"))
def note_scenes(contest_id: int, scenes: Iterable[str]) -> list[str]:
    """Note what a hall screen of a rehearsal says that it shows; only what can be on air at this moment counts.

    Answers those of them that are noted now.

    Raises Refused: no_rehearsal.
    """
    held = db.session.get(Rehearsal, contest_id)
    if held is None or held.ended_at is not None:
        raise Refused.because("no_rehearsal")
    copy = contest_of(contest_id)
    fresh = sorted((set(scenes) & rehearsal_on_air(copy)) - set(held.scenes))
    if fresh:
        held.scenes = [*held.scenes, *fresh]
        record(copy, Actor(HALL), "note_scenes", scenes=fresh)
    return [scene for scene in scenes if scene in held.scenes]
