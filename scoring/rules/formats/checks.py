"""The checks of settings that several formats share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scoring.rules.figures import decimals_of
from scoring.rules.panel import PanelRules
from scoring.rules.panel_rules import SUM
from scoring.rules.penalties import OvertimeRule
from scoring.rules.publication import PUBLICATIONS
from scoring.rules.ranking import check_chain
from scoring.rules.refusal import Problem, Refused, problems_of, refuse_any

Checks = Mapping[str, Callable[[Any], object]]


def check_each(settings: object, checks: Checks) -> None:
    """Read every setting by its own check.

    Raises Refused with all the problems, fields such as "rubric.0.maximum": those of the checks, and
    settings_malformed, setting_missing, unknown_setting.
    """
    if not isinstance(settings, Mapping):
        raise Refused.because("settings_malformed")
    problems = [Problem("unknown_setting", str(name)[:40]) for name in settings if name not in checks]
    for name, check in checks.items():
        problems += _problems_of_setting(settings, name, check)
    refuse_any(problems)


def _problems_of_setting(settings: Mapping[str, Any], name: str, check: Callable[[Any], object]) -> list[Problem]:
    if name not in settings:
        return [Problem("setting_missing", name)]
    return [problem.under(name) for problem in problems_of(lambda: check(settings[name]))]


def read_ties(data: object) -> tuple[str, ...]:
    """A chain of tie steps. Raises Refused settings_malformed and as `check_chain` does."""
    if not isinstance(data, Sequence) or isinstance(data, str):
        raise Refused.because("settings_malformed")
    check_chain(data)
    return tuple(data)


def read_flag(data: object) -> bool:
    """Yes or no. Raises Refused setting_not_a_flag."""
    if not isinstance(data, bool):
        raise Refused.because("setting_not_a_flag")
    return data


def read_publication(data: object) -> str:
    """When scores become public. Raises Refused unknown_publication."""
    if not isinstance(data, str) or data not in PUBLICATIONS:
        raise Refused.because("unknown_publication", publication=str(data)[:40])
    return data


def overtime_too_fine(settings: Mapping[str, Any]) -> list[Problem]:
    """penalty_too_fine where overtime would cost more places than a score of these settings shows."""
    overtime = OvertimeRule.from_data(settings["overtime"])
    decimals = PanelRules.from_data(settings["panel"]).decimals
    return [
        Problem("penalty_too_fine", f"overtime.{name}", {"decimals": str(decimals)})
        for name in ("points_per_step", "most")
        if decimals_of(getattr(overtime, name)) > decimals
    ]


def sum_not_offered(settings: Mapping[str, Any]) -> list[Problem]:
    """sum_not_here: a sum of marks compares nobody where some have more sheets than others."""
    summed = PanelRules.from_data(settings["panel"]).figure == SUM
    return [Problem("sum_not_here", "panel.figure")] if summed else []


def groups_not_offered(settings: Mapping[str, Any]) -> list[Problem]:
    """groups_not_here: judges in weighed groups are a whole panel that marks one performance."""
    grouped = PanelRules.from_data(settings["panel"]).groups
    return [Problem("groups_not_here", "panel.groups")] if grouped else []


def steps_not_offered(ties: Sequence[str], offered: Sequence[str]) -> list[Problem]:
    """tie_step_not_offered: a step that can never decide would be a promise not kept."""
    return [
        Problem("tie_step_not_offered", f"ties.{place}", {"step": step})
        for place, step in enumerate(ties)
        if step not in offered
    ]
