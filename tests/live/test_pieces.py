"""A picture that is written in pieces reads as in one, and what has not changed in it is not written again."""

from __future__ import annotations

import json
from typing import Any

from scoring.live.pieces import LONG, Pieces

TURNS: list[dict[str, Any]] = [{"turn": number, "name": "王敏", "score": "90.50", "can": []} for number in range(LONG)]
PICTURE: dict[str, Any] = {"revision": 1, "turns": TURNS, "seats": [{"seat": 1}], "now": None, '"': [1] * LONG}


def test_it_reads_as_in_one_piece_each_time_that_something_changes() -> None:
    pieces = Pieces()
    for number in (None, 3, LONG - 1):
        turns = [turn | {"can": ["release"]} if turn["turn"] == number else turn for turn in TURNS]
        picture = PICTURE | {"turns": turns}
        assert pieces.written(picture) == json.dumps(picture, separators=(",", ":"))


def test_what_has_not_changed_is_not_written_again() -> None:
    pieces, turns = Pieces(), [dict(turn) for turn in TURNS]
    pieces.written({"turns": turns})
    turns[0]["name"] = "nobody changes what is kept: this is not looked at"
    assert json.loads(pieces.written({"turns": [*turns[:-1], {"turn": 99}]}))["turns"] == [*TURNS[:-1], {"turn": 99}]
