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
START = """
import sys, types
package = types.ModuleType("scoring")
package.__path__ = [sys.argv[1]]
sys.modules["scoring"] = package
from scoring.documents.worker import main
main(int(sys.argv[2]))
"""
"""Puts an empty package in front: importing the application first would take a second and a half a document."""


def examine_apart(name: str, content: bytes, seconds: int = SECONDS_MOST) -> Examined:
    """As `examine`, and refused as too complex where it takes more than these seconds or 1.5 GB.

    Waits without holding this process's lock; in the server call it from a thread, not from the loop.
    """
    command = [sys.executable, "-c", START, str(SCORING), str(seconds)]
    letter = json.dumps(name).encode() + b"\n" + content
    try:
        done = subprocess.run(command, input=letter, capture_output=True, timeout=seconds, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Refused.because("document_too_complex") from error
    return _answer(json.loads(done.stdout))


def told(examined: Examined) -> dict[str, Any]:
    """What the process tells of a document, as JSON can hold it."""
    return {
        **vars(examined),
        "passages": [[p.place.spot, p.place.number, p.place.label, p.text] for p in examined.passages],
        "properties": dict(examined.properties),
        "shown": base64.b64encode(examined.shown).decode(),
    }


def _answer(answer: dict[str, Any]) -> Examined:
    if "refused" in answer:
        raise Refused(*(Problem(**problem) for problem in answer["refused"]))
    return Examined(
        **answer
        | {
            "unreadable_pages": tuple(answer["unreadable_pages"]),
            "passages": tuple(Passage(Place(*place), text) for *place, text in answer["passages"]),
            "made_safe": tuple(answer["made_safe"]),
            "shown": base64.b64decode(answer["shown"]),
        }
    )
