"""Documents handed in for review: examined, made safe to show, and searched for names."""

from scoring.documents.apart import examine_apart
from scoring.documents.examined import Examined, Passage, Place
from scoring.documents.examining import examine
from scoring.documents.marks import Mark, identity_marks
from scoring.documents.safe_html import as_html

__all__ = ["Examined", "Mark", "Passage", "Place", "as_html", "examine", "examine_apart", "identity_marks"]
