"""An installation with a contest of 21 judges, and a server on a copy of it for each fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Installation
from tests.faults import preparing
from tests.faults.hall import Hall, Json
from tests.installations import copied
from tests.processes import printed


@pytest.fixture(scope="session")
def prepared(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Json]:
    """An installation with the contest, to copy."""
    folder = tmp_path_factory.mktemp("prepared")
    installation.begin_in(folder)
    return folder, json.loads(printed(preparing.main, SAIPING_INSTANCE=str(folder)))


@pytest.fixture
def hall(prepared: tuple[Path, Json], tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Hall]:
    """The contest in a server of the test's own; a parameter names its transport."""
    folder, facts = prepared
    copied(folder, tmp_path / "instance")
    settings = {"SAIPING_TRANSPORT": request.param} if hasattr(request, "param") else {}
    opened = Hall(tmp_path / "instance", facts, **settings)
    yield opened
    opened.stop()
