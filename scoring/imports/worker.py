"""The process that `read_apart` starts: reads one list, answers with its rows or why it was refused."""

from __future__ import annotations

from scoring.documents.worker import answer
from scoring.imports.reading import read


def main(seconds: int) -> None:
    """As the process that examines documents does; what it is told is the kind of list."""
    answer(lambda kind, content: read(kind, content).to_data(), seconds)
