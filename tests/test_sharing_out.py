"""Tests are shared out so that every worker begins with dear ones, and none is lost or run twice."""

from __future__ import annotations

import pytest

from tests.sharing_out import DEAR, shared_out

CHEAP = [f"tests/rules/test_{file}.py::test_{number}" for file in "abcdefgh" for number in range(5)]
BROWSER = [f"tests/browser/test_{file}.py::test_{number}" for file in "abcd" for number in range(2)]


@pytest.mark.parametrize("workers", [1, 2, 3, 60])
def test_nothing_is_lost_and_files_of_browsers_stay_together(workers: int) -> None:
    order = shared_out(CHEAP[:20] + BROWSER + CHEAP[20:], workers)
    assert sorted(order) == sorted(CHEAP + BROWSER)
    places = {name: order.index(name) for name in BROWSER}
    assert all(places[second] == places[first] + 1 for first, second in zip(BROWSER[::2], BROWSER[1::2], strict=True))


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_every_workers_stretch_begins_with_dear_tests_and_ends_with_cheap_ones(workers: int) -> None:
    order = shared_out(CHEAP + BROWSER, workers)
    long = len(order) // workers
    for start in range(0, len(order), long):
        stretch = [name.startswith(DEAR) for name in order[start : start + long]]
        assert stretch == sorted(stretch, reverse=True)
        assert sum(stretch) == len(BROWSER) // workers
