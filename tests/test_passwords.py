"""What is refused as a password before it is kept."""

from __future__ import annotations

import pytest

from scoring.passwords import check_password
from scoring.rules.refusal import problems_of


@pytest.mark.parametrize(
    "password", ["correct horse", "雨后的明州江北院", "Tz7!kd0w", "jiangbei-2026-kaoshi", "qwe8#Lmv"]
)
def test_a_password_that_nobody_guesses_is_taken(password):
    check_password("何组长", password)


@pytest.mark.parametrize("password", ["", "x", "7 signs", "1234567"])
def test_a_short_one_is_refused(password):
    assert [item.code for item in problems_of(lambda: check_password("何组长", password))] == ["password_too_short"]


@pytest.mark.parametrize(
    "password",
    [
        "12345678",
        "87654321",
        "88888888",
        "11223311",
        "qwertyuiop",
        "password",
        "Password123",
        "admin2026!",
        "saiping1",
        "abcdefgh",
        "zhangwei1",
        "zhangwei",
        "abc1abc1",
        "1qaz2wsx",
    ],
)
def test_one_that_everybody_tries_first_is_refused(password):
    assert [item.code for item in problems_of(lambda: check_password("ZhangWei", password))] == ["password_trivial"]


def test_one_that_would_keep_the_server_busy_is_refused():
    assert [item.code for item in problems_of(lambda: check_password("x", "ab1" * 100))] == ["password_too_long"]
