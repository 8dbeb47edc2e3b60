"""The page of what security rests on: its figures are the code's, its keys and files are all that there are."""

from __future__ import annotations

import importlib
import re
from datetime import timedelta
from typing import Any

import pytest
from limits import RateLimitItem

from scoring import wording
from scoring.config import ROOT
from scoring.extensions import db
from scoring.store.covered import OF_CONTEST, OF_SITE
from tests.test_source import CRYPTOGRAPHY, SOURCE, imports_any, place

PAGE = (ROOT / "docs" / "safeguards.md").read_text(encoding="utf-8")
FIGURES = re.findall(r"^\| `(scoring\.[\w.]+)` \| ([^|]+) \|", PAGE, re.M)
#: What a column would be called that holds more of a person than the page names.
MORE_OF_A_PERSON = re.compile(r"phone|mobile|e?mail|birth|gender|sex|id_?card|identity|passport|religion|party")


def said(value: Any) -> str:
    """A value of the code as the page writes it."""
    if isinstance(value, list) and all(isinstance(one, RateLimitItem) for one in value):
        return ", ".join(map(str, value))
    return str(value) if isinstance(value, timedelta) else f"{value:g}" if isinstance(value, float) else str(value)


def valued(name: str) -> Any:
    """What stands under a dotted name: in a module, or in something of one."""
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            found = getattr(found, part)
        return found
    raise AssertionError(name)


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_a_figure_of_the_page_is_that_of_the_code(name: str, figure: str) -> None:
    assert said(valued(name)) == figure.strip()


def test_each_rule_across_fields_is_refused_in_its_file_under_a_code_that_has_a_sentence() -> None:
    fits = PAGE.partition("| refused or named as |")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| [^|]+ \| `([\w/.]+)` \|", fits, re.M)
    assert len(rows) == fits.count("\n| `") > 20
    for codes, file in rows:
        source = (ROOT / file).read_text(encoding="utf-8")
        for code in re.findall(r"\w+", codes):
            assert f'"{code}"' in source, (code, file)
            assert code in wording.SENTENCES, code


def test_every_file_that_uses_keys_and_hashes_stands_among_the_keys() -> None:
    keys = PAGE.partition("## Keys")[2].partition("\n## ")[0]
    using = {f"scoring/{place(file)}" for file in SOURCE if imports_any(file, CRYPTOGRAPHY - {"secrets"})}
    named = set(re.findall(r"`(scoring/[\w/]+\.py)`", keys))
    assert using - named == set()
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_no_more_of_a_person_is_kept_than_the_page_says() -> None:
    columns = {f"{table.name}.{column.name}" for table in db.metadata.tables.values() for column in table.columns}
    assert len(columns) > 200
    assert {one for one in columns if MORE_OF_A_PERSON.search(one.partition(".")[2])} == set()


def test_the_logs_of_the_page_are_tables_and_their_times_the_codes() -> None:
    logs = PAGE.partition("## Logs")[2].partition("\n## ")[0]
    assert set(re.findall(r"table `(\w+)`", logs)) <= set(db.metadata.tables)
    days = re.search(r"`scoring\.store\.access_log\.KEPT`: (\d+) days", logs)
    assert days
    assert timedelta(days=int(days[1])) == valued("scoring.store.access_log.KEPT")


def test_every_table_is_covered_by_the_record_or_stands_among_those_that_are_not_with_a_reason() -> None:
    covered = {table.__tablename__ for table in (*OF_CONTEST, *OF_SITE)}
    left_out = PAGE.partition("**Rows behind the record.**")[2].partition("\nMoments are")[0].partition("|---|---|")[2]
    named = re.findall(r"`(\w+)`", "".join(row.split("|")[1] for row in left_out.strip().splitlines()))
    assert sorted([*covered, *named]) == sorted(db.metadata.tables)


def test_each_attack_stands_with_what_it_did_before_its_repair() -> None:
    proved = PAGE.partition("## Attacks, and what they did before")[2].partition("\n## ")[0]
    played = {file.name for file in (ROOT / "tests" / "attacks").glob("test_*.py")}
    assert set(re.findall(r"^\| `(test_\w+\.py)`", proved, re.M)) == played
