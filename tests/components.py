"""Writes docs/components.json: the Python parts that requirements.txt installs, with their licences, by CycloneDX."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FILE, LOCK = ROOT / "docs" / "components.json", ROOT / "requirements.txt"
#: What differs from machine to machine and says nothing of a part.
LOCAL = ("externalReferences", "properties", "evidence")


def locked() -> set[str]:
    """The names in the lock file, as they are compared."""
    return {plainly(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", LOCK.read_text(), re.M)}


def plainly(name: str) -> str:
    """A part's name without what spellings differ in."""
    return re.sub(r"[-_.]+", "-", name).lower()


def listed() -> dict[str, Any]:
    """The list as CycloneDX makes it of this environment, of the locked parts alone."""
    tool = [str(Path(sys.executable).with_name("cyclonedx-py")), "environment", "--output-reproducible", sys.executable]
    made = json.loads(subprocess.run(tool, capture_output=True, check=True).stdout)
    parts = [one for one in made["components"] if plainly(one["name"]) in locked()]
    bare = [{key: said for key, said in one.items() if key not in LOCAL} for one in parts]
    kept = {key: made[key] for key in ("bomFormat", "specVersion", "version")}
    return kept | {"components": sorted(bare, key=lambda one: plainly(one["name"]))}


if __name__ == "__main__":
    FILE.write_text(json.dumps(listed(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
