"""The process of one job: told in a line of JSON what to do, it says how far it is, and leaves a file.

It gives way to the server, and has an end to its time and memory. To read the whole program first, or lists and
documents where a ranking is asked for, would take longer than most jobs: it begins with an empty package in front, see
START, and knows the application without its doors.
"""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from flask_babel import force_locale

from scoring.bare import bare_app
from scoring.jobs.kinds import KINDS, ON_COPY
from scoring.jobs.made import Made
from scoring.rules.refusal import Refused

MEMORY_MOST = 1536 * 1024 * 1024
#: How much the process gives way to the judges' one.
NICE = 15


def main() -> None:
    """Do what the line on standard input says."""
    letter = json.loads(sys.stdin.readline())
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_CPU, (letter["seconds"], letter["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, MEMORY_MOST))
    path = Path(letter["path"])
    try:
        _say(**_done(letter, path))
    except Refused as refused:
        _say(refused=[problem.to_data() for problem in refused.problems])
    except LookupError:
        _say(refused=[Refused.because("contest_unknown").problems[0].to_data()])
    finally:
        _copy_of(path).unlink(missing_ok=True)


def _done(letter: dict[str, Any], path: Path) -> dict[str, Any]:
    kind = letter["kind"]
    database = {"SQLALCHEMY_DATABASE_URI": _copied(letter["database"], path)} if kind in ON_COPY else {}
    with bare_app(**database).app_context(), force_locale(letter["language"]):
        made: Made = KINDS[kind](lambda step, steps: _say(step=step, steps=steps), **letter["args"])
    path.write_bytes(made.content)
    return {"name": made.name, "mimetype": made.mimetype}


def _copy_of(path: Path) -> Path:
    return path.with_suffix(".db")


def _copied(database: str, path: Path) -> str:
    """The address of a copy of the database as it is at one moment, however much is written meanwhile."""
    copy = _copy_of(path)
    with closing(sqlite3.connect(database)) as live, closing(sqlite3.connect(copy)) as kept:
        live.backup(kept)
    return f"sqlite:///{copy}"


def _say(**said: Any) -> None:
    print(json.dumps(said), flush=True)
