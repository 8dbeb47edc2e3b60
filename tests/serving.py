"""The command line's `serve`, to be run in a process of its own; reading this file reads the whole program."""

from __future__ import annotations

import gc
import json
import logging
import os
import sqlite3
import sys
import time
from contextlib import closing
from importlib import import_module
from pathlib import Path

from flask import Flask, cli
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import configure_mappers

import scoring
from scoring.store import steady
from scoring.transport.watchdog import Stood, Watchdog
from tests import readied
from tests.passwords import hash_quickly
from tests.untouched import FOUND

PROJECT = Path(scoring.__file__).parents[1]
#: What the command line and a first connection read beside the program: a quarter of a server's start.
BESIDE = (
    *("flask_limiter.commands", "flask_migrate.cli", "flask_sqlalchemy.cli", "jinja2.ext"),
    *("engineio.async_drivers.gevent", "sqlalchemy.dialects.sqlite", "simple_websocket", "wsproto"),
)
for name in BESIDE:
    import_module(name)
configure_mappers()
readied.ready_statements()
readied.keep_addresses()
# Each process would put the templates together anew, for longer than many a test takes: they are kept for this user.
Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache()}
# What every server begins with is never garbage: each would look at all of it when it starts.
gc.freeze()


def note_what_stands(stood: Stood) -> None:
    """Keep what the watchdog names beside the installation; see tests/standing.py."""
    with (Path(os.environ["SAIPING_INSTANCE"]) / "stood.jsonl").open("a") as file:
        file.write(json.dumps([stood.work, stood.seconds, stood.stack]) + "\n")


class NoteAltered(logging.Handler):
    """Keeps beside the installation what the server says was changed by hand; see tests/untouched.py."""

    def emit(self, record: logging.LogRecord) -> None:
        """Add a line."""
        with (Path(os.environ["SAIPING_INSTANCE"]) / FOUND).open("a") as file:
            file.write(f"{record.getMessage()}\n")


def driven_as_the_demo() -> None:
    """The contests that a test has put into the installation are driven by the demo's facts, as the demo is."""
    database = Path(os.environ["SAIPING_INSTANCE"]) / "saiping.db"
    if not database.exists():
        return
    with closing(sqlite3.connect(database)) as connection, connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'demonstration'").fetchone():
            return
        rows = connection.execute("SELECT id FROM contest WHERE slug NOT LIKE 'rehearsal-%'").fetchall()
        if rows and not connection.execute("SELECT 1 FROM demonstration").fetchone():
            listed = json.dumps([contest_id for (contest_id,) in rows])
            connection.execute("INSERT INTO demonstration (id, password, contests) VALUES (1, '', ?)", (listed,))


def serve(*options: str) -> None:
    """Serve the installation in SAIPING_INSTANCE as `flask --app wsgi serve` does, with these options."""
    os.chdir(PROJECT)
    hash_quickly()
    Watchdog.tell = staticmethod(note_what_stands)
    Watchdog.looks_every = 0.005
    logging.getLogger("scoring.board.reading.altered").addHandler(NoteAltered())
    driven_as_the_demo()
    sys.argv = ["flask", "--app", "wsgi", "serve", *options]
    cli.main()


def serve_by(folder: str, *options: str) -> None:
    """The same on a machine whose clock on the wall is off by the seconds in the folder's `wall`.

    `boot` there says which start of the machine it is.
    """
    right, wall = time.time, Path(folder) / "wall"
    time.time = lambda: right() + float(wall.read_text())
    steady.BOOT = Path(folder) / "boot"
    serve(*options)


def command(*words: str) -> None:
    """Call another command of the installation in SAIPING_INSTANCE, as `flask --app wsgi` does."""
    os.chdir(PROJECT)
    sys.argv = ["flask", "--app", "wsgi", *words]
    cli.main()
