"""The list of penalties and bonuses (扣分与加分清单): what may be entered about whom, by whom, and who confirms it.

All of it is editable data. What is entered comes off, or goes on, after the mean. Source: domain page 1, bonus and
conduct; domain page 2D, penalties.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from scoring.rules.declared import Setting
from scoring.rules.figures import decimals_of, plain, read_decimal
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.rulings import Ruling, read_rulings

OFF, ON = "off", "on"
PERSON, SIDE, DOCUMENT = "person", "side", "document"
#: Who enters it beside the organizer: anybody whom the page lets, or one role alone.
ANYBODY = "anybody"
#: Who confirms it: nobody has to, anybody else than who entered it, or the chief judge alone.
NOBODY, ANOTHER, CHIEF = "nobody", "another", "chief"
ENTERING = (ANYBODY, "timekeeper", "tallier", "chief", "coder", "organizer")
_OFFERED = {
    "effect": (OFF, ON),
    "hits": (PERSON, SIDE, DOCUMENT),
    "enters": ENTERING,
    "confirms": (NOBODY, ANOTHER, CHIEF),
}


@dataclass(frozen=True)
class Listed(Ruling):
    """A penalty or bonus that can be entered by name: `points`, or a range from there to `most`, which is 0 for none.

    Raises Refused as every ruling, points_not_positive, range_upside_down (figures points), unknown_choice (figures
    choice). Source: domain page 1, bonus and conduct [S]; who enters and confirms [D].
    """

    points: Decimal
    most: Decimal = Decimal(0)
    effect: str = OFF
    hits: str = DOCUMENT
    enters: str = ANYBODY
    confirms: str = NOBODY

    def _problems(self) -> list[Problem]:
        problems = super()._problems()
        if self.points <= 0:
            problems.append(Problem("points_not_positive", "points"))
        if self.most and self.most < self.points:
            problems.append(Problem("range_upside_down", "most", {"points": plain(self.points)}))
        wrong = [name for name, offered in _OFFERED.items() if getattr(self, name) not in offered]
        return problems + [Problem("unknown_choice", name, {"choice": getattr(self, name)[:40]}) for name in wrong]

    @property
    def highest(self) -> Decimal:
        """The most points that may be entered."""
        return max(self.points, self.most)

    def entered(self, typed: str, decimals: int) -> Decimal:
        """The points that are meant, where `typed` says which of a range; a score shows so many `decimals`.

        Raises Refused points_needed and points_out_of_range (both with figures minimum, maximum), points_fixed
        (figures points) and penalty_too_fine (figures decimals).
        """
        if self.highest == self.points:
            if typed and _number(typed) != self.points:
                raise Refused.because("points_fixed", "points", points=plain(self.points))
            return self.points
        limits = {"minimum": plain(self.points), "maximum": plain(self.most)}
        points = _number(typed)
        if points is None:
            raise Refused.because("points_needed", "points", **limits)
        if not self.points <= points <= self.most:
            raise Refused.because("points_out_of_range", "points", **limits)
        if decimals_of(points) > decimals:
            raise Refused.because("penalty_too_fine", "points", decimals=decimals)
        return points

    def parts(self, known: Sequence[str]) -> tuple[str, ...]:
        """Which of a turn's parts it can hit: of a match the sides or the speakers, or all where none fits."""
        meant = [part for part in known if ("." in part) == (self.hits == PERSON)]
        return tuple(meant or known)


@dataclass(frozen=True)
class ListRules(Setting):
    """What holds for the whole list: the bonuses of one score together add no more than `bonus_most` points.

    Raises Refused points_negative. Source: domain page 1, bonus and conduct [S].
    """

    bonus_most: Decimal = Decimal(3)

    def __post_init__(self) -> None:
        refuse_any([Problem("points_negative", "bonus_most")] if self.bonus_most < 0 else [])


read_listed = partial(read_rulings, read_one=Listed.from_data)
#: What an event of an earlier release has in place of a list: nothing could be entered by one.
NO_LIST: Mapping[str, Any] = {"penalties": [], "listed": ListRules().to_data()}
#: What a penalty of an earlier release was, of which only names and points were said.
_AS_BEFORE = {"most": "0", "effect": OFF, "hits": DOCUMENT, "enters": ANYBODY, "confirms": NOBODY}


