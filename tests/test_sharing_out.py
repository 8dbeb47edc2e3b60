"""Tests are shared out so that dear ones run beside cheap ones, and none is lost or run twice."""

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
def test_every_second_worker_begins_with_dear_tests_the_others_with_cheap_ones_and_all_end_with_these(
    workers: int,
) -> None:
    order = shared_out(CHEAP + BROWSER, workers)
    long = len(order) // workers
    for worker in range(workers):
        stretch = [name.startswith(DEAR) for name in order[worker * long : (worker + 1) * long]]
        dear = len(BROWSER) // workers
        first = (long - dear) // 2 if worker % 2 else 0
        assert stretch == [False] * first + [True] * dear + [False] * (long - dear - first)
