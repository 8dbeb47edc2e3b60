"""Figures are read exactly, rounded half up and written without loss."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.rules.figures import (
    decimals_of,
    exact_text,
    mean_of,
    plain,
    read_decimal,
    read_exact,
    read_stored,
    round_half_up,
    sum_of,
    telling_decimals,
)


@pytest.mark.parametrize(
    ("exact", "decimals", "rounded"),
    [
        ("91.125", 2, "91.13"),  # half to even would say 91.12
        ("91.135", 2, "91.14"),
        ("91.1249", 2, "91.12"),  # rounded twice (91.125, then 91.13) it would be wrong
        ("91.3", 2, "91.30"),
        ("638/7", 2, "91.14"),  # 91.142857…
        ("90.5", 0, "91"),
        ("-0.125", 2, "-0.12"),  # a half goes up, also below zero
        ("0", 2, "0.00"),
    ],
)
def test_a_half_is_rounded_upwards(exact: str, decimals: int, rounded: str) -> None:
    assert str(round_half_up(Fraction(exact), decimals)) == rounded


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("13.5", "13.5"),
        (" 13.50 ", "13.5"),
        ("１３．５", "13.5"),
        ("13。5", "13.5"),
        ("\u300013\u3000", "13"),
        ("13.", "13"),
        (".5", "0.5"),
        ("007", "7"),
        ("100", "100"),
        ("-0", "0"),
        (13, "13"),
        (-1, "-1"),
        ("999999999999", "999999999999"),
    ],
)
def test_what_a_tablet_sends_is_read_as_an_exact_decimal(typed: object, read: str) -> None:
    assert str(read_decimal(typed)) == read


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", ".", "-", "+5", "--1", "1.2.3", "1 3", "abc", "½", "٣", "13,5", "13，5", "13.5\x00"),
        *("1e1", "NaN", "Infinity", "0x10", "1_0", "1" * 13, "0.00000000000"),
        *(13.5, True, False, None, Decimal(13), 10**12, -(10**12), [], {}, b"13"),
    ],
)
def test_anything_else_is_no_decimal(typed: object) -> None:
    with pytest.raises(ValueError, match="decimal"):
        read_decimal(typed)


def test_a_number_too_long_to_be_written_out_is_no_decimal() -> None:
    with pytest.raises(ValueError, match="not a plain decimal"):
        read_decimal(10**5000)


def test_figures_are_written_without_exponent_or_trailing_zeros() -> None:
    figures = [Decimal("100"), Decimal("1E+2"), Decimal("13.50"), Decimal("0.00"), Decimal("-0.0")]
    assert [plain(figure) for figure in figures] == ["100", "100", "13.5", "0", "0"]


def test_a_sum_is_exact_and_written_without_idle_zeros() -> None:
    assert str(sum_of([Decimal("13.5"), Decimal("14.5")])) == "28"
    assert str(sum_of([Decimal("0.1")] * 3)) == "0.3"
    assert str(sum_of([])) == "0"
    assert mean_of([Decimal("90"), Decimal("91"), Decimal("91.5")]) == Fraction(545, 6)


def test_how_many_places_a_figure_needs() -> None:
    assert [decimals_of(Decimal(text)) for text in ("3", "0.50", "0.125", "1E+2")] == [0, 1, 3, 0]


def test_an_exact_value_that_ends_is_written_as_a_decimal() -> None:
    assert exact_text(Fraction(459, 5)) == "91.8"
    assert exact_text(Fraction(729, 8)) == "91.125"
    assert exact_text(Fraction(-1, 4)) == "-0.25"
    assert exact_text(Fraction(90)) == "90"


def test_an_exact_value_that_does_not_end_is_written_as_a_fraction() -> None:
    assert exact_text(Fraction(638, 7)) == "638/7"
    assert read_exact("638/7") == Fraction(638, 7)
    assert read_exact("91.8") == Fraction(459, 5)


@pytest.mark.parametrize("stored", ["", "1/0", "1e5", "NaN", "91.8/5", "1/-7", None, 91, "１"])
def test_a_spoilt_exact_value_is_not_read(stored: object) -> None:
    with pytest.raises(ValueError, match="stored exact value"):
        read_exact(stored)


def test_a_stored_decimal_keeps_its_zeros() -> None:
    assert str(read_stored("91.30")) == "91.30"


@pytest.mark.parametrize("stored", ["", "1e5", "NaN", "91.", ".5", " 1", None, 91, True])
def test_a_spoilt_stored_decimal_is_not_read(stored: object) -> None:
    with pytest.raises(ValueError, match="stored decimal"):
        read_stored(stored)


def test_as_many_digits_are_shown_as_tell_the_values_apart() -> None:
    # 91.235 and 91.238 are both 91.24; with three places they differ.
    assert telling_decimals([Fraction("91.235"), Fraction("91.238")], 2) == 3
    # 91.23801 and 91.23799 are still both 91.2380; with five places they differ.
    assert telling_decimals([Fraction("91.23801"), Fraction("91.23799")], 2) == 5
    assert telling_decimals([Fraction("91.2"), Fraction("91.2")], 2) == 2
    assert telling_decimals([], 2) == 2
