"""Tries mutants: each in a copy of the project, by the tests that run its line; what no test notices has survived."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.mutation.covering import Lines
from tests.mutation.mutants import Mutant
from tests.mutation.standing_by import around
from tests.patience import factor

PARTS = ("scoring", "templates", "tests", "docs", "setup.cfg", "pyproject.toml", "wsgi.py", "README.md", "dev")
SHARED = ("node_modules", "static", ".venv")
#: Seconds of the tests' own time, as it was measured, after which no further tests are asked.
ENOUGH = 40.0
#: Seconds of a processor for one round of tests, beside what they took when it was measured; a mutant may be endless.
ENDLESS = 60
READY = ("-m", "pytest", "-q", "-n", "0", "--ignore=tests/browser", "-p", "no:cacheprovider", "--tb=short")


@dataclass(frozen=True)
class Round:
    """What came of some tests: the first that failed, if any, and whether that was for want of time."""

    failed: str = ""
    late: bool = False
    said: str = ""
    elsewhere: bool = False


@dataclass(frozen=True)
class Verdict:
    """What came of a mutant, by how many tests; want of time may be another's fault, and is neither of the two."""

    mutant: Mutant
    noticed: Round
    asked: int

    @property
    def caught(self) -> bool:
        """Whether a test has noticed it."""
        return bool(self.noticed.failed) and not self.noticed.late

    @property
    def survived(self) -> bool:
        """Whether no test has noticed it."""
        return not self.noticed.failed


class Ready:
    """A process that has read all tests and waits to be asked; with `tests` a new one that has read these alone."""

    def __init__(self, folder: Path, tests: tuple[str, ...] = ()) -> None:
        asks, says = os.pipe(), os.pipe()
        environment = {name: known for name, known in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        held = folder / "held"
        held.mkdir(exist_ok=True)
        environment |= {"STANDING_BY": f"{asks[0]} {says[1]}", "TMPDIR": str(held)}
        with (folder / "said").open("w") as said:
            self._process = subprocess.Popen(
                [sys.executable, *READY, "-p", "tests.mutation.standing_by", f"--basetemp={held}/tests", *tests],
                cwd=folder,
                env=environment,
                pass_fds=(asks[0], says[1]),
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        os.close(asks[0])
        os.close(says[1])
        self._asked, self._answers = os.fdopen(asks[1], "w", buffering=1), os.fdopen(says[0])
        self.tests = frozenset(self._heard() or [])

    def _heard(self) -> Any:
        line = self._answers.readline()
        return json.loads(line) if line else None

    def round(self, **asked: Any) -> Round:
        """What comes of it."""
        self._asked.write(json.dumps(asked) + "\n")
        return Round(**self._heard())

    def end(self) -> None:
        """It is not asked any more."""
        self._asked.close()
        self._answers.close()
        try:
            self._process.wait(timeout=10 * factor())
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


class Copy:
    """A copy of the project in which one file at a time is another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sound: dict[str, bool] = {}
        for name in PARTS:
            whole = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            whole(ROOT / name, folder / name)
        for name in SHARED:
            (folder / name).symlink_to(ROOT / name)

    @cached_property
    def _ready(self) -> Ready:
        ready = Ready(self._folder)
        if not ready.tests:
            raise RuntimeError(f"the tests cannot be read: {(self._folder / 'said').read_text()}")
        return ready

    def tried(self, mutant: Mutant, lines: Lines) -> Verdict:
        """Try the mutant: first by the tests that run its line themselves, then by those whose servers do."""
        there = [one for one in lines.nearest(mutant.path, mutant.line) if one in self._ready.tests]
        tests = within(ENOUGH, there, lines)
        beside = lines.by_servers(mutant.path, mutant.line)[:4]
        servers = [one for file in beside for one in sorted(self._ready.tests) if one.startswith(f"{file}::")]
        attempt = Attempt(self, mutant, lines)
        asked = 0
        for some in (tests[:12], tests[12:], within(ENOUGH, servers, lines)):
            asked += len(some)
            if (noticed := attempt.noticed_by(some)).failed:
                return Verdict(mutant, noticed, asked)
        return Verdict(mutant, Round(), asked)

    def is_sound(self, test: str, lines: Lines) -> bool:
        """Whether a test passes where there is no fault."""
        if test not in self._sound:
            self._sound[test] = not self._ready.round(tests=[test], **limits([test], lines)).failed
        return self._sound[test]

    def write(self, path: str, source: str) -> None:
        """Let the file be this."""
        file = self._folder / path
        for kept in file.parent.glob(f"__pycache__/{file.stem}.*"):
            kept.unlink()  # its time of writing may be the same
        file.write_text(source)

    def here(self, asked: dict[str, Any]) -> Round:
        """Ask the process that is ready."""
        return self._ready.round(**asked)

    def anew(self, tests: list[str], asked: dict[str, Any]) -> Round:
        """Ask a process that reads the changed program."""
        fresh = Ready(self._folder, tuple(dict.fromkeys(test.partition("::")[0] for test in tests)))
        try:
            if not fresh.tests:
                return Round("the tests could not be read")
            # Where tests are made of a table, a fault in it gives them other names, which no test has noticed.
            return fresh.round(**asked | {"tests": [one for one in tests if one in fresh.tests]})
        finally:
            fresh.end()

    def end(self) -> None:
        """It is not needed any more."""
        if "_ready" in self.__dict__:
            self._ready.end()

    def path(self, inside: str) -> str:
        """Where a file of the copy is."""
        return str(self._folder / inside)


class Attempt:
    """One mutant, tried in a copy."""

    def __init__(self, copy: Copy, mutant: Mutant, lines: Lines) -> None:
        self._copy, self._mutant, self._lines = copy, mutant, lines
        self._before = (ROOT / mutant.path).read_text()
        self._after = mutant.of(self._before)
        early = lines.runs_early(mutant.path, mutant.line)
        self._name = "" if early else around(self._before, mutant.start)

    def noticed_by(self, tests: list[str]) -> Round:
        """The first of these tests that fails by this fault: with it, not without it, and again with it."""
        while tests:
            first = self._with_fault(tests)
            if not first.failed or first.late or first.failed not in tests:
                return first
            if self._copy.is_sound(first.failed, self._lines) and (again := self._with_fault([first.failed])).failed:
                return again
            tests = [one for one in tests if one != first.failed]
        return Round()

    def _with_fault(self, tests: list[str]) -> Round:
        self._copy.write(self._mutant.path, self._after)
        try:
            return self._asked(tests)
        finally:
            self._copy.write(self._mutant.path, self._before)

    def _asked(self, tests: list[str]) -> Round:
        asked = {"tests": tests, **limits(tests, self._lines)}
        if self._name:
            put = {"path": self._copy.path(self._mutant.path), "after": self._after, "name": self._name}
            if not (answer := self._copy.here(asked | put)).elsewhere:
                return answer
            self._name = ""
        return self._copy.anew(tests, asked)


def limits(tests: list[str], lines: Lines) -> dict[str, Any]:
    """How long these tests may take: of a processor, which others do not shorten, and by the clock, which they do."""
    own = int(ENDLESS + 3 * sum(lines.seconds.get(one, 0.0) for one in tests))
    return {"seconds": own, "patience": own * factor()}


def within(most: float, tests: list[str], lines: Lines) -> list[str]:
    """The first of these tests, as many as take so many seconds."""
    chosen, took = [], 0.0
    for one in tests:
        took += lines.seconds.get(one, 0.0) + 0.02
        if took > most:
            break
        chosen.append(one)
    return chosen
