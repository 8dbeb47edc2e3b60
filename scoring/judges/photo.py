"""The door for an inspector's photos: one comes in from the tablet's camera, and only its taker sees it again."""

from __future__ import annotations

from contextlib import closing

from flask import Response, abort, jsonify, request

from scoring import access, wording
from scoring.actions.running import photos
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.pages.given_out import given_out
from scoring.rules.refusal import Refused
from scoring.store import Photo


def take_photo(seat_id: int, turn_id: int) -> tuple[Response, int]:
    """Take a photo in; answers {ok, photo: id}, or a refusal as every door does."""
    try:
        place = access.seat(seat_id)
        photo = perform(photos.add_photo, access.seat_actor(place.id), turn_id, place.id, _sent())
    except Refused as refused:
        return jsonify(wording.refusal(refused)), 409
    return jsonify(ok=True, photo=photo), 200


def photo(seat_id: int, turn_id: int, photo_id: int) -> Response:
    """A photo that this very seat took of this file."""
    try:
        place = access.seat(seat_id)
    except Refused:
        abort(404)
    found = db.session.get(Photo, photo_id)
    if found is None or (found.seat_id, found.turn_id) != (place.id, turn_id):
        abort(404)
    return given_out(found.sha256, found.kind)


def _sent() -> bytes:
    """What was sent as the photo, one byte more than is allowed at most; b"" where nothing was."""
    sent = request.files.get("photo")
    if sent is None:
        return b""
    with closing(sent):
        return sent.read(photos.MOST_BYTES + 1)
