"""Intake: where the time of a sheet goes within the writer, fifty in one commit, and what a statement costs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import Figures, Target, no_figures
from tests.bench.servers import ROOT, SERVER_CORE

TARGETS: tuple[Target, ...] = ()


def measure() -> Figures:
    """Microseconds by what they are of, a value for each round; measured in a process of its own."""
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT))
    command = ["taskset", "--cpu-list", str(SERVER_CORE), sys.executable, "-m", "tests.bench.intake_run"]
    try:
        said = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "SAIPING_INSTANCE": str(folder)}, stdout=subprocess.PIPE, check=True
        )
    finally:
        shutil.rmtree(folder)
    figures = no_figures()
    for name, values in json.loads(said.stdout.splitlines()[-1]).items():
        figures[name]["ours"] = values
    return figures
