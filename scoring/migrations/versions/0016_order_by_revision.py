"""What came before what is told by revisions, and what lasts is measured by a time of the installation's own.

What was stored before is given the revision of the entry of the log that it was written with: the one about the same
turn, and seat, whose moment is nearest, because both were taken from the same clock within one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CALLS = ("call", "start_benches", "open_review")
RELEASES = ("release", "approve_correction")
PENALTIES = ("add_overtime", "rule", "approve_correction")
WITHDRAWALS = ("withdraw_penalty", "approve_correction")
SHEETS = ("submit", "store_paper", "send_back", "unlock_panel", "approve_correction")
Entries = Iterable[Any]


def upgrade() -> None:
    """Make the change."""
    _add_columns()
    for contest in op.get_bind().execute(sa.select(_table("contest", "id", "revision"))).all():
        _Filling(contest.id, contest.revision).fill()
    with op.batch_alter_table("turn") as turn:
        turn.drop_column("called_at")
    op.create_table(
        "boot",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("ahead", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.DateTime(), nullable=False),
        sa.Column("wall", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_boot")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("boot")
    with op.batch_alter_table("turn") as turn:
        turn.add_column(sa.Column("called_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE turn SET called_at = called_steady")
    for table, columns in {
        "turn": ("called_revision", "called_steady"),
        "release": ("revision", "steady"),
        "penalty": ("revision", "withdrawn_revision"),
        "sheet_version": ("revision",),
        "hall_screen": ("frozen_revision",),
    }.items():
        with op.batch_alter_table(table) as altered:
            for column in columns:
                altered.drop_column(column)


def _add_columns() -> None:
    known = {"nullable": False, "server_default": "0"}
    with op.batch_alter_table("turn") as turn:
        turn.add_column(sa.Column("called_revision", sa.Integer(), nullable=True))
        turn.add_column(sa.Column("called_steady", sa.DateTime(), nullable=True))
    op.execute("UPDATE turn SET called_steady = called_at")
    with op.batch_alter_table("release") as release:
        release.add_column(sa.Column("revision", sa.Integer(), **known))
        release.add_column(sa.Column("steady", sa.DateTime(), nullable=True))
    op.execute("UPDATE release SET steady = at")
    with op.batch_alter_table("release") as release:
        release.alter_column("steady", existing_type=sa.DateTime(), nullable=False)
    with op.batch_alter_table("penalty") as penalty:
        penalty.add_column(sa.Column("revision", sa.Integer(), **known))
        penalty.add_column(sa.Column("withdrawn_revision", sa.Integer(), nullable=True))
    with op.batch_alter_table("sheet_version") as version:
        version.add_column(sa.Column("revision", sa.Integer(), **known))
    with op.batch_alter_table("hall_screen") as screen:
        screen.add_column(sa.Column("frozen_revision", sa.Integer(), nullable=True))


class _Filling:
    """The revisions of one contest's records, out of its log."""

    def __init__(self, contest_id: int, revision: int) -> None:
        self._contest_id, self._newest = contest_id, max(1, revision)
        self._bind = op.get_bind()
        entry = _table("entry", "contest_id", "revision", "verb", "at", "details")
        found = self._bind.execute(sa.select(entry).where(entry.c.contest_id == contest_id))
        self._by_verb: dict[str, list[Any]] = defaultdict(list)
        for one in found:
            self._by_verb[one.verb].append(one)
        turn, played = _table("turn", "id", "round_id"), _table("round", "id", "event_id")
        event = _table("event", "id", "contest_id")
        self._turns = (
            sa.select(turn.c.id)
            .join(played, played.c.id == turn.c.round_id)
            .join(event, event.c.id == played.c.event_id)
            .where(event.c.contest_id == contest_id)
        )

    def fill(self) -> None:
        """Give every record that says what came before what its revision."""
        self._turns_called()
        self._released()
        self._taken_off()
        self._sheets()
        screen = _table("hall_screen", "id", "contest_id", "frozen_at", "frozen_revision")
        frozen = sa.select(screen).where(screen.c.contest_id == self._contest_id, screen.c.frozen_at.is_not(None))
        for one in self._bind.execute(frozen).all():
            self._set(screen, one.id, frozen_revision=self._nearest(("freeze",), one.frozen_at, lambda _: True))

    def _turns_called(self) -> None:
        turn = _table("turn", "id", "called_at", "called_revision", "facts", "code")
        for one in self._rows(turn, turn.c.id, turn.c.called_at.is_not(None)):

            def began(details: dict[str, Any], one: Any = one) -> bool:
                batch = details.get("batch")
                return (
                    details.get("turn") == one.id
                    or (batch is not None and batch == (one.facts or {}).get("batch"))
                    or one.code in details.get("opened", ())
                )

            self._set(turn, one.id, called_revision=self._nearest(CALLS, one.called_at, began))

    def _released(self) -> None:
        release = _table("release", "id", "turn_id", "at", "revision")
        for one in self._rows(release, release.c.turn_id):
            self._set(release, one.id, revision=self._nearest(RELEASES, one.at, _about(one.turn_id)))

    def _taken_off(self) -> None:
        penalty = _table("penalty", "id", "turn_id", "at", "revision", "withdrawn_at", "withdrawn_revision")
        for one in self._rows(penalty, penalty.c.turn_id):
            self._set(penalty, one.id, revision=self._nearest(PENALTIES, one.at, _about(one.turn_id)))
            if one.withdrawn_at is not None:

                def withdrew(details: dict[str, Any], one: Any = one) -> bool:
                    return details.get("penalty") == one.id or details.get("turn") == one.turn_id

                withdrawn = self._nearest(WITHDRAWALS, one.withdrawn_at, withdrew)
                self._set(penalty, one.id, withdrawn_revision=withdrawn)

    def _sheets(self) -> None:
        """A draft has no entry: it came after the version before it."""
        sheet = _table("sheet", "id", "turn_id", "seat_id")
        version = _table("sheet_version", "id", "sheet_id", "number", "state", "at", "revision")
        wanted = sa.select(version, sheet.c.turn_id, sheet.c.seat_id).join(sheet, sheet.c.id == version.c.sheet_id)
        ordered = wanted.where(sheet.c.turn_id.in_(self._turns)).order_by(version.c.sheet_id, version.c.number)
        last: dict[int, int] = {}
        for one in self._bind.execute(ordered).all():
            came = last.get(one.sheet_id, 0)
            if one.state != "draft":
                came = max(came, self._nearest(SHEETS, one.at, _about(one.turn_id, one.seat_id)))
            last[one.sheet_id] = came
            self._set(version, one.id, revision=came)

    def _rows(self, table: sa.TableClause, turn_id: Any, *where: Any) -> Entries:
        return self._bind.execute(sa.select(table).where(turn_id.in_(self._turns), *where)).all()

    def _nearest(self, verbs: Iterable[str], at: Any, is_about: Callable[[dict[str, Any]], bool]) -> int:
        """The revision of the entry nearest to a moment, of those about the record; the contest's if there is none."""
        known = [one for verb in verbs for one in self._by_verb[verb] if is_about(one.details or {})]
        return min(known, key=lambda one: abs(one.at - at)).revision if known else self._newest

    def _set(self, table: sa.TableClause, row_id: int, **values: int) -> None:
        self._bind.execute(sa.update(table).where(table.c.id == row_id).values(values))


def _about(turn_id: int, seat_id: int | None = None) -> Callable[[dict[str, Any]], bool]:
    def is_about(details: dict[str, Any]) -> bool:
        return details.get("turn") == turn_id and (seat_id is None or details.get("seat", seat_id) == seat_id)

    return is_about


def _table(name: str, *columns: str) -> sa.TableClause:
    kinds: dict[str, Any] = {"at": sa.DateTime, "details": sa.JSON, "facts": sa.JSON}
    kinds |= dict.fromkeys(("called_at", "withdrawn_at", "frozen_at"), sa.DateTime)
    return sa.table(name, *(sa.column(column, kinds.get(column)) for column in columns))
