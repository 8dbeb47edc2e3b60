"""How a number is read that a spreadsheet shows with signs of its own."""

from __future__ import annotations

import pytest

from scoring.imports import number_formats


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1, '"A"00', "A01"),
        (12, '"第"0"组"', "第12组"),
        (7, "000", "007"),
        (7, '[Red]00"号"', "07号"),
        (7, "\\N00;-0", "N07"),
        (7, "0.00", "7"),
        (7, "yyyy-mm-dd", "7"),
        (7, "General", "7"),
    ],
)
def test_a_number_has_the_signs_that_its_format_gives_it(value, number_format, shown):
    assert number_formats.shown(value, number_format) == shown
