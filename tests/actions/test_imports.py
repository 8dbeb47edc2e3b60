"""Importing lists into a contest: what each row would do, what is written, and what never is."""

from __future__ import annotations

import time

import gevent
import pytest
from sqlalchemy import select

from scoring.actions.preparing import imports
from scoring.actions.preparing.import_late import Lateness
from scoring.actions.running import draws
from scoring.actions.running.late_places import Lots
from scoring.actions.transaction import perform
from scoring.board.views.desk import desk
from scoring.extensions import db
from scoring.imports import sheets_of
from scoring.rules.refusal import Refused
from scoring.store import Contest, Contestant, Entry, ImportDraft, Office, Relation, Turn
from tests.conftest import DESK
from tests.imports.making import HEADINGS, text
from tests.patience import within

JUDGES = ("席位", "姓名", "单位", "部门", "职务", "候补")


def kept(contest_id, kind, name, sheets):
    """The sheets are read and kept; the draft's id."""
    return perform(imports.keep_draft, DESK, contest_id, name, imports.readable(kind, sheets))


def drafted(venue, rows, kind="contestants"):
    """A list is uploaded."""
    return kept(venue.contest_id, kind, "名单.csv", sheets_of(text(rows).encode()))


def shown(draft_id):
    db.session.rollback()
    return imports.preview(db.session.get_one(ImportDraft, draft_id))


def confirms(venue, draft_id, digest="", request=None):
    """The organizer confirms what was shown."""
    wanted = digest or shown(draft_id).digest
    return perform(imports.confirm_import, DESK, venue.contest_id, draft_id, wanted, request=request)


def imported(venue, rows, kind="contestants"):
    confirms(venue, drafted(venue, rows, kind))
    db.session.rollback()


def states(venue, rows, kind="contestants"):
    return [one.state for one in shown(drafted(venue, rows, kind)).planned]


def wrong(venue, rows, kind="contestants"):
    planned = shown(drafted(venue, rows, kind)).planned
    return [(one.row.line, problem.field, problem.code) for one in planned for problem in one.problems]


def people(venue):
    db.session.rollback()
    contest = db.session.get_one(Contest, venue.contest_id)
    return [(one.number, one.name, one.office) for one in contest.contestants]


def order(venue):
    return [turn["number"] for turn in desk(venue.contest_id)["turns"]]


def entries():
    db.session.rollback()
    return list(db.session.scalars(select(Entry).order_by(Entry.id)))


def test_each_row_is_new_changed_same_or_wrong(venue):
    rows = [
        HEADINGS,
        ("01", "陈思远", "江北区院", "第一检察部"),
        ("02", "林晓彤", "江北区院"),
        ("04", "吴佳怡"),
        ("05", ""),
    ]
    preview = shown(drafted(venue, rows))
    assert [one.state for one in preview.planned] == ["same", "changed", "new", "wrong"]
    assert preview.planned[1].changes == {"office": ("慈溪县院", "江北区院")}


def test_nothing_is_written_before_it_is_confirmed(venue):
    before, record = people(venue), len(entries())
    drafted(venue, [HEADINGS, ("04", "吴佳怡")])
    assert (people(venue), len(entries())) == (before, record)


def test_confirmed_rows_are_written_with_one_entry_and_new_ones_come_last(venue):
    imported(venue, [HEADINGS, ("02", "林小彤"), ("04", "吴佳怡", "慈溪县院", "第一检察部")])
    assert people(venue)[1:] == [
        ("02", "林小彤", "慈溪县院"),
        ("03", "周子涵", "江北区院"),
        ("04", "吴佳怡", "慈溪县院"),
    ]
    assert order(venue) == ["01", "02", "03", "04"]
    entry = entries()[-1]
    assert (entry.verb, entry.details["new"]) == ("import_list", 1)
    assert entry.details["changed"] == [{"name": ["林晓彤", "林小彤"]}]


def test_an_empty_cell_or_a_column_that_is_not_there_changes_nothing(venue):
    assert states(venue, [("编号", "姓名"), ("01", "陈思远")]) == ["same"]
    assert states(venue, [HEADINGS, ("01", "陈思远", "", "")]) == ["same"]


def test_whoever_is_not_in_the_file_stays(venue):
    imported(venue, [HEADINGS, ("04", "吴佳怡")])
    assert len(people(venue)) == 4


