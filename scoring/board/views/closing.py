"""How an event ends on the screens: that it is over, and who stands first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.board.reading.core import Core
from scoring.board.views.awards import is_over

View = dict[str, Any]
BEST = 3  # ranks that are named apart
MOST = 6  # of them, where ranks are shared


def closing_of(core: Core, rows: Sequence[View], placings: Sequence[View] | None) -> View | None:
    """The first of the final ranking, of a knockout who got furthest, with their awards; None until all is public.

    With whether `nobody` is first: all were away, or neither side of the final came. Only parts of what is public.
    """
    if not is_over(core):
        return None
    placed = [one for one in placings or () if one["place"] is not None]
    awards = {row["number"]: row["award"] for row in rows if row.get("award")}
    ranked = [_best(one, one["place"], awards) for one in placed]
    best = ranked if placings is not None else [_best(row, row["rank"], awards) for row in rows]
    first = any(one["rank"] == 1 for one in best)
    return {"best": [one for one in best if one["rank"] <= BEST][:MOST], "nobody": not first}


def _best(one: View, rank: int, awards: dict[str, View]) -> View:
    named = {key: one[key] for key in ("number", "name", "office")}
    return {"rank": rank, **named, "score": one.get("score", ""), "award": awards.get(one["number"])}
