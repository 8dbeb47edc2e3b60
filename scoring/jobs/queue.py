"""The server's side of the jobs: who asked for what, how far it is, and what came of it.

One job is worked on at a time, in a process of its own beside the loop (process.py); some may wait. They are kept in
memory: after a restart a job is gone, nothing of it was written, and its page says to start it again.
"""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import gevent
from flask import Flask
from gevent.event import Event
from gevent.queue import Queue

from scoring.actions.preparing.imports import confirm_import
from scoring.actions.staging import Staged, write_staged
from scoring.actions.transaction import Actor, perform
from scoring.jobs.kinds import IMPORT, KINDS
from scoring.loop.in_thread import in_thread
from scoring.rules.refusal import Problem, Refused
from scoring.services import Service
from scoring.store.opening import database_file
from scoring.transport.watchdog import doing

#: Jobs that may be there at once, the one that is worked on with them, and how many of them one account may have.
MOST, MOST_OF_ONE = 6, 2
#: Seconds of CPU, and on the wall, after which a job is ended.
SECONDS_MOST, PATIENCE = 60, 600
#: Seconds for which what came of a job can be fetched again.
KEPT_FOR = 3600.0
SCORING = Path(__file__).resolve().parents[1]
#: How the process begins: with an empty package in front of the rooms that the job needs, for to read the application,
#: which knows all of them, takes longer than the job.
START = """
import importlib, sys, types
package = sys.modules["scoring"] = types.ModuleType("scoring")
package.__path__ = [sys.argv[1]]
importlib.import_module("scoring.jobs.process").main()
"""
WAITING, WORKING, DONE, FAILED = "waiting", "working", "done", "failed"


@dataclass
class Job:
    """One piece of work: `step` of `steps` are done; `problems` say why it failed, `path` is where its file lies."""

    kind: str
    args: Mapping[str, Any]
    language: str
    owner: int
    key: Hashable
    path: Path
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    request: str | None = None
    state: str = WAITING
    step: int = 0
    steps: int = 3
    name: str = ""
    mimetype: str = ""
    problems: tuple[Problem, ...] = ()
    ended_at: float = 0.0
    ended: Event = field(default_factory=Event)

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in (WAITING, WORKING)


class InlineJobs:
    """Does each job at once, in place: for commands and tests, where nobody else waits."""

    def __init__(self, folder: Path) -> None:
        """Keep the files in this folder."""
        self._folder = folder
        self._jobs: dict[str, Job] = {}

    def ask(
        self,
        kind: str,
        args: Mapping[str, Any],
        language: str,
        owner: int,
        key: Hashable,
        request: str | None = None,
    ) -> Job:
        """Have this done for an account; its same work, by the key, is not done twice while it is known.

        Raises Refused: too_many_jobs; LookupError for no contest where that is seen at once.
        """
        self._forget()
        if (known := self._known(owner, key)) is not None:
            return known
        self._check_room(owner)
        self._folder.mkdir(parents=True, exist_ok=True)
        job = Job(kind, args, language, owner, key, self._folder / secrets.token_hex(8), request=request)
        self._jobs[job.id] = job
        self._begin(job)
        return job

    def _known(self, _owner: int, _key: Hashable) -> Job | None:
        """The account's job for the same work, if it need not be done again."""
        return None

    def called(self, job_id: str, owner: int) -> Job | None:
        """The account's job with this id, or None: it is too old, or the server was started again."""
        job = self._jobs.get(job_id)
        return job if job is not None and job.owner == owner else None

    def waiting_before(self, job: Job) -> int:
        """How many are worked on before this one."""
        known = list(self._jobs.values())
        return sum(one.open for one in known[: known.index(job)])

    def _check_room(self, owner: int) -> None:
        still = [job for job in self._jobs.values() if job.open]
        if len(still) >= MOST or sum(job.owner == owner for job in still) >= MOST_OF_ONE:
            raise Refused.because("too_many_jobs")

    def _forget(self) -> None:
        """Forget what ended long ago, with its file."""
        old = time.monotonic() - KEPT_FOR
        for job in [job for job in self._jobs.values() if not job.open and job.ended_at < old]:
            del self._jobs[job.id]
            job.path.unlink(missing_ok=True)

    def _begin(self, job: Job) -> None:
        """Do it; what fails is not known afterwards."""
        try:
            if job.kind == IMPORT:
                _confirm(job)
            else:
                made = KINDS[job.kind](lambda _step, _steps: None, **job.args)
                job.name, job.mimetype = made.name, made.mimetype
                job.path.write_bytes(made.content)
        except Exception:
            del self._jobs[job.id]
            raise
        _end(job, DONE)


