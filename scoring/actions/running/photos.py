"""A photo of a defect: taken by an inspector of what a bench handed in, kept beside the documents."""

from __future__ import annotations

from hashlib import sha256

from scoring.actions.find import own_seat_of, turn_of
from scoring.actions.registry import _l, logged
from scoring.actions.results.versions import check_markable
from scoring.actions.transaction import Actor, record
from scoring.board.reading.facts import format_of
from scoring.documents.images import media_type
from scoring.extensions import db
from scoring.rules.formats.base import Benches
from scoring.rules.refusal import Refused
from scoring.store import Photo
from scoring.store.kept_files import keep

MOST_BYTES = 3 * 1024 * 1024
MOST_PHOTOS = 60  # of one inspector of one file


@logged(
    "panel",
    _l("added a photo of a defect for no. %(turn)s"),
    coded=_l("added a photo of a defect; in which file is told after the decoding"),
)
def add_photo(actor: Actor, turn_id: int, seat_id: int, content: bytes) -> int:
    """Keep a photo for the inspector's sheet, which refers to it by its id; answers the id.

    The very same bytes again are the same photo, also after the sheet was submitted: a tablet may send twice.
    Raises Refused: turn_unknown, seat_not_in_room, seat_moved, no_benches, photo_empty, photo_too_large,
    photo_not_an_image, too_many_photos, and as `save_draft` does where the sheet takes nothing more (not_handed_in,
    seat_recused, turn_released, sheet_submitted).
    """
    turn = turn_of(turn_id)
    seat = own_seat_of(actor, turn, seat_id)
    if not isinstance(format_of(turn.round.event), Benches):
        raise Refused.because("no_benches")
    kind = _kind(content)
    digest = sha256(content).hexdigest()
    mine = [photo for photo in turn.photos if photo.seat_id == seat.id]
    known = next((photo for photo in mine if photo.sha256 == digest), None)
    if known is not None:
        return known.id
    check_markable(turn, seat.id)
    if len(mine) >= MOST_PHOTOS:
        raise Refused.because("too_many_photos", "photo", most=MOST_PHOTOS)
    photo = Photo(turn=turn, seat=seat, sha256=keep(content), kind=kind)
    db.session.add(photo)
    db.session.flush()
    record(turn.contest, actor, "add_photo", frame=False, turn=turn.id, seat=seat.id, photo=photo.id, sha256=digest)
    return photo.id


def _kind(content: bytes) -> str:
    """The photo's media type by its content."""
    if not content:
        raise Refused.because("photo_empty", "photo")
    if len(content) > MOST_BYTES:
        raise Refused.because("photo_too_large", "photo", most=MOST_BYTES // 1024 // 1024)
    kind = media_type(content)
    if kind is None:
        raise Refused.because("photo_not_an_image", "photo")
    return kind
