"""What a sheet of a coded document is called until the decoding: a name that tells neither its judge nor its place."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import current_app


def names_of(turn_id: int, sheets: Mapping[int, Mapping[str, Any]]) -> dict[str, int]:
    """The seat behind each name, of the sheets of one turn: {seat id: marks}.

    A name follows from what the sheet holds, and is nothing that somebody could work out who guesses that. Among sheets
    that hold the same it does not matter which of them is meant.
    """
    alike: Counter[str] = Counter()
    found = {}
    for seat_id in sorted(sheets):
        holds = json.dumps([turn_id, sheets[seat_id]], sort_keys=True)
        alike[holds] += 1
        found[_name(f"{alike[holds]} {holds}")] = seat_id
    return found


def _name(holds: str) -> str:
    key = str(current_app.config["SHEETS_KEY"]).encode()
    return hmac.new(key, holds.encode(), hashlib.sha256).hexdigest()[:32]
