"""Writes docs/security.md from the rows in docs/security/: what a requirement is about, and which test answers it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER, PAGE = ROOT / "docs" / "security", ROOT / "docs" / "security.md"
STATES = ("holds", "holds if chosen", "partly", "not held", "does not apply")
HEAD = """# Requirements of security, and what answers each

Each row says in a few words what a requirement is about, whether it holds, and by which tests; where it does not hold,
or only in part, it says why. “Holds if chosen” is what an office switches on: TLS, a password policy, its desks.
[safeguards.md](safeguards.md) has the decisions behind the rows: ways in, limits, keys, data, logs. The words are this
project's own; the standards' text counts. The rows stand in `docs/security/`, this page is made by `./dev security`,
and a test compares both.

"""
TABLES = {
    "asvs.csv": (
        "OWASP ASVS 5.0, levels 1 and 2",
        "All rows of OWASP's Application Security Verification Standard 5.0 of these levels, by its numbers.",
    ),
    "dengbao.csv": (
        "等保 2.0, level three: what of it is about an application",
        "GB/T 22239-2019, level three, secure computing environment (8.1.4), as far as an application can answer it. "
        "Network, rooms, people and operations are the office's own.",
    ),
}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table: {"id", "level", "about", "state", "tests", "why"}, tests separated by blanks."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def page() -> str:
    """The whole page."""
    return HEAD + "\n".join(_table(name, *about) for name, about in TABLES.items())


def _table(name: str, title: str, said: str) -> str:
    found = rows(name)
    counted = Counter(row["state"] for row in found)
    sums = ", ".join(f"{counted[state]} {state}" for state in STATES)
    lines = [f"## {title}\n", f"{said}\n", f"{len(found)} rows: {sums}.\n"]
    lines += ["| | level | about | state | answered by |", "|---|---|---|---|---|"]
    return "\n".join(lines + [_line(row) for row in found]) + "\n"


def _line(row: dict[str, str]) -> str:
    tests = [f"`{one}`" for one in row["tests"].split()]
    said = " ".join([row["why"], *tests]).strip()
    return f"| {row['id']} | {row['level']} | {row['about']} | {row['state']} | {said} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
