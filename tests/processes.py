"""Processes of the tests' own, forked from one that has read the program: reading it takes longer than most tests."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TextIO

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.compiled", "tests.serving"])


def forked(run: Callable[..., None], *given: object, **environment: str) -> tuple[BaseProcess, TextIO]:
    """Run this in a process of its own; answers the process, and what it prints as it is printed."""
    heard, said = FORKING.Pipe(duplex=False)
    process = FORKING.Process(target=_run, args=(said, environment, run, given), daemon=True)
    process.start()
    said.close()
    return process, os.fdopen(os.dup(heard.fileno()))


def printed(run: Callable[..., None], *given: object, **environment: str) -> str:
    """What this prints in a process of its own, once it has ended as it should."""
    process, said = forked(run, *given, **environment)
    with said:
        words = said.read()
    process.join()
    assert process.exitcode == 0
    return words


def _run(said: Connection, environment: dict[str, str], run: Callable[..., None], given: tuple[object, ...]) -> None:
    """What the new process does: print to the one who asked for it, and run."""
    os.dup2(said.fileno(), 1)
    said.close()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    os.environ.update(environment)
    run(*given)
