"""What is refused as a password before it is kept."""

from __future__ import annotations

import pytest

from scoring.credentials.passwords import LONGEST, MLPS, check_password
from scoring.credentials.weak_passwords import is_pinyin
from scoring.rules.refusal import problems_of


@pytest.mark.parametrize(
    "password", ["correct horse", "雨后的明州江北院", "Tz7!kd0w", "jiangbei-2026-kaoshi", "qwe8#Lmv"]
)
def test_a_password_that_nobody_guesses_is_taken(password):
    check_password("何组长", password)


@pytest.mark.parametrize("signs", [64, 65, LONGEST])
def test_a_long_one_is_taken_whole(signs):
    check_password("何组长", ("correct horse battery " * 10)[:signs])


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


# From lists of what is used in China most often; each as long as a password must be.
CHINESE = [
    "woaini1314",
    "5201314a",
    "qq5201314",
    "7758521a",
    "aini1314",
    "584131420",
    "147258369",
    "zhang123",
    "wang123456",
    "asd123456",
    "1q2w3e4r",
    "1qaz@WSX",
    "woshishui",
    "nishishui",
    "wobuzhidao",
    "woaiwoziji",
    "beijing2008",
    "zhimakaimen",
    "xiaoming",
    "19861010",
    "13812345678",
    "110101199003078515",
    "110101-1990-0307",
    "aptx4869",
    "Qq123456!",
    "Zhang@1234",
    "P@ssw0rd",
    "Huawei@123",
    "Jianchayuan2026",
    "jiancha@123",
    "3.1415926",
]


@pytest.mark.parametrize(
    "password",
    CHINESE,
)
def test_one_of_the_first_that_are_tried_in_china_is_refused(password):
    assert [item.code for item in problems_of(lambda: check_password("x", password))] == ["password_trivial"]


@pytest.mark.parametrize(
    "password", ["hezuzhang1", "mingzhoushiyuan", "明州市院明州市院", "Mingzhou shiyuan", "zujianghe9!"]
)
def test_the_names_around_an_account_are_refused_in_both_writings(password):
    refused = problems_of(lambda: check_password("何组长", password, own=["明州市院", "第三届明州市业务竞赛"]))
    assert [item.code for item in refused] == ["password_trivial"]


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("correct horse", "password_of_few_kinds"),
        ("correct horse 7", ""),
        ("雨后的明州江北院Ab", ""),
        ("CORRECT HORSE", "password_of_few_kinds"),
    ],
)
def test_classified_protection_wants_three_kinds_of_signs(password, code):
    refused = problems_of(lambda: check_password("何组长", password, MLPS))
    assert "".join(item.code for item in refused) == code


@pytest.mark.parametrize(
    ("letters", "expected"), [("zhangwei", True), ("woaini", True), ("nvren", True), ("horse", False)]
)
def test_a_few_syllables_are_known_as_pinyin(letters, expected):
    assert is_pinyin(letters) is expected
