"""The application's factory: the only file that knows everyone."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    request_started,
)
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

from scoring import access, audience, config, judges, organizers, serving, wording
from scoring.access import bodies, terminals
from scoring.access.attendance import ATTENDANCE, Attendance
from scoring.access.sessions import Sessions
from scoring.actions.transaction import not_stored
from scoring.bare import bare_app
from scoring.board.reading.altered import altered, altered_for
from scoring.board.reading.doubts import doubts
from scoring.extensions import csrf, db, limiter, migrate, socketio
from scoring.jobs.queue import JOBS, InlineJobs
from scoring.live import events, sheet_events, shows
from scoring.loop.stepping_aside import step_aside
from scoring.organizers import doors, watched
from scoring.organizers.pressing import new_request
from scoring.organizers.site import site_words
from scoring.pages import assets, headers, language, moments
from scoring.pages.leading_back import page_here
from scoring.pages.practice import kind_of_run
from scoring.pages.rendering import give_way_in_templates
from scoring.rules.refusal import Problem, Refused
from scoring.services import RUN, WATCHDOG
from scoring.serving.metrics import metrics
from scoring.store.access_log import REFUSED
from scoring.store.file import files_lost
from scoring.store.ledger import name_behind
from scoring.store.model import LARGEST_ID
from scoring.transport import managers, messages
from scoring.transport.hooks import Hooks
from scoring.transport.watchdog import Watchdog, doing
from scoring.venue import addresses, enrolment
from scoring.wording import phrases, subjects
from scoring.wording.help import help_here

#: Of the sockets. Each client's events are handled in order in one greenlet already: one more for each event would only
#: cost. A sheet with comments takes a tenth of the size.
LIMITS = {"async_handlers": False, "max_http_buffer_size": 256 * 1024}


def create_app(**overrides: Any) -> Flask:
    """Build the application; `overrides` replace settings by Flask's names."""
    app = bare_app(**overrides)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters["int"] = Id
    app.session_interface = Sessions()
    _bind(app)
    for blueprint in (audience.bp, judges.bp, organizers.bp, language.bp):
        app.register_blueprint(blueprint)
    app.add_url_rule("/healthz", view_func=healthz)
    app.add_url_rule("/metrics", view_func=metrics)
    _answer_errors(app)
    app.after_request(_say_version)
    watched.watch(app)
    enrolment.register(app)
    serving.register(app)
    headers.guard(app)
    return app


