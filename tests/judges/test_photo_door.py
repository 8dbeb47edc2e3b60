"""The photos' doors: in from the tablet, out to its taker, and to the chief once both inspectors have submitted."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from scoring.store.codes import seat_pin
from tests.actions.hall import Hall, checklist, first_handed_in
from tests.conftest import PASSWORD, Installation, begin_with
from tests.documents.making import jpeg, png
from tests.passwords import quickly_checked


@pytest.fixture
def hall(installation: Installation) -> Iterator[Hall]:
    for app in begin_with(installation, installation.empty):
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            yield first_handed_in()


def browser(installation: Installation) -> FlaskClient:
    app: Flask = installation.app
    client = app.test_client()
    client.set_cookie("language", "en")
    return client


def inspector(installation: Installation, hall: Hall, number: int) -> FlaskClient:
    client = browser(installation)
    assert client.post("/judge/", data={"pin": seat_pin(hall.seat(number))}).status_code == 303
    return client


def address(hall: Hall, number: int, file: str = "01") -> str:
    return f"/judge/{hall.seat(number).id}/turn/{hall.turn(file).id}/photo"


def send(client: FlaskClient, where: str, content: bytes):
    sent = {"photo": (BytesIO(content), "IMG_0001.JPG")}
    headers = {"Accept": "application/json"}
    return client.post(where, data=sent, content_type="multipart/form-data", headers=headers)


def test_a_photo_goes_in_and_its_taker_sees_it_again(installation, hall):
    tablet = inspector(installation, hall, 1)
    answer = send(tablet, address(hall, 1), jpeg())
    assert (answer.status_code, answer.json["ok"]) == (200, True)
    shown = tablet.get(f"{address(hall, 1)}/{answer.json['photo']}")
    assert (shown.status_code, shown.mimetype, shown.data) == (200, "image/jpeg", jpeg())
    assert shown.headers["Content-Disposition"] == "inline; filename=photo.jpg"
    assert send(tablet, address(hall, 1), jpeg()).json == answer.json


def test_nobody_else_gets_it(installation, hall):
    photo = send(inspector(installation, hall, 1), address(hall, 1), png()).json["photo"]
    other = inspector(installation, hall, 2)
    assert other.get(f"{address(hall, 1)}/{photo}").status_code == 404
    assert other.get(f"{address(hall, 2)}/{photo}").status_code == 404
    assert browser(installation).get(f"{address(hall, 1)}/{photo}").status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is no photo in what was sent. Please take it again."),
        (b"MZ not a picture", "This is neither a JPEG nor a PNG picture. Please take a photo."),
    ],
)
def test_what_is_refused_is_said_clearly(installation, hall, content, sentence):
    answer = send(inspector(installation, hall, 1), address(hall, 1), content)
    assert (answer.status_code, answer.json["message"]) == (409, sentence)


def test_a_bench_that_is_not_handed_in_and_a_strange_seat_are_refused(installation, hall):
    tablet = inspector(installation, hall, 1)
    assert send(tablet, address(hall, 1, "02"), png()).json["code"] == "not_handed_in"
    assert send(tablet, address(hall, 2), png()).json["code"] == "seat_not_yours"


def test_the_chief_sees_it_beside_the_difference_once_both_have_submitted(installation, hall):
    photo = send(inspector(installation, hall, 1), address(hall, 1), jpeg()).json["photo"]
    perform(add_account, "主任", quickly_checked(PASSWORD), "chief")
    chief = browser(installation)
    chief.post("/desk/sign-in", data={"name": "主任", "password": PASSWORD})
    where = f"/desk/{hall.contest_id}/photo/{photo}"
    assert chief.get(where).status_code == 404
    hall.submits(1, "01", checklist(index__wrong_entry="1") | {"index.wrong_entry.1.photo": str(photo)})
    assert chief.get(where).status_code == 404
    hall.submits(2, "01", checklist())
    assert f'src="{where}"' in chief.get(f"/desk/{hall.contest_id}/differences").text
    assert (chief.get(where).status_code, chief.get(where).mimetype) == (200, "image/jpeg")
    assert chief.get(f"/desk/{hall.contest_id}/photo/99").status_code == 404
    assert browser(installation).get(where).status_code == 302
