"""The real application under measurement: sign-in by key, versions, durable commits, on a contest made to size."""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import Connection

from scoring import create_app
from scoring.access.recognised import recogniser
from scoring.extensions import db, socketio
from scoring.jobs.queue import JOBS, Jobs
from scoring.live import broadcaster
from scoring.live.rooms import AUDIENCE, audience_room
from scoring.pages.rendering import make_templates_ready
from scoring.store import intake
from scoring.store.prepared import make_statements_ready
from scoring.store.writer import WRITER, GroupWriter
from scoring.transport import listener
from tests.bench import hall_plan, stages
from tests.bench.message import message


def main() -> None:
    """Prepare the contest, print where it listens and who may sign in as one line of JSON, and serve."""
    options = _options()
    app = create_app()
    with app.app_context():
        upgrade()
        facts = hall_plan.prepare(options.rooms, options.judges, options.turns, options.released, options.others)
        facts["lists"] = hall_plan.empty_lists(options.lists)
        make_statements_ready(db.engine.dialect)
    make_templates_ready(app)
    WRITER.put(app, GroupWriter(app))
    jobs = Jobs(app, Path(app.config["INSTANCE"]) / "jobs")
    JOBS.put(app, jobs)
    keeper = broadcaster.start(app)
    if options.store_nothing:
        _store_nothing()
    if options.told_apart:
        stages.watch(app)
    _offer_broadcasts(facts["contest"])
    listening = listener.listening_socket("127.0.0.1", 0)
    sys.stdout.write(json.dumps({"port": listening.getsockname()[1], **facts}) + "\n")
    sys.stdout.flush()
    try:
        listener.serve_on(listening, app, socketio, None, listener.Serving(recogniser(app)))
    finally:
        jobs.stop()
        keeper.stop()


def _offer_broadcasts(contest: dict[str, Any]) -> None:
    """Let the driver have a message of the yardstick's size sent to all who watch the contest, as often as it wants."""

    @socketio.on("broadcast", namespace=AUDIENCE)
    def broadcast(asked: tuple[int, float]) -> None:
        count, pause = asked
        for number in range(count):
            if number:
                socketio.sleep(pause)
            room = audience_room(contest["id"])
            socketio.emit("delta", message(time.monotonic_ns()), namespace=AUDIENCE, to=room)


class _Nowhere:
    """A statement that writes nothing; the numbers of the sheets that it would begin come one after the other."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1_000_000)

    def one(self, _connection: Connection, **_values: object) -> tuple[int]:
        return (next(self._numbers),)

    def run(self, _connection: Connection, **_values: object) -> None:
        return

    def many(self, _connection: Connection, _rows: object) -> None:
        return


def _store_nothing() -> None:
    """Do all the same for a sheet and tell everybody of it, but write nothing."""
    for statement in ("_BEGIN", "_ADD_VERSIONS", "_ADD_ENTRIES", "_MOVE"):
        assert hasattr(intake, statement)
        setattr(intake, statement, _Nowhere())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rooms", type=int, default=1)
    parser.add_argument("--judges", type=int, default=7, help="in each room")
    parser.add_argument("--turns", type=int, default=40, help="in all")
    parser.add_argument("--released", type=int, default=0, help="turns that are released already")
    parser.add_argument("--others", type=int, default=0, help="turns of contests that were held before")
    parser.add_argument("--lists", type=int, default=0, help="contests to import lists into")
    parser.add_argument("--store-nothing", action="store_true")
    parser.add_argument("--told-apart", action="store_true", help="tell the stages of pages and releases apart")
    return parser.parse_args()


if __name__ == "__main__":
    main()
