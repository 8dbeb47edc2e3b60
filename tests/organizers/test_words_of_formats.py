"""No page of a contest speaks in the words of another format, before the first is called and while it is judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import BuildError

from scoring.actions.running import benches, turns
from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import Actor, perform
from scoring.demo import case_binding, debate, legal_explanation, suggestion_review
from scoring.extensions import db
from scoring.store import Account, Contest
from scoring.store.ledger import signature_of
from scoring.store.people import ADMINISTRATOR, CHIEF, CODER, HOST, ORGANIZER, SUPERVISOR, TALLIER
from tests.access.table import PAGES
from tests.conftest import signed_in_as
from tests.passwords import quickly_checked

# What a format's contest never says, and of whom it would be said. A clerk at a bench is a 选手 like a performer.
OTHERS = {
    legal_explanation: "下一场|下一批|检查员|评阅人",
    debate: "下一位|选手上场|当前选手|检查员|评阅人",
    case_binding: "下一位|选手上场|当前选手|评阅人|评委",
    suggestion_review: "下一位|选手上场|当前选手|检查员|评委",
}
# 评委 is general in what is called alike in every contest; see docs/glossary.md.
ALIKE = re.compile("评委与席位|候补评委|评委组|评委会|退回评委核对|评委名单|评委人数|评委与规则|评委与回避|名单：评委")
STEPS = ("rules", "rubric", "contestants", "rooms", "judges")
SEEN_BY = (ADMINISTRATOR, CHIEF, CODER, HOST, SUPERVISOR, TALLIER)
# The step of the path, the column of the rooms with its rows, and the kind of list with its buttons.
NAMES_ALIKE = re.compile(r"评委( \d+)?|(上传并预览|下载模板) 评委")


def pages(contest: Contest) -> Iterator[str]:
    for endpoint in PAGES:
        known: tuple[dict[str, Any], ...] = ({"contest_id": contest.id}, {"slug": contest.slug})
        for named in known:
            try:
                address = url_for(endpoint, **named)
            except BuildError:
                continue
            if "?" not in address:
                yield address
    yield from (f"/desk/{contest.id}/set-up/{step}" for step in STEPS)


def said_on(page: str) -> set[str]:
    """What a person reads on a page, or has read to them; the words for scripts are of the screens that all share."""
    shown = re.sub(r"(?s)<(script|style|template)\b.*?</\1>|<(\w+)[^>]*\shidden\b[^>]*>.*?</\2>", "", page)
    spoken = re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', shown)
    lines = [*spoken, *re.sub(r"</?(b|strong|span|a|time|code)\b[^>]*>", "", shown).replace("<", "\n<").splitlines()]
    return {unescape(re.sub(r"^<[^>]*>", "", line)).strip() for line in lines}


@pytest.fixture(params=OTHERS, ids=lambda demo: demo.SLUG)
def demo(request: pytest.FixtureRequest, app: Flask):
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        request.param.create(Actor(signature_of(ORGANIZER), role=ORGANIZER))
        for role in SEEN_BY:
            perform(add_account, role, quickly_checked("correct horse"), role)
        yield request.param


def begin(contest: Contest) -> None:
    """The first is called, or the first batch starts; documents are called by nobody."""
    verb = {case_binding.SLUG: benches.start_benches, suggestion_review.SLUG: None}.get(contest.slug, turns.call)
    if verb is not None:
        perform(verb, Actor(signature_of(ORGANIZER), role=ORGANIZER), contest.events[0].rounds[0].turns[0].id)


def browsers(app: Flask) -> list[FlaskClient]:
    found = []
    for role in SEEN_BY:
        found.append(app.test_client())
        found[-1].set_cookie("language", "zh")
        signed_in_as(found[-1], db.session.scalars(select(Account).where(Account.name == role)).one())
    return found


def test_no_page_of_a_contest_has_the_words_of_another_format(app: Flask, demo):
    contest = db.session.scalars(select(Contest)).one()
    with app.test_request_context():
        wanted = sorted(set(pages(contest)))
    people = browsers(app)
    before = read_all(people, wanted)
    begin(contest)
    during = read_all(people, wanted)
    wrong = {(page, line) for page, line in before | during if names_another(demo, line)}
    assert len({page for page, _ in during}) > 25
    assert [f"{page}: {line}" for page, line in sorted(wrong)] == []


def read_all(people: list[FlaskClient], wanted: list[str]) -> set[tuple[str, str]]:
    """Every line of every page, as the first of the people sees it who may open it."""
    found: set[tuple[str, str]] = set()
    for page in wanted:
        for answer in (browser.get(page) for browser in people):
            if answer.status_code == 200 and answer.mimetype == "text/html":
                found |= {(page, line) for line in said_on(answer.text)}
                break
    return found


def names_another(demo, line: str) -> bool:
    return not NAMES_ALIKE.fullmatch(line) and bool(re.search(OTHERS[demo], ALIKE.sub("", line)))
