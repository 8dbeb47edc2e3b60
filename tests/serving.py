"""The command line's `serve`, to be run in a process of its own; reading this file reads the whole program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from flask import cli
from sqlalchemy.orm import configure_mappers

import scoring

PROJECT = Path(scoring.__file__).parents[1]
configure_mappers()


def serve(*options: str) -> None:
    """Serve the installation in SAIPING_INSTANCE as `flask --app wsgi serve` does, with these options."""
    os.chdir(PROJECT)
    sys.argv = ["flask", "--app", "wsgi", "serve", *options]
    cli.main()
