"""The fixed cast: a contest with three contestants and seven judges, its organizer, and a real server to play it on."""

from __future__ import annotations

import gc
import json
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TextIO

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from tests import compiled  # noqa: F401

# isort: split
from scoring import create_app
from scoring.actions.running import recusals, releases, sheets, turns
from scoring.actions.setting_up.contests import Entrant, Plan, add_account, set_up
from scoring.actions.site import sessions
from scoring.actions.transaction import Actor, perform
from scoring.audience import kept_pages
from scoring.board.reading.altered import begin_to_look
from scoring.board.snapshots.audience import Board
from scoring.board.views.audience import audience as audience_view
from scoring.extensions import client_manager, db, limiter
from scoring.store import Account, Contest, Seat, Turn
from scoring.store.codes import seat_key, seat_pin
from tests import standing, untouched
from tests.installations import begun, copied
from tests.made_once import begin_run, made_once
from tests.passwords import hash_quickly, quickly_checked
from tests.patience import within
from tests.processes import forked, printed
from tests.serving import command, serve
from tests.shapes import differences
from tests.sharing_out import shared_out

# Laws are tried on the same examples each time, however slow the machine: a run that failed fails again.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent
CHEN, LIN, ZHOU = (
    Entrant("01", "陈思远", "江北区院", "第一检察部"),
    Entrant("02", "林晓彤", "慈溪县院", "第二检察部"),
    Entrant("03", "周子涵", "江北区院", "第三检察部"),
)
ORGANIZER, PASSWORD = "何组长", "correct horse"
DESK = Actor(f"account:{ORGANIZER}", role="organizer")
FULL_MARKS = {"facts": "15", "law": "25", "reasoning": "25", "plain_language": "15", "response": "10", "bearing": "10"}


def marks_worth(total: str) -> dict[str, str]:
    """A good sheet with this total from 60 to 100, in steps of 0.5, what is missing taken off the facts and the law."""
    missing = 100 - float(total)
    off_facts = min(missing, 15)
    return FULL_MARKS | {"facts": f"{15 - off_facts:g}", "law": f"{25 - (missing - off_facts):g}"}


def pytest_configure() -> None:
    """Workers are started by this process, or are it: what they share is in the folder that it names.

    Nothing of what is read for the tests is garbage: see pytest_collection_finish.
    """
    gc.disable()
    begin_run()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let each test take longer on a loaded machine, as everything in it may; workers begin with the dear ones."""
    if hasattr(config, "workerinput"):
        named = {item.nodeid: item for item in items}
        items[:] = [named[name] for name in shared_out(list(named), config.workerinput["workercount"])]
    for item in items:
        marked = item.get_closest_marker("timeout")
        item.add_marker(pytest.mark.timeout(within(marked.args[0] if marked else 120)), append=False)


def pytest_collection_finish() -> None:
    """What was read is never garbage: to look at all of it again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what the tests of faults have counted: how many sheets were tried, lost and stored twice."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    counted = [str(said) for report in reports for name, said in report.user_properties if name == "fault"]
    for line in sorted(set(counted)):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session", autouse=True)
def passwords_are_cheap() -> None:
    """In the tests' own process; a process of a test's own is told by what it runs."""
    hash_quickly()


@dataclass(frozen=True)
class Installation:
    """One application for all tests, and two databases that each test begins with a copy of."""

    app: Flask
    empty: Path
    with_contest: Path
    database: Path

    def begin_in(self, folder: Path) -> None:
        """Put into this folder what a first start leaves there, without a contest."""
        begun(self.empty, self.database.parent, folder)


