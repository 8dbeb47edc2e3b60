"""Weak passwords: those that others would try first, by a library's lists for English and by how Chinese ones are made.

What `zxcvbn` knows: some 30,000 leaked passwords, English words and names, dates, rows of the keyboard, repetitions. It
knows no Chinese: so whatever is nothing but a few syllables in pinyin, or nothing but figures, with or without figures
and signs around it, is weak too, and so are the names of the account, of its contests and offices, written in either
way. It holds no list of leaked Chinese passwords; a rare one of another make is not known to it.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

#: So many guesses an attacker who tries the likely ones first must need. Source: an account's hundred guesses in an
#: hour (access/guessing.py) reach it after ten years.
FEWEST_GUESSES = 10_000_000
#: Syllables that a name or a saying in pinyin has at most: wangxiaoming, woaiwoziji.
MOST_SYLLABLES = 5
LONGEST_SYLLABLE = 6
#: Figures and signs around a word beyond which they make up for it.
MOST_AROUND = 8
#: Figures alone up to this length are dates, telephone and QQ numbers, or say something: 5201314.
MOST_FIGURES = 14
IDENTITY_CARD = re.compile(r"[1-9]\d{16}[\dx]")
#: Looked at by the library; what comes after makes nothing weak.
LOOKED_AT = 72
#: Known from lists of what is used in China most often, and made like nothing above.
TRIED_FIRST = ("aptx4869", "adminfan", "wlzx", "jcy", "huawei", "wmsxie", "zlmalm03", "18n28n24a5", "1hxboqg2s")
_FIRST_SIGN, _LAST_SIGN = 0x4E00, 0x9FFF
_AROUND = "0123456789 .,;:!?@#$%^&*()-_=+/\\~"
_BETWEEN = str.maketrans("", "", ".-/ ")
_LEET = str.maketrans("@$", "as")


def is_weak(password: str, own: Iterable[str] = ()) -> bool:
    """Whether others would guess the password soon; `own` are the names that stand near the account."""
    low = password.lower()
    known = {written for name in own for written in _written(name)}
    return _is_figures(low) or _has_weak_core(low, known) or _guesses(password, known) < FEWEST_GUESSES


def _is_figures(low: str) -> bool:
    bare = low.translate(_BETWEEN)
    return (bare.isdigit() and len(bare) <= MOST_FIGURES) or IDENTITY_CARD.fullmatch(bare) is not None


def _has_weak_core(low: str, own: set[str]) -> bool:
    """Whether it is a word that is known, or a few syllables, with a few figures and signs around it."""
    joined = "".join(low.split())
    cores = {low, joined.strip(_AROUND), joined.translate(_LEET).strip(_AROUND)}
    return any(
        core in own or core in TRIED_FIRST or core in _leaked() or is_pinyin(core)
        for core in cores
        if core and len(low) - len(core) <= MOST_AROUND
    )


def is_pinyin(letters: str) -> bool:
    """Whether the letters are one to five syllables of Chinese as it is written in pinyin: zhangwei, woaini."""
    fewest = {0: 0}
    for end in range(1, min(len(letters), MOST_SYLLABLES * LONGEST_SYLLABLE) + 1):
        begins = [at for at in range(max(0, end - LONGEST_SYLLABLE), end) if at in fewest]
        counts = [fewest[at] + 1 for at in begins if letters[at:end] in _syllables()]
        if counts:
            fewest[end] = min(counts)
    return 0 < fewest.get(len(letters), 0) <= MOST_SYLLABLES


def _guesses(password: str, own: set[str]) -> float:
    from zxcvbn import zxcvbn

    return float(zxcvbn(password[:LOOKED_AT], user_inputs=sorted(own))["guesses"])


@cache
def _leaked() -> frozenset[str]:
    """The library's leaked passwords."""
    from zxcvbn.matching import RANKED_DICTIONARIES

    return frozenset(RANKED_DICTIONARIES["passwords"])


def _written(name: str) -> set[str]:
    """A name as it is typed: as it is, and in pinyin where it is Chinese."""
    lazy_pinyin = _pinyin()
    bare = name.strip().lower()
    return {"".join(bare.split()), "".join(lazy_pinyin(bare)).replace(" ", "")} - {""}


@cache
def _syllables() -> frozenset[str]:
    """All syllables that Chinese signs are read with, ü also typed as v."""
    _pinyin()
    from pypinyin.constants import PINYIN_DICT

    marked = {one for sign, read in PINYIN_DICT.items() if _FIRST_SIGN <= sign <= _LAST_SIGN for one in read.split(",")}
    bare = {re.sub(r"[^a-z]", "", unicodedata.normalize("NFD", one.replace("ü", "v"))) for one in marked}
    return frozenset(one for one in bare if re.search("[aeiouv]", one)) | {"lv", "nv", "lve", "nve"}


@cache
def _pinyin() -> Callable[[str], list[str]]:
    """The library's reading of Chinese signs, without its list of phrases, which takes half a second and 45 MB."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import lazy_pinyin

    return lazy_pinyin
