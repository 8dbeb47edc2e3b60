"""The disk's own time: one `fdatasync` of 4 KiB added to a file, which is the least that a durable commit costs."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path


def fdatasync_times(folder: Path, many: int) -> list[float]:
    """The times of so many of them on the folder's disk, in ms."""
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(many):
            file.write(bytes(4096))
            file.flush()
            start = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - start) * 1e3)
    return times
