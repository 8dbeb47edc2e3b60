"""What is said of tests that try a fault: that one fails, that time was up, which is not the same, or that all pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.mutation.mutants import Mutant
from tests.mutation.standing_by import around
from tests.mutation.trying import Ready, Round, Verdict
from tests.patience import within

PROGRAM = """\
from functools import cache


def half(number):
    def halved():
        return number / 2
    return halved()


class Ruler:
    LENGTH = 30

    @cache
    def long(self):
        return half(2 * self.LENGTH)
"""
TESTS = """\
import threading
import pytest
import ruler

def test_it_is_long():
    assert ruler.Ruler().long() == 30

def test_it_turns():
    while True:
        pass

def test_it_waits():
    threading.Event().wait()

@pytest.mark.timeout(0.2)
def test_it_is_late():
    threading.Event().wait()

def test_it_fails():
    assert ruler.half(2) == 2
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small program with its tests."""
    made = tmp_path_factory.mktemp("small")
    (made / "tests").mkdir()
    (made / "tests" / "mutation").symlink_to(ROOT / "tests" / "mutation")
    (made / "ruler.py").write_text(PROGRAM)
    (made / "test_ruler.py").write_text(TESTS)
    return made


@pytest.fixture(scope="module")
def ready(folder: Path) -> Iterator[Ready]:
    """A process that has read them."""
    made = Ready(folder, ("test_ruler.py",))
    yield made
    made.end()


def outcome(ready: Ready, *tests: str, seconds: int = 20, patience: float = 60, **put: Any) -> Round:
    return ready.round(
        tests=[f"test_ruler.py::{one}" for one in tests], seconds=seconds, patience=within(patience), **put
    )


def test_it_says_which_tests_there_are(ready: Ready) -> None:
    assert {one.partition("::")[2] for one in ready.tests} == {
        *("test_it_is_long", "test_it_turns", "test_it_waits", "test_it_is_late", "test_it_fails")
    }


def test_the_first_that_fails_is_named(ready: Ready) -> None:
    said = outcome(ready, "test_it_is_long", "test_it_fails", "test_it_turns")
    assert (said.failed, said.late) == ("test_ruler.py::test_it_fails", False)


@pytest.mark.parametrize(
    ("test", "limits"),
    [("test_it_turns", {"seconds": 1}), ("test_it_waits", {"patience": 0.1}), ("test_it_is_late", {})],
)
def test_one_that_had_no_more_time_is_not_one_that_failed(ready: Ready, test: str, limits: dict[str, Any]) -> None:
    said = outcome(ready, "test_it_is_long", test, **limits)
    assert (said.failed, said.late) == (f"test_ruler.py::{test}", True)


@pytest.mark.parametrize(
    ("noticed", "caught", "survived"),
    [(Round("a test"), True, False), (Round("a test", late=True), False, False), (Round(), False, True)],
)
def test_a_fault_that_took_too_long_was_neither_caught_nor_did_it_survive(
    noticed: Round, caught: bool, survived: bool
) -> None:
    said = Verdict(Mutant("ruler.py", 1, 0, 0, "number", "31"), noticed, 1)
    assert (said.caught, said.survived) == (caught, survived)


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [("number / 2", "number / 3", "half"), ("2 * self", "4 * self", "Ruler.long")],
)
def test_a_fault_is_put_into_one_child_alone(ready: Ready, folder: Path, before: str, after: str, name: str) -> None:
    put: dict[str, Any] = {"path": str(folder / "ruler.py"), "after": PROGRAM.replace(before, after), "name": name}
    assert outcome(ready, "test_it_is_long", **put).failed == "test_ruler.py::test_it_is_long"
    assert outcome(ready, "test_it_is_long") == Round()


def test_what_is_in_no_function_is_tried_elsewhere(ready: Ready, folder: Path) -> None:
    assert around(PROGRAM, PROGRAM.index("30")) == ""
    put: dict[str, Any] = {"path": str(folder / "ruler.py"), "after": PROGRAM, "name": "no_such_function"}
    assert outcome(ready, "test_it_is_long", **put).elsewhere


@pytest.mark.parametrize(
    ("text", "name"), [("number / 2", "half"), ("2 * self", "Ruler.long"), ("@cache", ""), ("30", "")]
)
def test_a_place_is_known_by_the_function_around_it(text: str, name: str) -> None:
    assert around(PROGRAM, PROGRAM.index(text)) == name


def test_where_a_file_cannot_be_read_there_are_no_tests(folder: Path) -> None:
    (folder / "test_torn.py").write_text("import ruler.nothing\n")
    torn = Ready(folder, ("test_ruler.py", "test_torn.py"))
    assert torn.tests == set()
    torn.end()
