"""The process that `examine_apart` starts: reads one document, answers with what was found or why it was refused."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from typing import Any

from scoring.documents.apart import told
from scoring.documents.examining import examine
from scoring.rules.refusal import Refused

MEMORY_MOST = 1536 * 1024 * 1024


def main(seconds: int) -> None:
    """Examine one document; what it is told is the file's name."""
    answer(lambda name, content: told(examine(name, content)), seconds)


def answer(work: Callable[[str, bytes], dict[str, Any]], seconds: int) -> None:
    """Read a word, in a line of JSON, and the content from standard input; write what the work answers as JSON.

    The system ends this process when it computes for longer than these seconds; beyond 1.5 GB reading fails.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, MEMORY_MOST))
    word = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        found = work(word, content)
    except Refused as refused:
        found = {"refused": [problem.to_data() for problem in refused.problems]}
    sys.stdout.write(json.dumps(found))
