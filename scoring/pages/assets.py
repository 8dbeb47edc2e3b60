"""The browser's files: third-party parts copied under static/vendor, and addresses that change with the content.

Scripts import each other by relative addresses, which stay right under any prefix: an import map would shut out the
browsers that know modules but no maps.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import tempfile
from pathlib import Path
from wsgiref.headers import Headers

import brotli
import lightningcss
from flask import Flask
from whitenoise import WhiteNoise

from scoring.config import ROOT

STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
PARTS = {
    "socket.io-client": "node_modules/socket.io-client/dist/socket.io.esm.min.js",
    "idiomorph": "node_modules/idiomorph/dist/idiomorph.esm.js",
    # The legacy build runs on tablets a few years old.
    "pdfjs-dist": "node_modules/pdfjs-dist/legacy/build/pdf.min.mjs",
    "pdfjs-worker": "node_modules/pdfjs-dist/legacy/build/pdf.worker.min.mjs",
    # The last one that browsers can read which know no class with a static block: Chromium 86 to 93, Safari 14 to 16.3.
    "pdfjs-older": "node_modules/pdfjs-for-old-browsers/legacy/build/pdf.min.js",
    "pdfjs-older-worker": "node_modules/pdfjs-for-old-browsers/legacy/build/pdf.worker.min.js",
}
FOLDERS = {
    "pdfjs/cmaps": ("node_modules/pdfjs-dist/cmaps", "*.bcmap"),
    "pdfjs/fonts": ("node_modules/pdfjs-dist/standard_fonts", "*.[pt][ft][bf]"),
    "pdfjs/wasm": ("node_modules/pdfjs-dist/wasm", "*.wasm"),
}
"""Character tables and fonts of PDFs that bring none, and the decoders of scanned pages."""
WORKERS = ("pdfjs-worker", "pdfjs-older-worker")
WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
SHRINKS = {".js", ".css", ".svg"}
#: The oldest browsers that style sheets are written down for: nesting, :is(), inset and the like become what they know.
OLDEST = ["chrome 86", "safari 14"]
#: All but the one that static/base.css makes --dvh of, which is a vh where dvh is not known.
_VIEWPORT = re.compile(r"\b(\d\d+)dvh\b")


def collect() -> None:
    """Copy the third-party parts from node_modules to static/vendor."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in PARTS.items():
        copy = VENDOR / f"{name}.js"
        shutil.copy(ROOT / source, copy)
        compress(copy)
    for name, (source, pattern) in FOLDERS.items():
        (VENDOR / name).mkdir(parents=True, exist_ok=True)
        for file in (ROOT / source).glob(pattern):
            shutil.copy(file, VENDOR / name / file.name)


def compress(file: Path) -> None:
    """Put the compressed twins beside a file."""
    file.with_name(file.name + ".br").write_bytes(brotli.compress(file.read_bytes()))
    file.with_name(file.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), mtime=0))


def written_down(style: str) -> str:
    """A style sheet in words that the oldest browsers know; what they lack altogether they leave out by themselves."""
    measured = _VIEWPORT.sub(r"calc(\1 * var(--dvh))", style)
    nests = lightningcss.calc_parser_flags(nesting=True)
    return lightningcss.process_stylesheet(measured, parser_flags=nests, browsers_list=OLDEST)


def files() -> list[Path]:
    """All files under static that browsers may ask for."""
    return sorted(file for file in STATIC.rglob("*") if file.is_file() and not file.name.startswith("."))


def tree_hash() -> str:
    """A short hash over all files, so that a changed tree has new addresses and an old copy is never used."""
    digest = hashlib.sha256(Path(__file__).read_bytes())  # what is done to them counts as well
    for file in files():
        digest.update(str(file.relative_to(STATIC)).encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def lay_out(folder: Path) -> None:
    """Copy the tree into the folder, its style sheets written down for old browsers, with compressed twins.

    Done aside first, so that it is whole or not there.
    """
    aside = Path(tempfile.mkdtemp(dir=folder.parent))
    for file in files():
        copy = aside / file.relative_to(STATIC)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
        if file.suffix == ".css":
            copy.write_text(written_down(file.read_text()))
        if file.suffix in SHRINKS and not file.with_name(file.name + ".br").exists():
            compress(copy)  # those of third parties are compressed once, when they are collected
    try:
        aside.rename(folder)
    except OSError:  # another process was quicker with the same content
        shutil.rmtree(aside)


def _guard(headers: Headers, path: str, url: str) -> None:
    """No file is taken for another kind than it is, nor read by pages of other servers.

    A worker has the policy of its own file: it decodes scanned pages with WebAssembly, and may do nothing else.
    """
    headers["X-Content-Type-Options"] = "nosniff"
    if url.endswith(tuple(f"/vendor/{worker}.js" for worker in WORKERS)):
        headers["Content-Security-Policy"] = WORKER_POLICY


def serve_static(app: Flask) -> None:
    """Serve static/ under its hash, kept for good by browsers; templates get asset() and the hash as version."""
    name = tree_hash()
    laid = Path(app.config["INSTANCE"]) / "static" / name
    laid.parent.mkdir(parents=True, exist_ok=True)
    if not laid.exists():
        lay_out(laid)
    prefix = f"/static/{name}"
    noise = WhiteNoise(
        app.wsgi_app,
        immutable_file_test=lambda path, url: True,
        add_headers_function=_guard,
        allow_all_origins=False,
    )
    noise.add_files(str(laid), prefix=prefix)
    app.wsgi_app = noise  # type: ignore[method-assign]
    app.config["PAGE_VERSION"] = name
    app.jinja_env.globals.update(asset=lambda path: f"{prefix}/{path}", page_version=name)
