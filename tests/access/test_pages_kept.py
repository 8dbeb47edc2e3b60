"""Each page of desk and tablet, opened by somebody who may: kept by no cache, with a way out, its passwords hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from werkzeug.test import TestResponse

from scoring.store.people import ROLES
from tests.access.conftest import House
from tests.access.table import JUDGE, PAGES
from tests.access.test_doors import doors

#: Nobody is signed in there yet.
BEFORE_SIGN_IN = {"organizers.sign_in", "organizers.go_on", "organizers.first_start", "organizers.second_factor_code"}
#: What a field is called that a password is typed into.
PASSWORDS = {"password", "present", "new", "again", "go-on-password"}
FIELD = re.compile(r"<input\b[^>]*>")


def opened(house: House) -> Iterator[tuple[str, TestResponse]]:
    """Every page of desk and tablet that can be opened, with its endpoint."""
    for endpoint, method, rule in doors(house.app):
        who = next((one for one in (*ROLES, JUDGE) if one in PAGES[endpoint]), None)
        address = house.address(rule)
        if method == "GET" and who is not None and address.startswith(("/desk", "/judge")):
            answer = house.knock(who, "GET", address)
            if answer.status_code == 200:
                yield endpoint, answer


def test_each_page_is_kept_by_no_cache_and_says_what_it_is(house: House) -> None:
    found = 0
    for endpoint, answer in opened(house):
        found += 1
        assert "no-store" in answer.headers["Cache-Control"], endpoint
        kind, named = answer.headers["Content-Type"], answer.headers.get("Content-Disposition", "")
        if not kind.startswith("text/html; charset=utf-8"):
            assert re.fullmatch(
                r'(attachment|inline); filename="?[A-Za-z0-9._-]+"?(; filename\*=UTF-8\'\'[%A-Za-z0-9._-]+)?', named
            ), (endpoint, kind, named)
    assert found > 50


def test_everybody_who_is_signed_in_can_sign_out_on_each_page(house: House) -> None:
    pages = {endpoint: answer.text for endpoint, answer in opened(house) if answer.mimetype == "text/html"}
    without = {endpoint for endpoint, text in pages.items() if 'action="/desk/sign-out"' not in text}
    assert {endpoint for endpoint in without - BEFORE_SIGN_IN if endpoint.startswith("organizers.")} == set()
    assert "/leave" in pages["judges.tablet"], "a judge lets the seat go"


def test_passwords_are_hidden_while_typed_and_left_to_password_managers(house: House) -> None:
    typed = set()
    for endpoint, answer in opened(house):
        fields = FIELD.findall(answer.text) if answer.mimetype == "text/html" else []
        for field in fields:
            name = re.search(r'name="([^"]*)"', field)
            if name and name[1] in PASSWORDS:
                typed.add(endpoint)
                assert 'type="password"' in field, (endpoint, field)
                assert re.search(r'autocomplete="(current|new)-password"', field), (endpoint, field)
            assert "onpaste" not in field
    assert {"organizers.sign_in", "organizers.own_password"} <= typed
