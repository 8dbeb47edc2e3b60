"""Installations of the tests' own, which begin as copies: to lay one out anew takes longer than many a test."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

#: What a server serves as it stands and never writes again, where it was laid out once.
SERVED = "static"


def copied(source: Path, folder: Path) -> None:
    """Copy a whole installation into this folder, which may be there already."""
    shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(SERVED))
    _link(source, folder)


def begun(database: Path, laid_out: Path, folder: Path) -> None:
    """Begin an installation with a copy of this database, and with the files that the one in `laid_out` serves."""
    shutil.copy(database, folder / "saiping.db")
    _link(laid_out, folder)


def _link(source: Path, folder: Path) -> None:
    """The same files under another name; nothing is copied."""
    shutil.copytree(source / SERVED, folder / SERVED, copy_function=os.link)