def lay_out(folder: Path) -> None:
    """Lay out an installation with an empty database, all of which is in the one file."""
    printed(command, "db", "upgrade", SAIPING_INSTANCE=str(folder))
    with closing(sqlite3.connect(folder / "saiping.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Made once, because migrating, hashing a password and reading all files takes longer than a test."""
    folder = tmp_path_factory.mktemp("installation")
    copied(made_once("laid-out", lay_out), folder)
    database = folder / "saiping.db"
    shutil.copy(database, folder / "empty")
    known = {"LANGUAGE_COOKIE_NAME": "language", "TESTING": True}
    app = create_app(INSTANCE=folder, SQLALCHEMY_DATABASE_URI=f"sqlite:///{database}", **known)
    with app.app_context():
        leave_to_the_disk()
        plan = Plan("shifa", ("释法说理决赛", "Final"), "明州市院", "legal_explanation", 7, [CHEN, LIN, ZHOU])
        perform(set_up, Actor("test"), plan)
        perform(add_account, ORGANIZER, quickly_checked(PASSWORD))
        db.session.remove()
        db.engine.dispose()
        shutil.copy(database, folder / "with-contest")
    return Installation(app, folder / "empty", folder / "with-contest", database)


def leave_to_the_disk() -> None:
    """Nobody cuts the power of the tests' own process: its commits need not wait until the disk has them.

    The servers that are killed are processes of their own, and wait.
    """

    def do_not_wait(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    event.listen(db.engine, "connect", do_not_wait)


def hang_up() -> None:
    """Sockets that a test has opened in the process are closed: the next one counts its own."""
    manager: Any = client_manager()
    for namespace in list(manager.get_namespaces()):
        for sid, _ in list(manager.get_participants(namespace, None)):
            manager.disconnect(sid, namespace)


def begin_with(installation: Installation, template: Path) -> Iterator[Flask]:
    """The application on a fresh copy of a database; its settings and extensions are put back afterwards.

    Its answers do not wait for the next tenth of a second, as those do that are asked for by whoever could guess.
    """
    app = installation.app
    settings, extensions = dict(app.config), dict(app.extensions)
    even, kept_pages.EVEN = kept_pages.EVEN, 0.001
    with app.app_context():
        db.engine.dispose()
        begin_to_look()
    for left in installation.database.parent.glob("saiping.db*"):
        left.rmdir() if left.is_dir() else left.unlink()
    shutil.copy(template, installation.database)
    limiter.reset()
    yield app
    hang_up()
    kept_pages.EVEN = even
    for kept, before in ((app.config, settings), (app.extensions, extensions)):
        kept.clear()
        kept.update(before)


@pytest.fixture
def app(installation: Installation) -> Iterator[Flask]:
    """The application on a database of its own, without a contest."""
    yield from begin_with(installation, installation.empty)


@dataclass
class Venue:
    """The contest as a test's story needs it: who sits where, who is called, what was submitted."""

    app: Flask
    contest_id: int
    known: dict[str, int] = field(default_factory=dict)

    def seat(self, number: int) -> Seat:
        """The seat of judge 1 to 7."""
        return db.session.scalars(select(Seat).where(Seat.number == number)).one()

    def turn(self, number: str) -> Turn:
        """The turn of contestant 01, 02 or 03."""
        known = db.session.get(Turn, self.known.get(number, 0))  # most of a story's time went by looking through all
        if known is None or known.number != number:
            known = next(turn for turn in self.turns() if turn.number == number)
            self.known[number] = known.id
        return known

    def turns(self) -> Iterable[Turn]:
        """Every turn among which one is looked for by its number."""
        return db.session.scalars(select(Turn))

    def call(self, number: str) -> None:
        """The organizer calls a contestant."""
        perform(turns.call, DESK, self.turn(number).id)

    def submits(self, judge: int, number: str, typed: dict[str, str]) -> None:
        """A judge submits a sheet."""
        seat_id = self.seat(judge).id
        perform(
            sheets.submit,
            Actor(f"seat:{seat_id}"),
            self.turn(number).id,
            seat_id,
            typed,
            f"sheet-of-{number}-by-{judge}",
        )

    def all_submit(self, number: str, totals: list[str]) -> None:
        """Judges 1, 2, … submit sheets with these totals."""
        for judge, total in enumerate(totals, 1):
            self.submits(judge, number, marks_worth(total))

    def recuse(self, judge: int, number: str, ground: str = "kin") -> None:
        """The organizer recuses a judge."""
        perform(recusals.recuse, DESK, self.turn(number).id, self.seat(judge).id, ground, "declared before the draw")

    def release(self, number: str) -> None:
        """The organizer releases a score."""
        perform(releases.release, DESK, self.turn(number).id)

    def audience(self) -> Board:
        """What the audience sees, which is of its type."""
        db.session.rollback()
        seen = audience_view(self.contest_id)
        assert list(differences(seen, Board)) == []
        return seen


@pytest.fixture
def venue(installation: Installation) -> Iterator[Venue]:
    """The contest of the cast, with nobody called yet."""
    for app in begin_with(installation, installation.with_contest):
        with app.app_context():
            contest = db.session.scalars(select(Contest)).one()
            yield Venue(app, contest.id)


@pytest.fixture
def anyone(venue: Venue) -> FlaskClient:
    """A browser that is not signed in, reading English."""
    client = venue.app.test_client()
    client.set_cookie("language", "en")
    venue.app.config["WTF_CSRF_ENABLED"] = False
    return client


@pytest.fixture
def organizer(anyone: FlaskClient) -> FlaskClient:
    """The organizer's browser, signed in, reading English."""
    answer = anyone.post("/desk/sign-in", data={"name": ORGANIZER, "password": PASSWORD})
    assert answer.status_code == 302
    return anyone


def entry_of(seat: Seat) -> tuple[str, str]:
    """The seat's key and PIN, as on its card."""
    return seat_key(seat), seat_pin(seat)


@dataclass
class Server:
    """A real server process with the demo contest, and the facts to drive it."""

    process: BaseProcess
    facts: dict[str, Any]
    folder: Path
    said: TextIO

    @property
    def url(self) -> str:
        """Where it listens."""
        return str(self.facts["base_url"])


def demo_installation() -> Path:
    """An installation with the demo as a first start makes it, but for the price of checking its one password.

    Made once, because its documents take a while.
    """
    return made_once("demo", lambda folder: stop_server(run_server(folder)))


def start_server(folder: Path, *options: str, **settings: Any) -> Server:
    """Start the server in this installation, with the demo if it is empty, and wait until it says that it is ready."""
    if not any(folder.iterdir()):
        copied(demo_installation(), folder)
    return run_server(folder, *options, **settings)


def run_server(
    folder: Path, *options: str, run: Callable[..., None] = serve, given: tuple[str, ...] = (), **settings: str
) -> Server:
    """Run the server in this installation as it is; another way to `run` it is given what it needs first."""
    first = (*given, "--demo", "--host", "127.0.0.1", "--port", "0")
    process, said = forked(run, *first, *options, SAIPING_INSTANCE=str(folder), **settings)
    for line in said:
        if "demo.json" in line:
            return Server(process, json.loads((folder / "demo.json").read_text()), folder, said)
    process.join()
    said.close()
    raise AssertionError(f"the server ended with {process.exitcode} before it was ready")


def stop_server(server: Server) -> None:
    """End the process that was started."""
    server.process.terminate()
    ended(server)


def ended(server: Server) -> None:
    """Wait for the end of the process."""
    server.process.join(timeout=within(15))
    assert server.process.exitcode is not None
    server.said.close()
    standing.check(server.folder)
    untouched.check(server.folder)


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server of the test's own with the demo contest; a parameter names its transport."""
    settings = {"SAIPING_TRANSPORT": request.param} if hasattr(request, "param") else {}
    started = start_server(tmp_path, **settings)
    yield started
    stop_server(started)


def signed_in_as(browser: FlaskClient, account: Account, base_url: str = "http://localhost") -> None:
    """Let a browser act as the account without its password, whose check takes a fifth of a second."""
    name = secrets.token_urlsafe(32)
    perform(sessions.sign_in, name, account.id, "127.0.0.1", "a browser of the tests")
    with browser.session_transaction(base_url=base_url) as cookie:
        cookie["sign_in"], cookie["account"] = name, account.id


def contest_of(venue: Venue) -> Contest:
    """The stored contest."""
    return db.session.get_one(Contest, venue.contest_id)


@pytest.fixture(scope="session")
def session_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for tests that change nothing."""
    started = start_server(tmp_path_factory.mktemp("server"))
    yield started
    stop_server(started)
