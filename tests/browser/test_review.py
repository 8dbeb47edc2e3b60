"""A whole small review in real browsers: from the upload of three letters to the decoded ranking."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from scoring.rules import formats
from tests.browser import review_contest
from tests.browser.conftest import DESK, PHONE, TABLET, TABLET_UPRIGHT, Visit
from tests.browser.review_contest import ENTRANTS, PASSWORD
from tests.browser.signing_in import sign_in
from tests.conftest import Installation, Server, start_server, stop_server
from tests.documents.making import docx, pdf
from tests.patience import milliseconds
from tests.processes import printed

SLOW = milliseconds(15)  # milliseconds until something that should appear is missed
LETTERS: dict[str, tuple[str, bytes, str]] = {
    "01": ("01.docx", docx("检察建议书", "关于校园周边食品安全的甲问题"), "甲问题"),
    "02": ("02 林晓彤.pdf", pdf("检察建议书\n乙问题"), ""),
    "03": ("周子涵.docx", docx("检察建议书", "关于快递信息保护的丙问题"), "丙问题"),
}
# What the two reviewers give to what they read; 02 is 25 apart, and a third reviewer gives 75:
# 01 (90 + 88) / 2 = 89.00; 02 (70 + 75) / 2 = 72.50, 95 is set aside; 03 (91 + 86.5) / 2 = 88.75.
TOTALS = {"01": ["90", "88"], "02": ["95", "70"], "03": ["91", "86.5"]}
FURTHER = "75"
RANKING = [("1", "陈思远", "89.00"), ("2", "周子涵", "88.75"), ("3", "林晓彤", "72.50")]
NAMES = [entrant.name for entrant in ENTRANTS]


@pytest.fixture
def served(installation: Installation, tmp_path: Path) -> Iterator[Server]:
    """A server with nothing but the review."""
    installation.begin_in(tmp_path)
    printed(review_contest.main, SAIPING_INSTANCE=str(tmp_path))
    started = start_server(tmp_path)
    yield started
    stop_server(started)


def signed_in(server: Server, visit: Visit, name: str, page: str) -> Page:
    opened = visit(f"{server.url}/desk/{server.facts['contest']['id']}/{page}", DESK)
    sign_in(opened, name, PASSWORD)
    return opened


def press(page: Page, selector: str) -> None:
    page.locator(selector).first.click()
    expect(page.locator(".message-done")).to_be_visible(timeout=SLOW)


def hand_in(organizer: Page) -> None:
    """Four files at once: the one that is no document is refused, the others are taken and cleared."""
    files = [FilePayload(name=n, mimeType="application/octet-stream", buffer=b) for n, b, _ in LETTERS.values()]
    files.append(FilePayload(name="03.pdf", mimeType="application/pdf", buffer=b"not a document"))
    organizer.locator("#files").set_input_files(files)
    organizer.locator("#upload").click()
    expect(organizer.locator("#taken .file-taken")).to_have_count(3, timeout=SLOW)
    expect(organizer.locator("#taken .file-refused")).to_have_count(1)
    for _ in LETTERS:
        press(organizer, "[action$='/documents/clear'] button")


def author_of(tablet: Page) -> str:
    """Which letter is on the tablet: known by what it says, since nothing else may tell."""
    expect(tablet.locator("[data-document]")).to_be_visible(timeout=SLOW)
    if tablet.locator("[data-document=pdf]").count():
        expect(tablet.locator(".document-sheet canvas").first).to_be_visible(timeout=SLOW)
        return "02"
    said = tablet.locator(".document-text").inner_text()
    return next(author for author, (_, _, word) in LETTERS.items() if word and word in said)


def marks_worth(total: str) -> dict[str, str]:
    kind, left, marks = formats.get("suggestion_review"), Decimal(total), {}
    for criterion in kind.rubric(kind.defaults(), "").criteria:
        marks[criterion.key] = str(min(left, criterion.maximum))
        left -= Decimal(marks[criterion.key])
    return marks


def review_next(tablet: Page, upright: bool, given: dict[str, list[str]]) -> None:
    """Open the next document of the list, read it, mark it with a comment, submit, and be back at the list."""
    tablet.locator(".documents [data-state=empty]").first.click()
    author = author_of(tablet)
    assert not [name for name in NAMES if name in tablet.content()]
    if upright:
        tablet.locator("[data-show=sheet]").click()
    for criterion, mark in marks_worth(given[author].pop(0)).items():
        tablet.locator(f"#mark-{criterion}").fill(mark)
    tablet.locator("#remark-comment").fill("论证充分\n建议可行")
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    expect(tablet.locator(".documents")).to_be_visible(timeout=SLOW)


def review_all(tablet: Page, upright: bool, given: dict[str, list[str]], many: int) -> None:
    """Review so many documents, as soon as the list has them."""
    for number in range(many, 0, -1):
        expect(tablet.locator(".documents [data-state=empty]")).to_have_count(number, timeout=SLOW)
        review_next(tablet, upright, given)
    expect(tablet.locator(".documents [data-state=empty]")).to_have_count(0, timeout=SLOW)


def types_for_the_draw(supervisor: Page, words: str) -> None:
    """The supervisor adds to the next draw with an own account; it stays on the page."""
    supervisor.reload()
    supervisor.locator("#type-seed").fill(words)
    supervisor.locator("#type-seed-button").click()
    expect(supervisor.locator("#typed-seed")).to_contain_text(words)


@pytest.mark.browser
@pytest.mark.timeout(180)
def test_three_letters_from_the_upload_to_the_decoded_ranking(served, visit):
    organizer = signed_in(served, visit, "organizer", "documents")
    coder = signed_in(served, visit, "coder", "coding")
    phone = visit(served.facts["addresses"]["leaderboard"], PHONE)
    sizes = [TABLET, TABLET_UPRIGHT, TABLET]
    tablets = [visit(seat["enter"], size) for seat, size in zip(served.facts["seats"], sizes, strict=True)]

    hand_in(organizer)
    supervisor = signed_in(served, visit, "supervisor", "draw")
    types_for_the_draw(supervisor, "4 6 1")
    coder.reload()
    expect(coder.locator(".seal-typed")).to_contain_text("supervisor")
    press(coder, "#code")
    types_for_the_draw(supervisor, "红 2 5")
    organizer.goto(organizer.url.partition("/documents")[0] + "/assignment")
    for seat in organizer.locator("input[name=seat]").all():
        seat.check()
    press(organizer, "#draw")
    press(organizer, "#open")

    given = {author: list(totals) for author, totals in TOTALS.items()}
    for tablet, size in zip(tablets, sizes, strict=True):
        review_all(tablet, size is TABLET_UPRIGHT, given, sum(map(len, TOTALS.values())) // len(tablets))
    assert not [name for name in NAMES if name in phone.content()]
    coder.reload()
    expect(coder.locator("#decode")).to_be_disabled()

    organizer.reload()
    press(organizer, "#disputed button[value=reviewer]")
    coder.reload()
    further = coder.locator("#further option").nth(1).inner_text()
    press(coder, "#further button[value=reviewer]")
    (number,) = (index for index in (0, 1, 2) if further == f"评阅人{index + 1}")
    review_all(tablets[number], sizes[number] is TABLET_UPRIGHT, {"02": [FURTHER]}, 1)

    supervisor.goto(supervisor.url.partition("/draw")[0] + "/witness")
    press(supervisor, "#sign")
    coder.reload()
    press(coder, "#decode")
    organizer.reload()
    press(organizer, "#release")
    expect(phone.locator(".rows > .row")).to_have_count(3, timeout=SLOW)
    shown = [
        (row.locator(".rank-figure").inner_text(), row.locator("summary .score").inner_text(), row.inner_text())
        for row in phone.locator(".rows > .row").all()
    ]
    assert [(rank, score) for rank, score, _ in shown] == [(rank, score) for rank, _, score in RANKING]
    assert all(name in text for (_, name, _), (_, _, text) in zip(RANKING, shown, strict=True))
