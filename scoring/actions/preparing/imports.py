"""Importing a list: kept as a draft, shown as a preview, and written in one transaction once it is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scoring.actions.preparing import import_contestants, import_judges, import_lists, import_points
from scoring.actions.preparing.import_late import Lateness, check_late, place_late
from scoring.actions.preparing.import_plans import CHANGED, NEW, SAME, WRONG, Planned, Planner, Preview
from scoring.actions.preparing.relations import apply_relations
from scoring.actions.registry import EVERYWHERE, _l, logged, verb
from scoring.actions.transaction import Actor, record
from scoring.board.reading.facts import format_of
from scoring.extensions import db
from scoring.imports import KINDS, Choices, Grid, Reading, reading_of
from scoring.loop.stepping_aside import giving_way
from scoring.rules.refusal import Refused, refuse_any
from scoring.store import Contest, ImportDraft
from scoring.store.model import is_storable, now

LONGEST_CELL = 500
NOT_LATE = Lateness()


@dataclass(frozen=True)
class Importer:
    """How one kind of list is compared with the contest, and written into it."""

    plan: Planner
    write: Callable[[Contest, Sequence[Planned], Actor], None]


IMPORTERS: Mapping[str, Importer] = {
    "contestants": Importer(
        import_contestants.plan_contestants,
        lambda contest, rows, actor: import_contestants.write_contestants(contest, rows),
    ),
    "teams": Importer(
        import_contestants.plan_teams, lambda contest, rows, actor: import_contestants.write_teams(contest, rows)
    ),
    "judges": Importer(
        import_judges.plan_judges, lambda contest, rows, actor: import_judges.write_judges(contest, rows)
    ),
    "offices": Importer(
        import_lists.plan_offices, lambda contest, rows, actor: import_lists.write_offices(contest, rows)
    ),
    "relations": Importer(
        import_lists.plan_relations,
        lambda contest, rows, actor: import_lists.write_relations(contest, rows, actor.label),
    ),
    "points": Importer(import_points.plan_points, import_points.write_points),
}


def kinds_of(contest: Contest) -> list[str]:
    """The kinds of lists that the contest takes: teams only where matches are held, points where no judges mark."""
    subjects = {format_of(event).subject for event in contest.events}
    needed = {"teams": "match", "points": "test"}
    return [kind for kind in KINDS if kind not in needed or needed[kind] in subjects]


@dataclass(frozen=True)
class Readable:
    """Sheets that were read once as a list of this kind, so that they can be kept and shown; made by `readable`."""

    kind: str
    sheets: Sequence[Grid]


def readable(kind: str, sheets: Sequence[Grid]) -> Readable:
    """The sheets as a list of this kind; reading a long one gives way to whoever waits. Raises Refused as `reading_of`.

    It is done before the verb, which would keep the sheets of the judges waiting meanwhile.
    """
    reading_of(KINDS[kind], sheets, each=giving_way)
    return Readable(kind, sheets)


@verb()
def keep_draft(actor: Actor, contest_id: int, name: str, handed_in: Readable) -> int:
    """Keep the sheets until they are confirmed; answers the draft's id. Nothing of them is in the contest yet.

    Raises Refused: contest_unknown, import_kind_not_here.
    """
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise Refused.because("contest_unknown")
    if handed_in.kind not in kinds_of(contest):
        raise Refused.because("import_kind_not_here")
    kept = _kept(handed_in.sheets, Choices())
    draft = ImportDraft(contest_id=contest_id, kind=handed_in.kind, name=name[:255], read=kept, actor=actor.label)
    db.session.add(draft)
    db.session.flush()
    return draft.id


def draft_called(contest_id: int, draft_id: int) -> ImportDraft:
    """The contest's draft with this id, or Refused(import_unknown): also for one that an earlier release has kept."""
    draft = db.session.get(ImportDraft, draft_id)
    if draft is None or draft.contest_id != contest_id or "sheets" not in draft.read:
        raise Refused.because("import_unknown")
    return draft


def _kept(sheets: Sequence[Grid], choices: Choices) -> dict[str, Any]:
    return {"sheets": [sheet.to_data() for sheet in sheets], "choices": choices.to_data()}


def reading_of_draft(draft: ImportDraft) -> Reading:
    """What was read, as somebody has put it right since. Raises Refused as `reading_of` does."""
    return _read(draft, Choices.from_data(draft.read["choices"]))


def _read(draft: ImportDraft, choices: Choices) -> Reading:
    """The draft's sheets, read with these choices; a long list gives way to whoever waits."""
    sheets = [Grid.from_data(sheet, giving_way) for sheet in giving_way(draft.read["sheets"])]
    return reading_of(KINDS[draft.kind], sheets, choices, giving_way)


def preview(draft: ImportDraft) -> Preview:
    """What the draft would do to the contest as it is now."""
    contest = db.session.get_one(Contest, draft.contest_id)
    reading = reading_of_draft(draft)
    return Preview(tuple(IMPORTERS[draft.kind].plan(contest, reading.counted)), reading)


