"""The list of contests, each with the way to the first page where the account has something to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from scoring import access, wording
from scoring.board.conditions.set_up import set_up_of
from scoring.board.reading.doubts import doubts
from scoring.board.reading.look import events_of
from scoring.board.snapshots.pages import Card
from scoring.board.views.cards import cards_of
from scoring.extensions import db
from scoring.organizers import doors
from scoring.rules import formats
from scoring.store import Account, Contest
from scoring.store.contests import OPEN, PREPARING
from scoring.store.installation import installation
from scoring.store.people import CODER, NO_RIGHTS, ORGANIZER, SECURITY, SYSTEM, acts_as
from scoring.store.rehearsals import rehearsals

# In the order in which they are listed.
STAGES = {"live": _l("Under way"), "coming": _l("Not begun"), "over": _l("Finished")}


@dataclass(frozen=True)
class Listed:
    """An event of a contest in the list: its card, and the account's first page of it."""

    board: Card
    door: doors.Door

    @property
    def stage(self) -> str:
        """How far it is."""
        return str(self.board["stage"])

    @property
    def kind(self) -> dict[str, str]:
        """What kind of contest it is, in both languages."""
        return _kind(self.board["contest"]["format"])


@access.anyone
def contests() -> str:
    """Show the contests in which the account has a page: those that run first, those that are over last."""
    account = access.signed_in()
    sets_up = acts_as(account.role, (ORGANIZER,))
    preparing = _in_preparation(account) if sets_up else []
    opened = [Listed(shown, door) for shown, door in _open_to(account)]
    stages = {stage: [one for one in opened if one.stage == stage] for stage in STAGES}
    listed: dict[str, Any] = {
        "in_doubt": _in_doubt(account),
        "stages": stages,
        "names": STAGES,
        "preparing": preparing,
        "sets_up": sets_up,
        "no_rights": account.role == NO_RIGHTS,
        "separated": installation().separated,
    }
    return render_template("organizers/site/contests.html", **listed)


def _kind(key: str) -> dict[str, str]:
    kind = formats.get(key)
    return {"zh": kind.zh, "en": kind.en}


def _in_preparation(account: Account) -> list[dict[str, Any]]:
    """The contests that the account can go on setting up, each with how much is missing still."""
    wanted = select(Contest).where(Contest.state == PREPARING).order_by(Contest.id.desc())
    mine = [contest for contest in db.session.scalars(wanted) if account.is_admitted(contest.id)]
    return [
        {
            "id": one.id,
            "title": {"zh": one.title_zh, "en": one.title_en},
            "date": one.held_on,
            "venue": one.venue,
            "kind": _kind(one.events[0].format),
            "missing": len(set_up_of(one.id).missing),
        }
        for one in mine
    ]


def _in_doubt(account: Account) -> list[dict[str, Any]]:
    """The contests whose records did not agree at the start: what was found, and the log where the account reads it."""
    wanted = select(Contest).where(Contest.id.in_(doubts())).order_by(Contest.id.desc())
    return [
        {
            "id": one.id,
            "title": {"zh": one.title_zh, "en": one.title_en},
            "said": [wording.sentence(problem) for problem in doubts()[one.id]],
            "log": doors.may_open("log", account.role),
        }
        for one in db.session.scalars(wanted)
        if account.is_admitted(one.id) and account.role != NO_RIGHTS
    ]


def _open_to(account: Account) -> list[tuple[Card, doors.Door]]:
    """The events of the contests that the account is let into and has a page in, each with the first of its pages."""
    wanted = select(Contest).where(Contest.state.in_((OPEN, PREPARING)), Contest.id.not_in(rehearsals()))
    wanted = wanted.where(Contest.id.not_in(doubts())).order_by(Contest.id.desc())
    admitted = [contest for contest in db.session.scalars(wanted) if account.is_admitted(contest.id)]
    opened = {contest.id for contest in admitted if contest.state == OPEN}
    early = [contest.id for contest in admitted if account.role == CODER and _has_documents(contest)]
    cards = cards_of(contest.id for contest in admitted if contest.id in {*opened, *early})
    cards = [card for card in cards if card["contest"]["id"] in opened or card["contest"]["subject"] == "document"]
    found = [(card, next(doors.of_role(account.role, card["contest"]["subject"]), None)) for card in cards]
    return [(card, door) for card, door in found if door is not None]


def _has_documents(contest: Contest) -> bool:
    """Whether documents are coded in it, before anything begins and so before it opens."""
    return any(event["subject"] == "document" for event in events_of(contest.id))


def first_page(account: Account) -> str:
    """Where an account begins: who has one task in one contest at that page, officers at theirs, others at the list."""
    if account.role in (SYSTEM, SECURITY):
        return url_for("organizers.accounts")
    mine = [] if acts_as(account.role, (ORGANIZER,)) else _open_to(account)
    if len(mine) != 1:
        return url_for("organizers.contests")
    ((shown, door),) = mine
    return url_for(door.name, contest_id=shown["contest"]["id"], event=shown["event"]["position"])
