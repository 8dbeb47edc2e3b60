"""What all workers of one run begin with: the first that needs it makes it, the others wait and use it too."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

#: In the environment: the folder of the run, which the process that starts the workers makes and removes.
RUN = "SAIPING_TESTS_RUN"


def begin_run() -> Path:
    """The folder of this run; it is made by whoever asks first, and asked for before there are workers."""
    if RUN not in os.environ:
        os.environ[RUN] = mkdtemp(prefix="saiping-tests-")
        atexit.register(shutil.rmtree, os.environ[RUN], ignore_errors=True)
    return Path(os.environ[RUN])


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """A folder that is made once in this run, by filling an empty one; what is left half made is made anew."""
    folder = begin_run() / name
    with (begin_run() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = Path(mkdtemp(dir=begin_run()))
            make(making)
            making.rename(folder)
    return folder
