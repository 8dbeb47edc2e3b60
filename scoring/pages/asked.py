"""The numbers that an address names behind its question mark: whoever typed them may mean nothing that there is."""

from __future__ import annotations

from flask import request

from scoring.store.model import LARGEST_ID


def number_asked(name: str) -> int | None:
    """The number of this name; None where there is none, or one that neither a table nor a list gives out."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 <= number <= LARGEST_ID else None
