"""The files behind documents and photos, each kept under its SHA-256; one that is not the same any more stays here."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, select

from scoring.rules.refusal import Refused
from scoring.store.belonging import rows_of
from scoring.store.covered import Each
from scoring.store.documents import Document
from scoring.store.photos import Photo

#: Bytes that are worked through at once: a millisecond.
AT_ONCE = 256 * 1024
#: What a file was like when it was read last and was whole: it is read again once it has been touched.
_WHOLE: dict[Path, tuple[int, ...]] = {}


def keep(content: bytes) -> str:
    """Keep bytes durably in the installation's own folder, under their SHA-256; answers it (64 hex digits)."""
    digest = hashlib.sha256(content).hexdigest()
    kept = folder() / digest
    if not is_whole(digest):
        descriptor, written = tempfile.mkstemp(dir=folder())
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(written, kept)
    return digest


def put_beside(digest: str, target: Path) -> bool:
    """Copy the bytes kept under this SHA-256 into another folder, if they are whole; answers whether they are."""
    if whole := is_whole(digest):
        target.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(folder() / digest, target / digest)
    return whole


def forget(digest: str) -> None:
    """Delete the bytes kept under this SHA-256; nothing may name them any more."""
    (folder() / digest).unlink(missing_ok=True)


def named_files(connection: Connection, contest_id: int | None = None) -> set[str]:
    """The hashes that documents and photos name: those of one contest, or all."""
    named: set[str] = set()
    for kind, columns in ((Document, (Document.sha256, Document.shown_sha256)), (Photo, (Photo.sha256,))):
        wanted = select(*columns)
        if contest_id is not None:
            wanted = wanted.where(kind.id.in_(rows_of(kind.__table__, contest_id)))  # type: ignore[arg-type]
        named.update(*connection.execute(wanted))
    return named


def files_whole(connection: Connection, contest_id: int, each: Each = iter) -> bool:
    """Whether all files of a contest are as they were handed in; `each` goes through their pieces."""
    return all(is_whole(digest, each) for digest in sorted(named_files(connection, contest_id)))


def content_of(digest: str, each: Each = iter) -> bytes:
    """The bytes kept under this SHA-256; raises Refused(file_altered) where they are gone or not those any more."""
    if not is_whole(digest, each):
        raise Refused.because("file_altered")
    return (folder() / digest).read_bytes()


def is_whole(digest: str, each: Each = iter) -> bool:
    """Whether what is kept under this SHA-256 is what was kept there."""
    path = folder() / digest
    if not path.exists():
        return False
    found = path.stat()
    seen = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    if _WHOLE.get(path) != seen and _hashed(path, each) != digest:
        return False
    _WHOLE[path] = seen
    return True


def _hashed(path: Path, each: Each) -> str:
    made = hashlib.sha256()
    for piece in each(_pieces(path)):
        made.update(piece)
    return made.hexdigest()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(AT_ONCE):
            yield piece


def folder() -> Path:
    """Where they are kept; made if it is not there yet."""
    kept = Path(current_app.config["INSTANCE"]) / "documents"
    kept.mkdir(mode=0o700, exist_ok=True)
    return kept
