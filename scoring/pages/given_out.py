"""A kept file as an answer: shown as what its content is, under a name of the server's own."""

from __future__ import annotations

from flask import Response

from scoring.loop.stepping_aside import giving_way
from scoring.store.kept_files import content_of

NAMES = {"application/pdf": "document.pdf", "image/png": "photo.png", "image/jpeg": "photo.jpg"}


def given_out(sha256: str, kind: str) -> Response:
    """The content that is kept under this hash; the name under which somebody sent it never goes with it.

    Raises Refused: file_altered.
    """
    answer = Response(content_of(sha256, giving_way), mimetype=kind)
    answer.headers["Content-Disposition"] = f"inline; filename={NAMES[kind]}"
    return answer
