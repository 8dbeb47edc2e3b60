"""What the tests wait for may take longer the more the machine has to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import patience

#: Whoever is asked for something by these waits at most so many seconds.
LIMITED = {"wait", "join", "acquire", "settimeout", "create_connection", "set_default_timeout"}
#: Pauses between two looks, in seconds, are shorter.
LIMIT = 1
MAY_WAIT = re.compile(r"timeout|connect\(|(wait|join|acquire)\([0-9]|create_connection")
MEASURES = "bench"  # what is measured there counts on a quiet machine only


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


def figure(node: ast.expr) -> float:
    known = node.value if isinstance(node, ast.Constant) else None
    return float(known) if isinstance(known, int | float) and type(known) is not bool else 0.0


def limits_in(source: str) -> Iterator[str]:
    """The calls of a file that wait for so many seconds whatever the machine has to do."""
    if not MAY_WAIT.search(source):
        return
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        named = {word.arg or "": word.value for word in call.keywords}
        limits = [value for word, value in named.items() if "timeout" in word]
        if name in LIMITED:
            limits += call.args[-1:]
        greets = name == "connect" and "auth" in named  # Socket.IO waits one second, or five, unless it is told
        hurried = greets and not named.keys() & {"wait_timeout", "wait"}
        if hurried or name == "wait_for_timeout" or any(figure(one) >= LIMIT for one in limits):
            yield f"line {call.lineno}: {ast.unparse(call)}"


@pytest.mark.parametrize(
    "waits",
    [
        "queue.get(timeout=10)",
        "ready.wait(10)",
        "create_connection(address, 15)",
        "page.wait_for_timeout(50)",
        "context.set_default_timeout(15_000)",
        "client.connect(url, auth=auth)",
        "client.connect(url, auth=auth, wait_timeout=5)",
    ],
)
def test_a_limit_that_does_not_scale_is_found(waits: str) -> None:
    assert list(limits_in(waits)) == [f"line 1: {waits.replace('15_000', '15000')}"]


def test_every_limit_of_the_tests_scales() -> None:
    here = Path(__file__).parent
    files = [file for file in here.rglob("*.py") if file.relative_to(here).parts[0] != MEASURES]
    assert {str(file): found for file in files if (found := list(limits_in(file.read_text())))} == {}
