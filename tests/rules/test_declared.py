"""Rules and records read and written by what their classes say: nothing is lost, and each refusal has its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules import (
    awards,
    bonus,
    checklist,
    clocks,
    composite,
    formats,
    listed,
    panel,
    penalties,
    rereview,
    reviewers,
    rubric,
    rulings,
    severity,
    spot_check,
)
from scoring.rules.declared import Exact, Listing, Named, Record, Setting, Shown, read_named
from scoring.rules.explanation import Explanation
from scoring.rules.formats.suggestion_rubric import SentInOnly
from scoring.rules.overall import OverallRules
from scoring.rules.refusal import Problem, Refused, problems_of, refuse_any

BEFORE = [json.loads(line) for line in (Path(__file__).parent / "written_before.jsonl").read_text().splitlines()]


@dataclass(frozen=True)
class Kindly(Named):
    points: Decimal = Decimal(1)


@dataclass(frozen=True)
class Kindlies(Listing):
    all: tuple[Kindly, ...]


@dataclass(frozen=True)
class Rule(Setting):
    name: str
    count: int
    points: Decimal
    weights: Mapping[str, Decimal]
    kind: str = "single"
    given: bool = True
    first: Kindly | None = None
    others: tuple[Kindly, ...] = ()
    listed: Kindlies = Kindlies(())
    places: tuple[int, ...] = ()
    off: str = ""
    keys = MappingProxyType({"off": "from"})

    def __post_init__(self) -> None:
        refuse_any([Problem("count_negative", "count")] if self.count < 0 else [])


@dataclass(frozen=True)
class Line(Record):
    seat: str
    exact: Fraction
    found: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept(Record):
    text: str
    count: int
    given: bool
    points: Decimal
    shown: Shown
    exact: Exact
    total: Decimal | None
    note: str | None
    marks: Mapping[str, Decimal]
    lines: tuple[Line, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)
    following = (("doubled", "points"),)
    sections = ("lines", "more")

    @property
    def doubled(self) -> Decimal:
        return self.points * 2


texts = st.text("赛评 ab·", max_size=8).map(str.strip)
numbers = st.integers(0, 10**6).map(lambda n: Decimal(n) / 100)
exact = st.fractions(-1000, 1000, max_denominator=900)
kindly = st.builds(Kindly, texts, texts.filter(bool), texts.filter(bool), numbers)
kindlies = st.lists(kindly, max_size=3).map(tuple)
rules = st.builds(
    Rule, texts, st.integers(0, 99), numbers, st.dictionaries(texts, numbers, max_size=3), texts.filter(bool),
    st.booleans(), st.none() | kindly, kindlies, st.builds(Kindlies, kindlies),
    st.lists(st.integers(), max_size=3).map(tuple), texts,
)  # fmt: skip
lines = st.builds(Line, texts, exact, st.dictionaries(texts, st.integers(), max_size=2))
records = st.builds(
    Kept, texts, st.integers(), st.booleans(), numbers, st.sampled_from([Decimal("91.50"), Decimal("-0.10")]),
    st.sampled_from(["638/7", "91.3"]), st.none() | numbers, st.none() | texts,
    st.dictionaries(texts, numbers, max_size=3), st.lists(lines, max_size=2).map(tuple),
    st.dictionaries(texts, texts, max_size=2),
)  # fmt: skip


@given(rules | records)
def test_what_is_written_reads_as_the_same_also_by_way_of_a_file(one: Rule | Kept) -> None:
    assert type(one).from_data(json.loads(json.dumps(one.to_data()))) == one


RULE = {"name": "规则", "count": 3, "points": "1.50", "weights": {"a": 1}}
KEPT = {
    "text": "a", "count": 1, "given": True, "points": "1", "shown": "91.50", "exact": "1.50", "total": None,
    "note": None, "marks": {"law": "20"},
}  # fmt: skip


def test_a_setting_is_read_as_people_type_it() -> None:
    typed = RULE | {"name": " 规则 ", "points": "１．５", "kind": "", "others": [{"key": "k", "zh": "名"}], "from": "x"}
    read = Rule.from_data(typed)
    assert (read.name, read.points, read.kind, read.off) == ("规则", Decimal("1.5"), "single", "x")
    assert read.others == (Kindly("k", "名", "名"),)


def test_what_a_setting_lacks_has_its_default_or_nothing_in_it() -> None:
    read = Rule.from_data({"weights": {}})
    assert (read.name, read.count, read.points, read.given, read.places) == ("", 0, Decimal(0), True, ())


def test_a_record_is_written_with_what_follows_and_without_empty_sections() -> None:
    data = Kept.from_data(KEPT).to_data()
    assert data == KEPT | {"exact": "1.5", "doubled": "2"}
    assert [*data] == ["text", "count", "given", "points", "doubled", *[*KEPT][4:]]


def test_a_record_passes_over_names_that_it_does_not_know() -> None:
    assert Kept.from_data(KEPT | {"doubled": "7", "later": []}) == Kept.from_data(KEPT)


@pytest.mark.parametrize(
    ("spoil", "problems"),
    [
        ({"name": 5}, [("setting_not_text", "name")]),
        ({"name": "x" * 501}, [("setting_not_text", "name")]),
        ({"count": "3", "given": 1}, [("setting_not_whole", "count"), ("setting_not_a_flag", "given")]),
        ({"count": True}, [("setting_not_whole", "count")]),
        ({"points": 1.5}, [("setting_not_a_number", "points")]),
        ({"points": "NaN", "strange": 1}, [("unknown_setting", "strange"), ("setting_not_a_number", "points")]),
        ({"off": "x"}, [("unknown_setting", "off")]),
        ({"weights": ["a"]}, [("settings_malformed", "weights")]),
        ({"weights": {"a": "1", "b": None}}, [("setting_not_a_number", "weights.b")]),
        ({"first": []}, [("settings_malformed", "first")]),
        ({"first": {"points": "?"}}, [("setting_not_a_number", "first.points")]),
        ({"others": "ab"}, [("settings_malformed", "others")]),
        ({"others": [{"key": 1}, None]}, [("setting_not_text", "others.0.key"), ("settings_malformed", "others.1")]),
        ({"listed": [{"x": 1}]}, [("unknown_setting", "listed.0.x")]),
        ({"places": [1, "2"]}, [("setting_not_whole", "places.1")]),
        ({"count": -1}, [("count_negative", "count")]),
    ],
)  # fmt: skip
def test_every_problem_of_a_setting_has_its_place(spoil: dict[str, Any], problems: list[tuple[str, str]]) -> None:
    assert found(lambda: Rule.from_data(RULE | spoil)) == problems


def found(attempt: Callable[[], object]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in problems_of(attempt)]


def test_a_mapping_without_a_default_is_needed() -> None:
    assert found(lambda: Rule.from_data({})) == [("settings_malformed", "weights")]


@pytest.mark.parametrize("data", [None, [], "ab", 5])
def test_what_is_no_mapping_is_malformed(data: object) -> None:
    assert found(lambda: Rule.from_data(data)) == [("settings_malformed", "")]
    assert found(lambda: Kept.from_data(data)) == [("explanation_malformed", "")]


@pytest.mark.parametrize("data", [None, {}, "ab", 5])
def test_what_is_no_list_is_malformed(data: object) -> None:
    assert found(lambda: Kindlies.from_data(data)) == [("settings_malformed", "")]


@pytest.mark.parametrize(
    ("spoil", "places"),
    [
        ({"text": 5, "count": "1"}, ["text", "count"]),
        ({"count": True, "given": 1}, ["count", "given"]),
        ({"points": 1, "shown": "1e5", "exact": "1/0"}, ["points", "shown", "exact"]),
        ({"total": "ten", "note": 5}, ["total", "note"]),
        ({"marks": {"law": "20", "facts": 3}}, ["marks.facts"]),
        ({"marks": []}, ["marks"]),
        ({"lines": [{"seat": "1", "exact": "1/3", "found": {"a": "b"}}]}, ["lines.0.found.a"]),
        ({"lines": [{"seat": "1", "exact": 3}, 5]}, ["lines.0.exact", "lines.0.found", "lines.1"]),
        ({"lines": {}}, ["lines"]),
        ({"more": {"a": 1}}, ["more.a"]),
    ],
)
def test_every_problem_of_a_record_has_its_place(spoil: dict[str, Any], places: list[str]) -> None:
    assert found(lambda: Kept.from_data(KEPT | spoil)) == [("explanation_malformed", place) for place in places]


@pytest.mark.parametrize("name", KEPT)
def test_all_of_a_record_has_to_be_there(name: str) -> None:
    assert found(lambda: Kept.from_data({key: value for key, value in KEPT.items() if key != name})) == [
        ("explanation_malformed", name)
    ]


def test_a_key_that_one_before_has_is_told_beside_all_else() -> None:
    data = [{"key": "a", "zh": "甲"}, {"key": 5}, {"key": "a", "zh": "乙"}]
    assert problems_of(lambda: read_named("clock_key_twice", data, Kindly.from_data)) == (
        Problem("setting_not_text", "1.key"),
        Problem("clock_key_twice", "2.key", {"key": "a"}),
    )


def test_a_type_that_nothing_can_read_is_a_fault_of_the_class() -> None:
    @dataclass(frozen=True)
    class Odd(Setting):
        what: float

    with pytest.raises(TypeError):
        Odd.from_data({})


CLASSES: dict[str, Any] = {
    one.__name__: one
    for one in (
        awards.Award, bonus.SpeedBonus, checklist.Checklist, checklist.Defect, checklist.Item, clocks.Clock,
        composite.OfficeRule, composite.Weighting, panel.PanelRules, penalties.OvertimeRule, rereview.RereviewRules,
        reviewers.ReviewerRules, rubric.Criterion, rubric.Rubric, rulings.Cap, listed.Listed, rulings.VoidGround,
        severity.SeverityRules, spot_check.SpotCheckRule, SentInOnly,
    )
}  # fmt: skip
READERS: dict[str, Callable[[Any], Any]] = {name: one.from_data for name, one in CLASSES.items()} | {
    "clocks": clocks.read_clocks,
    "caps": partial(rulings.read_rulings, read_one=rulings.Cap.from_data),
}


def written(made: Any) -> str:
    data = [one.to_data() for one in made] if isinstance(made, tuple) else made.to_data()
    return json.dumps(data, ensure_ascii=False)


def outcome(read: Callable[[Any], Any], data: object) -> object:
    try:
        return written(read(data))
    except Refused as refused:
        return [[p.code, p.field, dict(p.figures)] for p in refused.problems]


@pytest.mark.parametrize("case", BEFORE, ids=lambda case: case["class"])
def test_data_of_earlier_releases_reads_and_is_written_byte_for_byte_as_before(case: dict[str, Any]) -> None:
    """What the release before the declared reader made of these data: the log's fingerprints are over such bytes."""
    if case["class"] == "Explanation":
        assert written(Explanation.from_data(json.loads(case["written"]))) == case["written"]
    elif case["class"] == "defaults":
        key, start = case["data"]
        (begun,) = [one for one in formats.get(key).all_starts if one.key == start]
        assert json.dumps(begun.settings(), ensure_ascii=False) == case["written"]
    else:
        read = READERS.get(case["class"]) or partial(OverallRules.from_data, events=case.get("events"))
        assert outcome(read, case["data"]) == case.get("written", case.get("refused"))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | st.just("1.5"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def spoilt(data: Any, choose: st.DataObject, by: object) -> Any:
    """The data with something in it replaced, wherever it stands."""
    if not isinstance(data, dict | list) or not data or choose.draw(st.integers(0, 3)) == 0:
        return by
    place = choose.draw(st.sampled_from([*data] if isinstance(data, dict) else range(len(data))))
    changed = dict(data) if isinstance(data, dict) else list(data)
    changed[place] = spoilt(data[place], choose, by)
    return changed


WRITTEN = [(case["class"], json.loads(case["written"])) for case in BEFORE if "written" in case]
SPOILABLE = [(name, data) for name, data in WRITTEN if name in READERS or name == "Explanation"]


@given(st.data(), st.sampled_from(SPOILABLE), anything)
def test_whatever_is_edited_by_hand_is_read_or_refused_and_never_a_fault(
    choose: st.DataObject, case: tuple[str, Any], by: object
) -> None:
    name, data = case
    read = READERS.get(name, Explanation.from_data)
    outcome(read, spoilt(data, choose, by))