@pytest.mark.parametrize("typed", ["1", "01"])
def test_a_number_without_its_zero_is_the_same_number(venue, typed):
    assert states(venue, [HEADINGS, (typed, "陈思远")]) == ["same"]


def test_a_number_is_padded_as_the_longest_one_of_the_file_and_it_is_said(venue):
    preview = shown(drafted(venue, [HEADINGS, ("4", "吴佳怡"), ("12", "郑凯")]))
    assert [one.after["number"] for one in preview.planned] == ["04", "12"]
    assert [(note.code, note.figures["number"]) for one in preview.planned for note in one.notes] == [
        ("number_padded", "04")
    ]


def test_two_contestants_with_one_number_are_both_wrong_and_say_where_the_other_is(venue):
    planned = shown(drafted(venue, [HEADINGS, ("4", "吴佳怡"), ("04", "郑凯")])).planned
    assert [(one.row.line, one.problems[0].code, one.problems[0].figures["line"]) for one in planned] == [
        (2, "row_twice", "3"),
        (3, "row_twice", "2"),
    ]


def test_a_number_of_somebody_else_who_is_not_in_the_file_is_taken(venue):
    assert wrong(venue, [HEADINGS, ("02", "陈思远")]) == [(2, "number", "number_taken")]


def test_two_may_change_their_numbers_with_each_other_while_nobody_was_called(venue):
    imported(venue, [HEADINGS, ("02", "陈思远"), ("01", "林晓彤")])
    assert people(venue)[:2] == [("01", "林晓彤", "慈溪县院"), ("02", "陈思远", "江北区院")]


def test_exchanged_numbers_with_reworded_offices_are_an_exchange_and_nobody_is_there_twice(venue):
    rows = [HEADINGS, ("02", "陈思远", "江北区人民检察院"), ("01", "林晓彤", "明州市慈溪县检察院")]
    assert wrong(venue, rows) == []
    imported(venue, rows)
    assert [one[:2] for one in people(venue)[:2]] == [("01", "林晓彤"), ("02", "陈思远")]
    again = [HEADINGS, ("01", "陈思远", "甲"), ("02", "林晓彤", "乙")]
    imported(venue, again)
    assert [one[:2] for one in people(venue)[:2]] == [("01", "陈思远"), ("02", "林晓彤")]


def test_somebody_new_who_takes_a_number_that_its_holder_leaves_is_somebody_new(venue):
    rows = [HEADINGS, ("01", "陈思远"), ("02", "赵明轩", "江南区院"), ("03", "林晓彤"), ("04", "周子涵")]
    assert (wrong(venue, rows), states(venue, rows)) == ([], ["same", "new", "changed", "changed"])
    imported(venue, rows)
    assert sorted(one[:2] for one in people(venue)) == [
        ("01", "陈思远"),
        ("02", "赵明轩"),
        ("03", "林晓彤"),
        ("04", "周子涵"),
    ]


def test_a_number_that_goes_over_to_another_name_is_pointed_out(venue):
    (planned,) = shown(drafted(venue, [HEADINGS, ("01", "赵明轩")])).planned
    assert [(note.code, note.figures["old"], note.figures["new"]) for note in planned.notes] == [
        ("name_replaced", "陈思远", "赵明轩")
    ]


def test_a_namesake_of_another_office_is_somebody_else(venue):
    assert states(venue, [HEADINGS, ("09", "陈思远", "慈溪县院")]) == ["new"]


@pytest.mark.parametrize("typed", ["０１", "001", "1号", "第1号", "No. 1", "①"])
def test_a_number_is_the_same_however_wide_it_is_typed(venue, typed):
    assert states(venue, [HEADINGS, (typed, "陈思远")]) == ["same"]


def test_a_list_without_numbers_goes_on_after_those_who_are_there(venue):
    rows = [("姓名", "单位"), ("陈思远", "江北区院"), ("吴佳怡", "慈溪县院"), ("郑凯", "慈溪县院")]
    planned = shown(drafted(venue, rows)).planned
    assert [(one.state, one.after["number"]) for one in planned] == [("same", "01"), ("new", "04"), ("new", "05")]
    assert [note.code for note in planned[1].notes] == ["number_given"]


