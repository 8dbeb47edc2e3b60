"""The workbook: three sheets, equal to the board figure for figure, printable, and never a formula."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scoring.exports import ranking_xlsx
from scoring.exports.spreadsheet import number_format
from scoring.exports.tables import ranking

Record = dict[str, Any]
FATES = {
    "counted": "counted",
    "dropped_high": "dropped (highest)",
    "dropped_low": "dropped (lowest)",
    "recused": "recused",
    "away": "away from the seat",
}


@pytest.fixture(scope="module")
def book(record: Record) -> Workbook:
    return openpyxl.load_workbook(BytesIO(ranking_xlsx(record)))


def rows_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """The rows under the headings, by heading."""
    headings = [str(cell.value) for cell in sheet[2]]
    return [dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=3)]


def shown(cell: Cell) -> str:
    """What a spreadsheet shows for the cell: a number with its format's decimals, else the text."""
    if cell.data_type != "n" or cell.value is None:
        return str(cell.value or "")
    decimals = len(cell.number_format.partition(".")[2])
    exact = Decimal(str(cell.value))
    assert exact == round(exact, decimals), f"{cell.coordinate} hides decimals"
    return f"{exact:.{decimals}f}"


def test_the_ranking_equals_the_board_figure_for_figure(book: Workbook, record: Record) -> None:
    for line, row in zip(rows_of(book["Ranking"]), record["rows"], strict=True):
        assert shown(line["Rank"]) == str(row["rank"])
        assert line["No."].value == row["number"]
        assert shown(line["Final score"]) == row["score"]
        assert shown(line["Mean"]) == row["explanation"]["mean"]
        assert shown(line["Points off"]) == row["explanation"]["penalty_sum"]


def test_scores_and_ranks_are_numbers_and_contestant_numbers_are_names(book: Workbook) -> None:
    for line in rows_of(book["Ranking"]):
        kinds = [line[heading].data_type for heading in ("Rank", "No.", "Name", "Final score")]
        assert kinds == ["n", "s", "s", "n"]


def test_all_marks_have_a_row_for_each_judge_of_each_contestant(book: Workbook, record: Record) -> None:
    lines = rows_of(book["All marks"])
    judges = [(row, judge) for row in record["rows"] for judge in row["explanation"]["judges"]]
    assert len(lines) == len(judges) == 7 * 7
    for line, (row, judge) in zip(lines, judges, strict=True):
        assert (line["No."].value, line["Judge"].value) == (row["number"], judge["seat"])
        assert line["Use"].value == FATES[judge["fate"]]
        assert shown(line["Total"]) == (judge["total"] or "")


def test_each_mark_stands_under_its_criterion(book: Workbook, record: Record) -> None:
    criteria = [(f"{item['en']} ({item['maximum']})", item["key"]) for item in record["rubric"]]
    judges = [judge for row in record["rows"] for judge in row["explanation"]["judges"]]
    for line, judge in zip(rows_of(book["All marks"]), judges, strict=True):
        for heading, key in criteria:
            assert shown(line[heading]) == judge["marks"].get(key, "")


def test_a_recused_judge_is_shown_as_recused_and_without_marks(book: Workbook) -> None:
    line = next(line for line in rows_of(book["All marks"]) if line["Use"].value == "recused")
    assert line["Total"].value is None
    assert line["Accuracy of law (25)"].value is None


def test_the_explanation_lets_every_total_be_counted_again(book: Workbook, record: Record) -> None:
    for line, row in zip(rows_of(book["How the scores came about"]), record["rows"], strict=True):
        explanation = row["explanation"]
        for heading, name in (
            ("Valid sheets", "valid"),
            ("Sum counted", "counted_sum"),
            ("Divided by", "counted"),
            ("Mean, exact", "mean_exact"),
            ("Mean", "mean"),
            ("Points off", "penalty_sum"),
            ("Final score", "final"),
            ("Mean of all sheets", "untrimmed_mean"),
        ):
            assert shown(line[heading]) == str(explanation[name]), heading
        assert Decimal(shown(line["Mean"])) - Decimal(shown(line["Points off"])) == Decimal(row["score"])


def test_the_explanation_names_what_was_dropped_the_penalty_and_the_tie(book: Workbook) -> None:
    lines = {line["No."].value: line for line in rows_of(book["How the scores came about"])}
    assert [lines["01"][heading].value for heading in ("Highest dropped", "Lowest dropped")] == [98, 92]
    assert lines["03"]["Penalties"].value == "Overtime −0.5 (提醒后仍未停)"
    assert lines["01"]["Tie"].value == "by the key criterion"
    assert shown(lines["02"]["Deciding figure"]) == "23.60"
    assert lines["05"]["Deciding figure"].value is None


def test_equal_figures_on_different_ranks_give_their_reason_with_the_figure_that_decided(record: Record) -> None:
    first, *rest = record["rows"]
    apart = [first | {"decided_by": "key_criterion", "told_apart": {"key": "key_criterion", "value": "23.80"}}, *rest]
    timed = [first | {"decided_by": "format_step", "told_apart": {"key": "own_time", "value": "723"}}, *rest]
    said = [ranking(record | {"rows": rows}).rows[0][-2] for rows in (apart, timed)]
    assert said == ["by the key criterion (Key criterion 23.80)", "by the format's own rule (Time used 12:03)"]


def test_names_that_look_like_formulas_stay_text_as_they_were_entered(book: Workbook, record: Record) -> None:
    for sheet in book:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    names = [line["Name"].value for line in rows_of(book["Ranking"])]
    entered = [row["name"].replace("\r", "_x000D_") for row in record["rows"]]
    assert [str(name).replace("\r", "_x000D_") for name in names] == entered


@pytest.mark.parametrize("name", ["Ranking", "All marks", "How the scores came about"])
def test_each_sheet_is_ready_to_read_and_to_print(book: Workbook, name: str) -> None:
    sheet = book[name]
    assert sheet.freeze_panes == "D3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert "Legal explanation" in str(sheet["A1"].value)


def test_columns_are_wide_enough_for_chinese_names(record: Record) -> None:
    long = {**record, "rows": [{**record["rows"][0], "office": "江州市城东区人民检察院"}]}
    sheet = openpyxl.load_workbook(BytesIO(ranking_xlsx(long)))["Ranking"]
    assert sheet.column_dimensions["D"].width >= 2 * len("江州市城东区人民检察院")


def test_a_figure_longer_than_a_spreadsheet_keeps_is_written_as_text(record: Record) -> None:
    first = record["rows"][0]
    longest = {**record, "rows": [{**first, "precise": "95.00000000000000012"}]}
    line = rows_of(openpyxl.load_workbook(BytesIO(ranking_xlsx(longest)))["Ranking"])[0]
    assert line["Further decimals"].value == "95.00000000000000012"


def test_a_contest_without_released_scores_gives_the_headings_alone(record: Record) -> None:
    empty = openpyxl.load_workbook(BytesIO(ranking_xlsx({**record, "rows": []})))
    assert [sheet.max_row for sheet in empty] == [2, 2, 2]


@pytest.mark.parametrize(("figure", "shape"), [("92.43", "0.00"), ("13.5", "0.0"), ("7", "0")])
def test_a_number_is_shown_with_its_own_decimals(figure: str, shape: str) -> None:
    assert number_format(figure) == shape
