"""Tries mutants: each in a copy of the project, by the tests that run its line; what no test notices has survived."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT
from tests.mutation.covering import Lines
from tests.mutation.mutants import Mutant

PARTS = ("scoring", "templates", "tests", "docs", "setup.cfg", "pyproject.toml", "wsgi.py", "README.md", "dev")
SHARED = ("node_modules", "static", ".venv")
#: Seconds of the tests' own time, as it was measured, after which no further tests are asked.
ENOUGH = 40.0
#: Seconds for one round of tests; a mutant that keeps them longer is noticed by that.
PATIENCE = 600
FAILED = re.compile(r"^(?:FAILED|ERROR) (tests/\S+\.py(?:::.*?)?)(?: - .*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Verdict:
    """What came of a mutant: which test has caught it, or none; and how many tests were asked."""

    mutant: Mutant
    caught_by: str
    asked: int

    @property
    def survived(self) -> bool:
        """Whether no test has noticed it."""
        return not self.caught_by


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

    def tried(self, mutant: Mutant, lines: Lines) -> Verdict:
        """Try the mutant: first by the tests that run its line themselves, then by those whose servers do."""
        file = self._folder / mutant.path
        source = file.read_text()
        tests = within(ENOUGH, lines.nearest(mutant.path, mutant.line), lines)
        asked = 0
        for some in (tests[:12], tests[12:], lines.by_servers(mutant.path, mutant.line)[:4]):
            asked += len(some)
            if caught := self._asked(file, mutant.of(source), source, some):
                return Verdict(mutant, caught, asked)
        return Verdict(mutant, "", asked)

    def _asked(self, file: Path, changed: str, source: str, tests: list[str]) -> str:
        """The first of these tests that fails by this fault, not by itself; "" where there is none."""
        while tests:
            self._write(file, changed)
            failed = self._first_failure(tests)
            self._write(file, source)
            if not failed or self._is_sound(failed):
                return failed
            tests = [one for one in tests if one not in (failed, failed.partition("::")[0])]
        return ""

    def _is_sound(self, test: str) -> bool:
        """Whether a test passes where there is no fault."""
        if test.startswith("tests/") and test not in self._sound:
            self._sound[test] = not self._first_failure([test])
        return self._sound.get(test, True)

    def _write(self, file: Path, source: str) -> None:
        for kept in file.parent.glob(f"__pycache__/{file.stem}.*"):
            kept.unlink()  # its time of writing may be the same
        file.write_text(source)

    def _first_failure(self, tests: list[str]) -> str:
        """The first test that fails, or why none could be run; "" where all pass."""
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--tb=no", *tests]
        run = subprocess.Popen(
            command,
            cwd=self._folder,
            env={name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},  # see _write
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            said, _ = run.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.communicate()
            return "it did not end"
        if run.returncode == 0:
            return ""
        found = FAILED.search(said)
        return found[1] if found else "the tests could not begin"


def within(most: float, tests: list[str], lines: Lines) -> list[str]:
    """The first of these tests, as many as take so many seconds."""
    chosen, took = [], 0.0
    for one in tests:
        took += lines.seconds.get(one, 0.0) + 0.02
        if took > most:
            break
        chosen.append(one)
    return chosen