def test_the_number_of_somebody_who_was_called_or_marked_stays(venue):
    venue.call("01")
    assert wrong(venue, [HEADINGS, ("11", "陈思远")]) == [(2, "number", "number_of_marked")]
    swapped = [HEADINGS, ("02", "陈思远"), ("01", "林晓彤")]
    assert (2, "number", "number_of_marked") in wrong(venue, swapped)


def test_a_name_may_be_mended_after_marking(venue):
    venue.call("01")
    imported(venue, [HEADINGS, ("01", "陈思源")])
    assert people(venue)[0][1] == "陈思源"


def test_the_same_person_in_two_rows_is_wrong(venue):
    found = wrong(venue, [HEADINGS, ("01", "陈思远"), ("09", "陈思远")])
    assert (3, "name", "contestant_twice") in found


@pytest.mark.parametrize("number", ["0 1x", "a/b", "一.二"])
def test_a_number_is_one_word(venue, number):
    assert wrong(venue, [HEADINGS, (number, "吴佳怡")]) == [(2, "number", "cell_not_a_number")]


def test_new_contestants_come_after_those_who_were_called_until_the_order_is_drawn(venue):
    venue.call("01")
    late_import(venue, [HEADINGS, ("04", "吴佳怡")], LATE)
    assert order(venue)[-1] == "04"


LATE = Lateness("路上堵车", Lots("last", "7", "王监督"))


def late_import(venue, rows, late, kind="contestants"):
    draft_id = drafted(venue, rows, kind)
    perform(imports.confirm_import, DESK, venue.contest_id, draft_id, shown(draft_id).digest, late)
    db.session.rollback()


def test_whoever_is_new_after_the_draw_comes_late_and_needs_a_reason(venue):
    perform(draws.draw_turns, DESK, venue.contest_id, "314159", "王监督")
    drawn = order(venue)
    rows = [HEADINGS, ("01", "陈思远"), ("04", "吴佳怡", "慈溪县院"), ("05", "郑凯")]
    assert [one.late for one in shown(drafted(venue, rows)).planned] == [False, True, True]
    with pytest.raises(Refused, match="reason_missing"):
        imported(venue, rows)
    assert order(venue) == drawn
    late_import(venue, rows, LATE)
    assert order(venue) == [*drawn, "04", "05"]
    entry = next(one for one in entries() if one.verb == "enter_late")
    assert (entry.details["number"], entry.details["reason"]) == ("04, 05", "路上堵车")


def test_late_rows_are_drawn_into_those_who_wait(venue):
    venue.call("01")
    late_import(venue, [HEADINGS, ("04", "吴佳怡")], Lateness("堵车", Lots("drawn", "20261129", "王监督")))
    assert order(venue)[0] == "01"
    entry = next(one for one in entries() if one.verb == "enter_late")
    assert entry.details["order"] == order(venue)[1:]


def test_late_rows_drawn_without_a_witness_write_nothing(venue):
    venue.call("01")
    with pytest.raises(Refused, match="witness_missing"):
        late_import(venue, [HEADINGS, ("04", "吴佳怡")], Lateness("堵车", Lots("drawn", "7", "")))
    assert len(people(venue)) == 3


def test_once_the_ranking_is_public_a_new_row_says_why_it_cannot_come_in(venue):
    for number in ("01", "02", "03"):
        venue.call(number)
        venue.all_submit(number, ["90"] * 7)
        venue.release(number)
    assert wrong(venue, [HEADINGS, ("04", "吴佳怡")]) == [(2, "number", "late_round_over")]
    assert states(venue, [HEADINGS, ("01", "陈思源")]) == ["changed"]


def test_a_list_with_a_wrong_row_is_not_imported_at_all(venue):
    before = people(venue)
    draft_id = drafted(venue, [HEADINGS, ("04", "吴佳怡"), ("05", "")])
    with pytest.raises(Refused, match="import_wrong_rows"):
        confirms(venue, draft_id)
    assert people(venue) == before


def test_what_has_changed_since_it_was_shown_is_not_written(venue):
    draft_id = drafted(venue, [HEADINGS, ("04", "吴佳怡")])
    seen = shown(draft_id).digest
    imported(venue, [HEADINGS, ("04", "郑凯")])
    before = people(venue)
    with pytest.raises(Refused, match="import_changed"):
        confirms(venue, draft_id, seen)
    assert people(venue) == before


