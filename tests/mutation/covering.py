"""Notes which test runs which line of the program, in its own process and in the servers that it starts.

A plugin of pytest (`-p tests.mutation.covering`) that leaves its notes in the folder COVERING; `lines` reads them.
"""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Generator, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage, CoverageData

from tests import processes

#: Before the name of the test whose server ran a line: other tests of its file may have made it do so.
BY_SERVER = "server of "


def _coverage(folder: Path, context: str | None = None) -> Coverage:
    noted = str(folder / "lines")
    known: dict[str, Any] = {"data_suffix": True, "source": ["scoring"], "concurrency": ["gevent"], "context": context}
    return Coverage(data_file=noted, config_file=False, messages=False, **known)


class Covering:
    """Notes for the tests of one process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._coverage = _coverage(folder)
        self._seconds: dict[str, float] = {}
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """What runs until the test is over is this test's; and what its servers run."""
        self._coverage.switch_context(item.nodeid)
        processes._run = partial(run_covered, str(self._folder), item.nodeid)
        begun = time.process_time()
        answer = yield
        self._seconds[item.nodeid] = round(time.process_time() - begun, 3)
        return answer

    def pytest_sessionfinish(self) -> None:
        """Leave the notes."""
        self._coverage.stop()
        self._coverage.save()
        (self._folder / f"seconds.{os.getpid()}.json").write_text(json.dumps(self._seconds))


def run_covered(folder: str, test: str, *given: Any) -> None:
    """What a new process of the tests does, with its lines noted."""
    coverage = _coverage(Path(folder), BY_SERVER + test)
    coverage.start()
    try:
        processes._run(*given)
    finally:
        coverage.stop()
        coverage.save()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Take notes, in each process that runs tests, before any of them reads the program."""
    if not getattr(early_config.known_args_namespace, "numprocesses", None):
        early_config.pluginmanager.register(Covering(Path(os.environ["COVERING"])))


class Lines:
    """Which tests run a line, and how long each takes."""

    def __init__(self, folder: Path) -> None:
        """Read what was noted in the folder."""
        notes = (json.loads(file.read_text()) for file in folder.glob("seconds.*.json"))
        self.seconds: dict[str, float] = {test: took for note in notes for test, took in note.items()}
        self._tests: dict[tuple[str, int], set[str]] = defaultdict(set)
        self._reach: dict[str, int] = defaultdict(int)
        self._early: set[tuple[str, int]] = set()
        for file in folder.glob("lines.*"):
            self._read(file)

    def _read(self, file: Path) -> None:
        data = CoverageData(str(file))
        data.read()
        for path in data.measured_files():
            inside = "scoring/" + path.rpartition("/scoring/")[2]
            for line, tests in data.contexts_by_lineno(path).items():
                if "" in tests:
                    self._early.add((inside, line))
                self._tests[inside, line] |= {one for one in tests if one}
                for one in tests:
                    self._reach[one] += 1
        data.close()

    def runs_early(self, path: str, line: int) -> bool:
        """Whether the line runs before any test, as the program is read, or as far as is known in no test."""
        return (path, line) in self._early or not self._tests.get((path, line))

    def _of(self, path: str, line: int) -> set[str]:
        """The tests of a line; of the whole file where it runs as the file is read, before any test."""
        above = (self._tests.get((path, at)) for at in range(line, max(line - 6, 0), -1))
        whole = (tests for (other, _), tests in self._tests.items() if other == path)
        return next(filter(None, above), None) or set().union(*whole)

    def nearest(self, path: str, line: int) -> list[str]:
        """The tests that run this line themselves, those first that run the least beside it."""
        own = (one for one in self._of(path, line) if not one.startswith(BY_SERVER))
        return sorted(own, key=lambda one: (self._reach.get(one, 0) * (1 + self.seconds.get(one, 0)), one))

    def by_servers(self, path: str, line: int) -> list[str]:
        """The files whose tests have servers that run this line, those first that have the fewest such servers."""
        return _files(one.removeprefix(BY_SERVER) for one in self._of(path, line) if one.startswith(BY_SERVER))


def _files(tests: Iterable[str]) -> list[str]:
    counted: dict[str, int] = defaultdict(int)
    for test in tests:
        counted[test.partition("::")[0]] += 1
    return sorted(counted, key=lambda file: (counted[file], file))