def _confirm(job: Job) -> None:
    told = dict(job.args)
    actor = Actor(**told.pop("actor"))
    perform(confirm_import, actor, told["contest_id"], told["draft"], told["digest"], request=job.request)


def _end(job: Job, state: str) -> None:
    job.state, job.step, job.ended_at = state, job.steps, time.monotonic()
    job.ended.set()


class Jobs(InlineJobs):
    """Does one job after the other in processes beside the loop."""

    def __init__(self, app: Flask, folder: Path) -> None:
        """Begin with an empty folder: nobody knows any more what an earlier process has left there."""
        shutil.rmtree(folder, ignore_errors=True)
        super().__init__(folder)
        self._app = app
        self._queue: Queue[Job] = Queue()
        self._process: subprocess.Popen[str] | None = None
        self._worker = gevent.spawn(self._work)

    def stop(self) -> None:
        """End what is worked on; nothing of it was written."""
        self._worker.kill()
        if self._process is not None:
            self._process.kill()

    def _known(self, owner: int, key: Hashable) -> Job | None:
        same = (job for job in self._jobs.values() if (job.owner, job.key) == (owner, key))
        return next((job for job in same if job.state != FAILED), None)

    def _begin(self, job: Job) -> None:
        self._queue.put(job)

    def _work(self) -> None:
        doing("jobs")
        while True:
            job = self._queue.get()
            try:
                self._do(job)
                _end(job, DONE)
            except Refused as refused:
                job.problems = refused.problems
                _end(job, FAILED)
            except Exception:
                self._app.logger.exception("the job %s failed", job.kind)
                job.problems = Refused.because("job_failed").problems
                _end(job, FAILED)

    def _do(self, job: Job) -> None:
        job.state = WORKING
        with self._app.app_context():
            database = str(database_file() or "")
        if job.kind == IMPORT and not database:
            with self._app.app_context():
                return _confirm(job)
        said = in_thread(self._answer, job, database)
        if "refused" in said:
            raise Refused(*(Problem(**problem) for problem in said["refused"]))
        job.name, job.mimetype = said["name"], said["mimetype"]
        if job.kind == IMPORT:
            with self._app.app_context():
                self._write(job)
        return None

    def _write(self, job: Job) -> None:
        staged = in_thread(_staged, job.path)
        job.path.unlink()
        perform(write_staged, Actor(**job.args["actor"]), staged, request=job.request)

    def _answer(self, job: Job, database: str) -> dict[str, Any]:
        """What the process says at last; runs in a thread of its own. Raises Refused job_too_long, job_failed."""
        letter = {"kind": job.kind, "args": job.args, "language": job.language, "path": str(job.path)}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        command = [sys.executable, "-c", START, str(SCORING)]
        process = self._process = subprocess.Popen(command, cwd=SCORING.parent, **pipes)  # type: ignore[call-overload]
        with process, _ended_after(PATIENCE, process.kill):
            said = self._heard(job, process, letter | {"database": database, "seconds": SECONDS_MOST})
        if said is None:
            raise Refused.because("job_too_long" if process.returncode < 0 else "job_failed")
        return said

    def _heard(self, job: Job, process: Any, letter: Mapping[str, Any]) -> dict[str, Any] | None:
        process.stdin.write(json.dumps(letter) + "\n")
        process.stdin.close()
        for line in process.stdout:
            said: dict[str, Any] = json.loads(line)
            if "step" not in said:
                return said
            job.step, job.steps = said["step"], said["steps"]
        return None


@contextmanager
def _ended_after(seconds: float, end: Callable[[], None]) -> Iterator[None]:
    """Ends something unless it is done in time."""
    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _staged(path: Path) -> Staged:
    return Staged(**json.loads(path.read_bytes()))


JOBS: Service[InlineJobs] = Service("jobs")


def jobs() -> InlineJobs:
    """The jobs of this application."""
    return JOBS.of()


def actor_data(actor: Actor) -> dict[str, Any]:
    """How somebody signs, as a job is told."""
    return asdict(actor)
