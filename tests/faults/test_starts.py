"""A start holds the database against what was acknowledged and announced, and says in plain words what is wrong."""

from __future__ import annotations

import fcntl
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TextIO

import pytest

from tests.conftest import ROOT
from tests.faults.hall import Hall, Json
from tests.installations import copied
from tests.patience import within
from tests.processes import forked
from tests.serving import serve

LOG = "saiping.db-wal"


def refused_start(folder: Path) -> str:
    """What the terminal says where the server does not start."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", "0"]
    environment = {"SAIPING_INSTANCE": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=within(60), check=False
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    return ended.stderr


@pytest.fixture(scope="module")
def played(prepared: tuple[Path, Json], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All sheets are in, all scores are released, and the server was killed before its log was put away."""
    folder = tmp_path_factory.mktemp("played") / "instance"
    copied(prepared[0], folder)
    hall = Hall(folder, prepared[1])
    hall.seat_judges()
    hall.finish()
    answers = hall.desk(*({"verb": "release", "turn": turn} for turn in hall.facts["turns"].values()))
    assert all(answer["ok"] for answer in answers)
    hall.end_abruptly()
    return folder


@pytest.fixture
def released(played: Path, prepared: tuple[Path, Json], tmp_path: Path) -> Iterator[Hall]:
    """What was left then, in a folder of the test's own, with nobody serving it yet."""
    copied(played, tmp_path / "instance")
    hall = Hall(tmp_path / "instance", prepared[1], serves=False)
    yield hall
    hall.stop()


def cut_the_log(hall: Hall) -> None:
    """The log is gone."""
    (hall.folder / LOG).unlink()


def flip_a_bit(hall: Hall) -> None:
    """One bit of the log is another, in its first page: SQLite takes nothing that comes after it."""
    log = bytearray((hall.folder / LOG).read_bytes())
    log[200] ^= 1
    (hall.folder / LOG).write_bytes(log)


def change(sql: str) -> Callable[[Hall], None]:
    """Somebody changes the file with a tool."""

    def run(hall: Hall) -> None:
        with closing(sqlite3.connect(hall.database)) as database, database:
            assert database.execute(sql).rowcount > 0

    return run


FIRST_SHEET = "id = (SELECT min(id) FROM sheet_version WHERE state = 'submitted')"
FAULTS = {
    "the log is gone": (cut_the_log, "有已确认的内容缺失"),
    "a bit of the log is flipped": (flip_a_bit, "有已确认的内容缺失"),
    "a digit of a mark": (
        change(
            f'UPDATE sheet_version SET marks = replace(marks, \'"bearing": "\', \'"bearing": "1\') WHERE {FIRST_SHEET}'
        ),
        "有评分表在本系统之外被改动",
    ),
    "a digit of an announced score": (
        change('UPDATE "release" SET announced = replace(announced, \'"final": "\', \'"final": "1\') WHERE id = 1'),
        "01号公布的分数与记录中的不一致",
    ),
    "a line of the record": (
        change("UPDATE entry SET details = replace(details, '\"reason\"', '\"reasons\"'), actor = 'x' WHERE id = 5"),
        "记录第 5 条在本系统之外被改动",
    ),
    "a penalty that nobody entered": (
        change(
            "INSERT INTO penalty (turn_id, part, kind, points, reason, actor, at) "
            "VALUES (1, '', 'overtime', '9', '', 'x', '2026-01-01 00:00:00')"
        ),
        "01号公布的得分与现有评分表算出的得分不一致",
    ),
}


GENERAL = "赛事记录与已确认或已公布的内容不一致"


@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_agree_is_said_at_the_start_and_not_shown_as_a_result(released: Hall, fault: str) -> None:
    damage, sentence = FAULTS[fault]
    damage(released)
    released.start_again()
    status, said = released.answered("/healthz")
    assert (status, json.loads(said)["record"]) == (503, "in_doubt")
    why = "".join(json.loads(said)["why"])
    assert sentence in released.said, "the terminal says what was found"
    assert sentence in why or GENERAL in why
    assert not any(sign.isdigit() for sign in why), "a number is what nobody may see early"
    for page in ("board.json", "screen", "", "overall", "offices"):
        status, shown = released.answered(f"/c/{released.facts['slug']}/{page}".rstrip("/"))
        assert (page, status) == (page, 409)
        assert "不显示任何成绩" in shown
    status, home = released.answered("/")
    assert (status, "记录正在核查" in home) == (200, True)