class Id(IntegerConverter):
    """The number of a record in an address: one that no table gives out is an address of nothing."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int = LARGEST_ID) -> None:
        super().__init__(map, fixed_digits, min, max)


def _bind(app: Flask) -> None:
    _bind_libraries(app)
    _bind_parts(app)
    _bind_live_path(app)
    _bind_templates(app)


def _bind_libraries(app: Flask) -> None:
    migrate.init_app(app, db, directory=str(config.ROOT / "scoring" / "migrations"))
    terminals.watch(app)
    bodies.watch(app)
    csrf.init_app(app)
    limiter.init_app(app)


def _bind_parts(app: Flask) -> None:
    """What lives as long as the process; serving.py puts the parts with threads and processes in their places."""
    ATTENDANCE.put(app, Attendance())
    WATCHDOG.put(app, Watchdog())
    JOBS.put(app, InlineJobs(Path(app.config["INSTANCE"]) / "jobs"))
    request_started.connect(name_work, app)
    RUN.put(app, secrets.token_hex(8))  # a restart is seen by another one


def _bind_live_path(app: Flask) -> None:
    assert events.NAMESPACES  # the events are declared before the server binds, or it would not know them
    floods = access.noting_floods(app)
    hooks = Hooks(on_gap=shows.catching_up(app), step_aside=step_aside, cheap_events=events.CHEAP, on_flood=floods)
    manager = managers.KINDS[app.config["TRANSPORT"]](hooks)
    wire = {"client_manager": manager, "serializer": messages.TextPacket}
    socketio.init_app(app, async_mode="gevent", logger=False, **wire, **LIMITS)
    sheet_events.listen(app)


def _bind_templates(app: Flask) -> None:
    assets.serve_static(app)
    give_way_in_templates(app)
    times = (moments.moment, moments.clock_time, moments.time_of_day, moments.bare_time)
    readings = {reading.__name__: reading for reading in (moments.date_in_words, moments.day, *times)}
    words: dict[str, Any] = {
        "sentence": wording.sentence,
        "name_behind": name_behind,
        "phrased": phrases.phrased,
        "paired": subjects.paired,
    }
    for name, reading in (words | readings).items():
        app.jinja_env.filters[name] = language.read_anew(reading)
    app.jinja_env.globals.update(words_of=subjects.words_of, judged_as=subjects.judged, judge_as=subjects.judge)
    app.jinja_env.globals.update(part_as=subjects.part, speaker_as=subjects.speaker_as, new_request=new_request)
    app.jinja_env.globals.update(
        gettext=subjects.said_in_page, blank=language.blank, help_here=help_here, phrase_rules=phrases.rules
    )
    app.jinja_env.globals.update(good_for=access.good_for, goes_on_here=access.goes_on_here)
    app.jinja_env.globals.update(with_zone=moments.with_zone, is_overheard=addresses.is_overheard)
    app.jinja_env.globals.update(in_doubt=lambda contest_id: doubts().get(contest_id, []), altered_for=altered_for)
    menus = {"menus": doors.menus, "events": doors.events, "first_page": doors.first_page}
    said = {"duties_said": site_words.duties_said, "duties_in_public": site_words.duties_in_public}
    site: dict[str, Any] = {"site_links": doors.site_links, **said}
    app.context_processor(lambda: {"kind_of_run": kind_of_run, **menus, **site})
    app.context_processor(lambda: {"language": language.chosen(), "signed_in": access.account()})


def name_work(_app: Flask) -> None:
    """Name the request for the watchdog by its page, not by what is asked for there."""
    doing(f"{request.method} {request.url_rule or 'of an unknown address'}")


def healthz() -> tuple[Response, int]:
    """Whether the server and its database answer."""
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:
        lost = files_lost()
        return jsonify(ok=False, database="files_gone" if lost else "unreachable", why=lost), 503
    if found := [*(problem for problems in doubts().values() for problem in problems), *altered().values()]:
        why = list(dict.fromkeys(wording.sentence(_told_to_all(problem)) for problem in found))
        return jsonify(ok=False, database="reachable", record="in_doubt", why=why), 503
    return jsonify(ok=True, database="reachable"), 200


def _told_to_all(problem: Problem) -> Problem:
    """What everybody is told of it: no number of a turn, which a frozen board may keep back, nor of an entry."""
    return Problem("record_in_doubt") if problem.figures else problem


def wants_json() -> bool:
    """Whether the request came from a script and not from a form."""
    return request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json"


def _answer_errors(app: Flask) -> None:
    @app.errorhandler(Refused)
    def refused(error: Refused) -> Any:
        access.note_refusal(error)
        answer = wording.refusal(error)
        if wants_json():
            return jsonify(answer), 409
        if request.method == "POST" and request.referrer:
            flash(answer["message"], "refused")
            return redirect(language.local_path(_came_from()))
        return render_template("message.html", title=gettext("Not possible"), text=answer["message"]), 409

    @app.errorhandler(CSRFError)
    def stale(error: CSRFError) -> Any:
        access.note(REFUSED, "form_token")
        if not wants_json() and (elsewhere := judges.sign_in_again()):
            return elsewhere
        return _page(gettext("This page was open for too long. Go back, reload it and try again."), 400)

    @app.errorhandler(OperationalError)
    def unreachable(error: OperationalError) -> Any:
        current_app.logger.error("the database cannot be read: %s", error)
        return _page(wording.sentence(not_stored().problems[0]), 503)

    @app.errorhandler(405)
    def only_forms(error: HTTPException) -> Any:
        page = page_here() if request.method in ("GET", "HEAD") and not wants_json() else None
        return redirect(page) if page else failed(error)

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Any:
        return _page(_http_sentence(error.code or 500), error.code or 500)

    @app.errorhandler(500)
    def broken(error: Exception) -> Any:
        return _page(_http_sentence(500), 500)


def _came_from() -> str:
    referrer = request.referrer or "/"
    return referrer.removeprefix(request.host_url.rstrip("/"))


def _page(sentence: str, status: int) -> Any:
    if wants_json():
        return jsonify(ok=False, code=f"http_{status}", message=sentence, fields={}), status
    return render_template("message.html", title=gettext("Not possible"), text=sentence), status


def _http_sentence(status: int) -> str:
    known = {
        403: gettext("Your account may not do this."),
        404: gettext("There is nothing at this address. Please check it, or start from the home page."),
        405: gettext("This address cannot be opened like that. Please start from the home page."),
        413: gettext("This file is too large."),
        429: gettext("Too many attempts. Please wait a minute, then try again."),
    }
    return known.get(status, gettext("Something went wrong on the server. Nothing stored is lost; please try again."))


def _say_version(response: Response) -> Response:
    """Which files the page was made for: static/renewal.js compares."""
    response.headers.setdefault("Saiping-Version", current_app.config["PAGE_VERSION"])
    return response
