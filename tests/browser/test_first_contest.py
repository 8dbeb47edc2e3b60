"""The first contest of an empty installation: from the code in the terminal to the first call, without a manual."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import APIRequestContext, Browser, FilePayload, Page, expect

from tests.browser.boxes import faults_at
from tests.browser.conftest import DESK, Visit
from tests.browser.tablets import press
from tests.conftest import PASSWORD, ROOT, marks_worth
from tests.imports.making import as_wps_writes_it
from tests.patience import within

TITLE = "明州市检察机关释法说理业务竞赛"
NAMES = ("陈思远", "林晓彤", "周子涵")
# What the judges give: (86 + 86.5 + 87 + 87.5 + 88) / 5 = 87.00 and (91 + 91 + 92 + 93 + 94) / 5 = 92.20.
STORY = {"01": ["85", "86", "86.5", "87", "87.5", "88", "89"], "02": ["90", "91", "91", "92", "93", "94", "95"]}


A_JUDGES_WAY_IN = 2  # the press after the PIN, and the tap on the first criterion; the mark is then typed
# The keystroke-level model, seconds of one operator: Card, Moran and Newell, "The keystroke-level model for user
# performance time with interactive systems", Communications of the ACM 23 (7), 1980: K of an average typist who does
# not copy prose (0.28), P to point with a mouse (1.1), B for a button down and up (0.2), H from the keyboard to the
# mouse or back (0.4), M to think before an act (1.35).
K, P, B, H, M = 0.28, 1.1, 0.2, 0.4, 1.35
# Chinese signs that an adult reads in a second: 255 a minute, read aloud. Source: Trauzettel-Klosinski and Dietz,
# "Standardized assessment of reading performance: the new International Reading Speed Texts IReST", Investigative
# Ophthalmology & Visual Science 53 (9), 2012, table 2.
SIGNS_A_SECOND = 255 / 60
READ = re.compile(r"[\u3400-\u9fff]|[A-Za-z0-9.:/-]+")  # a Chinese sign, or a word or figure in other signs
SCRIPT = 2.0  # keys for one Chinese sign by pinyin, with the choice among those that sound alike


class Effort:
    """What a person does in a browser: presses, keys, turns of the hand, and pages to read. A file is two presses.

    The person goes from field to field with the mouse: every field that is filled in is pressed first, unless the page
    has put the cursor there. Cards are printed with Ctrl+P, as their page says.
    Every text that comes into sight is read once, word for word; not again where it stands on the next page as well,
    and not the cells of the clerk's own list. The sum is a model's and no stopwatch's: errors, doubts and the way to
    the printer are not in it.
    """

    def __init__(self, page: Page) -> None:
        """Begin to count."""
        self.presses = self.fields = self.signs = 0
        self.keys = 0.0
        self.to_first_call: tuple[int, float] | None = None
        self._read: set[str] = set()
        page.expose_function("pressed", self._press)
        page.expose_function("typed", self._type)
        page.expose_function("stands", self._stands)
        page.add_init_script(COUNTING)

    def _press(self, times: int) -> None:
        self.presses += times

    def _type(self, text: str) -> None:
        self.fields += 1
        self.keys += sum(SCRIPT if ord(sign) > 0x2E7F else 1 for sign in text)

    def _stands(self, texts: list[str]) -> None:
        fresh = set(texts) - self._read
        self._read |= fresh
        self.signs += sum(len(READ.findall(text)) for text in fresh)

    def first_call(self) -> None:
        """Keep what it took so far, once."""
        self.to_first_call = self.to_first_call or (self.presses, self.seconds())

    def seconds(self) -> float:
        """How long it takes somebody who knows the list but not the software: each act is thought of, none is known."""
        pressing = self.presses * (M + P + B)
        typing = self.fields * (M + 2 * H) + self.keys * K
        return pressing + typing + self.signs / SIGNS_A_SECOND


COUNTING = """
addEventListener("pointerdown", () => window.pressed(1), true);
let reached = false;  // the page has put the cursor into a field, and nothing was pressed or filled in since
addEventListener("DOMContentLoaded", () => { reached = document.querySelector("[autofocus]"); });
const byMouse = (field) => {
  if (field !== reached && field !== pressed) window.pressed(1);
  reached = null;
};
let pressed = null;  // the field under the last press
addEventListener("pointerdown", ({ target }) => { pressed = target; }, true);
addEventListener("change", ({ target }) => {
  if (target.type === "file") window.pressed(2);
  else if (target.localName === "select") window.pressed(1);
  else if (target.type === "checkbox" || target.type === "radio") return;
  else if (target.value) { byMouse(target); window.typed(target.value); }
}, true);
addEventListener("DOMContentLoaded", () => {
  const inSight = (part) => part.checkVisibility() && part.getBoundingClientRect().top < innerHeight;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const { nodeValue, parentElement } = walker.currentNode;
    const text = nodeValue.replace(/\\s+/g, "");
    if (text && !parentElement.closest("script, template, option, td") && inSight(parentElement)) texts.push(text);
  }
  window.stands(texts);
});
"""


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
    process.wait(timeout=within(15))
    process.stdout.close()


def become_administrator(page: Page, terminal: Terminal, *, with_sheet: bool = False) -> None:
    """Use the code from the terminal; with a sheet of recovery codes, or without a second factor."""
    page.get_by_label("一次性代码").fill(terminal.code)
    page.get_by_label("账号", exact=True).fill("何组长")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("再次输入密码").fill(PASSWORD)
    if not with_sheet:
        page.locator("[name=second_factor]").uncheck()
    page.get_by_role("button", name="一人兼任，创建第一个管理员账号").click()
    if with_sheet:
        page.get_by_role("button", name="给我一张恢复码单").click()
        expect(page.locator(".paper-codes li")).to_have_count(20)
        page.get_by_role("link", name="已抄录或打印，继续").click()


def go_on(page: Page, heading: str) -> None:
    """Save the step and see the next one."""
    page.get_by_role("button", name="保存并继续").click()
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def name_the_contest(page: Page, practice: bool = False) -> None:
    """Choose the format and name the contest."""
    page.locator(".formats .card", has_text="释法说理").get_by_role("link", name="释法说理", exact=True).click()
    page.get_by_label("中文名称").fill(TITLE)
    if practice:
        page.get_by_label("演练").check()
    page.get_by_role("button", name="创建赛事").click()
    expect(page.get_by_role("heading", level=1, name="选手")).to_be_visible()


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


def bring_the_list(page: Page) -> None:
    """Hand in a clerk's list inside the step, mend one row, leave one out, take one in, confirm, and be led on."""
    page.set_input_files(
        "#file-contestants", files=FilePayload(name="名单.xlsx", mimeType="", buffer=as_wps_writes_it())
    )
    expect(page.locator("tr.row-wrong th")).to_have_text("9")
    expect(page.locator(".import-out")).to_contain_text("该行在表格中带有删除线")
    page.get_by_label("姓名 9").fill("欧阳静怡")
    page.locator("[name=take][value='0.25']").click()
    page.locator("[name=skip][value='0.38']").click()
    expect(page.locator("#confirm")).to_have_text("导入 35 行")
    assert faults_at(page, (1366, 768), (1180, 820), (390, 844)) == {}
    page.set_viewport_size(DESK)
    page.locator("#confirm").click()
    expect(page.get_by_role("heading", level=1, name="评委与席位")).to_be_visible()
    expect(page.locator(".message-done")).to_contain_text("新增 35 条")


