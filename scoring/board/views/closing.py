"""How an event ends on the screens: that it is over, and who stands first."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.board.reading.core import Core
from scoring.board.snapshots.audience import Best, Closing
from scoring.board.snapshots.matches import Placing
from scoring.board.snapshots.scores import Row
from scoring.board.snapshots.shared import Award, Named
from scoring.board.views.awards import is_over

BEST = 3  # ranks that are named apart
MOST = 6  # of them, where ranks are shared


def closing_of(core: Core, rows: Sequence[Row], placings: Sequence[Placing] | None) -> Closing | None:
    """The first of the final ranking, of a knockout who got furthest, with their awards; None until all is public.

    With whether `nobody` is first: all were away, or neither side of the final came. Only parts of what is public.
    """
    if not is_over(core):
        return None
    awards = {row["number"]: row["award"] for row in rows if row.get("award")}
    if placings is None:
        best = [_best(row, row["rank"], row["score"], awards) for row in rows]
    else:
        best = [_best(one, one["place"], "", awards) for one in placings if one["place"] is not None]
    first = any(one["rank"] == 1 for one in best)
    return {"best": [one for one in best if one["rank"] <= BEST][:MOST], "nobody": not first}


def _best(one: Placing | Row, rank: int, score: str, awards: dict[str, Award]) -> Best:
    named: Named = {"number": one["number"], "name": one["name"], "office": one["office"]}
    return {"rank": rank, **named, "score": score, "award": awards.get(one["number"])}
