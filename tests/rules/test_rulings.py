"""The rulings that an event offers are a list, each with a key of its own and a name."""

from __future__ import annotations

import pytest

from scoring.rules.rulings import VoidGround, read_rulings

from .cast import refusal, refusals

LATE = {"key": "late", "zh": "逾期报送", "en": "Handed in late"}
BLANK = {"key": "blank", "zh": "空白文书", "en": "A blank document"}


@pytest.mark.parametrize("data", [None, 5, "逾期报送", {"late": LATE}])
def test_what_is_no_list_is_refused(data: object) -> None:
    assert refusal(lambda: read_rulings(data, VoidGround.from_data)).code == "settings_malformed"


def test_a_list_is_read_in_its_order_and_told_again_as_it_was() -> None:
    read = read_rulings([LATE, BLANK], VoidGround.from_data)
    assert [ground.to_data() for ground in read] == [LATE, BLANK]


def test_a_name_in_one_language_stands_for_the_other_too() -> None:
    (ground,) = read_rulings([LATE | {"en": ""}], VoidGround.from_data)
    assert (ground.zh, ground.en) == ("逾期报送", "逾期报送")


def test_every_ruling_that_is_wrong_is_named_with_its_place() -> None:
    wrong = [LATE, LATE | {"zh": "", "en": ""}, BLANK | {"key": ""}, LATE]
    said = refusals(lambda: read_rulings(wrong, VoidGround.from_data))
    assert [(problem.code, problem.field) for problem in said] == [
        ("ruling_name_missing", "1.zh"),
        ("ruling_key_missing", "2.key"),
        ("ruling_key_twice", "3.key"),
    ]
