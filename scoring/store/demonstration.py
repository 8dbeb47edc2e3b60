"""The demo that an installation began with: which contests are the demo's, and the one password of its accounts."""

from __future__ import annotations

from sqlalchemy import JSON, ColumnElement, String, select
from sqlalchemy.orm import Mapped, mapped_column

from scoring.extensions import db
from scoring.store.contests import OPEN, PREPARING, Contest
from scoring.store.model import Model
from scoring.store.people import Account
from scoring.store.rehearsals import Rehearsal, rehearsals

_ONLY = 1


class Demonstration(Model):
    """The one row of it, where there is a demo: the ids of its `contests`, and the hash that its accounts began with.

    An account whose password is still this very hash has the one that the terminal shows and a file names. Any
    password that was chosen since has another, be it the same word.
    """

    __tablename__ = "demonstration"
    id: Mapped[int] = mapped_column(primary_key=True, default=_ONLY)
    password: Mapped[str] = mapped_column(String(200))
    contests: Mapped[list[int]] = mapped_column(JSON)


def demonstration() -> Demonstration | None:
    """The demo of this installation, None where there never was one."""
    return db.session.get(Demonstration, _ONLY)


def is_of_demo(contest_id: int) -> bool:
    """Whether the contest is one of the demo's."""
    kept = demonstration()
    return kept is not None and contest_id in kept.contests


def accounts_of_demo() -> list[Account]:
    """The accounts whose password is the demo's still, closed ones as well, by name."""
    kept = demonstration()
    wanted = select(Account).where(Account.password == (kept.password if kept else None))
    return list(db.session.scalars(wanted.order_by(Account.name)))


def open_accounts_of_demo() -> list[Account]:
    """Those of them with which somebody could sign in."""
    return [account for account in accounts_of_demo() if account.closed_at is None]


def contests_of_demo() -> list[Contest]:
    """The demo's contests, and the rehearsals of these that are on."""
    kept = demonstration()
    ids = list(kept.contests) if kept else []
    held = select(Rehearsal.contest_id).where(Rehearsal.original_id.in_(ids), Rehearsal.ended_at.is_(None))
    wanted = select(Contest).where(Contest.id.in_(ids) | Contest.id.in_(held))
    return list(db.session.scalars(wanted.order_by(Contest.id)))


def own_official() -> str | None:
    """The title of an open contest that counts and is not the demo's, where the demo's is not all there is."""
    return _own(Contest.state == OPEN, Contest.practice.is_(False))


def own_begun() -> str | None:
    """The title of a contest that is open, or was, and is not the demo's; of any where there is no demo."""
    return _own(Contest.state != PREPARING) if demonstration() else _own()


def _own(*which: ColumnElement[bool]) -> str | None:
    kept = demonstration()
    others = Contest.id.not_in(kept.contests if kept else []), Contest.id.not_in(rehearsals())
    return db.session.scalar(select(Contest.title_zh).where(*others, *which).limit(1))
