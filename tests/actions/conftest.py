"""A contest of matches, set up in a fresh database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from scoring.actions.setting_up import match_plans
from scoring.actions.transaction import perform
from tests.actions.matches import Hall
from tests.conftest import DESK, Installation, begin_with


@pytest.fixture
def set_up(installation: Installation) -> Iterator[Any]:
    """Sets a contest of matches up: `set_up(plan)` answers its hall."""
    for app in begin_with(installation, installation.empty):
        with app.app_context():
            yield lambda wanted: Hall(perform(match_plans.set_up_matches, DESK, wanted))
