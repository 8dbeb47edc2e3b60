"""From a sent form to settings: names such as "rubric.2.maximum" become the lists that the rulebook reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from typing import Any

from werkzeug.datastructures import MultiDict

from scoring.organizers.setting_up.fields import is_row
from scoring.organizers.setting_up.specs import (
    DECIMAL,
    DEFECTS,
    FLAG,
    LINES,
    MANY,
    SPECS,
    TABLES,
    TIME,
    WHOLE,
    Spec,
    Table,
    table_of,
)
from scoring.rules.figures import plain, read_decimal
from scoring.rules.numbers import from_keyboard

Sent = MultiDict[str, str]
MOST_ROWS = 60
_CLOCK = re.compile(r"([0-9]{1,4})(?::([0-5]?[0-9]))?")


def read_settings(sent: Sent, settings: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The settings with those of these names replaced by what was sent; what no form asks for stays as it is.

    What cannot be read stays as it was typed, so that the rulebook refuses it at its place.
    """
    new = deepcopy(dict(settings))
    for name in names:
        if name in TABLES:
            new[name] = _rows(sent, name, table_of(name, new))
        elif name == "ties":
            new[name] = [sent[f"ties.{place}"] for place in _places(sent, "ties")]
        elif name == "stage_weights":
            new[name] = _weights(sent, new)
        elif isinstance(new[name], dict):
            new[name] |= {key: _inside(sent, f"{name}.{key}", was) for key, was in new[name].items()}
        elif name in SPECS:
            new[name] = _read(sent, name)
    return new


def _inside(sent: Sent, path: str, was: Any) -> Any:
    """What was sent for a part of a setting; a part that no form asks for stays as it was."""
    if path in TABLES:
        return _rows(sent, path, TABLES[path])
    asked = path in SPECS and (
        path in sent or SPECS[path].kind in (FLAG, MANY)
    )  # these send nothing where none is ticked
    return _read(sent, path) if asked else was


def _read(sent: Sent, path: str) -> Any:
    spec = SPECS[path]
    return sent.getlist(path) if spec.kind == MANY else convert(spec, sent.get(path))


def convert(spec: Spec, raw: str | None) -> Any:
    """What was typed as the setting's own kind; what cannot be read stays text."""
    text = (raw or "").strip()
    if spec.kind == FLAG:
        return raw is not None
    if spec.kind == LINES:
        return [line.strip() for line in text.splitlines() if line.strip()]
    read = {TIME: read_time, WHOLE: read_whole, DECIMAL: _read_decimal}.get(spec.kind)
    return read(text) if read else text


def read_whole(text: str) -> int | str:
    """A whole number of at most nine figures, full-width ones too; else the text."""
    figures = from_keyboard(text)
    return int(figures) if re.fullmatch(r"-?[0-9]{1,9}", figures) else text


def _read_decimal(text: str) -> str:
    try:
        return plain(read_decimal(text))
    except ValueError:
        return text


def read_time(text: str) -> int | str:
    """Whole seconds from minutes and seconds such as 6:30, or from whole minutes such as 6; else the text."""
    found = _CLOCK.fullmatch(from_keyboard(text))
    return int(found[1]) * 60 + int(found[2] or 0) if found else text


def _places(sent: Iterable[str], under: str) -> list[int]:
    """The places of the rows that were sent, in order; a form never has more rows than a page shows."""
    found = {re.match(rf"{re.escape(under)}\.([0-9]{{1,3}})(?:\.|$)", name) for name in sent}
    return sorted({int(match[1]) for match in found if match})[:MOST_ROWS]


def _rows(sent: Sent, under: str, table: Table) -> list[dict[str, Any]]:
    return [_row(sent, f"{under}.{place}", table) for place in _places(sent, under)]


def _row(sent: Sent, under: str, table: Table) -> dict[str, Any]:
    row: dict[str, Any] = {name: sent.get(f"{under}.{name}", "") for name in table.hidden}
    row |= {name: convert(spec, sent.get(f"{under}.{name}")) for name, spec in table.columns.items()}
    if "defects" in table.fresh:
        row["defects"] = _rows(sent, f"{under}.defects", DEFECTS)
    return both_named(row)


def both_named(row: dict[str, Any]) -> dict[str, Any]:
    """The row with the name of one language also where the other's is left empty: nobody has to know both."""
    if isinstance(row.get("zh"), str) and isinstance(row.get("en"), str):
        row |= {"zh": row["zh"] or row["en"], "en": row["en"] or row["zh"]}
    return row


def _weights(sent: Sent, settings: Mapping[str, Any]) -> dict[str, str]:
    """The weights of the stages that the side's sheet still has; an empty one is no stage."""
    keys = [row["key"] for row in settings.get("team_rubric", [])]
    return {key: text for key in keys if (text := sent.get(f"stage_weights.{key}", "").strip())}


def rearranged(settings: Mapping[str, Any], press: str) -> tuple[dict[str, Any], str]:
    """The settings after one press on add, remove, up or down, such as "up:rubric.2", and the row to look at then."""
    new = deepcopy(dict(settings))
    do, _, path = press.partition(":")
    if do == "add":
        return new, _add(new, path)
    under, _, place = path.rpartition(".")
    rows = _list_at(new, under)
    if rows is None or not is_row(place, rows):
        return new, ""
    at = int(place)
    if do == "remove":
        del rows[at]
        return new, ""
    to = at + (1 if do == "down" else -1)
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    return new, f"{under}.{to}"


def _add(settings: dict[str, Any], path: str) -> str:
    """Add a row, or with "ties=play_off" that step; answers its place."""
    under, _, step = path.partition("=")
    rows = _list_at(settings, under)
    if rows is None or len(rows) >= MOST_ROWS:
        return ""
    if step:
        rows.append(step)
    else:
        if under not in TABLES and not under.endswith(".defects"):
            return ""
        table = DEFECTS if under.endswith(".defects") else table_of(under, settings)
        if not table.fresh:
            return ""
        rows.append(_fresh(table, rows))
    return f"{under}.{len(rows) - 1}"


def _fresh(table: Table, rows: list[Any]) -> dict[str, Any]:
    taken = {row.get("key") for row in rows}
    key = next(f"added_{number}" for number in range(1, len(rows) + 2) if f"added_{number}" not in taken)
    row = deepcopy(dict(table.fresh)) | ({"key": key} if "key" in table.hidden else {})
    if "defects" in row:
        row["defects"] = [_fresh(DEFECTS, [])]
    return row


def _list_at(settings: Any, path: str) -> list[Any] | None:
    """The list of rows at this place, None where there is none."""
    found = settings
    for part in path.split("."):
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and is_row(part, found):
            found = found[int(part)]
        else:
            return None
    return found if isinstance(found, list) else None
