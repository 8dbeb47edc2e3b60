"""The rows that the record covers are held against one state of the database, whatever is stored meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from scoring.extensions import db
from scoring.store.covered import rows_agree
from tests.conftest import Venue


@pytest.mark.parametrize("place", [0, 1, 6, 12])
def test_what_is_stored_while_the_rows_are_read_is_no_change_by_hand(venue: Venue, place: int) -> None:
    def each(tables: Iterable[Any]) -> Iterator[Any]:
        for number, table in enumerate(tables):
            if number == place:
                venue.call("01")
            yield table

    with db.engine.connect() as connection:
        assert rows_agree(connection, venue.contest_id, each)
        assert rows_agree(connection, venue.contest_id)
