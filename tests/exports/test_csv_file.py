"""The CSV ranking: right in Excel, equal to the board, and never a formula."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest

from scoring.exports import ranking_csv
from scoring.exports.csv_file import harmless
from scoring.exports.tables import Figure

Record = dict[str, Any]


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_file_starts_with_a_byte_order_mark_and_ends_each_record_with_crlf(record: Record) -> None:
    content = ranking_csv(record)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\r\n") == 1 + len(record["rows"])


def test_every_figure_equals_the_board_character_for_character(record: Record) -> None:
    for line, row in zip(read(ranking_csv(record)), record["rows"], strict=True):
        assert line["Rank"] == str(row["rank"])
        assert line["No."] == row["number"]
        assert line["Final score"] == row["score"]
        assert line["Mean"] == row["explanation"]["mean"]
        assert line["Points off"] == row["explanation"]["penalty_sum"]


def test_a_tie_says_which_step_decided_it(record: Record) -> None:
    said = {line["No."]: line["Tie"] for line in read(ranking_csv(record))}
    assert said["01"] == said["02"] == "by the key criterion"
    assert said["05"] == said["06"] == "shared rank"
    assert said["03"] == ""


def test_longer_figures_are_given_where_the_shown_ones_do_not_tell_the_order(record: Record) -> None:
    first = record["rows"][0]
    close = {
        **record,
        "rows": [{**first, "score": "95.00", "precise": "95.0012", "decided_by": "exact_value"}],
    }
    line = read(ranking_csv(close))[0]
    assert (line["Final score"], line["Further decimals"], line["Tie"]) == (
        "95.00",
        "95.0012",
        "by further decimals",
    )


def test_names_that_look_like_formulas_are_made_text_and_stay_readable(record: Record) -> None:
    names = {line["No."]: line["Name"] for line in read(ranking_csv(record))}
    assert [names[f"0{number}"] for number in range(1, 8)] == [
        "'=1+1",
        "'+86 张三",
        "'-李四",
        "'@欧阳",
        "'\t王五",
        "'\r赵六",
        '𠮷野, "家"；O\'Neil',
    ]
    assert {line["Office"] for line in read(ranking_csv(record))} == {"'@城东区人民检察院"}


@pytest.mark.parametrize("text", ["=A1", " =A1", "＝A1", "－1", "\n+1", "　@x"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["张三", "'quoted", "a=b", "07", ""])
def test_other_text_is_left_alone(text: str) -> None:
    assert harmless(text) == text


def test_a_figure_is_never_changed_even_below_zero() -> None:
    assert harmless(Figure("-0.50")) == "-0.50"


def test_a_contest_without_released_scores_gives_the_headings_alone(record: Record) -> None:
    content = ranking_csv({**record, "rows": []}).decode("utf-8-sig")
    assert content.startswith("Rank,No.,Name,Office,Final score,")
    assert content.count("\r\n") == 1
