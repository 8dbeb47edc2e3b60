"""The fixed cast of the tests of checklists: a small one, sheets of it, and generated sheets of the full one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import strategies as st

from scoring.rules.checklist import Checklist, Defect, Item
from scoring.rules.formats.case_binding_checklist import CHECKLIST
from scoring.rules.inspection import Inspection, read_inspection

SMALL = Checklist(
    (
        Item("index", "目录", "Index", Decimal(5), (Defect("entry", "条目", "Entry", Decimal(2)),)),
        Item(
            "pages",
            "编页",
            "Pages",
            Decimal(3),
            (
                Defect("doubled", "重号", "Doubled", Decimal(1)),
                Defect("corner", "位置", "Corner", Decimal("0.5")),
            ),
        ),
    )
)
CLEAN = {"index.nothing_found": "1", "pages.nothing_found": "1"}


def inspected(**entries: str) -> Inspection:
    """The small checklist with these entries ("pages__doubled" for pages.doubled), nothing found elsewhere."""
    sheet = {name.replace("__", "."): entry for name, entry in entries.items()}
    said = {f"{item}.nothing_found": "1" for item in ("index", "pages") if not any(n.startswith(item) for n in sheet)}
    return read_inspection(SMALL, {**said, **sheet})


# Counts up to 12 reach every item's cap.
counts = st.integers(0, 12)
LINES = [f"{item.key}.{defect.key}" for item, defect in CHECKLIST.lines()]
sheets = st.fixed_dictionaries(dict.fromkeys(LINES, counts))


def filled(counted: Mapping[str, int]) -> Inspection:
    typed = {line: str(count) for line, count in counted.items() if count}
    for item in CHECKLIST.items:
        if not any(name.startswith(f"{item.key}.") for name in typed):
            typed[f"{item.key}.nothing_found"] = "1"
    return read_inspection(CHECKLIST, typed)
