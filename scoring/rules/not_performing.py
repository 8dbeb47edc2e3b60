"""Who does not perform: absent, forfeited, disqualified or withdrawn. No marks come of it, and no rank or award."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scoring.rules.refusal import Refused

ABSENT, FORFEITED, DISQUALIFIED, WITHDRAWN = "absent", "forfeited", "disqualified", "withdrawn"
#: How a match was decided, and the method of its scores, where a side did not perform and the other has won by it.
FORFEIT = "forfeit"
#: How each is called on every board, print and file. Source: domain page 1, not performing.
KINDS: Mapping[str, Mapping[str, str]] = {
    ABSENT: {"zh": "缺席", "en": "absent"},
    FORFEITED: {"zh": "弃权", "en": "forfeited"},
    DISQUALIFIED: {"zh": "取消资格", "en": "disqualified"},
    WITHDRAWN: {"zh": "退赛", "en": "withdrawn"},
}
#: How far a decision reaches: one turn, what is left of the event, or of all events of the contest.
TURN, EVENT, CONTEST = "turn", "event", "contest"
REACHES = (TURN, EVENT, CONTEST)
#: Under this name it stands in the verdict of a turn that is not held: {part: kind}.
VERDICT = "not_performing"
#: In the verdict that a turn is settled with: whether it had been performed before somebody was put out.
PERFORMED = "performed"


def reach_of(kind: str, asked: str = "") -> str:
    """How far a decision of this kind reaches, where nobody says: who is out of the event performs no more in it [D].

    Raises Refused: not_performing_unknown (the kind), reach_unknown.
    """
    if kind not in KINDS:
        raise Refused.because("not_performing_unknown", "kind")
    if asked and asked not in REACHES:
        raise Refused.because("reach_unknown", "reach")
    return asked or (EVENT if kind in (DISQUALIFIED, WITHDRAWN) else TURN)


def sides_out(parts: Iterable[tuple[str, bool]]) -> frozenset[str]:
    """The sides of which nobody performs, of (part, whether it is out); a performance without sides is the side ""."""
    standing: dict[str, bool] = {}
    for part, out in parts:
        side = part.partition(".")[0]
        standing[side] = standing.get(side, True) and out
    return frozenset(side for side, out in standing.items() if out)


def not_held(parts: Mapping[str, str]) -> dict[str, Any]:
    """The verdict of a turn that is not held, from the kinds of those parts that do not perform."""
    return {VERDICT: dict(parts)}