@dataclass(frozen=True)
class Mending:
    """What somebody decided about a draft.

    Meanings by column, texts by row and column, rows to skip and to take, and whether a sheet is read by its key.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    skip: Collection[str] = ()
    take: Collection[str] = ()
    sheets: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Mended:
    """What the choices of a draft were when somebody mended it, and what they are to be; made by `mended`."""

    before: Any
    after: Choices


def mended(draft: ImportDraft, mending: Mending) -> Mended:
    """The choices of the draft with what somebody put right in its preview, read once to see that this can be shown.

    Raises Refused: import_place_unknown for a sheet, row or column that is not there, field_not_text, field_too_long,
    and as `reading_of` does.
    """
    _check(draft, mending)
    before = draft.read["choices"]
    told = mending.columns, mending.cells, mending.skip, mending.take, mending.sheets
    after = Choices.from_data(before).changed(*told)
    _read(draft, after)
    return Mended(before, after)


@verb()
def mend_draft(actor: Actor, contest_id: int, draft_id: int, choices: Mended) -> None:
    """Keep what somebody put right in a preview; the file is as it was, and nothing is in the contest yet.

    Raises Refused: import_unknown, import_done, import_changed where somebody else has mended it meanwhile.
    """
    draft = draft_called(contest_id, draft_id)
    if draft.applied_at is not None:
        raise Refused.because("import_done")
    if draft.read["choices"] != choices.before:
        raise Refused.because("import_changed")
    draft.read = {**draft.read, "choices": choices.after.to_data()}


def _check(draft: ImportDraft, mending: Mending) -> None:
    reading, kind = reading_of_draft(draft), KINDS[draft.kind]
    rows = {row.key for row in reading.rows} | {one.key for one in reading.left_out}
    columns, meanings = {one.key for one in reading.columns}, {"", *(one.key for one in kind.meanings)}
    named = {key for told in mending.cells.values() for key in told}
    known = {*mending.cells, *mending.skip, *mending.take} <= rows and set(mending.columns) <= columns
    known = known and set(mending.sheets) <= {sheet.key for sheet in reading.sheets}
    if not known or not set(mending.columns.values()) <= meanings or not named <= {one.key for one in kind.columns}:
        raise Refused.because("import_place_unknown")
    texts = [text for told in mending.cells.values() for text in told.values()]
    if not all(is_storable(text) for text in texts):
        raise Refused.because("field_not_text")
    if any(len(text) > LONGEST_CELL for text in texts):
        raise Refused.because("field_too_long", most=LONGEST_CELL)


@verb()
@logged("setup", _l("imported a list"), EVERYWHERE, name="import_list")
def confirm_import(actor: Actor, contest_id: int, draft_id: int, digest: str, late: Lateness = NOT_LATE) -> None:
    """Write a draft exactly as it was shown: `digest` is that of the preview that somebody confirmed.

    Raises Refused: import_unknown, import_done, import_changed (the contest has changed since), column_missing,
    column_assigned_twice, import_wrong_rows, import_nothing_new, no_room; for rows that come late
    reason_missing, and as `late_entries.admit` does.
    """
    draft = draft_called(contest_id, draft_id)
    if draft.applied_at is not None:
        raise Refused.because("import_done")
    shown = preview(draft)
    if shown.digest != digest:
        raise Refused.because("import_changed")
    refuse_any(shown.reading.problems)
    if wrong := shown.count(WRONG):
        raise Refused.because("import_wrong_rows", rows=wrong)
    if not shown.count(NEW) + shown.count(CHANGED):
        raise Refused.because("import_nothing_new")
    check_late(shown.planned, late)
    contest = db.session.get_one(Contest, contest_id)
    IMPORTERS[draft.kind].write(contest, shown.planned, actor)
    draft.applied_at = now()
    counts = {state: shown.count(state) for state in (NEW, CHANGED, SAME)}
    draft.read = {**draft.read, "done": counts | {"skipped": len(shown.skipped)}}
    db.session.flush()
    seats = [seat.id for room in import_judges.rooms_of(contest) for seat in room.seats]
    told = [dict(one.changes) for one in shown.planned if one.state == CHANGED]
    by_hand: dict[str, Any] = {
        "skipped": [f"{row.sheet} {row.line}" for row in shown.skipped],
        "mended": {f"{one.row.sheet} {one.row.line}": _typed(one) for one in shown.planned if one.row.mended},
    }
    told_of: dict[str, Any] = {"kind": draft.kind, "new": shown.count(NEW), "changed": told, "file": draft.name}
    record(contest, actor, "import_list", seats, **told_of, **{key: said for key, said in by_hand.items() if said})
    place_late(actor, contest, draft.kind, shown.planned, late)
    apply_relations(actor, contest)


def _typed(one: Planned) -> dict[str, str]:
    return {key: one.row.cells.get(key, "") for key in one.row.mended}
