"""The screen operator's page (大屏操作员): preview and take, blackout and freeze, at once on every hall screen."""

from __future__ import annotations

from flask import render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring.board.views.operating import screens as screens_view
from scoring.organizers import doors
from scoring.organizers.steps import Step, step
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


STEPS = {
    "prepare": Step("prepare_scene"),
    "take": Step("take_scene"),
    "dark": Step("black_out", _l("All hall screens are dark."), lambda sent: {"dark": True}),
    "light": Step("black_out", _l("The hall screens are light again."), lambda sent: {"dark": False}),
    "freeze": Step("freeze"),
    "unfreeze": Step("unfreeze"),
}


@doors.behind("screens")
def screens_step(contest_id: int, name: str) -> Response:
    """Prepare, take, darken, freeze, or take one of these back."""
    return step(contest_id, "organizers.screens", name, STEPS)
