"""The audit administrator's pages: the log of access with its file, and the record of the installation itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import gevent
from flask import Response, render_template, request, stream_with_context
from flask_babel import gettext
from sqlalchemy import Select, select

from scoring import access, exports
from scoring.board.reading.log import check_site_chain, missing_acknowledged
from scoring.extensions import db
from scoring.organizers.site import access_words, site_words
from scoring.organizers.site.device_words import device_in_words
from scoring.pages import moments
from scoring.pages.asked import number_asked
from scoring.rules.duties import READS_LOGS
from scoring.store import AccessEntry, Contest, Seat, SiteEntry
from scoring.store.ledger import name_behind
from scoring.store.model import LARGEST_ID

ON_A_PAGE = 100
#: Entries that are read at once for the file.
AT_ONCE = 200


@access.role(*READS_LOGS)
def access_log() -> str:
    """Show the newest entries, of one kind if it is chosen."""
    access.flush_access_log()
    kind, before = request.args.get("kind", ""), number_asked("before")
    wanted = _of_kind(kind)
    if before is not None:
        wanted = wanted.where(AccessEntry.id < before)
    entries = db.session.scalars(wanted.limit(ON_A_PAGE + 1)).all()
    return render_template(
        "organizers/site/access_log.html",
        entries=[_shown(entry) for entry in entries[:ON_A_PAGE]],
        older=entries[ON_A_PAGE - 1].id if len(entries) > ON_A_PAGE else None,
        kinds=access_words.KINDS,
        kind=kind,
    )


@access.role(*READS_LOGS)
def access_csv() -> Response:
    """All entries, the newest first, as a file."""
    access.flush_access_log()
    headings = (
        gettext("First"),
        gettext("Last"),
        gettext("Times"),
        gettext("Who"),
        gettext("What was done"),
        gettext("Contest"),
        gettext("Address"),
        gettext("Device"),
    )
    lines = exports.csv_lines(chain([headings], map(_line, _all(request.args.get("kind", "")))))
    named = {"Content-Disposition": f"attachment; filename=access-{moments.today()}.csv"}
    return Response(stream_with_context(lines), mimetype="text/csv", headers=named)


@access.role(*READS_LOGS)
def site_log() -> str:
    """Show what was done to the accounts and settings, the newest first."""
    before = number_asked("before")
    wanted = select(SiteEntry).order_by(SiteEntry.id.desc())
    if before is not None:
        wanted = wanted.where(SiteEntry.id < before)
    entries = db.session.scalars(wanted.limit(ON_A_PAGE + 1)).all()
    return render_template(
        "organizers/site/site_log.html",
        chain=check_site_chain() | {"missing": missing_acknowledged(0), "result": ""},
        entries=entries[:ON_A_PAGE],
        older=entries[ON_A_PAGE - 1].id if len(entries) > ON_A_PAGE else None,
        sentence=site_words.sentence,
    )


def _of_kind(kind: str) -> Select[Any]:
    wanted = select(AccessEntry).order_by(AccessEntry.id.desc())
    return wanted.where(AccessEntry.kind == kind) if kind in access_words.KINDS else wanted


def _all(kind: str) -> Iterator[dict[str, Any]]:
    """All entries, read piece by piece: a log of months keeps nobody waiting."""
    last = LARGEST_ID
    while entries := db.session.scalars(_of_kind(kind).where(AccessEntry.id < last).limit(AT_ONCE)).all():
        last = entries[-1].id
        yield from [_shown(entry) for entry in entries]
        db.session.rollback()
        gevent.sleep(0)


def _shown(entry: AccessEntry) -> dict[str, Any]:
    contest = db.session.get(Contest, entry.contest_id) if entry.contest_id else None
    return {
        "id": entry.id,
        "first": entry.first,
        "last": entry.last,
        "count": entry.count,
        "who": _who(entry.who),
        "said": access_words.sentence(entry),
        "contest": {"zh": contest.title_zh, "en": contest.title_en} if contest else None,
        "address": entry.address,
        "device": device_in_words(entry.device),
    }


def _who(signed: str) -> str:
    """The account's name, or which seat of which contest."""
    kind, _, which = signed.partition(":")
    if kind != "seat":
        return name_behind(signed)
    seat = db.session.get(Seat, int(which))
    if seat is None:
        return gettext("a seat that is gone")
    return gettext("seat %(number)s of %(room)s", number=seat.number, room=exports.named(_names(seat)))


def _names(seat: Seat) -> dict[str, str]:
    return {"zh": seat.room.name_zh, "en": seat.room.name_en}


def _line(shown: dict[str, Any]) -> Sequence[str]:
    times = (moments.moment(shown["first"]), moments.moment(shown["last"]), str(shown["count"]))
    contest = exports.named(shown["contest"]) if shown["contest"] else ""
    return (*times, shown["who"], shown["said"], contest, shown["address"], shown["device"])
