"""Writes docs/components.json by CycloneDX: the parts of others that the server and the browser run, with licences.

The Python parts are those of requirements.txt, the browser's those of package-lock.json, both without what only tests
need.
"""

from __future__ import annotations

import base64
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
#: What packages bring along from others again, by folder of node_modules, with the licence that lies in it.
WITHIN = {
    "pdfjs-dist/standard_fonts/Liberation*": ("Liberation Sans", "OFL-1.1"),
    "pdfjs-dist/standard_fonts/Foxit*": ("Foxit fonts of PDFium", "BSD-3-Clause"),
    "pdfjs-dist/cmaps/*.bcmap": ("Adobe CMap resources", "BSD-3-Clause"),
    "pdfjs-dist/wasm/jbig2.wasm": ("JBIG2 decoder of PDFium", "BSD-3-Clause AND Apache-2.0"),
    "pdfjs-dist/wasm/openjpeg*": ("OpenJPEG", "BSD-2-Clause"),
    "pdfjs-dist/wasm/qcms*": ("qcms", "MIT AND BSD-3-Clause"),
}


def locked() -> set[str]:
    """The names in the lock file, as they are compared."""
    return {plainly(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", LOCK.read_text(), re.M)}


def plainly(name: str) -> str:
    """A part's name without what spellings differ in."""
    return re.sub(r"[-_.]+", "-", name).lower()


def listed() -> dict[str, Any]:
    """The list as CycloneDX makes it of this environment, of the locked parts alone, and the browser's beside it."""
    tool = [str(Path(sys.executable).with_name("cyclonedx-py")), "environment", "--output-reproducible", sys.executable]
    made = json.loads(subprocess.run(tool, capture_output=True, check=True).stdout)
    python = [one for one in made["components"] if plainly(one["name"]) in locked()]
    parts = [*map(_bare, python), *_of_the_browser(), *_brought_along()]
    kept = {key: made[key] for key in ("bomFormat", "specVersion", "version")}
    return kept | {"components": sorted(parts, key=lambda one: (plainly(one["name"]), one["version"]))}


def browser_parts() -> dict[str, dict[str, Any]]:
    """What package-lock.json installs for the browser, by its folder; the list that npm makes leaves half of it out."""
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    needed = {path: one for path, one in packages.items() if path and not one.get("dev") and not one.get("optional")}
    return {path.rpartition("node_modules/")[2]: one for path, one in needed.items()}


def _of_the_browser() -> list[dict[str, Any]]:
    """Each with the licence that the lock file names, else the package itself."""
    return [
        {
            "bom-ref": f"{folder}@{one['version']}",
            "type": "library",
            "name": folder,
            "version": one["version"],
            "purl": f"pkg:npm/{one.get('name', folder).replace('@', '%40')}@{one['version']}",
            "hashes": [{"alg": "SHA-512", "content": base64.b64decode(one["integrity"].partition("-")[2]).hex()}],
            "licenses": [{"license": {"id": one.get("license") or _said_by_itself(folder)}}],
        }
        for folder, one in browser_parts().items()
    ]


def _said_by_itself(folder: str) -> str:
    said = json.loads((ROOT / "node_modules" / folder / "package.json").read_text())
    return str(said["licenses"][0]["type"])


def _brought_along() -> list[dict[str, Any]]:
    version = browser_parts()["pdfjs-dist"]["version"]
    return [
        {"type": "file", "name": name, "version": version, "description": files, "licenses": [{"expression": licence}]}
        for files, (name, licence) in WITHIN.items()
    ]


def _bare(part: dict[str, Any]) -> dict[str, Any]:
    return {key: said for key, said in part.items() if key not in LOCAL}


if __name__ == "__main__":
    FILE.write_text(json.dumps(listed(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
