"""What a form of settings shows: each field with its value, default, explanation and, after a refusal, its problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from scoring import wording
from scoring.organizers.setting_up.specs import (
    CHOICE,
    DEFECTS,
    FLAG,
    LINES,
    LONG,
    MANY,
    SPECS,
    TIME,
    Spec,
    Table,
    table_of,
)
from scoring.pages.language import chosen
from scoring.rules.figures import plain, read_decimal, sum_of
from scoring.rules.numbers import whole_number
from scoring.rules.refusal import Problem

TIME_WRONG = _l("Please enter minutes and seconds such as 6:30.")


@dataclass(frozen=True)
class FieldView:
    """One input as the template draws it."""

    path: str
    spec: Spec
    value: str
    checked: bool = False
    chosen: tuple[str, ...] = ()
    choices: Mapping[str, Any] = field(default_factory=dict)
    default: str = ""
    problem: str = ""

    @property
    def folded(self) -> bool:
        """Whether it is seldom wanted in a row, so that the row fits on a line: hints, and the other language's name.

        Whoever reads English sees the names as English screens show them.
        """
        return self.spec.kind == LONG or self.path.endswith(".zh" if chosen() == "en" else ".en")


@dataclass(frozen=True)
class RowView:
    """One row of a table with its inputs; `label` names it for those who do not see the table."""

    path: str
    label: str
    fields: tuple[FieldView, ...]
    hidden: tuple[tuple[str, str], ...]
    inner: TableView | None = None


@dataclass(frozen=True)
class TableView:
    """A table of rows, with the sum of its maxima where it has any."""

    path: str
    table: Table
    rows: tuple[RowView, ...]
    whole: str = ""
    problem: str = ""


class SettingsView:
    """Settings as fields; `problems` are those of the last refusal, `defaults` what the format starts from."""

    def __init__(
        self, settings: Mapping[str, Any], defaults: Mapping[str, Any], problems: tuple[Problem, ...] = ()
    ) -> None:
        """Keep the sentence of every problem by its place."""
        self.settings, self.defaults = settings, defaults
        self.problems = {problem.field: problem for problem in reversed(problems)}
        self.shown: set[str] = set()

    def has(self, path: str) -> bool:
        """Whether the settings have this field."""
        return at(self.settings, path) is not None

    def field(self, path: str, choices: Mapping[str, Any] | None = None) -> FieldView:
        """A single field by its place."""
        spec, value, before = SPECS[path], at(self.settings, path), at(self.defaults, path)
        offered = choices or spec.choices
        return self._view(path, spec, value, offered, "" if before is None else as_shown(spec, before, offered))

    def _view(self, path: str, spec: Spec, value: Any, choices: Mapping[str, Any], default: str = "") -> FieldView:
        chosen = tuple(value) if spec.kind == MANY and isinstance(value, list) else ()
        checked = spec.kind == FLAG and value is True
        typed = as_typed(spec, value)
        return FieldView(path, spec, typed, checked, chosen, choices, default, self.problem(path, spec))

    def problem(self, path: str, spec: Spec | None = None) -> str:
        """The sentence for what is wrong at this place, "" for nothing; a list of lines speaks for each of them."""
        self.shown.add(path)
        found = self.problems.get(path)
        if found is None and spec is not None and spec.kind in (LINES, MANY):
            inside = [name for name in self.problems if name.startswith(f"{path}.")]
            self.shown |= set(inside)
            found = self.problems[inside[0]] if inside else None
        if found is None:
            return ""
        timed = spec is not None and spec.kind == TIME and found.code == "setting_not_whole"
        return str(TIME_WRONG) if timed else wording.sentence(found)

    def table(self, path: str) -> TableView:
        """A table by its place, such as "rubric" or "checklist.0.defects"."""
        table = DEFECTS if path.endswith(".defects") else table_of(path, self.settings)
        rows = at(self.settings, path) or []
        views = tuple(self._row(f"{path}.{place}", table, row) for place, row in enumerate(rows))
        return TableView(path, table, views, whole(rows), self.problem(path) or self._problem_of_keys(path, rows))

    def _row(self, path: str, table: Table, row: Mapping[str, Any]) -> RowView:
        fields = tuple(
            self._view(f"{path}.{name}", spec, row.get(name), self._offered(name, spec))
            for name, spec in table.columns.items()
        )
        hidden = tuple((f"{path}.{name}", str(row.get(name, ""))) for name in table.hidden)
        inner = self.table(f"{path}.defects") if "defects" in table.fresh else None
        named = sorted(("zh", "en"), key=lambda language: language != chosen())
        label = next((str(row[name]) for name in named if row.get(name)), gettext("new"))
        return RowView(path, label, fields, hidden, inner)

    def _offered(self, name: str, spec: Spec) -> Mapping[str, Any]:
        """What a column chooses from; whom something of the list can hit, only as far as the format has any of it."""
        here = {row["hits"] for row in self.defaults.get("penalties", ())} if name == "hits" else ()
        return {key: said for key, said in spec.choices.items() if key in here} or spec.choices or self._criteria(spec)

    def _criteria(self, spec: Spec) -> Mapping[str, str]:
        """What a choice that is not fixed chooses from: the criteria of the sheet."""
        rows = at(self.settings, "rubric") or [] if spec.kind == CHOICE else []
        return {str(row.get("key", "")): str(row.get(chosen()) or row.get("zh", "")) for row in rows}

    def _problem_of_keys(self, path: str, rows: list[Any]) -> str:
        """What is wrong with something in a row that the page does not show, such as its key."""
        return next((said for place in range(len(rows)) if (said := self.problem(f"{path}.{place}.key"))), "")

    def others(self) -> list[str]:
        """The sentences of the problems that stand beside no field; ask last."""
        return [wording.sentence(problem) for place, problem in self.problems.items() if place not in self.shown]


def is_row(part: str, rows: Sequence[Any]) -> bool:
    """Whether this part of a path names one of the rows, the first of which is 0."""
    place = whole_number(part)
    return place is not None and place < len(rows)


def at(settings: Any, path: str) -> Any:
    """What stands at this place of the settings, None where there is nothing."""
    found = settings
    for part in path.split("."):
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, list) and is_row(part, found):
            found = found[int(part)]
        else:
            return None
    return found


def as_typed(spec: Spec, value: Any) -> str:
    """The value as a person would type it."""
    if value is None:
        return ""
    if spec.kind == TIME and isinstance(value, int):
        return f"{value // 60}:{value % 60:02d}"
    if spec.kind == LINES and isinstance(value, list):
        return "\n".join(str(line) for line in value)
    return str(value)


def as_shown(spec: Spec, value: Any, choices: Mapping[str, Any]) -> str:
    """The value in words, for a default or a list of changes."""
    if spec.kind == FLAG:
        return gettext("yes") if value else gettext("no")
    if spec.kind == MANY:
        return gettext(", ").join(str(choices.get(one, one)) for one in value) or gettext("none")
    if spec.kind == LINES:
        return " / ".join(value) or gettext("none")
    return str(choices.get(value, value)) if spec.kind == CHOICE else as_typed(spec, value)


def whole(rows: Any) -> str:
    """The sum of the rows' maxima in points; "" where there are none or one of them is no number yet."""
    try:
        return plain(sum_of(read_decimal(row["maximum"]) for row in rows)) if rows else ""
    except (KeyError, TypeError, ValueError):
        return ""
