"""The process that `sheets_apart` starts: reads one workbook, answers with its sheets or why it was refused."""

from __future__ import annotations

from scoring.documents.worker import answer
from scoring.imports.reading import sheets_of


def main(seconds: int) -> None:
    """As the process that examines documents does; it is told nothing beside the content."""
    answer(lambda _, content: {"sheets": [sheet.to_data() for sheet in sheets_of(content)]}, seconds)
