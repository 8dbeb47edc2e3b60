"""Examining in a process of its own, with an end to its time and memory, so that no document can hold up the venue."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from scoring.documents.examined import Examined, Passage, Place
from scoring.rules.refusal import Problem, Refused

SECONDS_MOST = 30
SCORING = Path(__file__).resolve().parents[1]
MODULE = "scoring.documents.worker"
START = """
import importlib, sys, types
for name, folder in (("scoring", ""), ("scoring.documents", "/documents"), ("scoring.imports", "/imports")):
    package = types.ModuleType(name)
    package.__path__ = [sys.argv[1] + folder]
    sys.modules[name] = package
importlib.import_module(sys.argv[3]).main(int(sys.argv[2]))
"""
"""Puts empty packages in front: importing the application first would take a second and a half a document."""


def examine_apart(name: str, content: bytes, seconds: int = SECONDS_MOST) -> Examined:
    """As `examine`, and refused as too complex where it takes more than these seconds or 1.5 GB.

    Waits without holding this process's lock; in the server call it from a thread, not from the loop.
    """
    return _examined(answer_of_process(MODULE, name, content, seconds))


def answer_of_process(module: str, word: str, content: bytes, seconds: int) -> dict[str, Any]:
    """What the `main` of this module answers in a process of its own, given a word and the content.

    Raises Refused for what it refuses, and document_too_complex where it comes to no answer.
    """
    command = [sys.executable, "-c", START, str(SCORING), str(seconds), module]
    letter = json.dumps(word).encode() + b"\n" + content
    try:
        done = subprocess.run(command, input=letter, capture_output=True, timeout=seconds, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Refused.because("document_too_complex") from error
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(*(Problem(**problem) for problem in answer["refused"]))
    return answer


def told(examined: Examined) -> dict[str, Any]:
    """What the process tells of a document, as JSON can hold it."""
    return {
        **vars(examined),
        "passages": [[p.place.spot, p.place.number, p.place.label, p.text] for p in examined.passages],
        "properties": dict(examined.properties),
        "shown": base64.b64encode(examined.shown).decode(),
    }


def _examined(answer: dict[str, Any]) -> Examined:
    return Examined(
        **answer
        | {
            "unreadable_pages": tuple(answer["unreadable_pages"]),
            "passages": tuple(Passage(Place(*place), text) for *place, text in answer["passages"]),
            "made_safe": tuple(answer["made_safe"]),
            "shown": base64.b64decode(answer["shown"]),
        }
    )
