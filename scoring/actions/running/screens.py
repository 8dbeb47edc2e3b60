"""The hall's screens: preview and take, blackout, and the freeze that holds the audience's board still."""

from __future__ import annotations

from scoring.actions.registry import SHOWING, _l, logged, typed, verb
from scoring.actions.transaction import Actor, coming, record
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest, HallScreen
from scoring.store.model import is_storable, now
from scoring.store.screens import LIVE, MESSAGE, SCENES

LONGEST_MESSAGE = 200


@verb((typed("scene"), typed("message")), roles=SHOWING, done=_l("In the preview. The hall has not changed."))
@logged("screens", _l("put a scene into the preview of the hall screens"))
def prepare_scene(actor: Actor, contest_id: int, scene: str, message: str = "") -> None:
    """Put a scene into the preview; the hall does not change.

    Raises Refused: contest_unknown, scene_unknown, message_missing, field_too_long.
    """
    screen = _screen(contest_id)
    if scene not in SCENES:
        raise Refused.because("scene_unknown", "scene")
    text = " ".join(message.split()) if scene == MESSAGE else ""
    if scene == MESSAGE and not text:
        raise Refused.because("message_missing", "message")
    if len(text) > LONGEST_MESSAGE or not is_storable(text):
        raise Refused.because("field_too_long", "message", most=LONGEST_MESSAGE)
    screen.next_scene, screen.next_message = scene, text
    record(screen.contest, actor, "prepare_scene", scene=scene, message=text)


@verb(roles=SHOWING, done=_l("On air in the hall."))
@logged("screens", _l("changed what the hall screens show"), ("audience", "overall", "desk"))
def take_scene(actor: Actor, contest_id: int) -> None:
    """Show on every hall screen what is in the preview. Raises Refused: contest_unknown."""
    screen = _screen(contest_id)
    screen.scene, screen.message = screen.next_scene, screen.next_message
    record(screen.contest, actor, "take_scene", scene=screen.scene, message=screen.message)


@verb(roles=SHOWING)
@logged("screens", _l("made the hall screens dark"), ("audience", "overall", "desk"))
@logged("screens", _l("made the hall screens light again"), ("audience", "overall", "desk"), name="lights_on")
def black_out(actor: Actor, contest_id: int, dark: bool) -> None:
    """Make every hall screen dark, or light again; what is on air stays there underneath.

    Raises Refused: contest_unknown, screens_as_asked.
    """
    screen = _screen(contest_id)
    if screen.blackout == dark:
        raise Refused.because("screens_as_asked")
    screen.blackout = dark
    record(screen.contest, actor, "black_out" if dark else "lights_on")


@verb(roles=SHOWING, done=_l("The board stands still for everyone; the desk goes on."))
@logged("screens", _l("froze the audience's board"), ("audience", "overall", "desk"))
def freeze(actor: Actor, contest_id: int) -> None:
    """Hold the audience's board still everywhere: what is released from now on is not public until `unfreeze`.

    Raises Refused: contest_unknown, screens_as_asked.
    """
    screen = _screen(contest_id)
    if screen.frozen_at is not None:
        raise Refused.because("screens_as_asked")
    screen.frozen_at, screen.frozen_revision = now(), coming(screen.contest)
    record(screen.contest, actor, "freeze")


@verb(roles=SHOWING, done=_l("The board moves again."))
@logged("screens", _l("let the audience's board move again"), ("audience", "overall", "desk"))
def unfreeze(actor: Actor, contest_id: int) -> None:
    """Let the audience's board move again; what was released meanwhile is public at once.

    Raises Refused: contest_unknown, screens_as_asked.
    """
    screen = _screen(contest_id)
    if screen.frozen_at is None:
        raise Refused.because("screens_as_asked")
    screen.frozen_at = screen.frozen_revision = None
    record(screen.contest, actor, "unfreeze")


def _screen(contest_id: int) -> HallScreen:
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise Refused.because("contest_unknown")
    if contest.hall_screen is None:
        made = HallScreen(contest=contest, scene=LIVE, message="", next_scene=LIVE, next_message="", blackout=False)
        db.session.add(made)
        return made
    return contest.hall_screen
