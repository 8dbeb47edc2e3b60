"""What is different between two versions of settings, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from scoring.organizers.setting_up.fields import as_shown
from scoring.organizers.setting_up.specs import DEFECTS, SPECS, STAGE_SCRIPT, STEPS, TABLES, Spec, Table


@dataclass(frozen=True)
class Change:
    """One setting before and after, as people read it."""

    label: str
    before: str
    after: str


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every difference, in the order of the settings."""
    names = [*before, *(name for name in after if name not in before)]
    return [change for name in names for change in _changes(name, before.get(name), after.get(name))]


def _changes(name: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if name == "ties":
        yield Change(gettext("Tie steps"), _chain(before), _chain(after))
    elif name in TABLES:
        table = STAGE_SCRIPT if name == "clocks" else TABLES[name]  # only a debate's can differ in what it adds
        yield from _rows(table, str(table.title), before or [], after or [])
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            inside = f"{name}.{key}"
            yield from (_changes if inside in TABLES else _single)(inside, before.get(key), after.get(key))
    else:
        yield from _single(name, before, after)


def _single(path: str, before: Any, after: Any) -> Iterator[Change]:
    if before != after:
        spec = SPECS.get(path, Spec("text", path))
        yield Change(str(spec.label), _words(spec, before), _words(spec, after))


def _words(spec: Spec, value: Any) -> str:
    return "—" if value is None else as_shown(spec, value, spec.choices)


def _chain(steps: Any) -> str:
    return " → ".join(str(STEPS.get(step, step)) for step in steps or [])


def _rows(table: Table, title: str, before: list[Any], after: list[Any]) -> Iterator[Change]:
    old, new = ({row["key"]: row for row in rows} for rows in (before, after))
    for key in {**old, **new}:
        called = f"{title} · {(old.get(key) or new[key]).get('zh', key)}"
        if key not in new or key not in old:
            yield Change(called, gettext("there") if key in old else "—", gettext("there") if key in new else "—")
            continue
        for name, spec in table.columns.items():
            if old[key].get(name) != new[key].get(name):
                label = f"{called} · {spec.label}"
                yield Change(label, _words(spec, old[key].get(name)), _words(spec, new[key].get(name)))
        if "defects" in table.fresh:
            yield from _rows(DEFECTS, called, old[key]["defects"], new[key]["defects"])
    if list(old) != list(new) and set(old) == set(new):
        yield Change(title, *(" → ".join(row.get("zh", "") for row in rows.values()) for rows in (old, new)))
