"""Holds all tests ready in one process and tries each fault in a child of it: to read the program takes seconds.

A plugin of pytest (`-p tests.mutation.standing_by`) that is asked and answers in lines of JSON, over the two pipes that
STANDING_BY names. A fault inside a function is put into the functions that are there already; whoever asks has put it
into the file as well, for the servers that a test starts.
"""

from __future__ import annotations

import ast
import gc
import json
import os
import resource
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from tempfile import TemporaryFile
from types import CodeType, FunctionType
from typing import Any

import pytest


def around(source: str, place: int) -> str:
    """The name of the outermost function whose body holds this place of the file; "" where there is none."""
    line = source.count("\n", 0, place) + 1

    def inside(statements: list[ast.stmt], names: tuple[str, ...]) -> str:
        for one in statements:
            if isinstance(one, ast.ClassDef) and one.lineno <= line <= (one.end_lineno or 0):
                return inside(one.body, (*names, one.name))
            if isinstance(one, ast.FunctionDef) and one.body[0].lineno <= line <= (one.end_lineno or 0):
                return ".".join((*names, one.name))
        return ""

    return inside(ast.parse(source).body, ())


def codes(code: CodeType, name: str) -> Iterator[CodeType]:
    """What Python made of this function and of those inside it, in the order of the text."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            if one.co_qualname == name or one.co_qualname.startswith(f"{name}.<locals>"):
                yield one
            yield from codes(one, name)


def put_in(path: str, after: str, name: str) -> bool:
    """Let the function that is there do what the changed file says; whether that could be done.

    Of two with one name nobody can say which is which.
    """
    new = list(codes(compile(after, path, "exec"), name))
    told = {one.co_qualname: one for one in new}
    twice = {one for one, often in Counter(one.co_qualname for one in new).items() if often > 1}
    gc.unfreeze()
    there = [one for one in gc.get_objects() if type(one) is FunctionType and one.__code__.co_qualname in told]
    ours = [one for one in there if one.__code__.co_filename == path]
    if not ours or not all(exchanged(one.__code__, told[one.__code__.co_qualname], twice) for one in ours):
        return False
    for one in ours:
        one.__code__ = told[one.__code__.co_qualname]
    return True


def exchanged(old: CodeType, new: CodeType, twice: set[str]) -> bool:
    """Whether one can stand for the other."""
    return new.co_qualname not in twice and old.co_freevars == new.co_freevars


class First:
    """The first failure among the tests of a child."""

    def __init__(self) -> None:
        self.said: dict[str, Any] | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep it."""
        if report.failed and self.said is None:
            crash = getattr(report.longrepr, "reprcrash", None)
            message = str(crash.message if crash else report.longrepr)
            self.said = {"failed": report.nodeid, "late": message.startswith("Failed: Timeout"), "said": message[:200]}


def tried(session: pytest.Session, items: list[pytest.Item], asked: dict[str, Any], answer: int) -> None:
    """In the child: put the fault in, run these tests until one fails, and say which."""
    os.setsid()
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"] + 5))
    if asked.get("name") and not put_in(*(asked[word] for word in ("path", "after", "name"))):
        os.write(answer, b'{"elsewhere": true}')
        return
    first = First()
    session.config.pluginmanager.register(first)
    for place, item in enumerate(items):
        os.write(answer, json.dumps({"at": item.nodeid}).encode() + b"\n")
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=(items[place + 1 :] or [None])[0])
        if first.said:
            break
    os.write(answer, json.dumps(first.said or {}).encode())


def waited_for(child: int, until: float) -> int:
    """How the child ended; it is ended where it takes longer."""
    while True:
        known, how = os.waitpid(child, os.WNOHANG)
        if known:
            return how
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.02)


def in_a_child(session: pytest.Session, items: list[pytest.Item], asked: dict[str, Any]) -> dict[str, Any]:
    """What came of these tests."""
    with TemporaryFile() as answer:
        child = os.fork()
        if not child:
            try:
                tried(session, items, asked, answer.fileno())
            finally:
                os._exit(0)
        how = waited_for(child, time.monotonic() + asked["patience"])
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # servers that it has left
        answer.seek(0)
        said = [json.loads(line) for line in answer]
    if not said:
        return {"failed": "nothing was said", "late": True, "said": f"ended by {how}"}
    if how or "at" in said[-1]:
        late = os.WIFSIGNALED(how) and os.WTERMSIG(how) in (signal.SIGXCPU, signal.SIGKILL)
        return {"failed": said[-1]["at"], "late": late, "said": f"ended by {how}"}
    return said[-1]


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Say which tests there are, and try what is asked until nothing more comes."""
    hears, says = (int(one) for one in os.environ["STANDING_BY"].split())
    items = {item.nodeid: item for item in session.items}
    with os.fdopen(hears) as asked, os.fdopen(says, "w", buffering=1) as answers:
        answers.write(json.dumps([] if session.testsfailed else list(items)) + "\n")  # none where a file cannot be read
        for line in asked:
            one = json.loads(line)
            answers.write(json.dumps(in_a_child(session, [items[name] for name in one["tests"]], one)) + "\n")
    return True
