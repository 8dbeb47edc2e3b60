"""`./dev mutate`: give the program small faults, one at a time, and say which of them no test notices.

See docs/mutation.md for what was found.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory

from tests.conftest import ROOT
from tests.mutation.covering import Lines
from tests.mutation.mutants import Mutant, sample_of
from tests.mutation.trying import Copy, Verdict

NOTES = ROOT / ".mutation"
PACKAGES = ("rules", "actions", "store", "live", "access")


def options() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="./dev mutate", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="how many mutants (200)")
    parser.add_argument("--seed", type=int, default=1, help="which sample (1)")
    parser.add_argument("--at-once", type=int, default=os.cpu_count(), help="how many are tried at once")
    parser.add_argument("--only", default="", help="mutants of files whose path begins so, such as scoring/live/")
    parser.add_argument("--map", action="store_true", help="note anew which test runs which line")
    return parser.parse_args()


def note_lines() -> None:
    """Run all tests but those with a browser, and note which runs which line; failures do not matter."""
    shutil.rmtree(NOTES, ignore_errors=True)
    NOTES.mkdir()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-p", "tests.mutation.covering", "-m", "not browser"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "COVERING": str(NOTES)}, check=False)


def sources(only: str) -> dict[str, str]:
    """The files that are given faults, by their paths."""
    files = (file for package in PACKAGES for file in (ROOT / "scoring" / package).rglob("*.py"))
    named = {str(file.relative_to(ROOT)): file.read_text() for file in files}
    return {path: text for path, text in named.items() if path.startswith(only)}


def tried(mutants: list[Mutant], lines: Lines, at_once: int) -> Iterator[Verdict]:
    """What comes of each mutant, several at once, each in a copy of its own."""
    with TemporaryDirectory(prefix="saiping-mutants-") as folder, ThreadPoolExecutor(at_once) as pool:
        copies: Queue[Copy] = Queue()
        for number in range(at_once):
            (Path(folder) / str(number)).mkdir()
            copies.put(Copy(Path(folder) / str(number)))

        def try_one(mutant: Mutant) -> Verdict:
            copy = copies.get()
            try:
                return copy.tried(mutant, lines)
            finally:
                copies.put(copy)

        yield from pool.map(try_one, mutants)


def said(verdict: Verdict, sources: dict[str, str]) -> str:
    """A line about a mutant."""
    one = verdict.mutant
    before = sources[one.path][one.start : one.end]
    by = f"caught by {verdict.caught_by}" if verdict.caught_by else f"SURVIVED {verdict.asked} tests"
    return f"{one.name} {one.path}:{one.line} {one.kind}: {before!r} -> {one.text!r}: {by}"


def main() -> None:
    """Try a sample and say what came of it."""
    asked = options()
    if asked.map or not NOTES.exists():
        note_lines()
    files, lines = sources(asked.only), Lines(NOTES)
    verdicts = []
    for verdict in tried(sample_of(files, asked.count, asked.seed), lines, asked.at_once):
        print(said(verdict, files), flush=True)
        verdicts.append(verdict)
    caught = sum(not verdict.survived for verdict in verdicts)
    (NOTES / "survivors.json").write_text(json.dumps([one.mutant.name for one in verdicts if one.survived]))
    print(f"{caught} of {len(verdicts)} caught ({100 * caught / len(verdicts):.1f} %), seed {asked.seed}")


if __name__ == "__main__":
    main()
