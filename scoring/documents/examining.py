"""The one door for a document that is handed in."""

from __future__ import annotations

from scoring.documents.examined import Examined
from scoring.documents.kinds import kind_of, refuse_size


def examine(name: str, content: bytes) -> Examined:
    """What the document with this file name holds, and what of it may be shown.

    Raises Refused and nothing else. A hostile file may take some seconds: `examine_apart` gives it a process of its
    own and an end.
    Source: the suggestion review takes PDF and DOCX up to 20 MB and refuses what is not what it says it is.
    """
    refuse_size(content)
    # What reads them takes up to half a second to be read itself: only the process that examines needs one of them.
    if kind_of(name, content) == "pdf":
        from scoring.documents.pdf import examine_pdf

        return examine_pdf(name, content)
    from scoring.documents.docx import examine_docx

    return examine_docx(name, content)