def _number(typed: str) -> Decimal | None:
    try:
        return read_decimal(typed)
    except ValueError:
        return None


def with_list(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of an event of any release: without a list an empty one, and each row with all that it says."""
    given = {**NO_LIST, **settings}
    rows = given["penalties"]
    if isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows):
        given["penalties"] = [{**_AS_BEFORE, **row} for row in rows]
    return given


def listed_problems(settings: Mapping[str, Any], decimals: int, hits: Sequence[str]) -> list[Problem]:
    """What in the list does not go with the rest of the rules.

    penalty_too_fine (figures decimals) where anything has more places than a score shows; hits_nobody_here for what
    would hit somebody or something other than these `hits`.
    """
    problems = [
        Problem("hits_nobody_here", f"penalties.{place}.hits")
        for place, one in enumerate(read_listed(settings["penalties"]))
        if one.hits not in hits
    ]
    return problems + _too_fine(settings, decimals)


def _too_fine(settings: Mapping[str, Any], decimals: int) -> list[Problem]:
    rows = [(f"penalties.{place}", one) for place, one in enumerate(read_listed(settings["penalties"]))]
    points = {f"{place}.{name}": getattr(one, name) for place, one in rows for name in ("points", "most")}
    points["listed.bonus_most"] = ListRules.from_data(settings["listed"]).bonus_most
    figures = {"decimals": str(decimals)}
    return [Problem("penalty_too_fine", name, figures) for name, one in points.items() if decimals_of(one) > decimals]


def bonus_most(settings: Mapping[str, Any]) -> Decimal:
    """The most points that the bonuses of one score add together."""
    return ListRules.from_data(settings.get("listed", NO_LIST["listed"])).bonus_most


def listed_in(settings: Mapping[str, Any]) -> tuple[Listed, ...]:
    """The list of an event of any release."""
    return read_listed(settings.get("penalties", ()))


def _starts(*named: tuple[str, str, str, str, str, str], hits: str) -> list[dict[str, Any]]:
    """Start values from key, names, points ("5", or "1-10" for a range), effect and who confirms."""
    rows = []
    for key, zh, en, points, effect, confirms in named:
        least, _, most = points.partition("-")
        one = Listed(key, zh, en, Decimal(least), Decimal(most or 0), effect, hits, ANYBODY, confirms)
        rows.append(one.to_data())
    return rows


_CONDUCT = ("conduct", "违反赛场纪律", "Conduct", "1-10", OFF, CHIEF)
_IDENTITY = ("identity", "透露身份信息", "Identity revealed", "5", OFF, CHIEF)
_DRESS = ("dress", "着装不符合要求", "Dress", "1-2", OFF, NOBODY)
_PROPS = ("props", "违规使用道具", "Props", "1-2", OFF, NOBODY)
_LATE = ("late", "迟到", "Late", "5", OFF, NOBODY)
_TOOLS = ("tools", "违规使用设备、资料", "Tools or papers not allowed", "5", OFF, ANOTHER)
_SPEECHES = ("few_speeches", "自由辩论发言少于两次", "Fewer than two speeches in free debate", "2", OFF, NOBODY)
_PRIZE = ("prize", "既往获奖加分", "Earlier prizes", "1-3", ON, ANOTHER)


def start_of_performance() -> list[dict[str, Any]]:
    """The list of a performance. Source: domain page 1, bonus and conduct [S]; the points of each [D]."""
    return _starts(_CONDUCT, _IDENTITY, _DRESS, _PROPS, _LATE, _TOOLS, _PRIZE, hits=PERSON)


def start_of_match() -> list[dict[str, Any]]:
    """The list of a debate: what a speaker does, and what the whole side answers for."""
    alone = _starts(_IDENTITY, _DRESS, _SPEECHES, hits=PERSON)
    return [*alone, *_starts(_CONDUCT, _PROPS, _LATE, _TOOLS, hits=SIDE)]


def start_of_work() -> list[dict[str, Any]]:
    """The list of a bench or a test, at which nobody is seen by a panel."""
    return _starts(_CONDUCT, _LATE, _TOOLS, _PRIZE, hits=PERSON)
