"""Pairs that people made by hand: two numbers a line, nobody twice, nobody against the own camp.

Source: domain page 2B, sides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from scoring.rules.numbers import same_number
from scoring.rules.pairings import Pair
from scoring.rules.refusal import Problem, Refused, refuse_any

_BETWEEN = re.compile(r"\s*(?:对|[:：,，;；])\s*|\s+")


def read_pairs(lines: Sequence[str], numbers: Sequence[str], camp_of: Mapping[str, str]) -> tuple[Pair, ...]:
    """The pairs as typed, such as "01 12" or "01 对 12", with the numbers as they are entered.

    Raises Refused pairs_missing, or with every problem, all in the field pairs: pair_malformed (figures line),
    pair_unknown, pair_itself, pair_twice (figures number), pair_of_camp (figures first, second).
    """
    if not lines:
        raise Refused.because("pairs_missing", "pairs")
    pairs, problems = [], []
    for line in lines:
        found = _BETWEEN.split(line.strip())
        known = [next((number for number in numbers if same_number(number, typed)), None) for typed in found]
        if len(found) != 2:
            problems.append(Problem("pair_malformed", "pairs", {"line": line.strip()[:40]}))
        elif None in known:
            problems.append(Problem("pair_unknown", "pairs", {"number": found[known.index(None)][:40]}))
        else:
            pairs.append((str(known[0]), str(known[1])))
    refuse_any([*problems, *_problems_of(pairs, camp_of)])
    return tuple(pairs)


def _problems_of(pairs: Sequence[Pair], camp_of: Mapping[str, str]) -> list[Problem]:
    problems = [Problem("pair_itself", "pairs", {"number": one}) for one, two in pairs if one == two]
    playing = [number for one, two in pairs for number in {one: None, two: None}]
    twice = [number for place, number in enumerate(playing) if playing.index(number) < place]
    problems += [Problem("pair_twice", "pairs", {"number": number}) for number in dict.fromkeys(twice)]
    own = [(one, two) for one, two in pairs if one != two and camp_of and camp_of[one] == camp_of[two]]
    return problems + [Problem("pair_of_camp", "pairs", {"first": one, "second": two}) for one, two in own]
