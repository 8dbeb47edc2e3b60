"""What the server sends unasked beside the snapshots, a type for each event."""

from __future__ import annotations

from typing import Annotated, TypedDict

from scoring.board.snapshots.words import Called
from scoring.live.deltas import Patch


class Delta(TypedDict):
    """What has changed since a snapshot."""

    base: Annotated[int, "the revision of the snapshot that `patch` changes"]
    revision: Annotated[int, "what it has then"]
    patch: Annotated[Patch, Called("a patch, as below")]
    same: Annotated[list[int], "the revisions at which nothing of this was other than at `base`"]


class Current(TypedDict):
    """How new the picture is, to a page that fetches it; as `behind` where the page shows another one."""

    run: Annotated[str, "names this run of the server"]
    revision: int


class Moved(TypedDict):
    """That the seat has another tablet now."""

    seat: int
    code: Annotated[str, "`seat_moved`"]


class SignedOut(TypedDict):
    """That the session of a desk's socket is over."""

    code: Annotated[str, "why, as a refusal says it"]


class Upgraded(TypedDict):
    """That the server is of another version than the page."""

    version: str
