"""The servers under measurement: each a process on its own core, watched from outside through /proc."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Self

ROOT = Path(__file__).absolute().parents[2]
SERVER_CORE, DRIVER_CORE = 0, 1

COMMANDS = {
    "ours": [sys.executable, "-m", "tests.bench.fanout_server"],
    "node": ["node", "tests/bench/node_server.cjs"],
    "bare": [sys.executable, "-m", "tests.bench.bare_server"],
}


class Server:
    """A running server; a context that ends it."""

    def __init__(self, name: str) -> None:
        self._process = subprocess.Popen(
            ["taskset", "--cpu-list", str(SERVER_CORE), *COMMANDS[name]],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

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

    def cpu(self) -> int:
        """The CPU time used so far by all its threads, in nanoseconds (the ticks of /proc/…/stat are 10 ms)."""
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks)

    def memory(self) -> int:
        """Its resident memory in bytes."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
