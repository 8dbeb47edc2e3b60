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
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory

from tests.conftest import ROOT
from tests.mutation.covering import Lines
from tests.mutation.mutants import Mutant, sample_of
from tests.mutation.trying import Copy, Verdict

NOTES = ROOT / ".mutation"
#: The names of those that no test has caught in the last run.
LEFT = NOTES / "left.json"
PACKAGES = ("rules", "actions", "store", "live", "access")


def options() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="./dev mutate", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="how many mutants (200)")
    parser.add_argument("--seed", type=int, default=1, help="which sample (1)")
    parser.add_argument("--at-once", type=int, default=os.cpu_count(), help="how many are tried at once")
    parser.add_argument("--only", default="", help="mutants of files whose path begins so, such as scoring/live/")
    parser.add_argument("--again", action="store_true", help="of the same sample those alone that were not caught")
    parser.add_argument("--map", action="store_true", help="note anew which test runs which line")
    return parser.parse_args()


def note_lines() -> None:
    """Run all tests but those with a browser, and note which runs which line; failures do not matter."""
    shutil.rmtree(NOTES, ignore_errors=True)
    NOTES.mkdir()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-p", "tests.mutation.covering"]
    command += ["--ignore=tests/browser"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "COVERING": str(NOTES)}, check=False)


def sources(only: str) -> dict[str, str]:
    """The files that are given faults, by their paths."""
    files = (file for package in PACKAGES for file in (ROOT / "scoring" / package).rglob("*.py"))
    named = {str(file.relative_to(ROOT)): file.read_text() for file in files}
    return {path: text for path, text in named.items() if path.startswith(only)}


def tried(mutants: list[Mutant], lines: Lines, at_once: int) -> Iterator[Verdict]:
    """What comes of each mutant, as it is known, several at once, each in a copy of its own."""
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

        for known in as_completed([pool.submit(try_one, mutant) for mutant in mutants]):
            yield known.result()
        while not copies.empty():
            copies.get().end()


def said(verdict: Verdict, sources: dict[str, str]) -> str:
    """A line about a mutant."""
    one = verdict.mutant
    before = sources[one.path][one.start : one.end]
    by = f"caught by {verdict.noticed.failed}" if verdict.caught else f"TIME WAS UP in {verdict.noticed.failed}"
    by = f"SURVIVED {verdict.asked} tests" if verdict.survived else by
    return f"{one.name} {one.path}:{one.line} {one.kind}: {before!r} -> {one.text!r}: {by}"


def chosen(files: dict[str, str], asked: argparse.Namespace) -> list[Mutant]:
    """The sample; or those of it that the last run has left."""
    sample = sample_of(files, asked.count, asked.seed)
    left = json.loads(LEFT.read_text()) if asked.again else []
    return [one for one in sample if one.name in left] if asked.again else sample


def main() -> None:
    """Try a sample and say what came of it; what nobody had the time to notice is not called caught."""
    asked = options()
    if asked.map or not NOTES.exists():
        note_lines()
    files, lines = sources(asked.only), Lines(NOTES)
    verdicts: list[Verdict] = []
    for verdict in tried(chosen(files, asked), lines, asked.at_once):
        print(said(verdict, files), flush=True)
        verdicts.append(verdict)
        LEFT.write_text(json.dumps([one.mutant.name for one in verdicts if not one.caught]))
    caught, survived = sum(one.caught for one in verdicts), sum(one.survived for one in verdicts)
    share = f"{100 * caught / len(verdicts):.1f} %"
    late = len(verdicts) - caught - survived
    print(f"{caught} of {len(verdicts)} caught ({share}), time was up for {late}, seed {asked.seed}")


if __name__ == "__main__":
    main()
