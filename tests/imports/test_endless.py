"""Lists that would take for ever: blanks, brackets and tags without end cost as much as any text of their length."""

from __future__ import annotations

import time

import pytest

from scoring.imports import pasted_apart, read
from scoring.rules.refusal import Refused

#: Signs of a list, and how many times longer the other one is.
MANY, LONGER = 2_500, 4
LISTS = {
    "blanks": lambda many: "1" + " " * many + "x",
    "wide blanks": lambda many: "张三" + "\u3000" * many + "李四",
    "brackets": lambda many: "号码\t姓名\n1\t" + "(" * many,
    "headings": lambda many: "\t" + "a(" * many,
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", ["contestants", "teams", "judges"])
def test_a_text_is_read_in_a_time_that_grows_as_its_length_does(kind: str, name: str) -> None:
    def seconds(many: int) -> float:
        begun = time.process_time()
        read(kind, LISTS[name](many).encode())
        return time.process_time() - begun

    def square() -> float:
        return min(seconds(MANY * LONGER) for _ in range(2)) / min(seconds(MANY) for _ in range(2))

    assert square() < LONGER**2 / 1.6


def test_a_copied_table_without_end_is_given_up() -> None:
    with pytest.raises(Refused) as refused:
        pasted_apart("1\t张三", "<table><tr><td>1</td></tr>" + "<a " * 40_000, seconds=1)
    assert refused.value.code == "import_too_complex"
