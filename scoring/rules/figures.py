"""How exact figures are read, rounded once and written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from scoring.rules.numbers import from_keyboard

LONGEST = 12
#: Figures that are kept as they were read and written: a hall's judges type the same few hundred marks all day.
MOST_KEPT = 4096
# No commas: "1，5" has no one meaning.
_TYPED = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_STORED = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_STORED_EXACT = re.compile(rf"{_STORED.pattern}|-?[0-9]{{1,60}}/[0-9]{{1,60}}")


def read_decimal(raw: object) -> Decimal:
    """A decimal that a person typed or a settings file holds: text or a whole number.

    Full-width digits, '．' and '。' as the point and outer white space are accepted. Raises ValueError for
    float, bool, exponents, infinities, commas and anything over 12 characters.
    """
    if type(raw) is int and abs(raw) < 10**LONGEST:
        return Decimal(raw)
    text = raw.strip() if isinstance(raw, str) else ""
    if len(text) > LONGEST:
        raise ValueError("not a plain decimal")
    return _read_typed(text)


@lru_cache(MOST_KEPT)
def _read_typed(text: str) -> Decimal:
    typed = from_keyboard(text)
    if not _TYPED.fullmatch(typed):
        raise ValueError("not a plain decimal")
    return Decimal(plain(Decimal(typed)))


def read_stored(raw: object) -> Decimal:
    """A decimal as `plain` or `round_half_up` wrote it, trailing zeros kept. Raises ValueError otherwise."""
    if not isinstance(raw, str):
        raise ValueError("not a stored decimal")
    return _read_stored(raw)


@lru_cache(MOST_KEPT)
def _read_stored(text: str) -> Decimal:
    if not _STORED.fullmatch(text):
        raise ValueError("not a stored decimal")
    return Decimal(text)


def read_exact(raw: object) -> Fraction:
    """A value as `exact_text` wrote it. Raises ValueError otherwise."""
    if not isinstance(raw, str) or not _STORED_EXACT.fullmatch(raw) or raw.endswith("/0"):
        raise ValueError("not a stored exact value")
    return Fraction(raw)


def round_half_up(value: Fraction, decimals: int) -> Decimal:
    """Round to `decimals` places, a half always upwards (91.235 → 91.24).

    Upwards also below zero, so that rounding a mean and then taking off a penalty of no more places gives
    the same figure as taking it off first. Source: domain page 1, aggregation.
    """
    whole, parts = value.numerator, value.denominator
    return Decimal(f"{(2 * whole * 10**decimals + parts) // (2 * parts)}E-{decimals}")


def decimals_of(value: Decimal) -> int:
    """How many places after the point the value needs (0.50 needs one)."""
    return len(plain(value).partition(".")[2])


@lru_cache(MOST_KEPT)
def plain(value: Decimal) -> str:
    """Written without exponent or trailing zeros: 100, 13.5, 0."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def exact_text(value: Fraction) -> str:
    """Written without any loss: as a decimal where it ends (91.3), else as a fraction (638/7)."""
    places = max(_power(value.denominator, 2), _power(value.denominator, 5))
    if 10**places % value.denominator:
        return str(value)
    return plain(round_half_up(value, places))


def _power(number: int, prime: int) -> int:
    count = 0
    while number % prime == 0:
        number //= prime
        count += 1
    return count


def telling_decimals(values: Collection[Fraction], least: int) -> int:
    """The fewest places, at least `least`, with which different values are also shown differently."""
    different = {(value.numerator, value.denominator): value for value in values}.values()  # a fraction's hash is dear
    decimals = least
    while len({round_half_up(value, decimals) for value in different}) < len(different):
        decimals += 1
    return decimals


def sum_of(values: Iterable[Decimal]) -> Decimal:
    """The exact sum, without trailing zeros: 13.5 and 14.5 make 28."""
    return Decimal(plain(sum(values, Decimal(0))))


def mean_of(values: Collection[Decimal]) -> Fraction:
    """The exact mean. Raises ZeroDivisionError for no values."""
    return Fraction(sum_of(values)) / len(values)
