"""The day that went wrong: late, absent, disqualified, a dead tablet, a clock put right; a ranking right at the end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.actions.hall import checklist
from tests.actions.matches import sheet_worth
from tests.browser import bad_day_contests
from tests.browser.bad_day import Day, fill_form, submit
from tests.browser.bad_day_contests import LETTERS
from tests.browser.conftest import Visit
from tests.browser.tablets import SLOW, fill, has_reached, press
from tests.browser.test_binding import says_nothing_found, up
from tests.browser.test_review import press as take_step
from tests.conftest import Installation, marks_worth, stop_server
from tests.documents.making import docx
from tests.machines import Machine
from tests.processes import printed
from tests.review.conftest import sheet_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
Begins = Callable[[str], Day]
SIX_MINUTES_AT_MOST = re.compile(r"^5:[0-5]\d$|^6:00$")
HANDED_OVER = "准许另一台平板接替评委1的席位"
ABSENT = "登记{}号不参赛（缺席），由评委会主任决定"
CORRECTED = ("代 监督员 申请更正：{}号取消资格", "批准更正：{}号取消资格")
FOUND = {"01": 1, "03": 0, "04": 2}  # wrong entries in each clerk's file
LATE_LETTER = "关于河道保护"
WRITTEN = LETTERS | {"04": LATE_LETTER}
TOTALS = {"01": ("79", "81"), "03": ("90", "92"), "04": ("88", "90")}  # what the two reviewers give
AUTHORS = ("陈思远", "周子涵", "韩雪松")


@pytest.fixture
def begins(installation: Installation, tmp_path: Path, visit: Visit) -> Iterator[Begins]:
    """Begins the day of a format on a machine whose clock is an hour ahead."""
    machines: list[Machine] = []

    def begins(kind: str) -> Day:
        folder = tmp_path / "installation"
        folder.mkdir()
        installation.begin_in(folder)
        facts = json.loads(printed(bad_day_contests.main, kind, SAIPING_INSTANCE=str(folder)))
        machines.append(Machine(tmp_path))
        return Day(machines[0], facts, visit)

    yield begins
    for machine in machines:
        stop_server(machine.server)


def test_legal_explanation(begins: Begins) -> None:
    day = begins("legal_explanation")

    def performs(number: str, tablet: Page, *totals: str) -> None:
        if number != "01":
            press(day.go(), "call")
        expect(tablet.locator(".contestant-number")).to_have_text(number, timeout=SLOW)
        fill(tablet, marks_worth(totals[0]))
        submit(tablet)
        day.others_submit(*(marks_worth(total) for total in totals[1:]))
        press(day.go(), "release")

    tablet = day.sits_down()
    press(day.desk, "call")
    fill(tablet, {"law": "22.5"})
    has_reached(tablet, "server")
    tablet = day.gets_a_spare(tablet)
    expect(tablet.locator("#mark-law")).to_have_value("22.5")
    day.go().locator("[id^=start_clock-][id$=-speak]").click()
    expect(day.hall.locator("#clock")).to_have_text(SIX_MINUTES_AT_MOST, timeout=SLOW)
    day.machine.wall(0)
    day.comes_late("05", "吴桐", place="last")
    expect(day.hall.locator("#clock")).to_have_text(SIX_MINUTES_AT_MOST)
    performs("01", tablet, "90", "91", "92")
    day.does_not_perform("02", "absent")
    day.is_without_a_rank("02", "缺席")
    performs("03", tablet, "85", "86", "87")
    day.shows_nothing_of("91.00", "86.00")
    performs("04", tablet, "95", "96", "97")
    day.ranking(("1", "04", "96.00"), ("2", "01", "91.00"), ("3", "03", "86.00"))
    performs("05", tablet, "88", "89", "90")
    day.ranking(("1", "04", "96.00"), ("2", "01", "91.00"), ("3", "05", "89.00"), ("4", "03", "86.00"))
    day.is_put_out("04")
    day.ranking(("1", "01", "91.00"), ("2", "05", "89.00"), ("3", "03", "86.00"))
    day.is_without_a_rank("04", "取消资格", "更正", "96.00")
    assert day.workbook() == [
        ("1", "01", "91.00", "一等奖"),
        ("2", "05", "89.00", "二等奖"),
        ("3", "03", "86.00", ""),
        ("", "02", "缺席", ""),
        ("", "04", "取消资格，更正前 96.00", ""),
    ]
    day.log_says("迟到增补05号", ABSENT.format("02"), HANDED_OVER, *(said.format("04") for said in CORRECTED))


def test_debate(begins: Begins) -> None:
    day = begins("debate")

    def sides() -> tuple[str, str]:
        """The numbers of control and defence in the match that the desk shows."""
        control, defence = day.go().locator(".match-head b").all_inner_texts()
        return control, defence

    def plays(tablet: Page, control: str, defence: str) -> None:
        for name, mark in sheet_worth(control, defence).items():
            tablet.locator(f'[name="typed-{name}"]').fill(mark)
        submit(tablet)
        day.others_submit(*[sheet_worth(control, defence)] * 2)
        press(day.go(), "release")

    tablet = day.sits_down()
    day.comes_late("D", "丁队", place="drawn", seed="7-31-4", witness="监督员")
    winner, absent = sides()
    day.does_not_perform(winner, "absent", absent)
    day.is_without_a_rank(absent, "缺席")

    best, loser = sides()
    assert sorted([winner, absent, best, loser]) == ["A", "B", "C", "D"]
    ill = f"{loser if loser != 'D' else best}2"  # the late team has entered no speakers
    day.does_not_perform(ill[0], "forfeited", ill)
    day.is_without_a_rank(ill, "弃权")
    press(day.desk, "call")
    tablet.locator('[name="typed-defence.opening"]').fill("21.5")
    has_reached(tablet, "server")
    tablet = day.gets_a_spare(tablet)
    expect(tablet.locator('[name="typed-defence.opening"]')).to_have_value("21.5")
    day.go().locator("[id^=start_clock-]").first.click()
    day.machine.wall(0)
    plays(tablet, "98", "85")
    expect(day.hall.locator(".latest-match .side-away li", has_text=ill)).to_contain_text("弃权", timeout=SLOW)
    expect(day.hall.locator(".latest-match .side[data-is=control] .side-result")).to_have_text("胜", timeout=SLOW)

    fill_form(day.go(), "#draw-form", seed="9-9-9", witness="监督员", reason="监督员账号登录不上")
    day.desk.locator("#draw-button").click()
    press(day.desk, "call")
    final = sides()
    assert sorted(final) == sorted([winner, best])
    plays(tablet, *(("95", "85") if final[0] == best else ("85", "95")))
    expect(day.hall.locator(".rows:visible .row").first).to_contain_text(best, timeout=SLOW)
    day.is_put_out(f"{final[0]} 对 {final[1]}", best)
    day.is_without_a_rank(best, "取消资格")
    expect(day.hall.locator(".rows:visible .row").first).to_contain_text(winner, timeout=SLOW)
    rows = {number: (rank, said) for rank, number, said, _ in day.workbook()}
    assert rows[winner][0] == "1"
    assert rows[absent] == ("", "缺席")
    assert rows[ill] == ("", "弃权")
    assert rows[best][0] == ""
    assert rows[best][1].startswith("取消资格")
    day.log_says("迟到增补D号", f"登记{absent}号不参赛（缺席）", f"登记{ill}号不参赛（弃权）", HANDED_OVER, "批准更正")


def test_case_binding(begins: Begins) -> None:
    day = begins("case_binding")
    day.comes_late("04", "韩雪松", place="last")
    day.does_not_perform("02", "absent")
    day.go("/benches").locator(".start").click()
    day.machine.wall(0)
    for left in (2, 1, 0):
        day.desk.locator(".stop").first.click()
        expect(day.desk.locator(".stop")).to_have_count(left)
    for number in (1, 2, 3):
        day.desk.locator("form[data-verb=hand_in] button").first.click()
        expect(day.desk.locator(".bench-code b")).to_have_count(number)
    codes = {n: day.desk.locator(".bench", has_text=f"{n}号").locator(".bench-code b").inner_text() for n in FOUND}

    tablet = day.sits_down()
    tablet.get_by_role("link", name=re.compile(codes["01"])).click()
    up(tablet, "index.wrong_entry", 1)
    has_reached(tablet, "server")
    tablet = day.gets_a_spare(tablet)
    for entrant, found in FOUND.items():
        tablet.get_by_role("link", name=re.compile(codes[entrant])).click()
        expect(tablet.locator(".contestant-number")).to_have_text(codes[entrant])
        up(tablet, "index.wrong_entry", 0 if entrant == "01" else found)
        says_nothing_found(tablet, but={"index"} if found else set())
        expect(tablet.locator("#total")).to_have_text(str(100 - found), timeout=SLOW)
        submit(tablet)
        day.others_submit(checklist(**({"index__wrong_entry": str(found)} if found else {})), about=codes[entrant])
    day.shows_nothing_of("98.00", "99.00", "100.00")
    for left in (2, 1, 0):
        day.go("/differences").locator("form[data-verb=release] button").first.click()
        expect(day.desk.locator("form[data-verb=release]")).to_have_count(left)
    day.ranking(("1", "03", "100.00"), ("2", "01", "99.00"), ("3", "04", "98.00"))
    day.is_put_out("03")
    day.ranking(("1", "01", "99.00"), ("2", "04", "98.00"))
    day.is_without_a_rank("02", "缺席")
    day.is_without_a_rank("03", "取消资格", "更正", "100.00")
    assert day.workbook() == [
        ("1", "01", "99.00", "一等奖"),
        ("2", "04", "98.00", "二等奖"),
        ("", "02", "缺席", ""),
        ("", "03", "取消资格，更正前 100.00", ""),
    ]
    day.log_says("迟到增补04号", ABSENT.format("02"), *(said.format("03") for said in CORRECTED))


def test_suggestion_review(begins: Begins) -> None:
    day = begins("suggestion_review")
    out = day.go("/documents").locator(".review-row", has_text="林晓彤")
    out.locator("summary").click()
    fill_form(out, "form[action$='put-out']", kind="absent", reason="未报送", decided_by="评委会主任")
    take_step(day.desk, ".review-row:has-text('林晓彤') button.danger")
    coder = day.signed_in("coder", "/coding")
    coder.locator("#code-witness").fill("王监督")
    coder.locator("#code-reason").fill("监督员未到场")
    take_step(coder, "#code")
    day.go("/assignment").locator("#reviewers-reason").fill("监督员未到场")
    take_step(day.desk, "#draw")
    take_step(day.desk, "#open")

    tablet = day.sits_down()
    tablet.locator(".documents [data-state=empty]").first.click()
    expect(tablet.locator(".document-text")).to_be_visible(timeout=SLOW)
    tablet.locator("#mark-facts").fill("18.5")
    has_reached(tablet, "server")
    tablet = day.gets_a_spare(tablet)
    day.machine.wall(0)
    day.comes_late("04", "韩雪松")
    late = day.go("/documents").locator(".review-row", has_text="韩雪松")
    content = docx("检察建议书", LATE_LETTER)
    late.locator("[type=file]").set_input_files(FilePayload(name="04.docx", mimeType="", buffer=content))
    late.locator("button.quiet").first.click()
    take_step(day.desk, "[action$='/documents/clear'] button")
    coder.reload()
    coder.locator("#late-witness").fill("王监督")
    coder.locator("#code-alone").check()  # the others are open already: only a decision on record codes one document
    coder.locator("#alone-reason").fill("期限已过，不会再有迟交文书")
    take_step(coder, "#code-late")
    unticked = coder.locator(".matrix [type=checkbox]:not(:checked)")
    while unticked.count():
        unticked.first.check()
    take_step(coder, "#hand")
    take_step(day.go("/assignment"), "#open")

    for _ in WRITTEN:
        reviews_one(day, tablet)
    take_step(day.signed_in("supervisor", "/witness"), "#sign")
    coder.reload()
    take_step(coder, "#decode")
    take_step(day.go("/assignment"), "#release")
    day.ranking(("1", "03", "91.00"), ("2", "04", "89.00"), ("3", "01", "80.00"))
    day.is_put_out("03")
    day.ranking(("1", "04", "89.00"), ("2", "01", "80.00"))
    day.is_without_a_rank("02", "未报送")
    day.is_without_a_rank("03", "取消资格", "更正", "91.00")
    assert day.workbook() == [
        ("1", "04", "89.00", "一等奖"),
        ("2", "01", "80.00", "二等奖"),
        ("", "02", "未报送", ""),
        ("", "03", "取消资格，更正前 91.00", ""),
    ]
    day.log_says("迟到增补04号", ABSENT.format("02"), "为 1 份迟交文书编匿名编号（共 1 份一起抽取），王监督见证")


def reviews_one(day: Day, tablet: Page) -> None:
    """Both reviewers mark the next document of the list; nothing tells whose it is, and a kept draft is still there."""
    if tablet.locator(".documents").count():
        tablet.locator(".documents :is([data-state=draft], [data-state=empty])").first.click()
    expect(tablet.locator(".document-text")).to_be_visible(timeout=SLOW)
    said = tablet.locator(".document-text").inner_text()
    author = next(number for number, letter in WRITTEN.items() if letter in said)
    day.shows_nothing_of(*AUTHORS)
    assert not [name for name in AUTHORS if name in tablet.content()]
    code = tablet.locator(".contestant-number").inner_text()
    fill(tablet, sheet_of(TOTALS[author][0]))
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    expect(tablet.locator(".documents")).to_be_visible(timeout=SLOW)
    day.others_submit(sheet_of(TOTALS[author][1]), about=code)
