"""Work that must not hold up the loop, in a thread beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import gevent

P = ParamSpec("P")
Answer = TypeVar("Answer")


def in_thread(work: Callable[P, Answer], *args: P.args, **named: P.kwargs) -> Answer:
    """What the work answers; only the calling greenlet waits. What it raises is raised here.

    It is caught in the thread: gevent's pool would print the traceback of every refusal as if the server had failed.
    """

    def caught() -> tuple[Answer | None, Exception | None]:
        try:
            return work(*args, **named), None
        except Exception as error:
            return None, error

    answer, error = gevent.get_hub().threadpool.apply(caught)
    if error is not None:
        raise error
    return answer