COPIES = """([text, table]) => document.addEventListener("copy", (event) => {
  event.clipboardData.setData("text/plain", text);
  event.clipboardData.setData("text/html", table);
  event.preventDefault();
}, { once: true })"""


def paste_the_judges(page: Page) -> None:
    """Paste what was copied in WPS, the office in one merged cell, and be led to the one question that is left."""
    heads, names = ("序号", "姓名", "单位", "部门及职务"), [f"评委{name}" for name in "甲乙丙丁戊己庚"]
    rows = [(str(place), name, "市院" if place == 1 else "", "办公室主任") for place, name in enumerate(names, 1)]
    text = "\r\n".join("\t".join(row) for row in (heads, *rows))
    office = "<td rowspan=7>市院"
    table = "".join(
        f"<tr><td>{number}<td>{name}{office if number == '1' else ''}<td>{post}" for number, name, _, post in rows
    )
    page.evaluate(COPIES, [text, f"<table><tr>{''.join(f'<td>{head}' for head in heads)}{table}</table>"])
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    expect(page.locator(".import-summed")).to_contain_text("按合并单元格填充：6 处")
    page.locator("#confirm").click()
    expect(page.locator("#offices legend")).to_have_text("余姚市人民检察院 与 市院")
    page.get_by_role("button", name="不同单位").click()
    expect(page.get_by_role("heading", level=1, name="检查清单")).to_be_visible()


