"""The clocks of a turn as data."""

from __future__ import annotations

import pytest

from scoring.rules.clocks import Clock, read_clocks, speaks_next
from scoring.rules.refusal import Problem

from .cast import refusal, refusals


def clock(**changes: object) -> dict[str, object]:
    return {"key": "speak", "zh": "陈述", "en": "Statement", "seconds": 360, **changes}


def test_clocks_survive_their_data_form() -> None:
    clocks = (Clock("speak", "陈述", "Statement", 360), Clock("questions", "追问", "Questions", 180, 0))
    assert read_clocks([c.to_data() for c in clocks]) == clocks


def test_a_clock_warns_thirty_seconds_before_its_end_unless_it_says_otherwise() -> None:
    (read,) = read_clocks([clock(en="")])
    assert (read.warn_seconds, read.en) == (30, "陈述")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"key": ""}, "clock_key_missing", "key"),
        ({"zh": "", "en": ""}, "clock_name_missing", "zh"),
        ({"seconds": 0}, "seconds_not_positive", "seconds"),
        ({"seconds": "360"}, "setting_not_whole", "seconds"),
        ({"warn_seconds": 360}, "warning_out_of_range", "warn_seconds"),
        ({"warn_seconds": -1}, "warning_out_of_range", "warn_seconds"),
        ({"colour": "red"}, "unknown_setting", "colour"),
    ],
)
def test_a_clock_that_makes_no_sense_is_refused(changes: dict[str, object], code: str, field: str) -> None:
    problem = refusal(lambda: read_clocks([clock(**changes)]))
    assert (problem.code, problem.field) == (code, f"0.{field}")


def test_two_clocks_with_one_key_are_refused_beside_other_problems() -> None:
    problems = refusals(lambda: read_clocks([clock(), clock(), clock(key="marking", seconds=-1)]))
    assert problems == [
        Problem("clock_key_twice", "1.key", {"key": "speak"}),
        Problem("seconds_not_positive", "2.seconds"),
    ]


@pytest.mark.parametrize("data", [None, "speak", {"speak": 360}])
def test_what_is_no_list_of_clocks_is_refused(data: object) -> None:
    assert refusal(lambda: read_clocks(data)) == Problem("settings_malformed")


FREE_DEBATE = Clock("free_debate", "自由辩论", "Free debate", 240, kind="dual")


def test_when_a_side_sits_down_the_other_sides_clock_starts() -> None:
    assert speaks_next(FREE_DEBATE, "control", "defence", {"control": 100, "defence": 239}) == "defence"
    assert speaks_next(FREE_DEBATE, "control", "defence", {}) == "defence"


def test_a_side_goes_on_alone_once_the_others_time_is_spent() -> None:
    assert speaks_next(FREE_DEBATE, "control", "defence", {"control": 100, "defence": 240}) == "control"


def test_when_both_have_spent_their_time_nobody_speaks() -> None:
    assert speaks_next(FREE_DEBATE, "control", "defence", {"control": 240, "defence": 251}) is None


def test_a_single_clock_has_nobody_to_pass_the_floor_to() -> None:
    opening = Clock("opening", "控方立论", "Opening", 180, side="control")
    assert refusal(lambda: speaks_next(opening, "control", "defence", {})) == Problem("clock_not_dual", "opening")


def test_a_clock_without_a_kind_is_single_as_it_always_was() -> None:
    clock = Clock.from_data({"key": "speak", "zh": "陈述", "en": "Statement", "seconds": 360})
    assert (clock.kind, clock.side) == ("single", "")
    assert Clock.from_data(FREE_DEBATE.to_data()) == FREE_DEBATE


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"kind": "triple"}, "clock_kind_unknown", "kind"),
        ({"kind": "dual", "side": "control"}, "clock_side_not_single", "side"),
        ({"kind": "shared", "side": "control"}, "clock_side_not_single", "side"),
        ({"kind": 2}, "setting_not_text", "kind"),
    ],
)
def test_a_kind_of_clock_that_makes_no_sense_is_refused(changes: dict[str, object], code: str, field: str) -> None:
    data = {"key": "speak", "zh": "陈述", "en": "Statement", "seconds": 360, **changes}
    problem = refusal(lambda: Clock.from_data(data))
    assert (problem.code, problem.field) == (code, field)
