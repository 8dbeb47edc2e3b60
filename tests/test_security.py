"""The tables of docs/security.md: every row is there, every test that it names exists, and the page equals its rows."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from tests.components import plainly
from tests.security_tables import PAGE, ROOT, STATES, TABLES, page, rows

#: Rows of levels 1 and 2 in each chapter of ASVS 5.0, counted in the standard.
IN_CHAPTERS = {
    **{1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13},
    **{14: 9, 15: 13, 16: 16, 17: 7},
}
NUMBER = re.compile(r"V(\d{1,2})\.(\d{1,2})\.(\d{1,2})")


def test_every_row_of_the_standard_is_there_once_and_in_order() -> None:
    numbers = [tuple(map(int, NUMBER.fullmatch(row["id"]).groups())) for row in rows("asvs.csv")]  # type: ignore[union-attr]
    assert numbers == sorted(set(numbers))
    assert Counter(chapter for chapter, _, _ in numbers) == IN_CHAPTERS
    assert len(numbers) == 253


@pytest.mark.parametrize("name", TABLES)
def test_each_row_says_what_it_is_about_and_names_tests_that_exist_or_a_reason(name: str) -> None:
    known: dict[str, set[str]] = {}
    for row in rows(name):
        assert row["state"] in STATES, row
        assert row["about"], row
        tests = row["tests"].split()
        assert tests or (row["why"] and row["state"] != "holds"), row
        for test in tests:
            path, _, function = test.partition("::")
            if path not in known:
                known[path] = set(re.findall(r"^def (test_\w+)", (ROOT / path).read_text(), re.M))
            assert function in known[path], test


def test_the_page_equals_its_rows() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_list_of_components_names_what_the_lock_files_install() -> None:
    listed = json.loads((ROOT / "docs" / "components.json").read_text())["components"]
    found = re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", (ROOT / "requirements.txt").read_text(), re.M)
    pinned = {(plainly(name), version) for name, version in found}  # another version of Python may get another one
    assert {(plainly(one["name"]), one["version"]) for one in listed} <= pinned
    assert {plainly(one["name"]) for one in listed} == {name for name, _ in pinned}
    assert [one["name"] for one in listed if not one.get("licenses")] == []
