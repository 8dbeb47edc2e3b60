"""The servers under measurement: each a process on its own core, watched from outside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).absolute().parents[2]
SERVER_CORE, DRIVER_CORE = 0, 1
#: Which of a process's clocks, in the clock's number: that of the time its threads ran. Source: Linux, posix-timers.h.
PROCESS_CLOCK = 2

COMMANDS = {
    "ours": [sys.executable, "-m", "tests.bench.app_server"],
    "node": ["node", "tests/bench/node_server.cjs"],
    "bare": [sys.executable, "-m", "tests.bench.bare_server"],
}


class Server:
    """A running server with an installation of its own; a context that ends both.

    `facts` is what it said when it was ready: its port and, of ours, who may sign in.
    """

    def __init__(self, name: str, *options: str) -> None:
        # Not below /tmp: it may be in memory, where "on disk" costs nothing.
        self.folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT))
        self._process = subprocess.Popen(
            ["taskset", "--cpu-list", str(SERVER_CORE), *COMMANDS[name], *options],
            cwd=ROOT,
            env={**os.environ, "SAIPING_INSTANCE": str(self.folder)},
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        said = json.loads(self._process.stdout.readline())
        self.facts: dict[str, Any] = said if isinstance(said, dict) else {"port": said}
        self.port: int = self.facts["port"]
        contest = self.facts.get("contest")
        #: How a watcher says what it watches, and how the desk signs in; None where nobody is asked.
        self.audience = {"contest": contest["slug"]} if contest else None
        self.desk = {"contest": contest["id"], **self.facts["organizer"]} if contest else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        shutil.rmtree(self.folder)

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def cpu(self) -> int:
        """The CPU time used so far by all its threads, those that have ended included, in nanoseconds.

        By the clock that Linux keeps for each process: the ticks of /proc/…/stat are 10 ms.
        """
        return time.clock_gettime_ns(~self.pid << 3 | PROCESS_CLOCK)

    def memory(self) -> int:
        """Its resident memory in bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
