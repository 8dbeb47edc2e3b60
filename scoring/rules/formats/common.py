"""Settings that mean the same in every format that has them: who asks for one asks here, and looks inside none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.rules.bonus import SpeedBonus
from scoring.rules.camps import MeetingRules
from scoring.rules.declared import Setting
from scoring.rules.listed import ListRules, with_list
from scoring.rules.panel import PanelRules
from scoring.rules.penalties import OvertimeRule
from scoring.rules.publication import AT_ONCE
from scoring.rules.rereview import RereviewRules
from scoring.rules.reviewers import ReviewerRules
from scoring.rules.severity import SeverityRules

Settings = Mapping[str, Any]
#: The rules that are a class of their own, wherever a format has them.
RULES: Mapping[str, type[Setting]] = {
    "panel": PanelRules,
    "overtime": OvertimeRule,
    "bonus": SpeedBonus,
    "reviewers": ReviewerRules,
    "rereview": RereviewRules,
    "severity": SeverityRules,
    "listed": ListRules,
    "meeting": MeetingRules,
}
#: What may be ruled of a document, each with the kinds that the event offers.
RULINGS = ("penalties", "caps", "voids")


def completed(settings: Settings) -> dict[str, Any]:
    """The settings with all that an earlier release did not know, as it is read where it is absent."""
    known = {
        name: {**RULES[name]().to_data(), **value} if name in RULES and isinstance(value, Mapping) else value
        for name, value in settings.items()
    }
    if "ties" not in settings:  # a format that ranks by nothing of ours has none of our lists
        return known
    before = {"ballot_penalties": True, "meeting": MeetingRules().to_data()} if "stage_weights" in settings else {}
    before |= {"floor": False} if "decimals" in settings else {}
    return before | with_list(known)


def panel_of(settings: Settings) -> PanelRules | None:
    """How a panel's totals become one figure; None where no panel marks."""
    return PanelRules.from_data(settings["panel"]) if "panel" in settings else None


def publication_in(settings: Settings) -> str:
    """When a released score becomes public: one of PUBLICATIONS."""
    return str(settings.get("publication", AT_ONCE))


def meeting_of(settings: Settings) -> MeetingRules:
    """Who may meet whom in matches; anybody where nothing is said of it."""
    return MeetingRules.from_data(settings["meeting"]) if settings.get("meeting") else MeetingRules()


def overtime_of(settings: Settings) -> OvertimeRule | None:
    """What time over costs; None where nothing is said of it."""
    return OvertimeRule.from_data(settings["overtime"]) if settings.get("overtime") else None


def reviewers_of(settings: Settings) -> ReviewerRules | None:
    """How works are given to some of the judges each; None where a whole room marks them."""
    return ReviewerRules.from_data(settings["reviewers"]) if "reviewers" in settings else None


def reviewing_by(settings: Settings) -> ReviewerRules:
    """The same of a review; as usual where nothing is said of it."""
    return reviewers_of(settings) or ReviewerRules()


def rereview_of(settings: Settings) -> RereviewRules:
    """How far apart reviews may lie; as usual where nothing is said of it."""
    return RereviewRules.from_data(settings["rereview"]) if "rereview" in settings else RereviewRules()


def decimals_in(settings: Settings) -> int:
    """How many decimals a score of these settings shows; two where nothing is said of it."""
    panel = panel_of(settings)
    return panel.decimals if panel else int(settings.get("decimals", 2))


def rulings_of(settings: Settings, ruling: str) -> Sequence[Mapping[str, Any]]:
    """The kinds of this one of RULINGS that the event offers, each with its `key`; () where it offers none."""
    return settings.get(ruling, ()) if ruling in RULINGS else ()


def severity_rules_of(settings: Settings) -> SeverityRules:
    """How reviewers' severity is evened out; not at all where nothing is said of it."""
    return SeverityRules.from_data(settings["severity"]) if settings.get("severity") else SeverityRules()
