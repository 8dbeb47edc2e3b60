"""Deltas: snapshot and patch make the next snapshot, whatever they hold, in Python and in the browser's script."""

from __future__ import annotations

import copy
import json
import subprocess
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scoring.live.deltas import difference, patched
from tests.conftest import ROOT

LEAVES = st.none() | st.booleans() | st.integers(-9, 9) | st.text("评分ab.", max_size=3)
KEYS = st.sampled_from(["id", "turn", "name", "rows", "runs", "set", "in", "gone", "0", "a.b"])
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=25
)
SNAPSHOTS = st.dictionaries(KEYS, VALUES, max_size=6)
#: Rows as a leaderboard has them: they come, go, change and change places.
ROWS = st.lists(
    st.fixed_dictionaries({"turn": st.integers(0, 9), "rank": st.integers(1, 3), "shown": VALUES}),
    max_size=9,
    unique_by=lambda row: str(row["turn"]),
)


def carried(value: Any) -> Any:
    """As it arrives after the wire."""
    return json.loads(json.dumps(value))


@given(SNAPSHOTS, SNAPSHOTS)
def test_a_snapshot_and_its_patch_make_the_next_snapshot(before: dict[str, Any], after: dict[str, Any]) -> None:
    kept = copy.deepcopy(before)
    assert patched(before, carried(difference(before, after))) == after
    assert before == kept


@given(ROWS, ROWS)
def test_rows_that_come_go_change_and_change_places_arrive(before: list[Any], after: list[Any]) -> None:
    patch = difference({"rows": before}, {"rows": after})
    assert patched({"rows": before}, carried(patch)) == {"rows": after}


@given(st.lists(SNAPSHOTS, min_size=2, max_size=6))
def test_patch_after_patch_leads_to_the_last_snapshot(snapshots: list[dict[str, Any]]) -> None:
    shown = snapshots[0]
    for before, after in pairwise(snapshots):
        shown = patched(shown, carried(difference(before, after)))
    assert shown == snapshots[-1]


@given(SNAPSHOTS)
def test_there_is_no_patch_where_nothing_changed(snapshot: dict[str, Any]) -> None:
    assert difference(snapshot, copy.deepcopy(snapshot)) == {}


def row(turn: int, rank: int) -> dict[str, Any]:
    return {"turn": turn, "name": f"No. {turn}", "rank": rank}


def test_a_new_row_in_the_middle_sends_itself_and_the_ranks_that_it_moved() -> None:
    before = {"revision": 1, "rows": [row(5, 1), row(3, 2), row(8, 3)]}
    after = {"revision": 2, "rows": [row(5, 1), row(7, 2), row(3, 3), row(8, 4)]}
    assert difference(before, after) == {
        "set": {"revision": 2},
        "in": {
            "rows": {
                "runs": [[0, 1], 1, [1, 2]],
                "set": {"1": row(7, 2)},
                "in": {"2": {"set": {"rank": 3}}, "3": {"set": {"rank": 4}}},
            }
        },
    }


def test_a_count_that_moved_sends_the_count() -> None:
    before = {"now": {"turn": 5, "submitted": 3, "clock": None}, "next": None}
    after = {"now": {"turn": 5, "submitted": 4, "clock": None}, "next": None}
    assert difference(before, after) == {"in": {"now": {"set": {"submitted": 4}}}}


SCRIPT = """
import { patched } from "./static/patches.js";
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const cases = JSON.parse(Buffer.concat(chunks));
process.stdout.write(JSON.stringify(cases.map(([before, patch]) => patched(before, patch))));
"""


def test_the_browsers_script_makes_the_same_of_a_patch() -> None:
    cases: list[Any] = []

    @given(SNAPSHOTS, SNAPSHOTS, ROWS, ROWS)
    def gather(before: Any, after: Any, rows: Any, next_rows: Any) -> None:
        cases.append((before | {"list": rows}, after | {"list": next_rows}))

    gather()
    sent = json.dumps([[before, difference(before, after)] for before, after in cases])
    command = ["node", "--input-type=module", "--eval", SCRIPT]
    answer = subprocess.run(command, input=sent, capture_output=True, text=True, check=True, cwd=ROOT)
    assert json.loads(answer.stdout) == [after for _, after in cases]
