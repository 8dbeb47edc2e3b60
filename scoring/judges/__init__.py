"""The judge's screens: sign-in at a seat, and the tablet with the sheet."""

from __future__ import annotations

from flask import Blueprint, Response

from scoring.judges import calls, document, photo, seating, sign_in, tablet, tablet_check
from scoring.judges.sign_in import sign_in_again

__all__ = ["bp", "sign_in_again"]

bp = Blueprint("judges", __name__, url_prefix="/judge")
bp.add_url_rule("/", view_func=sign_in.sign_in, methods=["GET", "POST"])
bp.add_url_rule("/enter/<key>", view_func=sign_in.enter, methods=["GET", "POST"])
bp.add_url_rule("/handover/<key>", view_func=sign_in.handover, methods=["GET", "POST"])
bp.add_url_rule("/<int:seat_id>/leave", view_func=seating.leave, methods=["POST"])
bp.add_url_rule("/<int:seat_id>/check", view_func=tablet_check.tablet_check, methods=["POST"])
bp.add_url_rule("/<int:seat_id>/call", view_func=calls.call_chief, methods=["POST"])
bp.add_url_rule("/<int:seat_id>", view_func=tablet.tablet)
bp.add_url_rule("/<int:seat_id>/turn/<int:turn_id>", view_func=tablet.turn)
bp.add_url_rule("/<int:seat_id>/turn/<int:turn_id>", view_func=tablet.mark, methods=["POST"])
bp.add_url_rule("/<int:seat_id>/turn/<int:turn_id>/ballot", view_func=tablet.ballot, methods=["POST"])
bp.add_url_rule("/<int:seat_id>/turn/<int:turn_id>/photo", view_func=photo.take_photo, methods=["POST"])
bp.add_url_rule("/<int:seat_id>/turn/<int:turn_id>/photo/<int:photo_id>", view_func=photo.photo)
bp.add_url_rule("/<int:seat_id>/turn/<int:turn_id>/document", view_func=document.document)


@bp.after_request
def keep_no_copy(response: Response) -> Response:
    """No sheet comes out of a cache: an old one would show old marks, or those of who sat there before."""
    response.cache_control.no_store = True
    return response
