"""Signs that only look different are one sign, and 01, 1 and ０１ are one number."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.folding import folded, squeezed, without_radicals, written_plainly
from scoring.rules.numbers import number_key, padded_numbers, same_number, spelled_as

figures = st.text("0123456789", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("⼈⺠检察院", "人民检察院"),
        ("江北⻄区", "江北西区"),
        ("⾼⻢", "高马"),
        ("⼾部", "户部"),
        ("檢察院", "检察院"),
        ("ＡＢ１", "ab1"),
        ("慈 溪\u3000县", "慈溪县"),
    ],
)
def test_what_only_looks_different_is_the_same(written, plain):
    assert squeezed(written) == plain


def test_every_radical_and_stroke_is_the_word_that_unicode_names():
    """⺿ stood for 艺 and ⻍ for 辷: other words than 艹 and 辶, which they are."""
    lines = Path(__file__).with_name("equivalent_ideographs.txt").read_text(encoding="utf-8").splitlines()
    listed = [line.split("; ") for line in lines if not line.startswith("#")]
    meant = {
        chr(int(first, 16) + place): chr(int(word, 16))
        for first, words in listed
        for place, word in enumerate(words.split())
    }
    assert len(meant) == 348
    assert {sign: without_radicals(sign) for sign in meant} == meant
    assert {sign: written_plainly(sign) for sign in meant} == meant


def test_no_radical_or_compatibility_ideograph_stays_but_those_that_stand_for_no_other():
    """⺀ repeats what was written; twelve signs among the compatibility ideographs are ideographs of their own."""
    signs = [*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]
    assigned = [chr(sign) for sign in signs if unicodedata.category(chr(sign)) != "Cn"]
    assert "".join(sign for sign in assigned if written_plainly(sign) == sign) == "⺀﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert folded(folded(text)) == folded(text)
    assert written_plainly(written_plainly(text)) == written_plainly(text)


@pytest.mark.parametrize("typed", ["1", "01", "０１", " 001 ", "１"])
def test_one_number_however_it_is_typed(typed):
    assert same_number(typed, "01")
    assert spelled_as(["01", "02"], typed) == "01"


def test_letters_and_other_numbers_are_others():
    assert not same_number("A1", "A01")
    assert not same_number("10", "1")
    assert not same_number("", "0")
    assert same_number("a", "Ａ")


@given(figures, st.integers(0, 3))
def test_zeros_in_front_are_nothing(number, zeros):
    assert number_key("0" * zeros + number) == number_key(number)


def test_new_numbers_get_the_width_of_the_longest_and_known_ones_their_own_spelling():
    assert padded_numbers(["1", "１２", "A"], []) == ["01", "12", "A"]
    assert padded_numbers(["1", "100"], []) == ["001", "100"]
    assert padded_numbers(["01", "2", "4"], ["1", "2", "3"]) == ["1", "2", "4"]
    assert padded_numbers(["1", "4"], ["01"]) == ["01", "04"]
