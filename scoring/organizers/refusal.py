"""What was refused just now, for the page that answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Refusal:
    """What was refused just now: the verb, what was sent, a sentence for all and those beside fields."""

    verb: str = ""
    code: str = ""
    sent: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