def test_confirming_twice_does_no_harm(venue):
    draft_id = drafted(venue, [HEADINGS, ("04", "吴佳怡")])
    seen = shown(draft_id).digest
    for _ in range(2):
        confirms(venue, draft_id, seen, request="one-and-the-same")
    assert len(people(venue)) == 4
    with pytest.raises(Refused, match="import_done"):
        confirms(venue, draft_id, seen, request="another-press")


def test_a_file_with_nothing_new_says_so(venue):
    with pytest.raises(Refused, match="import_nothing_new"):
        confirms(venue, drafted(venue, [HEADINGS, ("01", "陈思远")]))


def test_a_draft_of_another_contest_is_not_there(venue):
    draft_id = drafted(venue, [HEADINGS, ("04", "吴佳怡")])
    with pytest.raises(Refused, match="import_unknown"):
        perform(imports.confirm_import, DESK, venue.contest_id + 1, draft_id, "")


def test_five_hundred_rows_are_shown_in_a_blink_and_written(venue):
    rows = [HEADINGS, *((f"{place:03d}", f"选手{place}", "江北区院", "一部") for place in range(101, 601))]
    content = text(rows).encode("gbk")
    before = time.process_time()
    draft_id = kept(venue.contest_id, "contestants", "x", sheets_of(content))
    assert shown(draft_id).count("new") == 500
    assert time.process_time() - before < within(0.5)
    confirms(venue, draft_id)
    assert len(people(venue)) == 503
    assert len(list(db.session.scalars(select(Turn)))) == 503


def test_offices_are_known_by_their_stem(venue):
    imported(venue, [("单位全称", "简称"), ("明州市江北区人民检察院", "江北院")], "offices")
    assert [(one.name, one.short) for one in db.session.scalars(select(Office))] == [
        ("明州市江北区人民检察院", "江北院")
    ]
    assert states(venue, [("单位", "简称"), ("明州市江北区检察院", "江北区院")], "offices") == ["changed"]
    twice = [("单位全称",), ("慈溪县院",), ("慈溪县人民检察院",)]
    assert [code for _, _, code in wrong(venue, twice, "offices")] == ["row_twice", "row_twice"]


def test_declared_relations_name_a_seated_judge_and_an_entered_contestant(venue):
    imported(venue, [JUDGES, ("1", "李国栋")], "judges")
    rows = [("评委姓名", "选手编号", "关系", "说明"), ("李国栋", "1", "师徒", "2019年结对")]
    imported(venue, rows, "relations")
    (kept,) = db.session.scalars(select(Relation))
    assert (kept.judge, kept.contestant.number, kept.ground, kept.note) == ("李国栋", "01", "mentor", "2019年结对")
    assert states(venue, rows, "relations") == ["same"]
    bad = [rows[0], ("王五", "01", "师徒"), ("李国栋", "77", "师徒"), ("李国栋", "02", "同学")]
    assert wrong(venue, bad, "relations") == [
        (2, "judge", "judge_not_seated"),
        (3, "number", "contestant_not_entered"),
        (4, "ground", "relation_unknown"),
    ]


def test_a_contest_without_matches_takes_no_teams(venue):
    with pytest.raises(Refused, match="import_kind_not_here"):
        drafted(venue, [("队号", "队名"), ("01", "甲")], "teams")


def test_the_kept_draft_says_who_uploaded_it(venue):
    draft_id = drafted(venue, [HEADINGS, ("04", "吴佳怡")])
    assert db.session.get_one(ImportDraft, draft_id).actor == DESK.label
    assert db.session.scalar(select(Contestant).where(Contestant.number == "04")) is None


def test_a_list_that_is_held_against_two_thousand_people_lets_the_judges_go_first(venue):
    rows = [HEADINGS, *((f"{number:05d}", f"选手{number}") for number in range(10, 1910))]
    confirms(venue, drafted(venue, rows))
    again = drafted(venue, rows)
    waits: list[float] = []
    over: list[bool] = []

    def judge():
        while not over:
            before = time.monotonic()
            gevent.sleep(0)
            waits.append(time.monotonic() - before)

    waiting = gevent.spawn(judge)
    assert shown(again).count("same") == 1900
    over.append(True)
    waiting.join()
    assert len(waits) > 20
    assert sorted(waits)[-3] < within(0.1)
