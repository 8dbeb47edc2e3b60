"""The screen operator's page (大屏操作员): preview and take, blackout and freeze, at once on every hall screen."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring.actions.running import screens as verbs
from scoring.actions.transaction import Actor
from scoring.board.views.operating import screens as screens_view
from scoring.organizers import doors
from scoring.organizers.steps import Sent, step
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found

#: What the stage shows while something is judged.
STAGE = {
    "performance": _l("who performs"),
    "match": _l("the match that is on"),
    "bench": _l("the benches"),
    "document": _l("how far the review is"),
}
SCENES = {
    "live": (_l("By itself"), _l("As the contest goes: %(stage)s, the newest score and the ranking")),
    "ranking": (_l("Ranking"), _l("The ranking alone, large")),
    "current": (_l("Now"), _l("Without the ranking: %(stage)s and the newest score")),
    "message": (_l("Announcement"), _l("A text of yours")),
}


@doors.behind("screens")
def screens(contest_id: int) -> str:
    """Show what is on air and what is prepared."""
    shown = found(screens_view, contest_id, event_meant())
    stage = STAGE.get(shown["contest"]["subject"], STAGE["performance"])
    scenes = {key: (name, str(about) % {"stage": stage}) for key, (name, about) in SCENES.items()}
    return render_template("organizers/running/screens.html", screens=shown, scenes=scenes)


def _prepare(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.prepare_scene, (sent.get("scene", ""), sent.get("message", ""))


def _take(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.take_scene, ()


def _dark(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.black_out, (True,)


def _light(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.black_out, (False,)


def _freeze(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.freeze, ()


def _unfreeze(actor: Actor, contest_id: int, sent: Sent) -> Any:
    return verbs.unfreeze, ()


STEPS = {
    "prepare": (_prepare, _l("In the preview. The hall has not changed.")),
    "take": (_take, _l("On air in the hall.")),
    "dark": (_dark, _l("All hall screens are dark.")),
    "light": (_light, _l("The hall screens are light again.")),
    "freeze": (_freeze, _l("The board stands still for everyone; the desk goes on.")),
    "unfreeze": (_unfreeze, _l("The board moves again.")),
}


@doors.behind("screens")
def screens_step(contest_id: int, name: str) -> Response:
    """Prepare, take, darken, freeze, or take one of these back."""
    return step(contest_id, "organizers.screens", name, STEPS)
