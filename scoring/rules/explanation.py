"""The explanation format: a score opened up to its marks, the dropped ones, the mean, penalties and tie step.

Whatever the format, an explanation reads the same way down: the judges' lines, of which the counted ones sum
to `counted_sum`; the figure `mean` that the method makes of it; the penalties and bonuses of the list; and `final`,
which is always `mean`, and what the `figures` say is added, less `penalty_sum`, or 0 where they name a floor. A method
other than the panel's may count otherwise, but the last line holds for all of them.

Where a format has them, sections stand between `counted_sum` and `mean`: the `items` of an agreed checklist,
whose points left make the `counted_sum`; `bonuses`, added to it; `caps`, above which the figure may not lie.
`mean` is what is left after all of them. A section that is empty is not written, so that an explanation
without sections reads as it always did. Where judges sit in weighed `groups`, their figures by their shares make
`mean_exact`, and `counted_sum` only says what all that counts adds up to. A score put together from others has
`terms` in place of judges' lines; they add up to `mean_exact`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.rules.declared import Exact, Record, Shown
from scoring.rules.explanation_groups import GroupLine
from scoring.rules.explanation_items import ItemLine
from scoring.rules.explanation_terms import Term
from scoring.rules.figures import plain, read_exact

#: Names the figure below which a score does not fall, where penalties would have taken it there.
FLOOR = "floor"
#: Names what bonuses of the list add, and their limit where it took some of it away.
ADDED, ADDED_MOST = "added", "added_most"


@dataclass(frozen=True, slots=True)
class JudgeLine(Record):
    """One seat of the panel: its standing, its total and marks where they count, and what became of them.

    `fate` is counted, dropped_high, dropped_low, recused, abstained or away; the last three have no total, no marks. In
    formats where another sheet decides, it may also be compared (an inspector's checklist that went into the agreed
    one), set_aside (a review that gave way to the further review) or no_figure (of a group with too few sheets). Where
    each criterion is trimmed by itself, `dropped` are the line's marks that do not count, by criterion, each "high" or
    "low".
    """

    seat: str
    standing: str
    total: Decimal | None
    fate: str
    marks: Mapping[str, Decimal] = field(default_factory=dict)
    dropped: Mapping[str, str] = field(default_factory=dict)
    sections = ("dropped",)

    def counts(self, criterion: str) -> bool:
        """Whether the mark of this criterion counts."""
        return self.fate == "counted" and criterion not in self.dropped

    def to_data(self) -> dict[str, Any]:
        """By hand, since boards write hundreds of these at a time: half as long as what is declared would take."""
        total = None if self.total is None else plain(self.total)
        marks = {key: plain(mark) for key, mark in self.marks.items()}
        line = {"seat": self.seat, "standing": self.standing, "total": total, "fate": self.fate, "marks": marks}
        return {**line, "dropped": dict(self.dropped)} if self.dropped else line


@dataclass(frozen=True)
class PenaltyLine(Record):
    """Points taken off after averaging, of what kind and why; a bonus `adds` them."""

    kind: str
    points: Decimal
    reason: str = ""
    adds: bool = False
    sections = ("adds",)

    def to_data(self) -> dict[str, Any]:
        """JSON-able, decimals as strings; by hand, as a judge's line is."""
        line = {"kind": self.kind, "points": plain(self.points), "reason": self.reason}
        return {**line, "adds": True} if self.adds else line


@dataclass(frozen=True)
class BonusLine(Record):
    """Points added before the caps, and what for."""

    kind: str
    points: Decimal


@dataclass(frozen=True)
class CapLine(Record):
    """A limit in points on the figure before the penalties, `before` what it was before this cap, and why."""

    kind: str
    zh: str
    en: str
    limit: Decimal
    before: Fraction
    reason: str = ""
    following = (("bites", "before"),)

    @property
    def bites(self) -> bool:
        """Whether the cap took anything away."""
        return self.before > self.limit


