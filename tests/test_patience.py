"""What the tests wait for may take longer the more the machine has to do."""

from __future__ import annotations

import pytest

from tests import patience


@pytest.mark.parametrize(("load", "factor"), [(0.0, 3.0), (3.0, 3.0), (8.0, 8.0), (40.0, 40.0)])
def test_the_more_is_at_work_beside_it_the_longer_it_waits(
    monkeypatch: pytest.MonkeyPatch, load: float, factor: float
) -> None:
    monkeypatch.delenv("PATIENCE", raising=False)
    monkeypatch.setattr("os.getloadavg", lambda: (load, 0.0, 0.0))
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert patience.factor() == factor


def test_who_knows_better_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATIENCE", "12")
    assert patience.factor() == 12.0
