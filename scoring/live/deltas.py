"""What changed between two snapshots, small enough for a thousand phones; see docs/live-protocol.md, "Deltas".

Pure: values are JSON's (dict, list, str, int, float, bool, None), and nothing that is given is changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Json = Any
Patch = dict[str, Any]

#: What tells the items of a list apart wherever they stand in it.
NAMES = frozenset({"id", "turn", "contestant", "seat", "room", "key", "part", "side", "round"})
_NAMING = (str, int)


def difference(before: Mapping[str, Json], after: Mapping[str, Json]) -> Patch:
    """The patch that makes `after` of `before`; {} where they are equal."""
    patch: Patch = {}
    for key, value in after.items():
        if key not in before or (before[key] is not value and before[key] != value):
            _note(patch, key, before.get(key), value)
    gone = [key for key in before if key not in after]
    return patch | ({"gone": gone} if gone else {})


def patched(before: Json, patch: Patch) -> Json:
    """What the patch makes of `before`, a new dict or list."""
    if isinstance(before, list):
        after: Any = _moved(before, patch["runs"]) if "runs" in patch else list(before)
        place: Any = int
    else:
        after = {key: value for key, value in before.items() if key not in patch.get("gone", ())}
        place = str
    for key, value in patch.get("set", {}).items():
        after[place(key)] = value
    for key, inner in patch.get("in", {}).items():
        after[place(key)] = patched(after[place(key)], inner)
    return after


def _note(patch: Patch, key: str, old: Json, new: Json) -> None:
    """Add to the patch that `key` is `new` and was `old`."""
    inner = _inner(old, new)
    if inner is None:
        patch.setdefault("set", {})[key] = new
    else:
        patch.setdefault("in", {})[key] = inner


def _inner(old: Json, new: Json) -> Patch | None:
    """The patch from one value to the other; None where the new one is sent whole."""
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        return difference(old, new)
    if isinstance(old, list) and isinstance(new, list) and old and new:
        return _of_lists(old, new)
    return None


def _of_lists(old: list[Json], new: list[Json]) -> Patch | None:
    origins = _origins(old, new)
    if origins is None:
        return None
    patch: Patch = {}
    if list(origins) != list(range(len(old))):
        patch["runs"] = _runs(origins)
    for place, (origin, value) in enumerate(zip(origins, new, strict=True)):
        if origin is None:
            patch.setdefault("set", {})[str(place)] = value
        elif old[origin] is not value and old[origin] != value:
            _note(patch, str(place), old[origin], value)
    return patch


def _origins(old: list[Json], new: list[Json]) -> Sequence[int | None] | None:
    """Where each item of the new list stood in the old one, None for a new item; None if nothing tells them apart."""
    if len(old) == len(new) and all(
        one is other or _name(one) == _name(other) for one, other in zip(old, new, strict=True)
    ):
        return range(len(old))
    before, after = [_name(item) for item in old], [_name(item) for item in new]
    if _tell_apart(before) and _tell_apart(after):
        places = {name: place for place, name in enumerate(before)}
        return [places.get(name) for name in after]
    return range(len(old)) if len(old) == len(new) else None


def _name(item: Json) -> frozenset[tuple[str, Json]]:
    if not isinstance(item, dict):
        return frozenset()
    return frozenset([(key, item[key]) for key in item.keys() & NAMES if isinstance(item[key], _NAMING)])


def _tell_apart(names: Sequence[frozenset[tuple[str, Json]]]) -> bool:
    return all(names) and len(set(names)) == len(names)


def _runs(origins: Sequence[int | None]) -> list[Json]:
    """The new list from left to right: [where, how many] of the old one, or how many new items."""
    runs: list[Any] = []
    for origin in origins:
        last = runs[-1] if runs else None
        if origin is None:
            runs[-1:] = [last + 1] if isinstance(last, int) else [*runs[-1:], 1]
        elif isinstance(last, list) and origin == last[0] + last[1]:
            last[1] += 1
        else:
            runs.append([origin, 1])
    return runs


def _moved(before: list[Json], runs: Sequence[Json]) -> list[Json]:
    after: list[Json] = []
    for run in runs:
        after += [None] * run if isinstance(run, int) else before[run[0] : run[0] + run[1]]
    return after
