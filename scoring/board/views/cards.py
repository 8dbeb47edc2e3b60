"""What lists of contests show of each event: a card, kept until anything but a sheet changes its contest.

A list of many contests that were over years ago must not read them all anew for everybody who opens it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, and_, exists, select

from scoring.board.reading.doubts import check_trusted, doubts
from scoring.board.reading.frames import stamp_of
from scoring.board.reading.look import HELD_BACK, events_of
from scoring.board.snapshots.audience import Board, Now, Performing
from scoring.board.snapshots.pages import Card
from scoring.board.views.audience import audience, stage_of
from scoring.extensions import db
from scoring.loop.stepping_aside import giving_way
from scoring.store import Account, Contest, Entry
from scoring.store.prepared import Prepared
from scoring.store.rehearsals import Rehearsal

#: By database and contest: the change of anything but sheets at which its cards were made, and the cards.
_kept: WeakKeyDictionary[Engine, dict[int, tuple[str, list[Card]]]] = WeakKeyDictionary()
_CHANGES = Prepared(
    select(
        *(Contest.id, Contest.state, Contest.frame_revision, Entry.fingerprint),
        exists().where(Rehearsal.contest_id == Contest.id),
        HELD_BACK,
    )
    .outerjoin(Entry, and_(Entry.contest_id == Contest.id, Entry.revision == Contest.frame_revision))
    .order_by(Contest.id)
)
_ANY_ACCOUNT = Prepared(select(Account.id).limit(1))


class HomeStamp(NamedTuple):
    """How new the cards of all contests are, which of them are in doubt, and whether anybody has an account."""

    contests: tuple[tuple[Any, ...], ...]
    in_doubt: frozenset[int]
    begun: bool

    @property
    def held_back(self) -> bool:
        """Whether something of a contest is done already that everybody sees later; see PublicStamp."""
        return any(held_back for *_, held_back in self.contests)


def home_stamp() -> HomeStamp:
    """The stamp as all is stored now: another one after whatever the home page shows, and not after a sheet."""
    connection = db.session.connection()
    begun = _ANY_ACCOUNT.one(connection) is not None
    return HomeStamp(tuple(_CHANGES.all(connection)), frozenset(doubts()), begun)


def cards_of(contest_ids: Iterable[int]) -> list[Card]:
    """A card for each event of these contests, in their order: names, `stage`, counts, `now` and `next`.

    It is as new as the database. Raises LookupError, and Refused(contest_in_doubt).
    """
    return list(giving_way(card for contest_id in contest_ids for card in _of_contest(contest_id)))


def _of_contest(contest_id: int) -> Iterator[Card]:
    check_trusted(contest_id)
    newest = stamp_of(db.session.connection(), contest_id).frame
    cards = _kept.setdefault(db.engine, {})
    found = cards.get(contest_id)
    if found is None or found[0] != newest:
        made = [_card(audience(contest_id, event["position"])) for event in giving_way(events_of(contest_id))]
        found = cards[contest_id] = newest, made
    yield from found[1]


def _card(board: Board) -> Card:
    """What a card has of the leaderboard's snapshot; no sheet that comes in changes it."""
    return {
        "contest": board["contest"],
        "event": board["event"],
        "total": board["total"],
        "released": board["released"],
        "unplaced": board["unplaced"],
        "now": _without_sheets(board["now"]) if board["now"] else None,
        "next": board["next"],
        "stage": stage_of(board),
        "rooms": [room["name"] for room in board["rooms"]],
    }


def _without_sheets(turn: Now) -> Performing:
    return {
        "turn": turn["turn"],
        "number": turn["number"],
        "state": turn["state"],
        "clock": turn["clock"],
        "sides": turn["sides"],
        "motion": turn["motion"],
    }
