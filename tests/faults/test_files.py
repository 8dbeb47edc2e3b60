"""The database's files while the server runs: the log is put away by itself, and a lost log stops the acknowledging."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from tests.faults.hall import MIDDLE, Hall, check
from tests.patience import within

SOON = within(30)  # seconds; a quiet moment comes after one
Where = set[tuple[int, int]]


def in_the_file_alone(hall: Hall, copy: Path) -> Where:
    """Whose sheets a copy of the database file holds, without the log beside it."""
    shutil.copy(hall.database, copy)
    query = "SELECT turn_id, seat_id FROM sheet JOIN sheet_version ON sheet_id = sheet.id WHERE state = 'submitted'"
    with closing(sqlite3.connect(copy)) as alone:
        alone.execute("PRAGMA journal_mode=DELETE")
        return set(alone.execute(query))


def until(true: Callable[[], bool]) -> None:
    """Ask again and again until it is true."""
    pause = Event()
    for _ in range(round(SOON * 20)):
        if true():
            return
        pause.wait(0.05)
    raise AssertionError("it never became true")


@pytest.fixture
def played(hall: Hall) -> Hall:
    """All sheets are in while the audience looks at the board."""
    hall.seat_judges()
    hall.until(lambda tally: len(tally.acknowledged) >= MIDDLE)
    hall.board()
    hall.finish()
    return hall


def test_in_quiet_moments_the_log_is_put_away_while_the_server_runs(played: Hall, tmp_path: Path) -> None:
    until(lambda: in_the_file_alone(played, tmp_path / "copy") == set(played.tally.acknowledged))


def test_a_clean_stop_leaves_one_file_that_holds_everything(played: Hall, tmp_path: Path) -> None:
    played.stop()
    assert sorted(file.name for file in played.folder.glob("saiping.db*")) == ["saiping.db"]
    assert in_the_file_alone(played, tmp_path / "copy") == set(played.tally.acknowledged)


@pytest.mark.parametrize("lost", ["saiping.db-wal", "saiping.db-shm"])
def test_a_lost_log_stops_the_acknowledging_and_loses_nothing(
    hall: Hall, lost: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    hall.seat_judges()
    hall.until(lambda tally: len(tally.acknowledged) >= MIDDLE)
    (hall.folder / lost).unlink()
    hall.until(lambda tally: tally.not_stored >= 21)
    status, said = hall.answered("/healthz")
    assert (status, json.loads(said)["database"]) == (503, "files_gone")
    assert lost in json.loads(said)["why"]
    status, page = hall.answered("/desk/sign-in")
    assert (status, "请重启服务器" in page) == (503, True)
    assert set(hall.tally.acknowledged) <= in_the_file_alone(hall, tmp_path / "copy")
    hall.kill()
    check(hall, record_property, f"{lost} deleted")
