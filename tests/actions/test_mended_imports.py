"""A list that is put right in its preview: mended cells, skipped rows, chosen columns, and a clerk's list from WPS."""

from __future__ import annotations

import pytest

from scoring.actions.preparing import imports
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.imports import sheets_of
from scoring.rules.refusal import Refused
from scoring.store import Contest, ImportDraft
from tests.actions.test_imports import confirms, drafted, entries, kept, people, shown
from tests.conftest import DESK
from tests.imports.making import HEADINGS, as_wps_writes_it


def mends(venue, draft_id, **mending):
    mended = imports.mended(db.session.get_one(ImportDraft, draft_id), imports.Mending(**mending))
    perform(imports.mend_draft, DESK, venue.contest_id, draft_id, mended)
    db.session.rollback()


def test_what_was_mended_and_skipped_is_on_record(venue):
    draft_id = drafted(venue, [HEADINGS, ("04", ""), ("05", ""), ("06", "郑凯")])
    mends(venue, draft_id, cells={"0.2": {"name": "吴佳怡"}}, skip=["0.3"])
    confirms(venue, draft_id)
    assert [one[:2] for one in people(venue)[3:]] == [("04", "吴佳怡"), ("06", "郑凯")]
    details = entries()[-1].details
    assert (details["mended"], details["skipped"]) == ({"CSV 2": {"name": "吴佳怡"}}, ["CSV 3"])
    with pytest.raises(Refused, match="import_done"):
        mends(venue, draft_id, skip=["0.2"])


def test_what_was_shown_is_not_what_is_confirmed_once_a_row_is_skipped(venue):
    draft_id = drafted(venue, [HEADINGS, ("04", "吴佳怡"), ("05", "郑凯")])
    seen = shown(draft_id).digest
    mends(venue, draft_id, skip=["0.3"])
    with pytest.raises(Refused, match="import_changed"):
        confirms(venue, draft_id, seen)


@pytest.mark.parametrize(
    ("mending", "code"),
    [
        ({"cells": {"0.2": {"name": "甲\0"}}}, "field_not_text"),
        ({"cells": {"0.2": {"name": "甲" * 501}}}, "field_too_long"),
        ({"cells": {"0.9": {"name": "甲"}}}, "import_place_unknown"),
        ({"cells": {"0.2": {"title": "甲"}}}, "import_place_unknown"),
        ({"columns": {"0.1": "seat"}}, "import_place_unknown"),
        ({"skip": ["1.2"]}, "import_place_unknown"),
    ],
)
def test_what_cannot_be_kept_of_a_mending_is_refused(venue, mending, code):
    draft_id = drafted(venue, [HEADINGS, ("04", "")])
    with pytest.raises(Refused, match=code):
        mends(venue, draft_id, **mending)


def test_a_list_without_names_is_not_imported_until_their_column_is_chosen(venue):
    draft_id = drafted(venue, [("编号", "何人", "单位"), ("04", "吴佳怡", "慈溪县院")])
    with pytest.raises(Refused, match="column_missing"):
        confirms(venue, draft_id)
    mends(venue, draft_id, columns={"0.1": "name"})
    confirms(venue, draft_id)
    assert people(venue)[-1] == ("04", "吴佳怡", "慈溪县院")


def test_a_clerks_list_from_wps_becomes_contestants_without_being_typed_again(venue):
    sheets = sheets_of(as_wps_writes_it())
    draft_id = kept(venue.contest_id, "contestants", "名单.xlsx", sheets)
    preview = shown(draft_id)
    assert [(one.row.line, one.problems[0].code) for one in preview.planned if one.problems] == [(9, "cell_missing")]
    hidden = [one.row.line for one in preview.planned if "row_hidden" in {note.code for note in one.notes}]
    assert (hidden, [row.line for row in preview.skipped]) == ([20], [25])
    assert [(one.line, one.code) for one in preview.reading.left_out] == [(40, "row_foot"), (41, "row_foot")]
    assert [column.heading for column in preview.reading.columns if not column.meaning] == ["备注"]
    mends(venue, draft_id, cells={"0.9": {"name": "欧阳静怡"}})
    confirms(venue, draft_id)
    contest = db.session.get_one(Contest, venue.contest_id)
    stored = {one.number: (one.name, one.office, one.department) for one in contest.contestants}
    assert len(stored) == 35
    assert stored["07"] == ("欧阳静怡", "慈溪县人民检察院", "第三检察部")
    assert stored["36"] == ("蒋明", "象山县人民检察院", "第四检察部")
    assert "23" not in stored


def test_what_two_mend_at_once_is_not_lost_silently(venue):
    draft_id = drafted(venue, [HEADINGS, ("04", ""), ("05", "")])
    draft = db.session.get_one(ImportDraft, draft_id)
    first = imports.mended(draft, imports.Mending(cells={"0.2": {"name": "吴佳怡"}}))
    second = imports.mended(draft, imports.Mending(cells={"0.3": {"name": "郑凯"}}))
    perform(imports.mend_draft, DESK, venue.contest_id, draft_id, first)
    with pytest.raises(Refused, match="import_changed"):
        perform(imports.mend_draft, DESK, venue.contest_id, draft_id, second)
