"""The process that `pasted_apart` starts: reads what was pasted, answers with its sheet or why it was refused."""

from __future__ import annotations

from scoring.documents.worker import answer
from scoring.imports.reading import pasted


def main(seconds: int) -> None:
    """As the process that reads workbooks does; it is told the copied table, and the text is the content."""
    answer(lambda table, text: {"sheets": [pasted(text.decode(errors="replace"), table).to_data()]}, seconds)
