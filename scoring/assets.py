"""The browser's files: third-party parts copied under static/vendor, and addresses that change with the content."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from scoring.config import ROOT

STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
PARTS = {
    "socket.io-client": "node_modules/socket.io-client/dist/socket.io.esm.min.js",
    "idiomorph": "node_modules/idiomorph/dist/idiomorph.esm.js",
}
SHRINKS = {".js", ".css", ".svg"}


def collect() -> None:
    """Copy the third-party parts from node_modules to static/vendor."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in PARTS.items():
        shutil.copy(ROOT / source, VENDOR / f"{name}.js")


def files() -> list[Path]:
    """All files under static that browsers may ask for."""
    return sorted(file for file in STATIC.rglob("*") if file.is_file() and not file.name.startswith("."))


def tree_hash() -> str:
    """A short hash over all files, so that a changed tree has new addresses and an old copy is never used."""
    digest = hashlib.sha256()
    for file in files():
        digest.update(str(file.relative_to(STATIC)).encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def lay_out(folder: Path) -> None:
    """Copy the tree into the folder with compressed twins; done aside first, so that it is whole or not there."""
    aside = Path(tempfile.mkdtemp(dir=folder.parent))
    for file in files():
        copy = aside / file.relative_to(STATIC)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
        if file.suffix in SHRINKS:
            copy.with_name(copy.name + ".br").write_bytes(brotli.compress(file.read_bytes()))
            copy.with_name(copy.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), mtime=0))
    try:
        aside.rename(folder)
    except OSError:  # another process was quicker with the same content
        shutil.rmtree(aside)


def serve_static(app: Flask) -> None:
    """Serve static/ under its hash, kept for good by browsers; templates get asset() and import_map."""
    name = tree_hash()
    laid = Path(app.config["INSTANCE"]) / "static" / name
    laid.parent.mkdir(parents=True, exist_ok=True)
    if not laid.exists():
        lay_out(laid)
    prefix = f"/static/{name}"
    noise = WhiteNoise(app.wsgi_app, immutable_file_test=lambda path, url: True)
    noise.add_files(str(laid), prefix=prefix)
    app.wsgi_app = noise  # type: ignore[method-assign]
    imports = {name: f"{prefix}/vendor/{name}.js" for name in PARTS} | {"live": f"{prefix}/live.js"}
    import_map = json.dumps({"imports": imports}, separators=(",", ":"))
    digest = base64.b64encode(hashlib.sha256(import_map.encode()).digest()).decode()
    app.config["IMPORT_MAP_SOURCE"] = f"'sha256-{digest}'"
    app.jinja_env.globals.update(asset=lambda path: f"{prefix}/{path}", import_map=import_map)
