"""Importing a list: kept as a draft, shown as a preview, and written in one transaction once it is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scoring.actions import import_contestants, import_judges, import_lists
from scoring.actions.import_plans import CHANGED, NEW, WRONG, Planned, Planner, Preview
from scoring.actions.relations import apply_relations
from scoring.actions.transaction import Actor, record
from scoring.board import format_of
from scoring.extensions import db
from scoring.imports import KINDS, Reading
from scoring.rules.refusal import Refused
from scoring.store import Contest, ImportDraft
from scoring.store.model import now


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
}


def kinds_of(contest: Contest) -> list[str]:
    """The kinds of lists that the contest takes: teams only where matches are held."""
    matches = any(format_of(event).subject == "match" for event in contest.events)
    return [kind for kind in KINDS if kind != "teams" or matches]


def keep_draft(actor: Actor, contest_id: int, kind: str, name: str, reading: Reading) -> int:
    """Keep what was read until it is confirmed; answers the draft's id. Nothing of it is in the contest yet.

    Raises Refused: contest_unknown, import_kind_not_here.
    """
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise Refused.because("contest_unknown")
    if kind not in kinds_of(contest):
        raise Refused.because("import_kind_not_here")
    draft = ImportDraft(contest_id=contest_id, kind=kind, name=name[:255], read=reading.to_data(), actor=actor.label)
    db.session.add(draft)
    db.session.flush()
    return draft.id


def draft_called(contest_id: int, draft_id: int) -> ImportDraft:
    """The contest's draft with this id, or Refused(import_unknown)."""
    draft = db.session.get(ImportDraft, draft_id)
    if draft is None or draft.contest_id != contest_id:
        raise Refused.because("import_unknown")
    return draft


def preview(draft: ImportDraft) -> Preview:
    """What the draft would do to the contest as it is now."""
    contest = db.session.get_one(Contest, draft.contest_id)
    rows = Reading.from_data(draft.read).rows
    return Preview(tuple(IMPORTERS[draft.kind].plan(contest, rows)))


def confirm_import(actor: Actor, contest_id: int, draft_id: int, digest: str) -> None:
    """Write a draft exactly as it was shown: `digest` is that of the preview that somebody confirmed.

    Raises Refused: import_unknown, import_done, import_changed (the contest has changed since), import_wrong_rows,
    import_nothing_new, no_room.
    """
    draft = draft_called(contest_id, draft_id)
    if draft.applied_at is not None:
        raise Refused.because("import_done")
    shown = preview(draft)
    if shown.digest != digest:
        raise Refused.because("import_changed")
    if wrong := shown.count(WRONG):
        raise Refused.because("import_wrong_rows", rows=wrong)
    if not shown.count(NEW) + shown.count(CHANGED):
        raise Refused.because("import_nothing_new")
    contest = db.session.get_one(Contest, contest_id)
    IMPORTERS[draft.kind].write(contest, shown.planned, actor)
    draft.applied_at = now()
    db.session.flush()
    seats = [seat.id for room in import_judges.rooms_of(contest) for seat in room.seats]
    told = [dict(one.changes) for one in shown.planned if one.state == CHANGED]
    record(contest, actor, "import_list", seats, kind=draft.kind, new=shown.count(NEW), changed=told, file=draft.name)
    apply_relations(actor, contest)
