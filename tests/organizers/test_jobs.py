"""Heavy work on a real server: in a process of its own, with its page, its limit, and nothing lost by a restart."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask

from scoring.jobs.queue import MOST_OF_ONE, SCORING, START, Jobs
from scoring.rules.refusal import Refused
from tests.conftest import Server, start_server, stop_server
from tests.plain_browser import Browser

ROWS = 1900
LIST = "编号\t姓名\t单位\n" + "\n".join(f"{number:05d}\t选手{number}\t明州市院" for number in range(1, ROWS + 1))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = start_server(tmp_path_factory.mktemp("jobs"))
    yield started
    stop_server(started)


@pytest.fixture(scope="module")
def clerk(served: Server) -> Browser:
    return Browser(served.url, **served.facts["organizer"])


def test_a_workbook_is_made_beside_the_server_and_can_be_fetched_again(served: Server, clerk: Browser) -> None:
    page = f"/desk/{served.facts['contest']['id']}/ranking.xlsx"
    where, content = clerk.get(page)
    if "/jobs/" in where:
        _, content = clerk.get(clerk.until_done(where))
    assert openpyxl.load_workbook(BytesIO(content)).worksheets
    assert clerk.get(page) == (page, content)


def test_a_long_list_is_written_beside_the_server_in_one_go(served: Server, clerk: Browser) -> None:
    contest = served.facts["contest"]["id"]
    draft, preview = clerk.post(f"/desk/{contest}/import", kind="contestants", pasted=LIST)
    digest = re.search(r'name="digest" value="([^"]+)"', preview.decode())
    assert digest
    assert f"{ROWS - 200} more rows follow" in preview.decode()
    where, _ = clerk.post(draft, digest=digest[1], request="a-long-list-of-people", **{"late-reason": ""})
    assert "/jobs/" in where
    assert clerk.until_done(where) == draft
    with closing(sqlite3.connect(served.folder / "saiping.db")) as database:
        many = f"SELECT count(*) FROM contestant WHERE contest_id = {contest}"
        assert database.execute(many).fetchone()[0] >= ROWS
        entries = "SELECT count(*) FROM entry WHERE verb = 'import_list' AND contest_id = ?"
        assert database.execute(entries, (contest,)).fetchone()[0] == 1
    assert not list((served.folder / "jobs").glob("*.db"))


def test_a_job_that_nobody_knows_any_more_says_to_start_it_again(served: Server, clerk: Browser) -> None:
    with pytest.raises(Exception, match="404") as gone:
        clerk.get(f"/desk/{served.facts['contest']['id']}/jobs/0123456789abcdef")
    said: Any = gone.value
    with said:
        assert "please start it again" in said.read().decode()


def test_more_jobs_than_may_wait_are_refused(app: Flask, tmp_path: Path) -> None:
    jobs = Jobs(app, tmp_path / "jobs")
    for number in range(MOST_OF_ONE):
        jobs.ask("ranking_csv", {"contest_id": number, "event": None}, "en", 1, number)
    assert jobs.ask("ranking_csv", {}, "en", 1, 0) is jobs.ask("ranking_csv", {}, "en", 1, 0)
    with pytest.raises(Refused, match="too_many_jobs"):
        jobs.ask("ranking_csv", {}, "en", 1, "another")
    assert jobs.ask("ranking_csv", {}, "en", 2, "of another account").open
    jobs.stop()


def test_the_process_of_a_ranking_reads_neither_the_pages_nor_what_reads_lists() -> None:
    begins = START.replace(".main()", "")
    run = f"{begins}print(*sys.modules)"
    read = subprocess.run([sys.executable, "-c", run, str(SCORING)], capture_output=True, text=True, check=True).stdout
    others = {f"scoring.{room}" for room in ("judges", "audience", "organizers", "access", "imports")} | {"openpyxl"}
    assert "scoring.board" in read.split()
    assert not others & set(read.split())


def test_the_server_does_not_read_what_reads_documents_and_workbooks() -> None:
    begins = [sys.executable, "-c", "import scoring, sys; print(*sys.modules)"]
    read = subprocess.run(begins, cwd=SCORING.parent, capture_output=True, text=True, check=True).stdout.split()
    assert "scoring.documents" in read
    assert not {"mammoth", "openpyxl", "pypdf"} & set(read)


def test_two_accounts_that_ask_for_the_same_have_a_job_each(app: Flask, tmp_path: Path) -> None:
    jobs, about = Jobs(app, tmp_path / "jobs"), {"contest_id": 1, "event": None}
    ours = {owner: jobs.ask("ranking_csv", about, "en", owner, "the same") for owner in (1, 2)}
    assert all(jobs.called(ours[owner].id, owner) is ours[owner] for owner in ours)
    assert jobs.called(ours[1].id, 2) is None
