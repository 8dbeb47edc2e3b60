"""Whoever only looks changes nothing: what fetches beforehand, previews and scanners open links by GET and HEAD."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from scoring.extensions import db
from tests.access.conftest import House
from tests.access.table import PEOPLE
from tests.access.test_doors import doors

#: What may follow from looking: that somebody has looked or guessed, and that the session still goes on.
OF_LOOKING = {"access_entry", "sign_in", "browser", "guess_count"}
#: A card of a seat that is held tells the desk that somebody looks at it (tests/attacks/test_photographed_card.py).
TELLS_THE_DESK = {"judges.enter"}


def rows() -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but those."""
    tables = [table for table in db.metadata.sorted_tables if table.name not in OF_LOOKING]
    found = {table.name: [tuple(row) for row in db.session.execute(select(table))] for table in tables}
    db.session.rollback()
    return found


def looks(house: House) -> Iterator[tuple[str, str]]:
    """Every address, with each who may open it or is turned away."""
    for endpoint, method, rule in doors(house.app):
        if method == "GET" and endpoint not in TELLS_THE_DESK:
            address = house.address(rule)  # which asks the database more than many a page
            for who in PEOPLE:
                yield who, address


def test_whoever_only_looks_changes_nothing(house: House) -> None:
    before, looked = rows(), 0
    for who, address in looks(house):
        for method in ("HEAD", "GET"):
            house.browsers[who].open(address, method=method)
        looked += 1
    assert looked > 500
    assert rows() == before