def test_a_record_that_agrees_is_shown(released: Hall) -> None:
    released.start_again()
    assert released.answered("/healthz")[0] == 200
    assert len(released.board()["rows"]) == 24


def test_the_way_back_names_the_copies_and_what_each_lacks(released: Hall) -> None:
    backups = released.folder / "backups"
    backups.mkdir()
    with closing(sqlite3.connect(released.database)) as database, closing(sqlite3.connect(backups / "noon.db")) as copy:
        database.backup(copy)
    released.start_again()
    released.end_abruptly()
    shutil.copy(backups / "noon.db", released.database)
    with closing(sqlite3.connect(released.database)) as database, database:
        database.execute("DELETE FROM entry WHERE id > 10")
    (released.folder / LOG).unlink(missing_ok=True)
    released.start_again()
    assert f"{backups / 'noon.db'} in the database's place; 0 acknowledged changes would be missing" in released.said


def empty(file: Path) -> None:
    file.write_bytes(b"")


def foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("CREATE TABLE song (title TEXT)")


def no_database(file: Path) -> None:
    file.write_text("a letter and no database" * 100)


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


def damaged(file: Path) -> None:
    pages = bytearray(file.read_bytes())
    pages[4096 : 3 * 4096] = b"\x5a" * (2 * 4096)
    file.write_bytes(pages)


BAD_FILES: dict[Callable[[Path], None], str] = {
    empty: "is gone or empty",
    foreign: "is not a database of this software",
    no_database: "is not a database of this software",
    newer: "was written by a newer version",
    damaged: "is damaged",
}


@pytest.mark.parametrize("make", BAD_FILES)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(hall: Hall, make: Callable[[Path], None]) -> None:
    hall.board()  # from now on the server serves, and stops cleanly
    hall.stop()
    make(hall.database)
    before = hall.database.read_bytes()
    said = refused_start(hall.folder)
    assert BAD_FILES[make] in said
    assert hall.database.read_bytes() == before


def starting(folder: Path, *options: str) -> tuple[BaseProcess, TextIO]:
    """A server that has just begun to start, and what it says."""
    return forked(serve, "--host", "127.0.0.1", "--port", "0", *options, SAIPING_INSTANCE=str(folder))


def one_whole_file(folder: Path) -> None:
    """What a clean stop leaves."""
    assert sorted(file.name for file in folder.glob("saiping.db*")) == ["saiping.db"]
    with closing(sqlite3.connect(folder / "saiping.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM seat").fetchone()[0] > 0


def test_who_ends_a_server_while_it_starts_has_it_stopped_cleanly(tmp_path: Path) -> None:
    process, said = starting(tmp_path, "--demo")
    with said:
        next(line for line in said if "赛评" in line)  # the demo is made; nobody is served yet
        process.terminate()
        process.join(timeout=within(60))
    assert process.exitcode == 0
    one_whole_file(tmp_path)


def test_of_two_processes_that_open_a_database_one_waits(played: Path, tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    copied(played, folder)
    with (folder / "upgrading.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # as another process that upgrades it
        first, first_said = starting(folder)
        second, second_said = starting(folder)
        for said in (first_said, second_said):
            assert "Another process is opening this database" in next(said)
        second.terminate()
        second.join(timeout=within(60))
        assert second.exitcode == 0  # who waits can be ended
    assert any("127.0.0.1" in line for line in first_said)
    first.terminate()
    first.join(timeout=within(60))
    for said in (first_said, second_said):
        said.close()
    one_whole_file(folder)


def test_two_processes_that_upgrade_at_once_upgrade_once(tmp_path: Path) -> None:
    (tmp_path / "saiping.db").touch()
    started = [starting(tmp_path) for _ in range(2)]
    assert all(any("127.0.0.1" in line for line in said) for _, said in started)
    for process, said in started:
        process.terminate()
        process.join(timeout=within(60))
        said.close()
        assert process.exitcode == 0
    with closing(sqlite3.connect(tmp_path / "saiping.db")) as database:
        assert len(database.execute("SELECT version_num FROM alembic_version").fetchall()) == 1
