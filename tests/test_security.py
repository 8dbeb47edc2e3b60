"""The tables of docs/security.md: every row is there, every test that it names exists, and the page equals its rows."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from scoring.pages.assets import FOLDERS, PARTS
from tests.components import WITHIN, browser_parts, plainly
from tests.security_tables import PAGE, ROOT, STATES, TABLES, page, rows

#: Rows of levels 1 and 2 in each chapter of ASVS 5.0, counted in the standard.
IN_CHAPTERS = {
    **{1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13},
    **{14: 9, 15: 13, 16: 16, 17: 7},
}
#: How the addresses of packages begin: Python's, the browser's.
KINDS = ("pkg:pypi/", "pkg:npm/")
NUMBER = re.compile(r"V(\d{1,2})\.(\d{1,2})\.(\d{1,2})")


def test_every_row_of_the_standard_is_there_once_and_in_order() -> None:
    numbers = [tuple(map(int, NUMBER.fullmatch(row["id"]).groups())) for row in rows("asvs.csv")]
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
        assert tests or row["state"] in ("not held", "does not apply"), row
        assert row["why"] or row["state"] == "holds", row
        for test in tests:
            path, _, function = test.partition("::")
            if path not in known:
                known[path] = set(re.findall(r"^def (test_\w+)", (ROOT / path).read_text(), re.M))
            assert function in known[path], test


def test_the_page_equals_its_rows() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_list_of_components_names_what_the_lock_files_install() -> None:
    listed = json.loads((ROOT / "docs" / "components.json").read_text())["components"]
    python, browser = ([one for one in listed if one.get("purl", "").startswith(kind)] for kind in KINDS)
    found = re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", (ROOT / "requirements.txt").read_text(), re.M)
    pinned = {(plainly(name), version) for name, version in found}  # another version of Python may get another one
    assert {(plainly(one["name"]), one["version"]) for one in python} <= pinned
    assert {plainly(one["name"]) for one in python} == {name for name, _ in pinned}
    assert {one["name"]: one["version"] for one in browser} == {
        name: one["version"] for name, one in browser_parts().items()
    }
    assert len(python) + len(browser) + len(WITHIN) == len(listed)
    assert [one["name"] for one in listed if not one.get("licenses")] == []


def test_every_file_that_the_browser_is_given_of_others_is_of_a_listed_part() -> None:
    sources = [*PARTS.values(), *(f"{folder}/{pattern}" for folder, pattern in FOLDERS.values())]
    assert {source.split("/")[1] for source in sources} <= set(browser_parts())
    within = {file for pattern in WITHIN for file in (ROOT / "node_modules").glob(pattern)}
    given = {file for folder, pattern in FOLDERS.values() for file in (ROOT / folder).glob(pattern)}
    assert given <= within


def test_every_attack_is_named_where_it_is_said_what_the_product_defends() -> None:
    said = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    attacks = [f"tests/attacks/{file.name}" for file in (ROOT / "tests" / "attacks").glob("test_*.py")]
    assert [one for one in attacks if one not in said] == []
