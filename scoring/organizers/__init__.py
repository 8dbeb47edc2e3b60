"""The organizer's screens: sign-in, the contests, the desk with the pages beside it, and the files of the results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from scoring import access, wording
from scoring.access import bodies
from scoring.board.conditions.seals import seal_at_desk
from scoring.board.reading.look import event_of
from scoring.organizers import doors, jobs, setting_up, watched
from scoring.organizers.preparing import cards, events, imports, rehearsal, relations, seats
from scoring.organizers.record import corrections, log, paper, results, spot_check, tally
from scoring.organizers.review import assignment, coding, documents, witness
from scoring.organizers.running import (
    benches,
    clocks,
    desk,
    differences,
    draw,
    handovers,
    late,
    listed,
    marks,
    performing,
    photo,
    points,
    promotion,
    prompter,
    screens,
    totals,
    waiting_room,
)
from scoring.organizers.site import (
    access_log,
    accounts,
    contests,
    door_codes,
    duties,
    first_start,
    go_on,
    installation,
    own_password,
    password_policy,
    second_factor,
    sessions,
    sign_in,
)
from scoring.pages.event_meant import event_meant, stay_with_event
from scoring.pages.found import found
from scoring.rules.refusal import Problem
from scoring.store.hidden import is_hidden
from scoring.store.people import ORGANIZER
from scoring.store.rehearsals import original_of_ended
from scoring.venue.addresses import address_of

bp = Blueprint("organizers", __name__, url_prefix="/desk")

bp.add_url_rule("/first-start", view_func=first_start.first_start, methods=["GET", "POST"])
bp.add_url_rule("/sign-in", view_func=sign_in.sign_in, methods=["GET", "POST"])
bp.add_url_rule("/go-on", view_func=go_on.go_on, methods=["GET", "POST"])
bp.add_url_rule("/sessions", view_func=sessions.sessions, methods=["GET", "POST"])
bp.add_url_rule("/session", view_func=sessions.session)
bp.add_url_rule("/sign-out", view_func=sign_in.sign_out, methods=["POST"])
bp.add_url_rule("/password", view_func=own_password.own_password, methods=["GET", "POST"])
bp.add_url_rule("/password-policy", view_func=password_policy.password_policy, methods=["GET", "POST"])
bp.add_url_rule("/second-factor", view_func=second_factor.second_factor, methods=["GET", "POST"])
bp.add_url_rule("/second-factor/code", view_func=second_factor.second_factor_code, methods=["GET", "POST"])
bp.add_url_rule("/accounts", view_func=accounts.accounts)
bp.add_url_rule("/accounts/<name>", view_func=accounts.accounts_step, methods=["POST"])
bp.add_url_rule("/door-codes", view_func=door_codes.door_codes, methods=["GET", "POST"])
bp.add_url_rule("/duties", view_func=duties.duties)
bp.add_url_rule("/duties/<name>", view_func=duties.duties_step, methods=["POST"])
bp.add_url_rule("/access-log", view_func=access_log.access_log)
bp.add_url_rule("/access-log.csv", view_func=access_log.access_csv)
bp.add_url_rule("/site-log", view_func=access_log.site_log)
bp.add_url_rule("/printed", view_func=watched.printed, methods=["POST"])
bp.add_url_rule("/installation", view_func=installation.installation, methods=["GET", "POST"])
bp.add_url_rule("/", view_func=contests.contests)

setting_up.add_routes(bp)
bp.add_url_rule("/<int:contest_id>/import", view_func=imports.imports)
bp.add_url_rule("/<int:contest_id>/import", view_func=imports.upload_list, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/import/<kind>.xlsx", view_func=imports.import_template)
bp.add_url_rule("/<int:contest_id>/import/<int:draft_id>", view_func=imports.import_preview)
bp.add_url_rule("/<int:contest_id>/import/<int:draft_id>", view_func=imports.confirm_import, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/import/<int:draft_id>/rows", view_func=imports.mend_import, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/seats", view_func=seats.seats)
bp.add_url_rule("/<int:contest_id>/seats/<name>", view_func=seats.seats_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/cards", view_func=cards.cards)
bp.add_url_rule("/<int:contest_id>/cards/<name>", view_func=cards.cards_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/relations", view_func=relations.relations)
bp.add_url_rule("/<int:contest_id>/relations/<name>", view_func=relations.relations_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/rehearsal", view_func=rehearsal.rehearsal)
bp.add_url_rule("/<int:contest_id>/rehearsal/<name>", view_func=rehearsal.rehearsal_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/events", view_func=events.events)
bp.add_url_rule("/<int:contest_id>/events/<name>", view_func=events.events_step, methods=["POST"])

bp.add_url_rule("/<int:contest_id>", view_func=desk.desk)
bp.add_url_rule("/<int:contest_id>/clocks", view_func=clocks.clocks)
bp.add_url_rule("/<int:contest_id>/benches", view_func=benches.benches)
bp.add_url_rule("/<int:contest_id>/differences", view_func=differences.differences)
bp.add_url_rule("/<int:contest_id>/photo/<int:photo_id>", view_func=photo.photo)
bp.add_url_rule("/<int:contest_id>/listed", view_func=listed.listed)
bp.add_url_rule("/<int:contest_id>/listed/<name>", view_func=listed.listed_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/promotion", view_func=promotion.promotion)
bp.add_url_rule("/<int:contest_id>/promotion/<name>", view_func=promotion.promotion_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/points", view_func=points.points)
bp.add_url_rule("/<int:contest_id>/totals", view_func=totals.totals)
bp.add_url_rule("/<int:contest_id>/draw", view_func=draw.draw)
bp.add_url_rule("/<int:contest_id>/handovers", view_func=handovers.handovers)
bp.add_url_rule("/<int:contest_id>/late", view_func=late.late)
bp.add_url_rule("/<int:contest_id>/marks", view_func=marks.marks)
bp.add_url_rule("/<int:contest_id>/waiting-room", view_func=waiting_room.waiting_room)
bp.add_url_rule("/<int:contest_id>/prompter", view_func=prompter.prompter)
bp.add_url_rule("/<int:contest_id>/screens", view_func=screens.screens)
bp.add_url_rule("/<int:contest_id>/screens/<name>", view_func=screens.screens_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/<verb>", view_func=performing.back_from_verb)
bp.add_url_rule("/<int:contest_id>/<verb>", view_func=performing.perform_verb, methods=["POST"])

bp.add_url_rule("/<int:contest_id>/documents", view_func=documents.documents)
bp.add_url_rule("/<int:contest_id>/documents/upload", view_func=documents.upload, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/documents/<int:document_id>/read", view_func=documents.read_document)
bp.add_url_rule("/<int:contest_id>/documents/<name>", view_func=documents.documents_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/coding", view_func=coding.coding)
bp.add_url_rule("/<int:contest_id>/coding/<name>", view_func=coding.coding_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/witness", view_func=witness.witness)
bp.add_url_rule("/<int:contest_id>/witness/<name>", view_func=witness.witness_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/assignment", view_func=assignment.assignment)
bp.add_url_rule("/<int:contest_id>/assignment/<name>", view_func=assignment.assignment_step, methods=["POST"])

SHEET = "<int:turn_id>/<int:seat_id>"
bp.add_url_rule("/<int:contest_id>/tally", view_func=tally.tally)
bp.add_url_rule("/<int:contest_id>/paper", view_func=paper.paper)
bp.add_url_rule(f"/<int:contest_id>/paper/{SHEET}", view_func=paper.paper_sheet)
bp.add_url_rule(f"/<int:contest_id>/paper/{SHEET}", view_func=paper.enter_paper, methods=["POST"])
bp.add_url_rule(f"/<int:contest_id>/paper/{SHEET}/withdraw", view_func=paper.withdraw_paper, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/corrections", view_func=corrections.corrections)
bp.add_url_rule(f"/<int:contest_id>/corrections/{SHEET}", view_func=corrections.correction_sheet)
bp.add_url_rule(f"/<int:contest_id>/corrections/{SHEET}", view_func=corrections.ask_correction, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/corrections/<name>", view_func=corrections.correction_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/spot-check", view_func=spot_check.spot_check)
bp.add_url_rule("/<int:contest_id>/spot-check/<int:line_id>", view_func=spot_check.spot_check_line)
bp.add_url_rule("/<int:contest_id>/spot-check/<name>", view_func=spot_check.spot_check_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/log", view_func=log.log)
bp.add_url_rule("/<int:contest_id>/log/<name>", view_func=log.log_step, methods=["POST"])
bp.add_url_rule("/<int:contest_id>/jobs/<job_id>", view_func=jobs.job)
bp.add_url_rule("/<int:contest_id>/jobs/<job_id>/file", view_func=jobs.job_file)
bp.add_url_rule("/<int:contest_id>/ranking.xlsx", view_func=results.ranking_xlsx)
bp.add_url_rule("/<int:contest_id>/overall.xlsx", view_func=results.overall_xlsx)
bp.add_url_rule("/<int:contest_id>/ranking.csv", view_func=results.ranking_csv)

bodies.allow("organizers.upload", documents.ROOM_FOR_FILES, bodies.roles_may(ORGANIZER))
bodies.allow("organizers.upload_list", imports.ROOM_FOR_A_LIST, bodies.roles_may(ORGANIZER))
bp.url_defaults(stay_with_event)


@bp.context_processor
def asked_by_templates() -> dict[str, Any]:
    """What every form of a draw shows of the seal that is broken with it, and the hall of a contest that is hidden."""
    return {
        "seal_here": lambda contest_id: seal_at_desk(found(event_of, contest_id, event_meant())),
        "hidden_hall": _hidden_hall,
    }


def _hidden_hall(contest: Mapping[str, Any]) -> str:
    """The address, with the pass, of the hall screen of a contest that strangers know nothing of; "" of any other."""
    if not is_hidden(contest["id"]):
        return ""
    slug = contest["slug"]
    return address_of("audience.screen", slug=slug, **{"pass": access.pass_of(slug)})


@bp.before_request
def leave_what_is_over() -> BaseResponse | None:
    """Every page and every press of a rehearsal that is over leads back into the contest: the copy is deleted."""
    contest_id = (request.view_args or {}).get("contest_id")
    original = original_of_ended(contest_id) if isinstance(contest_id, int) else None
    if original is None:
        return None
    known = access.account()
    if request.method == "POST" and known:
        flash(wording.sentence(Problem("contest_given_up")), "refused")
    if known is None or doors.may_open("rehearsal", known.role):
        return redirect(url_for("organizers.rehearsal", contest_id=original), 303)
    return redirect(contests.first_page(known), 303)


@bp.after_request
def keep_no_copy(response: Response) -> Response:
    """No desk comes out of a cache: an old one would show old states and send request ids used before."""
    response.cache_control.no_store = True
    return response
