"""The first contest of an empty installation: from the code in the terminal to the first call, without a manual."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, Visit
from tests.conftest import PASSWORD, ROOT

TITLE = "明州市检察机关释法说理业务竞赛"
NAMES = ("陈思远", "林晓彤", "周子涵")


@dataclass
class Terminal:
    """A server on an empty database, and what its terminal says."""

    process: subprocess.Popen[str]
    url: str
    code: str


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The server of a new installation, started as its manual says, without the demo."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", "0"]
    environment = {**os.environ, "SAIPING_INSTANCE": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl+C" in line:
            break
    address, code = re.search(r"(http://\S+)/desk/first-start", said), re.search(r"code +(\S{4}-\S{4})", said)
    assert address, said
    assert code, said
    yield Terminal(process, address[1], code[1])
    process.terminate()
    process.wait(timeout=15)
    process.stdout.close()


def become_administrator(page: Page, terminal: Terminal) -> None:
    """Use the code from the terminal."""
    page.get_by_label("一次性代码").fill(terminal.code)
    page.get_by_label("账号").fill("何组长")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("再次输入密码").fill(PASSWORD)
    page.get_by_role("button", name="创建第一个管理员账号").click()


def go_on(page: Page, heading: str) -> None:
    """Save the step and see the next one."""
    page.get_by_role("button", name="保存并继续").click()
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def name_the_contest(page: Page) -> None:
    """Choose the format and name the contest."""
    page.get_by_role("link", name="新建赛事").click()
    page.locator(".formats .card", has_text="释法说理").get_by_role("link").click()
    page.get_by_label("中文名称").fill(TITLE)
    page.get_by_label("层级").select_option("city")
    page.get_by_label("演练").check()
    page.get_by_role("button", name="创建赛事").click()
    expect(page.get_by_role("heading", level=1, name="评分表")).to_be_visible()


def weigh_the_criteria(page: Page) -> None:
    """Move five points from one criterion to another and watch the sum."""
    page.locator('[name="rubric.0.maximum"]').fill("10")
    expect(page.locator("[data-sum] b")).to_have_text("95")
    page.locator('[name="rubric.4.maximum"]').fill("15")
    expect(page.locator("[data-sum] b")).to_have_text("100")


def type_the_contestants(page: Page) -> None:
    """Fill the first lines of the table."""
    for place, name in enumerate(NAMES):
        page.locator("[name=number]").nth(place).fill(f"{place + 1:02d}")
        page.locator("[name=name]").nth(place).fill(name)


def test_a_new_organizer_comes_from_the_empty_database_to_the_first_call(terminal: Terminal, visit: Visit):
    page = visit(f"{terminal.url}/", DESK)
    page.get_by_role("link", name="创建第一个管理员").click()
    become_administrator(page, terminal)
    name_the_contest(page)
    weigh_the_criteria(page)
    go_on(page, "评委与规则")
    go_on(page, "选手")
    type_the_contestants(page)
    go_on(page, "评委与席位")
    page.get_by_label("姓名 1", exact=True).fill("赵明")
    go_on(page, "赛场与时间")
    go_on(page, "检查清单")
    page.get_by_role("button", name="开赛").click()
    expect(page.locator(".practice")).to_be_visible()
    page.get_by_role("button", name="叫号").or_(page.get_by_role("button", name="01")).first.click()
    expect(page.locator(".now-number")).to_contain_text("01")
    page.goto(f"{terminal.url}/desk/1/cards")
    expect(page.get_by_text("赵明").first).to_be_visible()
