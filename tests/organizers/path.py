"""An organizer's browser on the way to a contest: what it chooses, reads and sends step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from scoring.extensions import db
from scoring.store import Contest, Event
from tests.organizers.forms_read import read_form

NAMED = {"title_zh": "明州市释法说理竞赛", "office": "明州市院", "level": "city", "line": "普通犯罪", "run": "official"}


@dataclass
class Path:
    """An organizer's browser on the way to a contest."""

    browser: FlaskClient

    def begin(self, start: str = "format:legal_explanation:", **named: str) -> int:
        """Choose what to begin with and name it; answers the contest's id."""
        answer = self.browser.post("/desk/new", data={"start": start, **NAMED, **named})
        assert (answer.status_code, answer.location.rpartition("/")[2]) == (303, "contestants")
        return int(answer.location.split("/")[2])

    def look(self, contest_id: int, step: str = "") -> TestResponse:
        """Read a step; without one the check list."""
        answer = self.browser.get(f"/desk/{contest_id}/set-up{'/' if step else ''}{step}")
        assert answer.status_code == 200
        return answer

    def send(self, contest_id: int, step: str, sent: Any, do: str = "save") -> TestResponse:
        """Press a button of a step."""
        form = MultiDict(sent)
        form["do"] = do
        return self.browser.post(f"/desk/{contest_id}/set-up/{step}", data=form)

    def form(self, contest_id: int, step: str) -> MultiDict[str, str]:
        """Everything that the step's form would send if nothing was changed."""
        return fields_of(self.look(contest_id, step).text)

    def press(self, contest_id: int, press: str, **sent: str) -> TestResponse:
        """Press a button beside the steps."""
        return self.browser.post(f"/desk/{contest_id}/set-up/press/{press}", data=sent)


def fields_of(html: str) -> MultiDict[str, str]:
    """What the fields of the first form of the page hold."""
    return read_form(html.partition("<main")[2])


def entrants(*rows: tuple[str, str]) -> MultiDict[str, str]:
    """The table of contestants with these numbers and names typed in."""
    form: MultiDict[str, str] = MultiDict()
    for number, name in rows:
        for key, value in (("number", number), ("name", name), ("office", ""), ("department", ""), ("id", "")):
            form.add(key, value)
    return form


def event(contest_id: int) -> Event:
    """The contest's first event as it is stored."""
    db.session.rollback()
    return db.session.get_one(Contest, contest_id).events[0]
