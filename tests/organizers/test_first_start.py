"""The first start: the code from the terminal makes one administrator, and then the door is gone."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from scoring.access import first_start
from scoring.actions.site.first_start import add_first_administrator
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.rules.refusal import problems_of
from scoring.store import Account, FirstCode
from tests.organizers.conftest import words_of

DOOR = "/desk/first-start"
STRONG = "Correct horse 7"
TYPED = {"name": "何组长", "password": "correct horse", "again": "correct horse"}


@pytest.fixture
def visitor(app):
    """A browser at an installation without accounts, and the code that the terminal shows."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.set_cookie("language", "en")
    with app.app_context():
        yield client


@pytest.fixture
def code(visitor: FlaskClient) -> str:
    return first_start.new_code()


def accounts() -> list[tuple[str, str]]:
    db.session.rollback()
    return [(account.name, account.role) for account in db.session.scalars(select(Account))]


@pytest.mark.parametrize("page", ["/desk/", "/desk/sign-in"])
def test_every_way_to_the_desk_leads_to_the_first_start(visitor, page):
    answer = visitor.get(page, follow_redirects=True)
    assert answer.request.path == DOOR
    assert "Nobody has an account here yet" in words_of(answer)


def test_the_home_page_shows_the_door(visitor):
    assert DOOR in visitor.get("/").text


def test_the_code_makes_the_first_administrator_and_signs_in(visitor, code):
    answer = visitor.post(DOOR, data={"code": code.lower().replace("-", " "), **TYPED})
    assert (answer.status_code, answer.location) == (303, "/desk/new")
    assert accounts() == [("何组长", "administrator")]
    assert visitor.get("/desk/").status_code == 200
    assert list(db.session.scalars(select(FirstCode))) == []


@pytest.mark.parametrize(("duties", "leads_to"), [("separate", "/desk/accounts"), ("together", "/desk/new")])
def test_it_asks_whether_the_duties_are_separated_and_what_was_chosen_is_on_record(visitor, code, duties, leads_to):
    assert 'name="duties"' in visitor.get(DOOR).text
    answer = visitor.post(
        DOOR, data={"code": code, **TYPED, "policy": "mlps", "duties": duties, "password": STRONG, "again": STRONG}
    )
    assert (answer.status_code, answer.location) == (303, leads_to)
    page = visitor.get(leads_to).text
    assert ("put the three offices into three hands" in page.replace("\n", " ")) is (duties == "separate")
    chosen = "three officers" if duties == "separate" else "one administrator"
    assert f"chosen at the first start whether duties are separated · {chosen}" in visitor.get("/desk/site-log").text


def test_afterwards_the_door_is_gone(visitor, code):
    visitor.post(DOOR, data={"code": code, **TYPED})
    assert visitor.get(DOOR).location == "/desk/sign-in"
    answer = visitor.post(DOOR, data={"code": code, **TYPED, "name": "second"})
    assert answer.location == "/desk/sign-in"
    assert accounts() == [("何组长", "administrator")]
    assert DOOR not in visitor.get("/").text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"code": "AAAA-AAAA"}, "This is not the code of the newest start"),
        ({"code": ""}, "This is not the code of the newest start"),
        ({"name": " "}, "Please fill this in"),
        ({"name": "x" * 61}, "Please shorten this to 60"),
        ({"password": "short", "again": "short"}, "at least 8 characters"),
        ({"password": "12345678", "again": "12345678"}, "Please choose another"),
        ({"again": "correct hose"}, "The two passwords differ"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nobody_is_made(visitor, code, change, says):
    answer = visitor.post(DOOR, data={"code": code, **TYPED, **change})
    assert answer.status_code == 403
    assert says in words_of(answer) or says in answer.text
    assert accounts() == []
    assert "correct horse" not in answer.text


def test_a_newer_start_voids_the_code_before(visitor, code):
    newer = first_start.new_code()
    assert visitor.post(DOOR, data={"code": code, **TYPED}).status_code == 403
    assert visitor.post(DOOR, data={"code": newer, **TYPED}).status_code == 303


def test_the_database_holds_no_code(visitor, code):
    kept = db.session.scalars(select(FirstCode)).one()
    assert kept.hashed.startswith("$argon2id$")
    assert code not in kept.hashed


def test_guessing_is_stopped(visitor, code):
    answers = [visitor.post(DOOR, data={"code": "AAAA-AAAA", **TYPED}).status_code for _ in range(11)]
    assert answers == [403] * 10 + [429]
    assert visitor.post(DOOR, data={"code": code, **TYPED}).status_code == 429


def test_of_two_browsers_at_the_same_moment_one_wins(visitor, code):
    perform(add_first_administrator, "先到", "$argon2id$x")
    late = problems_of(lambda: perform(add_first_administrator, "后到", "$argon2id$y"))
    assert [item.code for item in late] == ["first_start_over"]
    assert accounts() == [("先到", "administrator")]
