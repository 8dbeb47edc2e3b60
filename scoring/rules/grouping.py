"""A panel in weighed groups: each group's figure by its own rules, and the one figure that they make together.

Source: published rules such as 专业评委 70%、专家评委 20%、大众评审 10%, each group's extremes dropped by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from scoring.rules.explanation_groups import GroupLine
from scoring.rules.figures import round_half_up, sum_of
from scoring.rules.judge_groups import Group
from scoring.rules.panel_rules import RESERVE, PanelRules
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.trimming import Left, Marks, Order, left_of

METHOD = "groups"
#: What becomes of the sheets of a group that has too few for a figure.
NO_FIGURE = "no_figure"


def weighed(sheets: Mapping[str, Marks], rules: PanelRules, key_criterion: str, order: Order) -> Left:
    """What counts of the valid sheets, by seat, and what it comes to by the groups' weights.

    Raises Refused seats_without_group (figure seats), and for a group that has too few sheets group_short (figures
    group, valid, minimum) where a reserve judge has to step in, or where no group is left that could share its weight.
    """
    _check_all_in_groups(sheets, rules)
    mine = {group.key: {seat: marks for seat, marks in sheets.items() if group.has(seat)} for group in rules.groups}
    present = [group for group in rules.groups if len(mine[group.key]) >= rules.of_group(group).least]
    short = [group for group in rules.groups if group not in present]
    if short and (rules.empty == RESERVE or not present):
        refuse_any([_short(group, len(mine[group.key]), rules) for group in short])
    lefts = {one.key: left_of(mine[one.key], rules.of_group(one), key_criterion, order) for one in present}
    whole = sum_of(group.weight for group in present)
    shares = {group.key: Fraction(group.weight) / Fraction(whole) for group in present}
    return _together([_line(one, mine[one.key], lefts.get(one.key), shares, rules) for one in rules.groups], lefts)


def _check_all_in_groups(sheets: Mapping[str, Marks], rules: PanelRules) -> None:
    """A sheet that belongs nowhere would weigh nothing."""
    lost = [seat for seat in sheets if not any(group.has(seat) for group in rules.groups)]
    if lost:
        raise Refused.because("seats_without_group", seats=", ".join(lost))


def _short(group: Group, valid: int, rules: PanelRules) -> Problem:
    return Problem("group_short", "", {**group.names, "valid": str(valid), "minimum": str(rules.of_group(group).least)})


def asked_of(rules: PanelRules) -> list[tuple[Group, int, int]]:
    """Each group with the fewest sheets for its figure, and from how many on its extremes are dropped; 0 for never."""
    return [(group, (own := rules.of_group(group)).least, own.from_sheets) for group in rules.groups]


def _line(
    group: Group, sheets: Mapping[str, Marks], left: Left | None, shares: Mapping[str, Fraction], rules: PanelRules
) -> GroupLine:
    """The group's line; one with too few sheets has a share of 0, and what they would come to."""
    found = left or Left("plain", len(sheets), 0, sum_of(()), Fraction(0))
    return GroupLine(
        group.key,
        group.zh,
        group.en,
        group.weight,
        shares.get(group.key, Fraction(0)),
        tuple(sheets),
        found.method,
        found.valid,
        found.counted,
        found.counted_sum,
        found.exact,
        round_half_up(found.exact, rules.decimals),
        found.figures,
    )


def _together(lines: Sequence[GroupLine], lefts: Mapping[str, Left]) -> Left:
    """All groups' figures by their shares; the sheets of a group that has too few do not count."""
    fates = {seat: NO_FIGURE for line in lines if not line.share for seat in line.seats}
    return Left(
        METHOD,
        sum(line.valid for line in lines),
        sum(line.counted for line in lines),
        sum_of(line.counted_sum for line in lines),
        sum((line.share * line.exact for line in lines), Fraction(0)),
        fates | {seat: fate for left in lefts.values() for seat, fate in left.fates.items()},
        {seat: marks for left in lefts.values() for seat, marks in left.dropped.items()},
        groups=tuple(lines),
    )