@dataclass(frozen=True)
class TieLine(Record):
    """The step that told this contestant from others with the same figure, or shared_rank if none did.

    `figures` are this contestant's own, by step, for the steps that were asked.
    """

    step: str
    shared: bool
    figures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Explanation(Record):
    """How a score came about, complete enough to be counted again by hand.

    `valid` sheets were in, `counted` of them make the mean; `mean`, `untrimmed_mean` and `final` are rounded
    as the rules say, all else is exact; `mean_exact` is a decimal where it ends, else a fraction. `figures` are
    those of the format's own that went into the score, such as the seconds a bench took.
    """

    method: str
    judges: tuple[JudgeLine, ...]
    valid: int
    counted: int
    counted_sum: Decimal
    mean_exact: Exact
    mean: Shown
    penalties: tuple[PenaltyLine, ...]
    penalty_sum: Decimal
    final: Shown
    untrimmed_mean: Shown
    tie: TieLine | None = None
    items: tuple[ItemLine, ...] = ()
    bonuses: tuple[BonusLine, ...] = ()
    caps: tuple[CapLine, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    groups: tuple[GroupLine, ...] = ()
    sections = ("items", "bonuses", "caps", "figures", "terms", "groups")

    @property
    def exact(self) -> Fraction:
        """The value that is ranked: the exact mean, bonuses added, less the penalties, not below a floor."""
        exact = read_exact(self.mean_exact) + self.added - Fraction(self.penalty_sum)
        return max(exact, Fraction(0)) if FLOOR in self.figures else exact

    @property
    def added(self) -> Fraction:
        """The points that bonuses of the list add, under their limit."""
        return Fraction(self.figures.get(ADDED, "0"))

    def totals(self, fate: str) -> list[Decimal]:
        """The totals of the lines that had this fate, in points, the lowest first."""
        return sorted(line.total for line in self.judges if line.fate == fate and line.total is not None)

    @property
    def highest(self) -> Decimal | None:
        """The highest total that was dropped, in points; None where nothing was dropped."""
        return max(self.totals("dropped_high"), default=None)

    @property
    def lowest(self) -> Decimal | None:
        """The lowest total that was dropped, in points; None where nothing was dropped."""
        return min(self.totals("dropped_low"), default=None)

    def with_tie(self, tie: TieLine | None) -> Explanation:
        """The same explanation once the ranking has said how a tie was decided."""
        return replace(self, tie=tie)

    def announcement(self) -> dict[str, str]:
        """The figures the host reads out; those of what was dropped, and of the rule where it is not the usual one.

        Source: domain page 4, “七位评委评分，去掉一个最高分 XX 分，去掉一个最低分 XX 分，
        其余五位评委合计总分 XXX 分，平均分 XX 分”.
        """
        spoken = {"judges": str(self.valid), "counted": str(self.counted)}
        spoken |= self._spoken_of_rule()
        spoken |= {"counted_sum": plain(self.counted_sum), "mean": str(self.mean)}
        return spoken | {
            **self._spoken_of_bonuses(),
            "penalty_sum": plain(self.penalty_sum),
            "final": str(self.final),
        }

    def _spoken_of_bonuses(self) -> dict[str, str]:
        """What bonuses add, and whether nothing is taken off beside them."""
        if ADDED not in self.figures:
            return {}
        return {ADDED: self.figures[ADDED]} | ({} if self.penalty_sum else {"added_only": "1"})

    def _spoken_of_rule(self) -> dict[str, str]:
        """What was dropped; where that is not one of the totals at each end, or the rest make no mean, also what is."""
        if self.groups:
            return {"rule": "groups", "is_groups": "1"}
        figure = next((one for one in ("median", "sum") if self.method.endswith(f"_{one}")), "")
        high, low = ([plain(total) for total in self.totals(f"dropped_{end}")] for end in ("high", "low"))
        if not figure and "drop_high" not in self.figures:
            return {"highest": high[0], "lowest": low[0]} if high and low else {}
        rule = {"rule": figure or "mean", f"is_{figure or 'mean'}": "1"}
        if high:
            ends = {"highest_all": " / ".join(reversed(high)), "lowest_all": " / ".join(low)}
            return rule | ends | {"high": str(len(high)), "low": str(len(low))}
        if "drop_high" in self.figures:
            rule |= {"by_criterion": "1", "high": self.figures["drop_high"], "low": self.figures["drop_low"]}
        return rule

    def to_data(self) -> dict[str, Any]:
        """JSON-able, decimals as strings; by hand, as a judge's line is."""
        return {
            "method": self.method,
            "judges": [line.to_data() for line in self.judges],
            "valid": self.valid,
            "counted": self.counted,
            "counted_sum": plain(self.counted_sum),
            "mean_exact": self.mean_exact,
            "mean": str(self.mean),
            "penalties": [line.to_data() for line in self.penalties],
            "penalty_sum": plain(self.penalty_sum),
            "final": str(self.final),
            "untrimmed_mean": str(self.untrimmed_mean),
            "tie": self.tie.to_data() if self.tie else None,
            **self._sections(),
        }

    def _sections(self) -> dict[str, Any]:
        """The sections that have something in them."""
        sections: dict[str, Any] = {
            "items": [line.to_data() for line in self.items],
            "bonuses": [line.to_data() for line in self.bonuses],
            "caps": [line.to_data() for line in self.caps],
            "figures": dict(self.figures),
            "terms": [term.to_data() for term in self.terms],
            "groups": [line.to_data() for line in self.groups],
        }
        return {name: section for name, section in sections.items() if section}


@dataclass(frozen=True)
class Score:
    """A result with its explanation: `exact` is ranked, `final` is shown."""

    exact: Fraction
    final: Decimal
    explanation: Explanation