def sit_down(browser: Browser, terminal: Terminal, pin: str) -> tuple[APIRequestContext, str]:
    """A judge types the PIN of the card into a browser without scripts; answers that browser and the seat's address."""
    asks = browser.new_context(locale="zh-CN").request
    door = f"{terminal.url}/judge/"
    answer = asks.post(door, form={"pin": pin, "csrf_token": token_of(asks.get(door).text())})
    return asks, answer.url


def token_of(page: str) -> str:
    """The token that goes with a page's forms."""
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert found
    return found[1]


def hand_in(asks: APIRequestContext, seat: str, terminal: Terminal, total: str) -> None:
    """Submit the sheet of the turn that is called."""
    page = asks.get(seat).text()
    where = re.search(r'action="(/judge/[0-9]+/turn/[0-9]+)"', page)
    assert where
    marks = {f"typed-{criterion}": mark for criterion, mark in marks_worth(total).items()}
    sheet: dict[str, str | float | bool] = {
        "verb": "submit",
        "base": "0",
        "submission": secrets.token_hex(8),
        "csrf_token": token_of(page),
        **marks,
    }
    assert asks.post(terminal.url + where[1], form=sheet).ok


def exported(page: Page, terminal: Terminal) -> list[tuple[object, ...]]:
    """The ranking as it leaves the desk; while the file is being made, a page that asks again stands in its place."""
    for _ in range(10):  # each question waits some seconds for the file
        answer = page.context.request.get(f"{terminal.url}/desk/1/ranking.xlsx")
        if not answer.headers["content-type"].startswith("text/html"):
            break
    sheet = load_workbook(BytesIO(answer.body()), read_only=True).worksheets[0]
    return [row for row in sheet.iter_rows(values_only=True) if any(row)]


@pytest.mark.timeout(180)
def test_from_the_empty_database_and_a_list_of_36_names_to_the_exported_ranking(
    terminal: Terminal, visit: Visit, browser: Browser, record_property: Callable[[str, object], None]
) -> None:
    page = visit("about:blank", DESK)
    effort = Effort(page)
    page.goto(f"{terminal.url}/desk/first-start")  # as the terminal says
    become_administrator(page, terminal)
    name_the_contest(page)
    bring_the_list(page)
    paste_the_judges(page)
    expect(page.locator(".taken-over")).to_contain_text("法律适用准确 25")
    page.get_by_role("button", name="开赛").click()
    page.get_by_role("link", name="打印席位卡").click()
    expect(page.locator(".card-pin")).to_have_count(7)
    pins = [re.sub("[^0-9]", "", text) for text in page.locator(".card-pin").all_inner_texts()]
    judges = [sit_down(browser, terminal, pin) for pin in pins]
    page.get_by_role("link", name=TITLE).click()
    for number, totals in STORY.items():
        press(page, "call")
        expect(page.locator(".now-number")).to_have_text(number)
        effort.first_call()
        for (asks, seat), total in zip(judges, totals, strict=True):
            hand_in(asks, seat, terminal, total)
        press(page, "release")
    expect(page.locator(".order")).to_contain_text("92.20")
    assert effort.to_first_call is not None
    presses, seconds = effort.to_first_call
    told = f"empty database to the first mark: {presses + A_JUDGES_WAY_IN} presses, {seconds / 60:.1f} minutes by KLM"
    record_property("fault", told)
    assert presses + A_JUDGES_WAY_IN <= 20
    assert seconds <= 600
    rows = exported(page, terminal)
    assert [row[:3] for row in rows if row[1] in ("01", "02")] == [(1, "02", "钱思远"), (2, "01", "赵思远")]


def test_a_new_organizer_comes_from_the_empty_database_to_the_first_call(terminal: Terminal, visit: Visit):
    page = visit(f"{terminal.url}/", DESK)
    page.get_by_role("link", name="创建第一个管理员").click()
    become_administrator(page, terminal, with_sheet=True)
    name_the_contest(page, practice=True)
    page.get_by_role("link", name="评分表").click()
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
    page.get_by_role("button", name="上场").or_(page.get_by_role("button", name="01")).first.click()
    expect(page.locator(".now-number")).to_contain_text("01")
    page.goto(f"{terminal.url}/desk/1/cards")
    expect(page.get_by_text("赵明").first).to_be_visible()
